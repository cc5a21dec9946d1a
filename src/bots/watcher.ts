import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import { watchForJump } from '../network/signs.ts';
import type { Signs } from '../network/signs.ts';
import type { Bot } from '../recall/bot.ts';
import { recallErrorCode } from '../recall/errors.ts';
import type { BotRecords } from './botRecords.ts';
import type { BotStore } from './botStore.ts';
import { botGroup } from './botStore.ts';
import { ChangeSource } from '../state/changes.ts';
import type { Subscription } from '../state/changes.ts';
import type { NoMediaError } from './mediaErrors.ts';
import type { WatchedBots } from './watchedBots.ts';
import { WatcherAttention } from './watcherAttention.ts';
import { RequestBudget } from './watcherBudget.ts';
import { FollowedBots } from './watcherFollowed.ts';
import { WatcherHealth, messageOf } from './watcherHealth.ts';
import type { WatchHealth } from './watcherHealth.ts';
import { DEFAULT_WATCHER_LIMITS, clampTo, dueAt, livePause, stageOf } from './watcherPace.ts';
import type { Pace, WatchedBot, WatcherLimits } from './watcherPace.ts';
import { WatcherPatience } from './watcherPatience.ts';
import { RoundCutShortError, WatcherRounds } from './watcherRounds.ts';
import type { WatchClient, WatchConclusion } from './watcherRounds.ts';
import type { LeaseView, WatchLease, WatchNote } from './watchLease.ts';

/** What the watcher works with. All of it is for one API origin. */
export interface WatcherCollaborators {
  /** Best over a transport that does not repeat by itself (`maxRetries: 0`): the watcher has its own back-off. */
  readonly client: WatchClient;
  readonly store: BotStore;
  readonly records: BotRecords;
  readonly lease: WatchLease;
  readonly watchedBots: WatchedBots;
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
  readonly #patience: WatcherPatience;
  readonly #budget: RequestBudget;
  readonly #rounds: WatcherRounds;
  readonly #attention = new WatcherAttention();
  readonly #health = new WatcherHealth();
  readonly #readySource = new ChangeSource<{ readonly botId: string }>();
  readonly #endedSource = new ChangeSource<{ readonly botId: string; readonly reason: NoMediaError }>();
  #subscriptions: readonly Subscription[] = [];
  #state: 'new' | 'started' | 'disposed' = 'new';
  #isLoaded = false;
  #abort = new AbortController();
  #cancelTimer: (() => void) | undefined;
  #endClockWatch: (() => void) | undefined;
  #isRunning = false;
  #runAgain = false;
  #roundFailed = false;
  #activity: Promise<void> = Promise.resolve();
  #jitter = 1;
  #holdsLease = false;
  #renewedAt = 0;
  #keyFailed = false;

  /** Tells when following begins to fail, fails otherwise, or works again. */
  readonly changes = this.#health.changes;
  /** Tells of a followed bot all of whose MP3s are made. Once per bot, in one of all windows. */
  readonly ready = this.#readySource.changes;
  /** Tells of a followed bot that ended without any MP3. Once per bot, in one of all windows. */
  readonly ended = this.#endedSource.changes;

