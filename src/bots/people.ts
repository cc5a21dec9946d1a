import type { KnownBot } from './botStore.ts';
import { oneLine } from '../language/oneLine.ts';

/**
 * The names of the people in a bot's recordings, as far as they are known here, each once, in the order in which they
 * came. The bot itself is none of them.
 */
export function peopleOf({ bot, record }: KnownBot): string[] {
  const names = record.people.flatMap((recording) => recording.names.map(oneLine));
  return [...new Set(names)].filter((name) => name !== '' && name !== bot.name);
}

/** The same of one of its recordings. */
export function peopleIn({ bot, record }: KnownBot, recordingId: string): string[] {
  const people = record.people.filter((recording) => recording.recordingId === recordingId);
  return peopleOf({ bot, record: { ...record, people } });
}
