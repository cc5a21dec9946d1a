import type { Clock } from '../network/clock.ts';
import type { Bot, Page } from '../recall/bot.ts';
import { isSentFromHere } from '../recall/client.ts';
import type { BotFilter, RecallClient } from '../recall/client.ts';
import type { BotStore } from './botStore.ts';
import { ChangeSource } from '../state/changes.ts';

/** How the list of the account's bots stands. */
export interface BotListState {
  readonly loading: boolean;
  /** When the first page came last, in ms since the epoch; undefined before the first answer. */
  readonly loadedAt: number | undefined;
  /** Whether the account has more bots than were loaded. */
  readonly hasMore: boolean;
  /** Why the last try failed; undefined when it did not. */
  readonly failure: unknown;
}

const MOST_PAGES_WITHOUT_NEWS = 3;

const BLANK: BotListState = { loading: false, loadedAt: undefined, hasMore: false, failure: undefined };

/** What the list works with. */
export interface BotListCollaborators {
  readonly client: Pick<RecallClient, 'listBots'>;
  readonly store: BotStore;
  readonly clock: Clock;
}

/** The account's bots, page by page, into the store. One request at a time; a refresh under way is joined. */
export class BotList {
  readonly #with: BotListCollaborators;
  readonly #source = new ChangeSource<BotListState>();
  #state: BotListState = BLANK;
  #filter: BotFilter = {};
  #next: string | undefined;
  #visited = new Set<string>();
  #refreshing: Promise<void> | undefined;
  #loadingMore: Promise<void> | undefined;
  #generation = 0;
  #pagesWithoutNews = 0;

  /** Tells of every change of the state. */
  readonly changes = this.#source.changes;

  constructor(collaborators: BotListCollaborators) {
    this.#with = collaborators;
  }

  get state(): BotListState {
    return this.#state;
  }

  /** Whether it holds only bots that were sent from VS Code. */
  get isOfSentFromHere(): boolean {
    return this.#filter.sentFromHere === true;
  }

  /** Whether a bot of the account belongs into the list, on whichever page. */
  holds(bot: Bot): boolean {
    return !this.isOfSentFromHere || isSentFromHere(bot);
  }

  /**
   * Loads the first page anew. Pages loaded before stay; bots of the first page that are gone from it because they no
   * longer exist stay until the window is reloaded or the list is reset.
   *
   * @throws what the client throws; the state tells it too
   */
  refresh(signal?: AbortSignal): Promise<void> {
    if (this.#refreshing) return this.#refreshing;
    const own = this.#load(undefined, signal).finally(() => {
      if (this.#refreshing === own) this.#refreshing = undefined;
    });
    this.#refreshing = own;
    return own;
  }

  /** Loads the page after those that were loaded; does nothing when there is none. Throws what the client throws. */
  loadMore(signal?: AbortSignal): Promise<void> {
    if (this.#loadingMore) return this.#loadingMore;
    const own = this.#loadNext(signal).finally(() => {
      if (this.#loadingMore === own) this.#loadingMore = undefined;
    });
    this.#loadingMore = own;
    return own;
  }

  /** Forgets all pages, for another account or filter. Answers that are still on their way are dropped. */
  reset(filter: BotFilter = {}): void {
    this.#generation++;
    this.#filter = filter;
    this.#next = undefined;
    this.#visited = new Set();
    this.#pagesWithoutNews = 0;
    this.#refreshing = undefined;
    this.#loadingMore = undefined;
    this.#with.store.clear();
    this.#setState(BLANK);
  }

  async #loadNext(signal: AbortSignal | undefined): Promise<void> {
    const generation = this.#generation;
    await this.#refreshing;
    if (generation === this.#generation && this.#next !== undefined) await this.#load(this.#next, signal);
  }

  async #load(next: string | undefined, signal: AbortSignal | undefined): Promise<void> {
    const generation = this.#generation;
    this.#setState({ ...this.#state, loading: true });
    try {
      const page = await this.#with.client.listBots(this.#filter, next, signal);
      if (generation === this.#generation) this.#take(page, next);
    } catch (error) {
      if (generation === this.#generation) this.#setState({ ...this.#state, loading: false, failure: error });
      throw error;
    }
  }

  #take(page: Page<Bot>, own: string | undefined): void {
    const isFirst = own === undefined;
    if (own !== undefined) this.#visited.add(own);
    // After a refresh the place behind the last loaded page stays, unless the first page is all there is.
    if (!isFirst || this.#state.loadedAt === undefined || page.next === undefined) this.#next = page.next;
    // A page that leads to one that was loaded before is a loop.
    if (this.#next !== undefined && this.#visited.has(this.#next)) this.#next = undefined;
    const known = this.#with.store.size;
    this.#with.store.put(page.items);
    if (!isFirst) this.#pagesWithoutNews = this.#with.store.size > known ? 0 : this.#pagesWithoutNews + 1;
    // So does a list that goes on and on without a bot that was not there before.
    if (this.#pagesWithoutNews >= MOST_PAGES_WITHOUT_NEWS) this.#next = undefined;
    const loadedAt = isFirst ? this.#with.clock.now() : this.#state.loadedAt;
    this.#setState({ loading: false, loadedAt, hasMore: this.#next !== undefined, failure: undefined });
  }

  #setState(state: BotListState): void {
    this.#state = state;
    this.#source.tell(state);
  }
}
