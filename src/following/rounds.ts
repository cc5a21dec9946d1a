import type { Clock } from '../network/clock.ts';
import { asError } from '../network/failure.ts';
import type { Log } from '../network/log.ts';
import type { Bot } from '../recall/bot.ts';
import { isSentFromHere } from '../recall/client.ts';
import type { BotFilter, RecallClient } from '../recall/client.ts';
import { recallErrorCode } from '../recall/errors.ts';
import { filterableStatuses } from '../recall/statusWords.ts';
import type { NoMediaError } from '../media/mediaErrors.ts';
import { stillProcessing } from '../media/mediaReadiness.ts';
import type { RequestBudget } from '../network/requestBudget.ts';
import { lookAtEnd } from './mp3Looks.ts';
import type { EndLook } from './mp3Looks.ts';
import { stageOf } from './pace.ts';
import type { WatchedBot, WatcherLimits } from './pace.ts';
import { MP3 } from '../media/kinds/mp3.ts';

/** The calls that following bots needs. */
export type WatchClient = Pick<RecallClient, 'listBots' | 'getBot' | 'listMedia' | 'getMediaItem'>;

/** What following a bot came to. */
export type WatchConclusion =
  { readonly kind: 'ready' } | { readonly kind: 'none'; readonly reason: NoMediaError };

/** What rounds of requests work with, and whom they tell. */
export interface RoundsCollaborators {
  readonly client: WatchClient;
  readonly clock: Clock;
  readonly limits: WatcherLimits;
  readonly budget: RequestBudget;
  readonly log: Log;
  /** Whether this window may still ask; looked up before each request. */
  readonly mayAsk: () => Promise<boolean>;
  /** A bot's newest state. */
  readonly found: (watched: WatchedBot, bot: Bot) => Promise<void>;
  /** Live bots that were not asked about and came along with the others. */
  readonly cameAlong: (bots: readonly Bot[]) => void;
  /** The bot does not exist any more. */
  readonly gone: (watched: WatchedBot) => Promise<void>;
  readonly concluded: (watched: WatchedBot, conclusion: WatchConclusion) => Promise<void>;
}

/** The round ended early: this minute allows no more requests, or another window polls now. */
export class RoundCutShortError extends Error {
  override readonly name = 'RoundCutShortError';
}

/** Statuses of bots that are in a call, or on their way into it or out of it. */
const LIVE_STATUSES = filterableStatuses(['joining', 'waiting', 'inCall', 'recording', 'finishing']);

// These can be due to the one bot that was asked for; all others would meet the next request too.
const OWN_FAILURES = new Set(['notFound', 'unexpectedAnswer', 'invalidRequest', 'notAllowed', 'serverError']);

const BELIEVED_AFTER_TIMES = 3;
// Nothing answered, and so many questions failed one by one: the API is in trouble, not the bots.
const FAILURES_OF_THE_API = 2;
// Of the requests that a minute allows, so many are not spent on single bots that are only looked at.
const KEPT_FOR_FOLLOWED = 15;

interface Round {
  readonly signal: AbortSignal;
  answers: number;
  /** The bots that could not be asked about, with the reason. */
  readonly failures: Map<WatchedBot, unknown>;
}

/** Asks about bots: about all live ones by one list, where that is cheaper than one by one. */
export class WatcherRounds {
  readonly #with: RoundsCollaborators;
  #pages = 1;

  constructor(collaborators: RoundsCollaborators) {
    this.#with = collaborators;
  }

