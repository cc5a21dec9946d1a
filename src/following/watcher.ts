import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { Signs } from '../network/signs.ts';
import type { Bot } from '../recall/bot.ts';
import { recallErrorCode } from '../recall/errors.ts';
import type { BotRecords } from '../bots/botRecords.ts';
import type { BotStore } from '../bots/botStore.ts';
import { botGroup } from '../bots/botStore.ts';
import { ChangeSource } from '../state/changes.ts';
import type { Subscription } from '../state/changes.ts';
import type { NoMediaError } from '../media/mediaErrors.ts';
import type { SightFiles } from './sightFiles.ts';
import type { WatchedBots } from './watchedBots.ts';
import { WatcherAttention } from './attention.ts';
import { RequestBudget } from '../network/requestBudget.ts';
import { FollowedBots } from './followed.ts';
import { WatcherHealth } from './health.ts';
import type { WatchHealth } from './health.ts';
import { BotsInSight } from './inSight.ts';
import { messageOf, tellListeners } from './watcherLog.ts';
import { WatcherLoop } from './loop.ts';
import { DEFAULT_WATCHER_LIMITS, clampTo, dueAt, livePause, stageOf } from './pace.ts';
import type { Pace, WatchedBot, WatcherLimits } from './pace.ts';
import { WatcherPatience } from './patience.ts';
import { RoundCutShortError, WatcherRounds } from './rounds.ts';
import type { WatchClient, WatchConclusion } from './rounds.ts';
import { WatcherTurn } from './turn.ts';
import type { LeaseView, WatchLease, WatchNote } from './lease.ts';

/** What the watcher works with. All of it is for one API origin. */
export interface WatcherCollaborators {
  /** Best over a transport that does not repeat by itself (`maxRetries: 0`): the watcher has its own back-off. */
  readonly client: WatchClient;
  readonly store: BotStore;
  readonly records: BotRecords;
  readonly lease: WatchLease;
  readonly watchedBots: WatchedBots;
  readonly sightFiles: SightFiles;
  /** Whether a bot of the account belongs into the list that this window shows. */
  readonly belongsIntoList: (bot: Bot) => boolean;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Tells that an API that was away may be back, beside what the watcher finds out by itself. */
  readonly signs: Signs;
  readonly limits?: Partial<WatcherLimits>;
}

const SOON_MS = 60_000;
const KEY_FAILURES = new Set(['noKey', 'keyRefused', 'keyChangedElsewhere']);

/**
 * Follows bots to their end: asks the API as seldom as is useful, in one window for all, and tells once over all
 * windows when a bot's MP3s are there. One timer, one round at a time; the next wait begins when a round is over.
 */
export class BotWatcher {
  readonly #with: WatcherCollaborators;
  readonly #limits: WatcherLimits;
  readonly #followed: FollowedBots;
  readonly #inSight: BotsInSight;
  readonly #turn: WatcherTurn;
  readonly #patience: WatcherPatience;
  readonly #budget: RequestBudget;
  readonly #rounds: WatcherRounds;
  readonly #loop: WatcherLoop;
  readonly #attention = new WatcherAttention();
  readonly #health = new WatcherHealth();
  readonly #readySource = new ChangeSource<{ readonly botId: string }>();
  readonly #endedSource = new ChangeSource<{ readonly botId: string; readonly reason: NoMediaError }>();
  #subscriptions: readonly Subscription[] = [];
  #isLoaded = false;
  #roundFailed = false;
  #jitter = 1;
  #keyFailed = false;

  /** Tells when following begins to fail, fails otherwise, or works again. */
  readonly changes = this.#health.changes;
  /** Tells of a followed bot all of whose MP3s are made. Once per bot, in one of all windows. */
  readonly ready = this.#readySource.changes;
  /** Tells of a followed bot that ended without any MP3. Once per bot, in one of all windows. */
  readonly ended = this.#endedSource.changes;