  constructor(collaborators: WatcherCollaborators) {
    const { client, clock, log, store } = collaborators;
    this.#with = collaborators;
    this.#limits = { ...DEFAULT_WATCHER_LIMITS, ...collaborators.limits };
    this.#followed = new FollowedBots(collaborators);
    this.#patience = new WatcherPatience(this.#limits, collaborators.random);
    this.#budget = new RequestBudget(this.#limits.maxRequestsPerMinute);
    this.#rounds = new WatcherRounds({
      client,
      clock,
      log,
      limits: this.#limits,
      budget: this.#budget,
      mayAsk: () => this.#renewOrLook(),
      found: (watched, bot) => this.#followed.found(watched, bot),
      cameAlong: (bots) => {
        this.#tell(() => {
          store.put(bots.filter((bot) => store.get(bot.id) !== undefined));
        });
      },
      gone: (watched) => this.#followed.forget(watched),
      concluded: (watched, conclusion) => this.#conclude(watched, conclusion),
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
    if (this.#state !== 'new') return;
    this.#state = 'started';
    const { store, signs } = this.#with;
    this.#subscriptions = [
      store.changes(() => {
        if (this.#followed.takeFromStore() && !this.#isRunning) this.#wake();
      }),
      signs(() => {
        this.#catchUp();
      }),
    ];
    this.#wake();
  }

  /**
   * Follows a bot that was sent from here or is seen live. One that is over when it is first seen is not followed, nor
   * one whose end was told already.
   *
   * @throws when the record cannot be written
   */
  async follow(bot: Bot): Promise<void> {
    if (this.#state === 'disposed') return;
    if (await this.#followed.follow(bot)) this.#wake();
  }

  /** Tells whether the window has the focus. Gaining it catches up at once if that is overdue. */
  setFocused(focused: boolean): void {
    if (this.#attention.setFocused(focused)) this.#catchUp();
  }

  /** Tells whether the view of the bots is visible. */
  setViewVisible(visible: boolean): void {
    if (this.#attention.setViewVisible(visible)) this.#catchUp();
  }

  /** Asks again after a key was refused or missing. Answers to the old key that are on their way are dropped. */
  keyChanged(): void {
    if (this.#state === 'disposed') return;
    this.#dropRound(new DOMException('The API key changed', 'AbortError'));
    this.#keyFailed = false;
    this.#patience.startAnew();
    this.#setHealth({ kind: 'ok' });
    this.#wake();
  }

  /** Ends the timer, the requests under way and the lease. */
  dispose(): void {
    if (this.#state === 'disposed') return;
    this.#state = 'disposed';
    this.#followed.close();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#cancelTimer?.();
    this.#endClockWatch?.();
    this.#abort.abort(new DOMException('The watcher was disposed', 'AbortError'));
    this.#activity = this.#activity.then(() => this.#release());
  }

  /** Resolves when no round is under way; after `dispose`, when the lease is free and nothing is left. */
  settled(): Promise<void> {
    return this.#activity;
  }

  #catchUp(): void {
    this.#patience.hope(this.#with.clock.now());
    this.#wake();
  }

  /** What is asked at the moment gets no answer any more, or none that counts. */
  #dropRound(reason: DOMException): void {
    this.#abort.abort(reason);
    this.#abort = new AbortController();
  }

  /** While there is something to follow, a computer that wakes from its sleep is noticed. */
  #watchClock(isNeeded: boolean): void {
    if (isNeeded === (this.#endClockWatch !== undefined)) return;
    this.#endClockWatch?.();
    const awoke = this.#awoke.bind(this);
    this.#endClockWatch = isNeeded ? watchForJump(this.#with.clock, awoke) : undefined;
  }

  #awoke(): void {
    this.#endClockWatch = undefined;
    this.#watchClock(true);
    // A connection that was open before the sleep may stay silent until its time-out.
    this.#dropRound(new DOMException('The computer slept', 'AbortError'));
    this.#catchUp();
  }

  /** Runs a round now, or after the one under way. */
  #wake(): void {
    if (this.#state !== 'started') return;
    this.#runAgain = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#activity = this.#activity.then(() => this.#run());
  }

  async #run(): Promise<void> {
    while (this.#runAgain && this.#state === 'started') {
      this.#runAgain = false;
      await this.#tryRound(this.#abort.signal);
    }
    this.#isRunning = false;
    if (this.#state === 'started') this.#plan();
  }

  async #tryRound(signal: AbortSignal): Promise<void> {
    try {
      await this.#round(signal);
      this.#roundFailed = false;
    } catch (error) {
      // What goes wrong on this computer, such as a full disk, must not end the following: a later round tries again.
      this.#roundFailed = true;
      if (this.#state === 'started') this.#report(error);
    }
  }

  async #release(): Promise<void> {
    try {
      await this.#with.lease.release(this.#note());
    } catch (error) {
      // The lease then runs out by itself.
      this.#with.log.warn(`[watch] The lease could not be given back: ${messageOf(error)}`);
    }
  }

  #plan(): void {
    const now = this.#with.clock.now();
    this.#watchClock(this.#followed.all().length > 0);
    this.#jitter = 0.95 + 0.05 * this.#with.random();
    this.#cancelTimer = this.#with.clock.schedule(Math.max(0, this.#nextRoundAt(now) - now), () => {
      this.#wake();
    });
  }

  #nextRoundAt(now: number): number {
    if (this.#roundFailed) return now + this.#limits.readMs;
    const idleUntil = now + this.#limits.idleMs;
    if (this.#keyFailed) return idleUntil;
    const nextDueAt = this.#nextDueAt(now);
    if (nextDueAt > now + SOON_MS) return Math.min(idleUntil, nextDueAt - SOON_MS / 2);
    if (!this.#holdsLease) return now + this.#limits.readMs * this.#jitter;
    return Math.min(Math.max(nextDueAt, this.#askableAt(now)), now + this.#limits.renewMs);
  }

  #nextDueAt(now: number): number {
    const pace = this.#pace();
    return Math.min(...this.#followed.all().map((watched) => dueAt(watched, this.#limits, now, pace)));
  }

  #askableAt(now: number): number {
    return Math.max(this.#patience.askableAt(), this.#budget.freeAt(now));
  }

  #pace(): Pace {
    const live = this.#followed.all().filter((watched) => stageOf(watched) !== 'ended').length;
    return {
      liveMs: livePause(this.#limits, this.#attention.of(false), this.#rounds.costOf(live)),
      stretch: this.#patience.stretch,
      jitter: this.#jitter,
    };
  }

  async #round(signal: AbortSignal): Promise<void> {
    if (!this.#isLoaded) await this.#followed.load();
    this.#isLoaded = true;
    const view = await this.#with.lease.look();
    await this.#followed.readOthers(view.holder === 'mine' ? undefined : (view.note?.revision ?? 0));
    this.#clampToNow();
    this.#holdsLease = await this.#holdOrLeave(view);
    if (signal.aborted) return;
    if (!this.#holdsLease) {
      if (view.holder === 'other') this.#adoptHealth(view.note);
      return;
    }
    await this.#askIfDue(signal);
    if (this.#keyFailed) await this.#with.lease.release(this.#note());
    else await this.#renew();
  }

  /** Takes, keeps or gives up the lease, as there is something to ask about soon or not. @returns whether it is held */
  async #holdOrLeave(view: LeaseView): Promise<boolean> {
    const gainedFocus = this.#attention.takeGainedFocus();
    const now = this.#with.clock.now();
    if (this.#keyFailed || this.#nextDueAt(now) > now + SOON_MS) {
      if (view.holder === 'mine') await this.#with.lease.release(this.#note());
      return false;
    }
    if (view.holder === 'mine') return this.#renew();
    // The window in which the user works polls: it alone does so fast.
    const isBetterPlaced = this.#attention.isFocused && (gainedFocus || view.note?.focused === false);
    if (view.holder === 'other' && !isBetterPlaced) return false;
    if (view.note) this.#adopt(view.note);
    this.#renewedAt = now;
    return this.#with.lease.take(this.#note(), isBetterPlaced);
  }

  #adopt(note: WatchNote): void {
    this.#patience.adopt(note);
    this.#budget.adopt(note.requestTimes);
    this.#followed.adoptRevision(note.revision);
    this.#clampToNow();
    const { lastSuccessAt = 0 } = this.#patience;
    for (const watched of this.#followed.all()) {
      const askedAt = stageOf(watched) === 'ended' ? lastSuccessAt : this.#patience.listAskedAt;
      watched.askedAt = Math.max(watched.askedAt, askedAt);
    }
  }

  async #askIfDue(signal: AbortSignal): Promise<void> {
    const now = this.#with.clock.now();
    if (this.#askableAt(now) > now) return;
    const pace = this.#pace();
    const all = this.#followed.all();
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
      this.#tell(() => {
        if (conclusion.kind === 'ready') this.#readySource.tell({ botId });
        else this.#endedSource.tell({ botId, reason: conclusion.reason });
      });
    });
  }

  /** What a listener makes of the news is its own affair: following goes on. */
  #tell(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#with.log.error(`[watch] A listener failed: ${messageOf(error)}`);
    }
  }

  /** Before each request: whether this window still holds the lease. A long round renews it on the way. */
  async #renewOrLook(): Promise<boolean> {
    const isRecent = this.#with.clock.now() - this.#renewedAt < this.#limits.renewMs;
    return isRecent ? this.#with.lease.isMine() : this.#renew();
  }

  async #renew(): Promise<boolean> {
    this.#renewedAt = this.#with.clock.now();
    return this.#with.lease.renew(this.#note());
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
    this.#tell(() => {
      this.#health.adopt(note);
    });
  }

  #setHealth(health: WatchHealth): void {
    this.#tell(() => {
      this.#health.set(health);
    });
  }

  /** A clock that was put back would let everything wait for the time that it showed before. */
  #clampToNow(): void {
    const now = this.#with.clock.now();
    this.#patience.clampTo(now);
    for (const watched of this.#followed.all()) clampTo(now, watched);
  }
}