  /** How many requests a look at so many live bots takes. */
  costOf(liveBots: number): number {
    return Math.min(liveBots, this.#pages);
  }

  /**
   * Asks about the bots that are due, and about all live ones when one of them is.
   *
   * @returns whether live bots were asked about
   * @throws RecallError when no request succeeds or none would, RoundCutShortError, the signal's reason
   */
  async ask(
    all: readonly WatchedBot[],
    isDue: (watched: WatchedBot) => boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    const round: Round = { signal, answers: 0, failures: new Map() };
    const [ended, live] = [[] as WatchedBot[], [] as WatchedBot[]];
    for (const watched of all.filter(isDue)) (stageOf(watched) === 'ended' ? ended : live).push(watched);
    const unlisted = live.length === 0 ? [] : await this.#askTogether(round, all, live);
    await this.#askOneByOne(round, followedFirst([...unlisted, ...ended]));
    return live.length > 0;
  }

  async #askOneByOne(round: Round, all: readonly WatchedBot[]): Promise<void> {
    try {
      for (const watched of all) {
        if (this.#isPutOff(watched)) continue;
        await this.#askAlone(round, watched);
        if (round.answers === 0 && round.failures.size >= FAILURES_OF_THE_API) break;
      }
    } finally {
      // A failure is a bot's own only when the API answers otherwise.
      if (round.answers > 0) [...round.failures.keys()].forEach(keepFailureApart);
    }
    const [failure] = round.failures.values();
    if (round.answers === 0 && failure !== undefined) throw asError(failure);
  }

  /** A bot that is only looked at can wait until there are requests to spare. */
  #isPutOff(watched: WatchedBot): boolean {
    const { budget, clock } = this.#with;
    const isPutOff = !watched.isFollowed && budget.left(clock.now()) <= KEPT_FOR_FOLLOWED;
    if (isPutOff) watched.askedAt = clock.now();
    return isPutOff;
  }