  constructor(collaborators: WatcherCollaborators) {
    const { client, clock, log, store, lease } = collaborators;
    this.#with = collaborators;
    this.#limits = { ...DEFAULT_WATCHER_LIMITS, ...collaborators.limits };
    this.#followed = new FollowedBots(collaborators);
    this.#inSight = new BotsInSight({
      ...{ store, clock, log },
      files: collaborators.sightFiles,
      belongsIntoList: collaborators.belongsIntoList,
      isFollowed: (botId) => this.#followed.has(botId),
      isListVisible: () => this.#attention.isViewVisible,
    });
    this.#turn = new WatcherTurn({ lease, clock, log, limits: this.#limits, note: () => this.#note() });
    this.#patience = new WatcherPatience(this.#limits, collaborators.random);
    this.#budget = new RequestBudget(this.#limits.maxRequestsPerMinute);
    this.#rounds = new WatcherRounds({
      client,
      clock,
      log,
      limits: this.#limits,
      budget: this.#budget,
      mayAsk: () => this.#turn.mayAsk(),
      found: async (watched, bot) => {
        if (watched.isFollowed) await this.#followed.found(watched, bot);
        else this.#inSight.found(watched, bot);
      },
      cameAlong: (bots) => {
        this.#inSight.cameAlong(bots);
      },
      gone: async (watched) => {
        if (watched.isFollowed) await this.#followed.forget(watched);
        else this.#inSight.forget(watched);
      },
      concluded: (watched, conclusion) => this.#conclude(watched, conclusion),
    });
    this.#loop = new WatcherLoop({
      clock,
      round: (signal) => this.#tryRound(signal),
      nextRoundAt: (now) => {
        this.#jitter = 0.95 + 0.05 * collaborators.random();
        return this.#nextRoundAt(now);
      },
      isSleepOfInterest: () => this.#all().length > 0,
      awoke: () => {
        this.#catchUp();
      },
    });
  }

  /** How many followed bots are in a call, or on their way into it or out of it. */
  get liveCount(): number {
    return this.#followed.all().filter(({ bot }) => bot && botGroup(bot) === 'live').length;
  }

  /** Whether following works at the moment. */
  get health(): WatchHealth {
    return this.#health.current;
  }

  /** Begins to follow: the bots that were followed before, and those that `follow` names. */
  start(): void {
    if (this.#loop.state !== 'new') return;
    const { store, signs } = this.#with;
    this.#subscriptions = [
      store.changes(() => {
        const [isOtherwise, showsMore] = [this.#followed.takeFromStore(), this.#inSight.look()];
        if ((isOtherwise || showsMore) && !this.#loop.isRunning) this.#loop.wake();
      }),
      signs(() => {
        this.#catchUp();
      }),
    ];
    this.#loop.start();
  }

  /**
   * Follows a bot that was sent from here or is seen live. One that is over when it is first seen is not followed, nor
   * one whose end was told already.
   *
   * @throws when the record cannot be written
   */
  async follow(bot: Bot): Promise<void> {
    if (this.#loop.state === 'ended') return;
    if (await this.#followed.follow(bot)) this.#loop.wake();
  }

  /** Tells whether the window has the focus. Gaining it catches up at once if that is overdue. */
  setFocused(focused: boolean): void {
    if (this.#attention.setFocused(focused)) this.#catchUp();
  }

  /** Tells whether the view of the bots is visible. What it shows live is asked about, too, while it is. */
  setViewVisible(visible: boolean): void {
    const gained = this.#attention.setViewVisible(visible);
    this.#inSight.look();
    if (gained) this.#catchUp();
    else this.#loop.wake();
  }

  /** Asks again after a key was refused or missing. Answers to the old key that are on their way are dropped. */
  keyChanged(): void {
    if (this.#loop.state === 'ended') return;
    this.#loop.dropRound(new DOMException('The API key changed', 'AbortError'));
    this.#keyFailed = false;
    this.#patience.startAnew();
    this.#setHealth({ kind: 'ok' });
    this.#loop.wake();
  }

  /** Ends the timer, the requests under way and the lease. */
  dispose(): void {
    if (this.#loop.state === 'ended') return;
    this.#followed.close();
    this.#inSight.close();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#loop.end(new DOMException('The watcher was disposed', 'AbortError'), () => this.#leave());
  }

  /** Resolves when no round is under way; after `dispose`, when the lease is free and nothing is left. */
  settled(): Promise<void> {
    return this.#loop.settled();
  }

  #catchUp(): void {
    this.#patience.hope(this.#with.clock.now());
    this.#loop.wake();
  }

  async #tryRound(signal: AbortSignal): Promise<void> {
    try {
      await this.#round(signal);
      this.#roundFailed = false;
    } catch (error) {
      // What goes wrong on this computer, such as a full disk, must not end the following: a later round tries again.
      this.#roundFailed = true;
      if (this.#loop.state === 'started') this.#report(error);
    }
  }

  async #leave(): Promise<void> {
    await this.#inSight.leave();
    await this.#turn.end();
  }

  /** All bots that are asked about: by this window, while it is its turn. */
  #all(): WatchedBot[] {
    return [...this.#followed.all(), ...this.#inSight.all()];
  }

  #nextRoundAt(now: number): number {
    if (this.#roundFailed) return now + this.#limits.readMs;
    const idleUntil = now + this.#limits.idleMs;
    if (this.#keyFailed) return idleUntil;
    const nextDueAt = this.#nextDueAt(now);
    if (nextDueAt > now + SOON_MS) return Math.min(idleUntil, nextDueAt - SOON_MS / 2);
    if (!this.#turn.isOurs) return now + this.#limits.readMs * this.#jitter;
    return Math.min(Math.max(nextDueAt, this.#askableAt(now)), now + this.#limits.renewMs);
  }

  #nextDueAt(now: number): number {
    const pace = this.#pace();
    return Math.min(...this.#all().map((watched) => dueAt(watched, this.#limits, now, pace)));
  }

  #askableAt(now: number): number {
    return Math.max(this.#patience.askableAt(), this.#budget.freeAt(now));
  }

  #pace(): Pace {
    const live = this.#all().filter((watched) => stageOf(watched) !== 'ended').length;
    return {
      liveMs: livePause(this.#limits, this.#attention.of(this.#inSight.isWished), this.#rounds.costOf(live)),
      stretch: this.#patience.stretch,
      jitter: this.#jitter,
    };
  }

  async #round(signal: AbortSignal): Promise<void> {
    if (!this.#isLoaded) await this.#followed.load();
    this.#isLoaded = true;
    const view = await this.#turn.look();
    await this.#followed.readOthers(view.holder === 'mine' ? undefined : (view.note?.revision ?? 0));
    this.#clampToNow();
    this.#inSight.look();
    const isOurTurn = await this.#takeOrLeave(view);
    if (signal.aborted) return;
    if (!isOurTurn) {
      if (view.holder === 'other') this.#adoptHealth(view.note);
      await this.#inSight.readOthers();
      return;
    }
    await this.#inSight.takeWishes();
    await this.#askIfDue(signal);
    await this.#inSight.share();
    if (this.#keyFailed) await this.#turn.leave();
    else await this.#turn.keep();
  }

  /** Takes the turn, keeps it or leaves it, as this window has something to ask about soon. @returns whether it has it */
  async #takeOrLeave(view: LeaseView): Promise<boolean> {
    const gainedFocus = this.#attention.takeGainedFocus();
    const now = this.#with.clock.now();
    if (this.#keyFailed || this.#nextDueAt(now) > now + SOON_MS) {
      await this.#turn.leave();
      // A failure to ask about what nobody wants to know any more is no news.
      if (!this.#keyFailed) this.#setHealth({ kind: 'ok' });
      return false;
    }
    if (view.holder === 'mine') return this.#turn.keep();
    // The window in which the user works polls: it alone does so fast.
    const isBetterPlaced = this.#attention.isFocused && (gainedFocus || view.note?.focused === false);
    if (view.holder === 'other' && !isBetterPlaced) return false;
    if (view.note) this.#adopt(view.note);
    return this.#turn.take(isBetterPlaced);
  }

  #adopt(note: WatchNote): void {
    this.#patience.adopt(note);
    this.#budget.adopt(note.requestTimes);
    this.#followed.adoptRevision(note.revision);
    this.#clampToNow();
    const { lastSuccessAt = 0 } = this.#patience;
    for (const watched of this.#all()) {
      const askedAt = stageOf(watched) === 'ended' ? lastSuccessAt : this.#patience.listAskedAt;
      watched.askedAt = Math.max(watched.askedAt, askedAt);
    }
  }

  async #askIfDue(signal: AbortSignal): Promise<void> {
    const now = this.#with.clock.now();
    if (this.#askableAt(now) > now) return;
    const pace = this.#pace();
    const all = this.#all();
    const due = new Set(all.filter((watched) => dueAt(watched, this.#limits, now, pace) <= now));
    if (due.size === 0) return;
    try {
      const askedLive = await this.#rounds.ask(all, (watched) => due.has(watched), signal);
      if (askedLive) this.#patience.listAskedAt = this.#with.clock.now();
      this.#succeeded();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof RoundCutShortError)) this.#failed(error, now);
    } finally {
      this.#patience.askedAt = this.#with.clock.now();
    }
  }

  #succeeded(): void {
    this.#patience.succeeded(this.#with.clock.now());
    this.#setHealth({ kind: 'ok' });
  }

  #failed(error: unknown, beganAt: number): void {
    this.#keyFailed = KEY_FAILURES.has(recallErrorCode(error) ?? '');
    this.#patience.failed(error, beganAt, this.#with.clock.now());
    this.#report(error);
  }

  #report(error: unknown): void {
    this.#with.log.warn(`[watch] Following bots fails: ${messageOf(error)}`);
    this.#setHealth({ kind: 'failing', failure: error, lastSuccessAt: this.#patience.lastSuccessAt });
  }

  #conclude(watched: WatchedBot, conclusion: WatchConclusion): Promise<void> {
    const { botId } = watched;
    return this.#followed.conclude(watched, () => {
      tellListeners(this.#with.log, () => {
        if (conclusion.kind === 'ready') this.#readySource.tell({ botId });
        else this.#endedSource.tell({ botId, reason: conclusion.reason });
      });
    });
  }

  #note(): WatchNote {
    const { askedAt, listAskedAt, notBefore, lastSuccessAt } = this.#patience;
    return {
      focused: this.#attention.isFocused,
      askedAt,
      listAskedAt,
      notBefore,
      lastSuccessAt,
      requestTimes: [...this.#budget.times(this.#with.clock.now())],
      revision: this.#followed.revision,
      failure: this.#health.failure,
    };
  }

  /** A window that does not ask itself knows from the note how asking goes. */
  #adoptHealth(note: WatchNote | undefined): void {
    if (!note || this.#keyFailed) return;
    tellListeners(this.#with.log, () => {
      this.#health.adopt(note);
    });
  }

  #setHealth(health: WatchHealth): void {
    tellListeners(this.#with.log, () => {
      this.#health.set(health);
    });
  }

  /** A clock that was put back would let everything wait for the time that it showed before. */
  #clampToNow(): void {
    const now = this.#with.clock.now();
    this.#patience.clampTo(now);
    this.#inSight.clampTo(now);
    for (const watched of this.#followed.all()) clampTo(now, watched);
  }
}
