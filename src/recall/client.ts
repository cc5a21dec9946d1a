import * as l10n from '@vscode/l10n';
import type { Log } from '../network/log.ts';
import type { Clock } from '../network/clock.ts';
import { readBot, readBotPage, readMediaItem, readMediaItemPage } from './bot.ts';
import type { Bot, MediaItem, MediaWord, Page } from './bot.ts';
import { RecallError } from './errors.ts';
import type { ApiAccess, ApiRequest, ApiTransport } from './transport.ts';

/** Marks the bots that this extension sends, so that the list can be filtered by it. */
export const SENT_FROM_METADATA = { key: 'sent_from', value: 'vscode-recall-meeting-audio' } as const;

/** Where a bot carries the title that it was sent with: other computers of the account see it there, the meeting never. */
export const TITLE_METADATA_KEY = 'meeting_title';

/** Whether this extension sent the bot, from whichever computer. */
export function isSentFromHere(bot: Bot): boolean {
  return bot.metadata[SENT_FROM_METADATA.key] === SENT_FROM_METADATA.value;
}

/** What a new bot is to do (Recall docs, "Create Bot"). */
export interface NewBot {
  readonly meetingUrl: string;
  /** 1 to 100 characters. */
  readonly botName: string;
  /** ISO 8601. More than 10 minutes ahead the bot is guaranteed, else it is taken from those free right now. */
  readonly joinAt?: string | undefined;
  /** What the meeting is called, at most `LONGEST_TITLE` code units; undefined or empty when it has no title yet. */
  readonly title?: string | undefined;
  /** How long Recall keeps the media, in hours from 1; undefined = as the account says. */
  readonly retentionHours?: number | undefined;
  /** What it is to make, by the API's words for outputs, each with what the API is told of it. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Said while all bots are busy and the next try is waited for. */
export interface NoBotFreeWait {
  /** When the next try begins, in ms since the epoch. */
  readonly untilMs: number;
  /** 1 for the first repetition. */
  readonly attempt: number;
  readonly maxAttempts: number;
}

/** Which bots a list is to hold. All given conditions have to match. */
export interface BotFilter {
  /** Newest status codes; any of them matches. */
  readonly statuses?: readonly string[];
  /** Only those that this extension sent. */
  readonly sentFromHere?: boolean;
}

/** What the client works with. */
export interface ClientCollaborators {
  readonly transport: ApiTransport;
  /** Where the API is and the key for it, asked for at each call. Throws RecallError `noKey` when there is none. */
  readonly access: () => Promise<ApiAccess>;
  readonly clock: Clock;
  readonly randomUuid: () => string;
  readonly log: Log;
}

const NO_BOT_FREE_WAIT_MS = 30_000;
const NO_BOT_FREE_MIN_WAIT_MS = 1000;
// Asked to wait longer than this, it is better to let the person decide.
const NO_BOT_FREE_MAX_WAIT_MS = 300_000;
const NO_BOT_FREE_TRIES = 10;
// The list of one recording's media that goes on longer than this is taken for endless.
const MAX_PAGES = 100;

type AnswerKind = 'botList' | 'bot' | 'recordingList' | 'recording';

// Functions, since the language is not known yet when this file is loaded.
const UNREADABLE: Record<AnswerKind, () => string> = {
  botList: () => l10n.t("Recall's answer about the list of bots could not be read. Details are in the log."),
  bot: () => l10n.t("Recall's answer about the bot could not be read. Details are in the log."),
  recordingList: () =>
    l10n.t("Recall's answer about the list of recordings could not be read. Details are in the log."),
  recording: () => l10n.t("Recall's answer about the recording could not be read. Details are in the log."),
};

/** The calls of the Recall API that the product needs. Every method throws RecallError, or the signal's reason. */
export class RecallClient {
  readonly #with: ClientCollaborators;

  constructor(collaborators: ClientCollaborators) {
    this.#with = collaborators;
  }

  /**
   * One page of the account's bots, in the API's order (Recall docs, "List Bots"; 60 calls a minute).
   *
   * @param next the `next` of the page before; undefined for the first page
   */
  async listBots(filter: BotFilter, next: string | undefined, signal?: AbortSignal): Promise<Page<Bot>> {
    const query = new URLSearchParams();
    for (const status of filter.statuses ?? []) query.append('status', status);
    if (filter.sentFromHere) query.set(`metadata__${SENT_FROM_METADATA.key}`, SENT_FROM_METADATA.value);
    const answer = await this.#getPage('/bot/', query, next, signal);
    return readBotPage(answer) ?? this.#unreadable('botList', answer);
  }