  /** Asks about live bots by the list, if that is cheaper. @returns those that have to be asked about alone */
  async #askTogether(
    round: Round,
    all: readonly WatchedBot[],
    due: readonly WatchedBot[],
  ): Promise<readonly WatchedBot[]> {
    const underWay = all.filter((watched) => ['live', 'unknown'].includes(stageOf(watched)));
    const group = [...new Set([...underWay, ...due])];
    // Where it costs the same, the list also tells what has begun since to who looks.
    const isLookedAt = group.some(({ isFollowed }) => !isFollowed);
    const isListCheaper = group.length > this.#pages || (isLookedAt && group.length === this.#pages);
    return isListCheaper ? this.#askList(round, group) : due;
  }

  /** Asks for all live bots. @returns those of the group that are not among them */
  async #askList(round: Round, group: readonly WatchedBot[]): Promise<WatchedBot[]> {
    const missing = new Map(group.map((watched) => [watched.botId, watched]));
    const sentFromHere = group.every(({ bot }) => bot !== undefined && isSentFromHere(bot));
    const filter: BotFilter = { statuses: LIVE_STATUSES, sentFromHere };
    const visited = new Set<string | undefined>();
    let next: string | undefined;
    do {
      visited.add(next);
      const page = await this.#request(round, () => this.#with.client.listBots(filter, next, round.signal));
      this.#pages = visited.size;
      this.#with.cameAlong(page.items.filter((bot) => !missing.has(bot.id)));
      for (const bot of page.items) {
        const watched = missing.get(bot.id);
        missing.delete(bot.id);
        if (!watched) continue;
        await this.#with.found(watched, bot);
        watched.failingSince = undefined;
      }
      next = page.next;
    } while (next !== undefined && !visited.has(next) && visited.size < this.#with.limits.maxPages);
    return [...missing.values()];
  }

  async #askAboutOne(round: Round, watched: WatchedBot): Promise<void> {
    if (stageOf(watched) === 'ended') {
      await this.#lookAtEnd(round, watched, undefined);
      return;
    }
    const bot = await this.#request(round, () => this.#getBot(watched, round.signal));
    await this.#with.found(watched, bot);
    // A followed bot that turns out to be over is looked at more closely in the same round.
    if (watched.isFollowed && stageOf(watched) === 'ended') await this.#lookAtEnd(round, watched, bot);
  }

  async #lookAtEnd(round: Round, watched: WatchedBot, answer: Bot | undefined): Promise<void> {
    const { client, clock, found, concluded, limits } = this.#with;
    const look: EndLook = {
      client: {
        getBot: () => this.#getBot(watched, round.signal),
        listMedia: client.listMedia.bind(client),
        getMediaItem: client.getMediaItem.bind(client),
      },
      now: clock.now(),
      signal: round.signal,
      request: (work) => this.#request(round, work),
      found,
    };
    const unseenMs = look.now - (watched.failingSince ?? watched.askedAt);
    const verdict = await lookAtEnd(look, watched, answer);
    this.#excuse(watched, unseenMs);
    const waitedMs = clock.now() - (watched.endedAt ?? clock.now());
    if (verdict.kind !== 'wait') await concluded(watched, verdict);
    else if (waitedMs > limits.givenUpAfterMs) await concluded(watched, givenUp(watched));
  }

  /** Time in which nobody could look, as the API was away or the computer asleep, is not held against an MP3. */
  #excuse(watched: WatchedBot, unseenMs: number): void {
    if (watched.endedAt === undefined || unseenMs <= this.#with.limits.longestMs) return;
    watched.endedAt = Math.min(this.#with.clock.now(), watched.endedAt + unseenMs);
  }

  /** Asks about one bot, and keeps a failure that may be its own from the others. */
  async #askAlone(round: Round, watched: WatchedBot): Promise<void> {
    watched.triedAt = this.#with.clock.now();
    try {
      await this.#askAboutOne(round, watched);
      watched.failingSince = undefined;
      watched.askedAt = this.#with.clock.now();
    } catch (error) {
      const code = recallErrorCode(error);
      if (code === undefined || !OWN_FAILURES.has(code)) throw error;
      this.#with.log.warn(`[watch] ${watched.botId} could not be asked about: ${asError(error).message}`);
      if (watched.notFound === 0) round.failures.set(watched, error);
      else await this.#forgetIfGone(round, watched);
    }
  }

  async #forgetIfGone(round: Round, watched: WatchedBot): Promise<void> {
    // "No such bot" is an answer: the API can be reached and knows the key.
    round.answers++;
    watched.askedAt = this.#with.clock.now();
    const sinceMs = this.#with.clock.now() - watched.notFoundSince;
    if (watched.notFound < BELIEVED_AFTER_TIMES || sinceMs < this.#with.limits.forgottenAfterMs) return;
    await this.#with.gone(watched);
  }

  async #getBot(watched: WatchedBot, signal: AbortSignal): Promise<Bot> {
    const { client, clock } = this.#with;
    try {
      const bot = await client.getBot(watched.botId, signal);
      watched.notFound = 0;
      return bot;
    } catch (error) {
      if (recallErrorCode(error) === 'notFound') {
        if (watched.notFound === 0) watched.notFoundSince = clock.now();
        watched.notFound++;
      } else {
        watched.notFound = 0;
      }
      throw error;
    }
  }

  async #request<T>(round: Round, work: () => Promise<T>): Promise<T> {
    const { budget, clock, mayAsk } = this.#with;
    const allowed = await mayAsk();
    round.signal.throwIfAborted();
    if (!allowed) throw new RoundCutShortError('Another window polls now');
    if (!budget.take(clock.now())) throw new RoundCutShortError('This minute allows no more requests');
    const answer = await work();
    round.signal.throwIfAborted();
    round.answers++;
    return answer;
  }
}

/** What is ready is not held back by what may never be. */
function givenUp({ settled }: WatchedBot): WatchConclusion {
  const isSomeReady = [...settled.values()].some((verdict) => verdict.kind === 'ready');
  return isSomeReady ? { kind: 'ready' } : { kind: 'none', reason: stillProcessing(MP3) };
}

function keepFailureApart(watched: WatchedBot): void {
  watched.askedAt = watched.triedAt;
  watched.failingSince ??= watched.triedAt;
}

/** And of those, as of the others, the ones that wait longest. */
function followedFirst(watched: readonly WatchedBot[]): WatchedBot[] {
  const rank = ({ isFollowed }: WatchedBot): number => (isFollowed ? 0 : 1);
  return watched.toSorted((a, b) => rank(a) - rank(b) || a.triedAt - b.triedAt || a.askedAt - b.askedAt);
}
