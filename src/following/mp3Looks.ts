import type { Bot, MediaItem, Recording } from '../recall/bot.ts';
import type { RecallClient } from '../recall/client.ts';
import { itemIfThere, itemsOf } from '../media/findMedia.ts';
import type { NoMediaError } from '../media/mediaErrors.ts';
import { reasonToTell } from '../media/mediaErrors.ts';
import { judgeItem, judgeMissingItem, judgeNoRecordings } from '../media/mediaReadiness.ts';
import type { MediaVerdict } from '../media/mediaReadiness.ts';
import type { WatchedBot } from './pace.ts';
import { mp3Of } from '../media/kinds.ts';
import { MP3 } from '../media/kinds/mp3.ts';

/** How the MP3s of an ended bot stand, over all of its recordings. */
export type EndVerdict =
  | { readonly kind: 'wait' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'none'; readonly reason: NoMediaError };

/** What a look at an ended bot works with. */
export interface EndLook {
  readonly client: Pick<RecallClient, 'getBot' | 'listMedia' | 'getMediaItem'>;
  readonly now: number;
  readonly signal: AbortSignal;
  /** Counts a request and makes it, or throws. */
  request<T>(work: () => Promise<T>): Promise<T>;
  /** Takes in a newer state of the bot. */
  found(watched: WatchedBot, bot: Bot): Promise<void>;
}

const WAIT: EndVerdict = { kind: 'wait' };

/**
 * Looks at an ended bot with as few requests as its state allows: one for an artifact that is being made, else one for
 * the bot; and when all known artifacts are made, one per recording to see whether there are more.
 *
 * @param answer the bot as told just now, still with its URLs; undefined when it has to be asked for
 * @throws what the requests throw
 */
export async function lookAtEnd(
  look: EndLook,
  watched: WatchedBot,
  answer: Bot | undefined,
): Promise<EndVerdict> {
  if (!answer && watched.waitingFor.size > 0) {
    if (!(await areItemsSettled(look, watched))) return WAIT;
  } else {
    const bot = answer ?? (await askForBot(look, watched));
    judgeShortcuts(watched, bot, look.now);
    if (watched.waitingFor.size > 0) return WAIT;
  }
  return watched.bot ? judgeEverything(look, watched, watched.bot) : WAIT;
}

async function askForBot(look: EndLook, watched: WatchedBot): Promise<Bot> {
  const bot = await look.request(() => look.client.getBot(watched.botId, look.signal));
  await look.found(watched, bot);
  return bot;
}

function judgeShortcuts(watched: WatchedBot, bot: Bot, now: number): void {
  watched.waitingFor.clear();
  watched.settled.clear();
  for (const recording of bot.recordings) {
    const told = mp3Of(recording);
    if (told) settle(watched, recording, told, now);
  }
}

function settle(watched: WatchedBot, recording: Recording, item: MediaItem, now: number): MediaVerdict {
  const verdict = watched.settled.get(item.id) ?? judgeItem(MP3, item, recording, now);
  if (verdict.kind === 'wait') watched.waitingFor.set(item.id, recording.id);
  else {
    watched.waitingFor.delete(item.id);
    watched.settled.set(item.id, verdict);
  }
  return verdict;
}

async function areItemsSettled(look: EndLook, watched: WatchedBot): Promise<boolean> {
  for (const [itemId, recordingId] of [...watched.waitingFor]) {
    const item = await look.request(() => itemIfThere(look.client, MP3, itemId, look.signal));
    const recording = watched.bot?.recordings.find((candidate) => candidate.id === recordingId);
    if (!item || !recording) {
      // The item cannot be asked for by itself: the next look begins with the bot again.
      watched.waitingFor.clear();
      return false;
    }
    const verdict = settle(watched, recording, item, look.now);
    if (verdict.kind !== 'wait' && watched.bot) await look.found(watched, withItem(watched.bot, item));
  }
  return watched.waitingFor.size === 0;
}

async function judgeEverything(look: EndLook, watched: WatchedBot, bot: Bot): Promise<EndVerdict> {
  const verdicts: MediaVerdict[] = bot.recordings.length === 0 ? [judgeNoRecordings(MP3, bot)] : [];
  for (const recording of bot.recordings) {
    const items = await look.request(() => itemsOf(look.client, MP3, recording, look.signal));
    for (const item of items) verdicts.push(settle(watched, recording, item, look.now));
    if (items.length === 0) verdicts.push(judgeMissingItem(MP3, bot, recording, look.now));
  }
  if (verdicts.some((verdict) => verdict.kind === 'wait')) return WAIT;
  if (verdicts.some((verdict) => verdict.kind === 'ready')) return { kind: 'ready' };
  const reason = reasonToTell(
    verdicts.flatMap((verdict) => (verdict.kind === 'none' ? [verdict.error] : [])),
  );
  return reason ? { kind: 'none', reason } : WAIT;
}

function withItem(bot: Bot, item: MediaItem): Bot {
  return {
    ...bot,
    recordings: bot.recordings.map((recording) =>
      mp3Of(recording)?.id === item.id
        ? { ...recording, media: { ...recording.media, [MP3.word]: item } }
        : recording,
    ),
  };
}
