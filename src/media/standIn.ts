import type { Clock } from '../network/clock.ts';
import type { Bot, MixedMedia, Recording } from '../recall/bot.ts';
import { mixedItems } from './findMedia.ts';
import type { FindMediaCollaborators, MissingMedia, WantedMedia } from './findMedia.ts';
import { shortcutOf, standInKinds } from './kinds.ts';
import type { MediaKind } from './kinds.ts';
import type { NoMediaError } from './mediaErrors.ts';
import { isRecorded, judgeItem } from './mediaReadiness.ts';
import type { MediaVerdict } from './mediaReadiness.ts';

const PAUSE_MS = 5_000;

/**
 * Finds what is finished and stands in for missing MP3s, such as videos: what the bot's answer tells, else what the list
 * does.
 *
 * @param missing what has no MP3; without a recording's id it is about all of the bot's
 * @param patienceMs how long to wait for what Recall is still making, when nothing is finished; 0 = one look
 * @returns what to download; undefined when nothing stands in for any of them
 * @throws RecallError when the API could not be asked
 */
export async function findStandIn(
  { client, clock }: FindMediaCollaborators,
  botId: string,
  missing: readonly MissingMedia[],
  signal: AbortSignal,
  patienceMs = 0,
): Promise<WantedMedia | undefined> {
  const hopeful = missing.filter(({ reason }) => reason.remedy === 'standIn');
  if (hopeful.length === 0) return undefined;
  const until = clock.now() + patienceMs;
  for (;;) {
    const { found, isMaking } = await lookForStandIns(client, clock, botId, hopeful, signal);
    if (found) return found;
    if (!isMaking || clock.now() + PAUSE_MS > until) return undefined;
    await clock.sleep(PAUSE_MS, signal);
  }
}

/** What has no MP3 when a whole download failed for this reason: what was wanted of the bot, and nothing else of it. */
export function missingOf({ recordingIds }: WantedMedia, reason: NoMediaError): MissingMedia[] {
  return (recordingIds ?? [undefined]).map((recordingId) => ({ recordingId, reason }));
}

interface StandInLook {
  readonly found: WantedMedia | undefined;
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
  const recordings = recordingsConcerned(bot, hopeful);
  let isMaking = false;
  for (const kind of standInKinds()) {
    const judged = await Promise.all(
      recordings.map(async (recording) => ({
        recordingId: recording.id,
        verdict: await judge(client, kind, recording, clock.now(), signal),
      })),
    );
    const ready = judged.filter(({ verdict }) => verdict === 'ready').map(({ recordingId }) => recordingId);
    if (ready.length > 0) return { found: { kind, botId, recordingIds: ready }, isMaking };
    isMaking ||= judged.some(({ verdict }) => verdict === 'wait');
  }
  return { found: undefined, isMaking };
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
  const verdictOn = (item: MixedMedia): MediaVerdict['kind'] => judgeItem(kind, item, recording, now).kind;
  const told = shortcutOf(kind, recording);
  if (told && verdictOn(told) === 'ready') return 'ready';
  const verdicts = (await mixedItems(client, kind, recording, signal)).map(verdictOn);
  return verdicts.find((one) => one === 'ready') ?? verdicts.find((one) => one === 'wait') ?? 'none';
}
