import { iso } from './botJson.ts';
import { type Recording, recordedSeconds } from './botModel.ts';
import { madeUpTalk } from './madeUpTalk.ts';
import { participantJson } from './peopleJson.ts';
import { isCaptions, type Transcript, type TranscriptTurn, type TranscriptWord } from './transcripts.ts';

/** What the file of a transcript holds. @param now simulated milliseconds since the epoch */
export function transcriptJson(transcript: Transcript, recording: Recording, now: number): unknown {
  const { content } = transcript;
  if (content !== 'madeUp' && 'json' in content) return content.json;
  const turns = content === 'madeUp' ? turnsFor(transcript, recording, now) : content.turns;
  return turns.map(({ participant, words, extra }) => ({
    participant: participant && participantJson(participant),
    words: words.map((word) => wordJson(word, recording.startedAt)),
    ...extra,
  }));
}

function turnsFor(transcript: Transcript, recording: Recording, now: number): readonly TranscriptTurn[] {
  const people = recording.artifacts.find((artifact) => artifact.people)?.people?.participants ?? [];
  const pieces = isCaptions(transcript) ? 'sentences' : 'words';
  return madeUpTalk(people, recordedSeconds(recording, now), pieces);
}

function wordJson({ text, start, end, byTheClock }: TranscriptWord, startedAt: number | null): unknown {
  const timestamp = (seconds: number | null): unknown =>
    seconds === null
      ? null
      : {
          relative: seconds,
          absolute: startedAt === null || !byTheClock ? null : iso(startedAt + seconds * 1000),
        };
  return { text, start_timestamp: timestamp(start), end_timestamp: timestamp(end) };
}