  /** One bot with its recordings (Recall docs, "Retrieve Bot"; 300 calls a minute). */
  async getBot(botId: string, signal?: AbortSignal): Promise<Bot> {
    return this.#botIn(await this.#send({ method: 'GET', path: `/bot/${segment(botId)}/`, signal }));
  }

  /**
   * Sends a bot (Recall docs, "Create Bot"; 60 calls a minute). A try whose answer got lost is
   * repeated with the same idempotency key, so that no second bot joins; "no bot free" is repeated with a new key.
   *
   * @param onWait told before each wait for a free bot
   */
  async createBot(bot: NewBot, onWait: (wait: NoBotFreeWait) => void, signal?: AbortSignal): Promise<Bot> {
    let access = await this.#with.access();
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.#sendWith(access, {
          method: 'POST',
          path: '/bot/',
          body: createBotBody(bot),
          idempotencyKey: this.#with.randomUuid(),
          signal,
        });
        return this.#botIn(answer);
      } catch (error) {
        if (!(error instanceof RecallError) || error.code !== 'noBotFree' || attempt >= NO_BOT_FREE_TRIES)
          throw error;
        const waitMs = Math.max(error.retryAfterMs ?? NO_BOT_FREE_WAIT_MS, NO_BOT_FREE_MIN_WAIT_MS);
        if (waitMs > NO_BOT_FREE_MAX_WAIT_MS) throw error;
        onWait({ untilMs: this.#with.clock.now() + waitMs, attempt, maxAttempts: NO_BOT_FREE_TRIES });
        await this.#with.clock.sleep(waitMs, signal);
        access = await this.#accessTo(access.origin, error);
      }
    }
  }

  /** Makes the bot leave its call; cannot be undone (Recall docs, "Remove Bot From Call"). */
  async leaveCall(botId: string, signal?: AbortSignal): Promise<void> {
    await this.#command(botId, 'leave_call', signal);
  }

  /** Cancels a bot that has not joined yet (Recall docs, "Delete Scheduled Bot"). */
  async deleteScheduledBot(botId: string, signal?: AbortSignal): Promise<void> {
    await this.#send({ method: 'DELETE', path: `/bot/${segment(botId)}/`, signal });
  }

  /** Deletes all media of the bot for good (Recall docs, "Delete Bot Media"). */
  async deleteMedia(botId: string, signal?: AbortSignal): Promise<void> {
    await this.#command(botId, 'delete_media', signal);
  }

  /**
   * All items of a recording that are of one kind, every page of them (Recall docs, "List Mixed Audio"; the lists of all
   * kinds have the same form). A list that leads back to a page it has shown is complete there.
   */
  async listMedia(word: MediaWord, recordingId: string, signal?: AbortSignal): Promise<MediaItem[]> {
    const query = new URLSearchParams({ recording_id: recordingId });
    const items = new Map<string, MediaItem>();
    const visited = new Set<string>();
    let next: string | undefined;
    do {
      if (visited.size >= MAX_PAGES) throw endlessList();
      if (next !== undefined) visited.add(next);
      const answer = await this.#getPage(`/${word}/`, query, next, signal);
      const page = readMediaItemPage(answer);
      if (!page) return this.#unreadable('recordingList', answer);
      for (const item of page.items) items.set(item.id, item);
      next = page.next;
    } while (next !== undefined && !visited.has(next));
    return [...items.values()];
  }

  /** One such item, with a newly signed URL (Recall docs, "Retrieve Mixed Audio"). */
  async getMediaItem(word: MediaWord, id: string, signal?: AbortSignal): Promise<MediaItem> {
    const answer = await this.#send({ method: 'GET', path: `/${word}/${segment(id)}/`, signal });
    return readMediaItem(answer) ?? this.#unreadable('recording', answer);
  }

  /**
   * Has a recording transcribed, which Recall bills by its length (Recall docs, "Create Async Transcript"; some 5 calls a
   * minute). Since each one costs, it is asked for once: a try whose answer got lost is not repeated.
   *
   * @param idempotencyKey the same for what is to be made once, whichever window asks
   * @returns the transcript, which is still being made
   */
  async createTranscript(
    recordingId: string,
    idempotencyKey: string,
    signal?: AbortSignal,
  ): Promise<MediaItem> {
    const answer = await this.#send({
      method: 'POST',
      path: `/recording/${segment(recordingId)}/create_transcript/`,
      body: {
        provider: { recallai_async: { language_code: 'auto' } },
        diarization: { use_separate_streams_when_available: true },
      },
      idempotencyKey,
      maxRetries: 0,
      signal,
    });
    return readMediaItem(answer) ?? this.#unreadable('recording', answer);
  }

  async #getPage(
    path: string,
    query: URLSearchParams,
    next: string | undefined,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const access = await this.#with.access();
    const pageQuery = next === undefined ? query : nextQuery(next, path, access.origin);
    return this.#sendWith(access, { method: 'GET', path, query: pageQuery, signal });
  }

  /** Access to the same API as before. When the region was changed meanwhile, nobody expects a bot from another one. */
  async #accessTo(origin: string, cause: unknown): Promise<ApiAccess> {
    const access = await this.#with.access();
    if (access.origin === origin) return access;
    const sentence = l10n.t(
      'No bot was sent: the region was changed while no bot was free. Send it again to use the new region.',
    );
    throw new RecallError('noBotFree', sentence, { cause });
  }

  #botIn(answer: unknown): Bot {
    return readBot(answer) ?? this.#unreadable('bot', answer);
  }

  async #command(botId: string, command: string, signal: AbortSignal | undefined): Promise<void> {
    const idempotencyKey = this.#with.randomUuid();
    await this.#send({ method: 'POST', path: `/bot/${segment(botId)}/${command}/`, idempotencyKey, signal });
  }

  async #send(request: ApiRequest): Promise<unknown> {
    return this.#sendWith(await this.#with.access(), request);
  }

  #sendWith(access: ApiAccess, request: ApiRequest): Promise<unknown> {
    return this.#with.transport.send(access, { ...request, renewAccess: this.#with.access });
  }

  #unreadable(what: AnswerKind, answer: unknown): never {
    this.#with.log.warn(`[api] unreadable answer (${what}): ${shapeOf(answer)}`);
    throw new RecallError('unexpectedAnswer', UNREADABLE[what]());
  }
}

