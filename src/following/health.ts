import { ChangeSource } from '../state/changes.ts';
import type { WatchNote } from './lease.ts';
import { messageOf } from './watcherLog.ts';

/** Whether following works. `failure` is a RecallError in the window that asked; times in ms since the epoch. */
export type WatchHealth =
  | { readonly kind: 'ok' }
  | { readonly kind: 'failing'; readonly failure: unknown; readonly lastSuccessAt: number | undefined };

/** Keeps whether following works, and tells when that changes. */
export class WatcherHealth {
  readonly #source = new ChangeSource<WatchHealth>();
  #current: WatchHealth = { kind: 'ok' };

  /** Tells when following begins to fail, fails otherwise, or works again. */
  readonly changes = this.#source.changes;

  /** Whether following works at the moment. */
  get current(): WatchHealth {
    return this.#current;
  }

  /** Why following fails, in a sentence; undefined when it works. */
  get failure(): string | undefined {
    return failureOf(this.#current);
  }

  /** Takes in how it stands now. @throws what a listener throws */
  set(health: WatchHealth): void {
    const isSame = failureOf(this.#current) === failureOf(health);
    if (isSame) return;
    this.#current = health;
    this.#source.tell(health);
  }

  /** Takes in how it stands in the window that asks. @throws what a listener throws */
  adopt({ failure, lastSuccessAt }: WatchNote): void {
    const isOk = failure === undefined;
    this.set(isOk ? { kind: 'ok' } : { kind: 'failing', failure: new Error(failure), lastSuccessAt });
  }
}

function failureOf(health: WatchHealth): string | undefined {
  return health.kind === 'ok' ? undefined : messageOf(health.failure);
}
