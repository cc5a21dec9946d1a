import type { Clock } from '../network/clock.ts';
import { watchForJump } from '../network/signs.ts';

/** What the loop works with. */
export interface WatcherLoopCollaborators {
  readonly clock: Clock;
  /** One round. Never throws. */
  readonly round: (signal: AbortSignal) => Promise<void>;
  /** When the next round is due if nothing wakes the loop, in ms since the epoch. */
  readonly nextRoundAt: (now: number) => number;
  /** Whether it matters that a computer wakes from its sleep. */
  readonly isSleepOfInterest: () => boolean;
  /** The computer woke from its sleep; the round that was under way is dropped. */
  readonly awoke: () => void;
}

/** Runs rounds, one at a time, by one timer. The next wait begins when a round is over. */
export class WatcherLoop {
  readonly #with: WatcherLoopCollaborators;
  #state: 'new' | 'started' | 'ended' = 'new';
  #abort = new AbortController();
  #cancelTimer: (() => void) | undefined;
  #endClockWatch: (() => void) | undefined;
  #isRunning = false;
  #runAgain = false;
  #activity: Promise<void> = Promise.resolve();

  constructor(collaborators: WatcherLoopCollaborators) {
    this.#with = collaborators;
  }

  get state(): 'new' | 'started' | 'ended' {
    return this.#state;
  }

  /** Whether a round is under way. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Begins with the first round. */
  start(): void {
    this.#state = 'started';
    this.wake();
  }

  /** Runs a round now, or after the one under way. Does nothing before the start and after the end. */
  wake(): void {
    if (this.#state !== 'started') return;
    this.#runAgain = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#activity = this.#activity.then(() => this.#run());
  }

  /** What is asked at the moment gets no answer any more, or none that counts. */
  dropRound(reason: DOMException): void {
    this.#abort.abort(reason);
    this.#abort = new AbortController();
  }

  /** Ends the timers and the round under way. @param last done when that is over */
  end(reason: DOMException, last: () => Promise<void>): void {
    this.#state = 'ended';
    this.#cancelTimer?.();
    this.#endClockWatch?.();
    this.#abort.abort(reason);
    this.#activity = this.#activity.then(last);
  }

  /** Resolves when no round is under way; after `end`, when nothing is left. */
  settled(): Promise<void> {
    return this.#activity;
  }

  async #run(): Promise<void> {
    while (this.#runAgain && this.#state === 'started') {
      this.#runAgain = false;
      await this.#with.round(this.#abort.signal);
    }
    this.#isRunning = false;
    if (this.#state === 'started') this.#plan();
  }

  #plan(): void {
    const { clock, nextRoundAt, isSleepOfInterest } = this.#with;
    this.#watchClock(isSleepOfInterest());
    const now = clock.now();
    this.#cancelTimer = clock.schedule(Math.max(0, nextRoundAt(now) - now), () => {
      this.wake();
    });
  }

  #watchClock(isNeeded: boolean): void {
    if (isNeeded === (this.#endClockWatch !== undefined)) return;
    this.#endClockWatch?.();
    const awoke = this.#awoke.bind(this);
    this.#endClockWatch = isNeeded ? watchForJump(this.#with.clock, awoke) : undefined;
  }

  #awoke(): void {
    this.#endClockWatch = undefined;
    // A connection that was open before the sleep may stay silent until its time-out.
    this.dropRound(new DOMException('The computer slept', 'AbortError'));
    this.#with.awoke();
  }
}
