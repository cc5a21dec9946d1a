import type { Clock } from '../network/clock.ts';
import type { Bot, MixedMedia, Recording } from '../recall/bot.ts';
import { timeOf } from '../recall/bot.ts';
import { mixedItems } from './findMedia.ts';
import type { FindMediaCollaborators, MissingMedia, WantedMedia } from './findMedia.ts';
import { isRecorded, judgeItem } from './mediaReadiness.ts';

/**
 * Finds the finished videos of recordings without an MP3, in one look without waiting: those that the bot's answer
 * tells, else those of the list.
 *
 * @param missing what has no MP3; without a recording's id it is about all of the bot's
 * @returns what to download; undefined when no such recording has a finished video
 * @throws RecallError when the API could not be asked
 */
export async function findVideoInstead(
  { client, clock }: FindMediaCollaborators,
  botId: string,
  missing: readonly MissingMedia[],
  signal: AbortSignal,
): Promise<WantedMedia | undefined> {
  const hopeful = missing.filter(({ reason }) => reason.videoMayExist);
  if (hopeful.length === 0) return undefined;
  const bot = await client.getBot(botId, signal);
  const concerned = bot.recordings.filter(({ id }) =>
    hopeful.some(({ recordingId }) => recordingId === undefined || recordingId === id),
  );
  const found = await Promise.all(
    concerned.map(async (recording) => {
      const hasVideo =
        isRecorded(bot, recording) && (await hasFinishedVideo(client, recording, clock, signal));
      return hasVideo ? [recording.id] : [];
    }),
  );
  const recordingIds = found.flat();
  return recordingIds.length === 0 ? undefined : { kind: 'video_mixed', botId, recordingIds };
}

/** Whether the bot's own answer tells of a finished video that is still there. URLs need not be in it. */
export function tellsOfVideo(bot: Bot, now: number): boolean {
  return bot.recordings.some(
    ({ videoMixed, expiresAt, status }) =>
      videoMixed?.status?.code === 'done' &&
      status?.code !== 'deleted' &&
      (expiresAt === undefined || timeOf(expiresAt) > now),
  );
}

async function hasFinishedVideo(
  client: FindMediaCollaborators['client'],
  recording: Recording,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  const isReady = (item: MixedMedia): boolean =>
    judgeItem('video_mixed', item, recording, clock.now()).kind === 'ready';
  if (recording.videoMixed && isReady(recording.videoMixed)) return true;
  const items = await mixedItems(client, 'video_mixed', recording, signal);
  return items.some(isReady);
}
