import { iso } from './botJson.ts';
import type { Participant, People, PeopleFile } from './botModel.ts';

/**
 * What one of the files holds that tell who was there.
 * @param startedAt when the recording began, in simulated milliseconds since the epoch; null if that is not known
 */
export function peopleJson(file: PeopleFile, people: People, startedAt: number | null): readonly unknown[] {
  const timestamp = (seconds: number): unknown => ({
    relative: seconds,
    absolute: startedAt === null ? null : iso(startedAt + seconds * 1000),
  });
  switch (file) {
    case 'participants':
      return people.participants.map(participantJson);
    case 'participant_events':
      return events(people).map(({ participant, action, at }, index) => ({
        id: String(index + 1),
        action,
        participant: participantJson(participant),
        timestamp: timestamp(at),
        data: null,
      }));
    case 'speaker_timeline':
      return people.turns.map(({ participant: { id, name, isHost }, from, until }) => ({
        participant: { id, name, is_host: isHost },
        start_timestamp: timestamp(from),
        end_timestamp: until === null ? null : timestamp(until),
      }));
  }
}

/** Somebody in a meeting as the files of people and transcripts show them. */
export function participantJson({ id, name, isHost, email }: Participant): unknown {
  return { id, name, is_host: isHost, platform: 'desktop', extra_data: null, email };
}

interface PeopleEvent {
  readonly participant: Participant;
  readonly action: 'join' | 'speech_on' | 'speech_off';
  /** Seconds from the start of the recording. */
  readonly at: number;
}

function events({ participants, turns }: People): PeopleEvent[] {
  const all: PeopleEvent[] = participants.map((participant) => ({ participant, action: 'join', at: 0 }));
  for (const { participant, from, until } of turns) {
    all.push({ participant, action: 'speech_on', at: from });
    if (until !== null) all.push({ participant, action: 'speech_off', at: until });
  }
  return all.toSorted((one, other) => one.at - other.at);
}
