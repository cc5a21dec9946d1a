import type { Clock } from '../network/clock.ts';
import type { MixedMedia, Recording } from '../recall/bot.ts';
import { mixedItems } from './findMedia.ts';
import type { FindMediaCollaborators, MissingMedia, WantedMedia } from './findMedia.ts';
import { VIDEO, shortcutOf } from './kinds.ts';
import type { NoMediaError } from './mediaErrors.ts';
import { isRecorded, judgeItem } from './mediaReadiness.ts';
import type { MediaVerdict } from './mediaReadiness.ts';

const PAUSE_MS = 5_000;

/**
 * Finds the finished videos of recordings without an MP3: those that the bot's answer tells, else those of the list.
 *
 * @param missing what has no MP3; without a recording's id it is about all of the bot's
 * @param patienceMs how long to wait for videos that Recall is still making, when none is finished; 0 = one look
 * @returns what to download; undefined when no such recording has a finished video
 * @throws RecallError when the API could not be asked
 */
export async function findVideoInstead(
  { client, clock }: FindMediaCollaborators,
  botId: string,
  missing: readonly MissingMedia[],
  signal: AbortSignal,
  patienceMs = 0,
): Promise<WantedMedia | undefined> {
  const hopeful = missing.filter(({ reason }) => reason.videoMayExist);
  if (hopeful.length === 0) return undefined;
  const until = clock.now() + patienceMs;
  for (;;) {
    const { recordingIds, isMaking } = await lookForVideos(client, clock, botId, hopeful, signal);
    if (recordingIds.length > 0) return { kind: VIDEO, botId, recordingIds };
    if (!isMaking || clock.now() + PAUSE_MS > until) return undefined;
    await clock.sleep(PAUSE_MS, signal);
  }
}

/** What has no MP3 when a whole download failed for this reason: what was wanted of the bot, and nothing else of it. */
export function missingOf({ recordingIds }: WantedMedia, reason: NoMediaError): MissingMedia[] {
  return (recordingIds ?? [undefined]).map((recordingId) => ({ recordingId, reason }));
}

async function lookForVideos(
  client: FindMediaCollaborators['client'],
  clock: Clock,
  botId: string,
  hopeful: readonly MissingMedia[],
  signal: AbortSignal,
): Promise<{ readonly recordingIds: readonly string[]; readonly isMaking: boolean }> {
  const bot = await client.getBot(botId, signal);
  const concerned = bot.recordings.filter(({ id }) =>
    hopeful.some(({ recordingId }) => recordingId === undefined || recordingId === id),
  );
  const found = await Promise.all(
    concerned
      .filter((recording) => isRecorded(bot, recording))
      .map(async (recording) => ({
        id: recording.id,
        verdict: await judgeVideo(client, recording, clock.now(), signal),
      })),
  );
  return {
    recordingIds: found.filter(({ verdict }) => verdict === 'ready').map(({ id }) => id),
    isMaking: found.some(({ verdict }) => verdict === 'wait'),
  };
}

async function judgeVideo(
  client: FindMediaCollaborators['client'],
  recording: Recording,
  now: number,
  signal: AbortSignal,
): Promise<MediaVerdict['kind']> {
  const judge = (item: MixedMedia): MediaVerdict['kind'] => judgeItem(VIDEO, item, recording, now).kind;
  const told = shortcutOf(VIDEO, recording);
  if (told && judge(told) === 'ready') return 'ready';
  const verdicts = (await mixedItems(client, VIDEO, recording, signal)).map(judge);
  return verdicts.find((kind) => kind === 'ready') ?? verdicts.find((kind) => kind === 'wait') ?? 'none';
}
