import { join } from 'node:path';
import * as v from 'valibot';
import type { Log } from '../network/log.ts';
import { parseJson } from '../network/json.ts';
import { readBot, recordingConfigOf } from '../recall/bot.ts';
import type { Bot, MediaItem } from '../recall/bot.ts';
import { SENT_FROM_METADATA, TITLE_METADATA_KEY } from '../recall/client.ts';
import type { StateFileSystem } from '../state/stateFiles.ts';
import { originFolderName, stateFileName } from '../state/stateFiles.ts';

const snapshotFile = v.object({
  seenAt: v.number(),
  closedAt: v.optional(v.number()),
  bot: v.unknown(),
});

/** A followed bot as the polling window found it last. Times in ms since the epoch. */
export interface BotSnapshot {
  readonly bot: Bot;
  readonly seenAt: number;
  /** When following it came to its end; undefined while it is followed. */
  readonly closedAt: number | undefined;
}

/** The followed bots of one API origin, a small file each, through which the windows tell each other what was found. */
export class WatchedBots {
  readonly #folder: string;
  readonly #files: StateFileSystem;
  readonly #log: Log;

  /** @param folder absolute; the snapshots lie in a folder of the origin's name below it */
  constructor(folder: string, origin: string, files: StateFileSystem, log: Log) {
    this.#folder = join(folder, 'watch', originFolderName(origin), 'bots');
    this.#files = files;
    this.#log = log;
  }

  /** The names of all snapshots; `snapshotName` tells the one of a bot. */
  async names(): Promise<string[]> {
    return (await this.#files.list(this.#folder)).filter((name) => name.endsWith('.json'));
  }

  /** One snapshot; undefined when it is gone or unreadable. */
  async read(name: string): Promise<BotSnapshot | undefined> {
    const text = await this.#files.read(join(this.#folder, name));
    if (text === undefined) return undefined;
    const result = v.safeParse(snapshotFile, parseJson(text));
    const bot = result.success ? readBot(result.output.bot) : undefined;
    if (!result.success || !bot) {
      this.#log.warn(`[watch] ${name} is not a readable snapshot and was passed over`);
      return undefined;
    }
    return { bot, seenAt: result.output.seenAt, closedAt: result.output.closedAt };
  }

  /** Puts a snapshot in place of the one before. */
  async write({ bot, seenAt, closedAt }: BotSnapshot): Promise<void> {
    const text = JSON.stringify({ seenAt, closedAt, bot: snapshotOf(bot) });
    await this.#files.replace(this.#folder, snapshotName(bot.id), `${text}\n`);
  }

  /** Removes a snapshot if it is there. */
  async remove(name: string): Promise<void> {
    await this.#files.remove(join(this.#folder, name));
  }
}

/** The name of a bot's snapshot among `names()`. */
export function snapshotName(botId: string): string {
  return stateFileName(botId);
}

/** What this extension itself writes into a bot's metadata. */
const OWN_METADATA: ReadonlySet<string> = new Set([SENT_FROM_METADATA.key, TITLE_METADATA_KEY]);

/** A bot in the API's own form, for a file that several windows read: without any URL, password or foreign metadata. */
export function snapshotOf(bot: Bot): Record<string, unknown> {
  return {
    id: bot.id,
    meeting_url: { platform: bot.meeting.platform, meeting_id: bot.meeting.meetingId },
    bot_name: bot.name,
    join_at: bot.joinAt,
    automatic_leave: { waiting_room_timeout: bot.waitingRoomTimeoutSeconds },
    recording_config: recordingConfigOf(bot),
    status_changes: bot.statusChanges.map((change) => ({
      code: change.code,
      sub_code: change.subCode,
      message: change.message,
      created_at: change.createdAt,
    })),
    recordings: bot.recordings.map((recording) => ({
      id: recording.id,
      created_at: recording.createdAt,
      started_at: recording.startedAt,
      completed_at: recording.completedAt,
      expires_at: recording.expiresAt,
      status: mediaStatus(recording.status),
      media_shortcuts: {
        ...Object.fromEntries(Object.entries(recording.media).map(([word, item]) => [word, mediaItem(item)])),
        ...(recording.title !== undefined && {
          meeting_metadata: {
            ...mediaItem(recording.media.meeting_metadata),
            data: { title: recording.title },
          },
        }),
      },
    })),
    metadata: Object.fromEntries(Object.entries(bot.metadata).filter(([key]) => OWN_METADATA.has(key))),
  };
}

/** A bot read from a snapshot, with what a snapshot leaves out as far as it is known. */
export function completed(bot: Bot, known: Bot | undefined): Bot {
  return { ...bot, metadata: { ...known?.metadata, ...bot.metadata } };
}

function mediaItem(item: MediaItem | undefined): Record<string, unknown> | undefined {
  return (
    item && { id: item.id, created_at: item.createdAt, status: mediaStatus(item.status), format: item.format }
  );
}

function mediaStatus(status: MediaItem['status']): Record<string, unknown> | undefined {
  return status && { code: status.code, sub_code: status.subCode };
}