/** What an answer looks like, without what it says: for the log. */
function shapeOf(answer: unknown): string {
  if (answer === null || typeof answer !== 'object') return answer === null ? 'null' : typeof answer;
  if (Array.isArray(answer)) return `list[${answer.length}]`;
  const fields = Object.entries(answer).slice(0, 20);
  return `{ ${fields.map(([name, value]) => `${name.slice(0, 40)}: ${typeName(value)}`).join(', ')} }`;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function endlessList(): RecallError {
  return new RecallError('unexpectedAnswer', l10n.t("Recall's list of recordings does not come to an end."));
}

function createBotBody(bot: NewBot): Record<string, unknown> {
  return {
    meeting_url: bot.meetingUrl,
    bot_name: bot.botName,
    ...(bot.joinAt === undefined ? {} : { join_at: bot.joinAt }),
    metadata: {
      [SENT_FROM_METADATA.key]: SENT_FROM_METADATA.value,
      ...(bot.title ? { [TITLE_METADATA_KEY]: bot.title } : {}),
    },
    recording_config: {
      ...bot.outputs,
      ...(bot.retentionHours === undefined
        ? {}
        : { retention: { type: 'timed', hours: bot.retentionHours } }),
    },
  };
}

/** The query of a `next` link, used on our own origin and path: a link to another host must not get the key. */
function nextQuery(next: string, path: string, origin: string): URLSearchParams {
  const url = URL.canParse(next, origin) ? new URL(next, origin) : undefined;
  // A gateway may leave Recall's own host in its links; the path shows that the list itself is meant.
  if (!url?.pathname.endsWith(`/api/v1${path}`)) {
    throw new RecallError(
      'foreignHost',
      l10n.t('Recall answered with a link to the next page that leads elsewhere. It was not followed.'),
    );
  }
  return url.searchParams;
}

function segment(id: string): string {
  // "." and ".." would be resolved away and hit another endpoint; half a surrogate pair has no encoding.
  if (id === '.' || id === '..' || id === '' || !id.isWellFormed())
    throw new RecallError('invalidRequest', l10n.t('This is not a valid ID.'));
  return encodeURIComponent(id);
}
