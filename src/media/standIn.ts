import type { Clock } from '../network/clock.ts';
import type { Bot, MediaItem, Recording } from '../recall/bot.ts';
import { itemsOf } from './findMedia.ts';
import type { FindMediaCollaborators, MissingMedia, WantedMedia } from './findMedia.ts';
import { shortcutOf, standInKinds } from './kinds.ts';
import type { MediaKind } from './kinds/kind.ts';
import type { NoMediaError } from './mediaErrors.ts';
import { isRecorded, judgeItem } from './mediaReadiness.ts';
import type { MediaVerdict } from './mediaReadiness.ts';

const PAUSE_MS = 5_000;

/**
 * Finds what is finished and stands in for missing MP3s, such as videos: what the bot's answer tells, else what the list
 * does. A recording goes to the best kind that has something for it.
 *
 * @param missing what has no MP3; without a recording's id it is about all of the bot's
 * @param patienceMs how long to wait for what Recall is still making, when nothing is finished; 0 = one look
 * @returns what to download, of each kind that has something
 * @throws RecallError when the API could not be asked
 */
export async function findStandIn(
  { client, clock }: FindMediaCollaborators,
  botId: string,
  missing: readonly MissingMedia[],
  signal: AbortSignal,
  patienceMs = 0,
): Promise<WantedMedia[]> {
  const hopeful = missing.filter(({ reason }) => reason.remedy === 'standIn');
  if (hopeful.length === 0) return [];
  const until = clock.now() + patienceMs;
  for (;;) {
    const { found, isMaking } = await lookForStandIns(client, clock, botId, hopeful, signal);
    if (found.length > 0 || !isMaking || clock.now() + PAUSE_MS > until) return found;
    await clock.sleep(PAUSE_MS, signal);
  }
}

/** What has no MP3 when a whole download failed for this reason: what was wanted of the bot, and nothing else of it. */
export function missingOf({ recordingIds }: WantedMedia, reason: NoMediaError): MissingMedia[] {
  return (recordingIds ?? [undefined]).map((recordingId) => ({ recordingId, reason }));
}

interface StandInLook {
  readonly found: WantedMedia[];
  readonly isMaking: boolean;
}

async function lookForStandIns(
  client: FindMediaCollaborators['client'],
  clock: Clock,
  botId: string,
  hopeful: readonly MissingMedia[],
  signal: AbortSignal,
): Promise<StandInLook> {
  const bot = await client.getBot(botId, signal);
  const found: WantedMedia[] = [];
  let isMaking = false;
  let without = recordingsConcerned(bot, hopeful);
  for (const kind of standInKinds()) {
    const judged = await Promise.all(
      without.map(async (recording) => ({
        recording,
        verdict: await judge(client, kind, recording, clock.now(), signal),
      })),
    );
    const ready = judged.filter(({ verdict }) => verdict === 'ready').map(({ recording }) => recording);
    if (ready.length > 0) found.push({ kind, botId, recordingIds: ready.map(({ id }) => id) });
    isMaking ||= judged.some(({ verdict }) => verdict === 'wait');
    without = without.filter((recording) => !ready.includes(recording));
  }
  return { found, isMaking };
}

function recordingsConcerned(bot: Bot, hopeful: readonly MissingMedia[]): Recording[] {
  return bot.recordings.filter(
    (recording) =>
      isRecorded(bot, recording) &&
      hopeful.some(({ recordingId }) => recordingId === undefined || recordingId === recording.id),
  );
}

async function judge(
  client: FindMediaCollaborators['client'],
  kind: MediaKind,
  recording: Recording,
  now: number,
  signal: AbortSignal,
): Promise<MediaVerdict['kind']> {
  const verdictOn = (item: MediaItem): MediaVerdict['kind'] => judgeItem(kind, item, recording, now).kind;
  const told = shortcutOf(kind, recording);
  if (told && verdictOn(told) === 'ready') return 'ready';
  const verdicts = (await itemsOf(client, kind, recording, signal)).map(verdictOn);
  return verdicts.find((one) => one === 'ready') ?? verdicts.find((one) => one === 'wait') ?? 'none';
}
