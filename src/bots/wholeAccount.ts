import type { Clock } from '../network/clock.ts';
import { orAborted } from '../network/abort.ts';
import { RequestBudget } from '../network/requestBudget.ts';
import type { BotList } from './botList.ts';

// The list may be asked for 60 times a minute, bots are followed by the same list, and a second window may search, too.
const PAGES_PER_MINUTE = 20;

/** What it works with. */
export interface WholeAccountCollaborators {
  readonly list: Pick<BotList, 'state' | 'refresh' | 'loadMore'>;
  readonly clock: Clock;
}

/** Loads the account's bots page after page until all are known, for whoever looks for one. */
export class WholeAccount {
  readonly #with: WholeAccountCollaborators;
  readonly #budget = new RequestBudget(PAGES_PER_MINUTE);

  constructor(collaborators: WholeAccountCollaborators) {
    this.#with = collaborators;
  }

  /**
   * Loads what is not loaded yet, at a pace that leaves room for following bots, however many ask for it.
   *
   * @throws what the client throws, the signal's reason when it aborts; what came until then stays in the list
   */
  async load(signal: AbortSignal): Promise<void> {
    const { list, clock } = this.#with;
    if (list.state.loadedAt === undefined) await list.refresh();
    while (list.state.hasMore) {
      signal.throwIfAborted();
      const now = clock.now();
      // A page on its way comes into the list also when nobody waits for it any more.
      if (this.#budget.take(now)) await orAborted(list.loadMore(), signal);
      else await clock.sleep(this.#budget.freeAt(now) - now, signal);
    }
  }
}
