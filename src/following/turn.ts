import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { LeaseView, WatchLease, WatchNote } from './lease.ts';
import { messageOf } from './watcherLog.ts';
import type { WatcherLimits } from './pace.ts';

/** What taking turns works with. */
export interface WatcherTurnCollaborators {
  readonly lease: WatchLease;
  readonly clock: Clock;
  readonly limits: WatcherLimits;
  readonly log: Log;
  /** What this window leaves for the others at this moment. */
  readonly note: () => WatchNote;
}

/** Whether it is this window's turn to ask, by the lease that all windows share. */
export class WatcherTurn {
  readonly #with: WatcherTurnCollaborators;
  #isOurs = false;
  #renewedAt = 0;

  constructor(collaborators: WatcherTurnCollaborators) {
    this.#with = collaborators;
  }

  /** Whether it was this window's turn when that was looked at last. */
  get isOurs(): boolean {
    return this.#isOurs;
  }

  /** Who asks at this moment. */
  async look(): Promise<LeaseView> {
    const view = await this.#with.lease.look();
    this.#isOurs = view.holder === 'mine';
    return view;
  }

  /** Goes on with it, when it still is this window's turn. */
  async keep(): Promise<boolean> {
    this.#renewedAt = this.#with.clock.now();
    this.#isOurs = await this.#with.lease.renew(this.#with.note());
    return this.#isOurs;
  }

  /** @param evenFromOther also takes it from a window whose turn it is */
  async take(evenFromOther: boolean): Promise<boolean> {
    this.#renewedAt = this.#with.clock.now();
    this.#isOurs = await this.#with.lease.take(this.#with.note(), evenFromOther);
    return this.#isOurs;
  }

  /** Leaves it to another window. */
  async leave(): Promise<void> {
    this.#isOurs = false;
    await this.#with.lease.release(this.#with.note());
  }

  /** Leaves it for good. Never throws. */
  async end(): Promise<void> {
    try {
      await this.leave();
    } catch (error) {
      // The lease then runs out by itself.
      this.#with.log.warn(`[watch] The lease could not be given back: ${messageOf(error)}`);
    }
  }

  /** Before each request: whether it still is this window's turn. A long round renews the lease on the way. */
  async mayAsk(): Promise<boolean> {
    const { clock, limits, lease } = this.#with;
    const isRecent = clock.now() - this.#renewedAt < limits.renewMs;
    return isRecent ? lease.isMine() : this.keep();
  }
}
