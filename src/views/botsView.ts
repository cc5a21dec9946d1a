import * as vscode from 'vscode';
import type { WatchHealth } from '../following/health.ts';
import type { BotFilter } from '../recall/client.ts';
import type { BotList, BotListState } from '../bots/botList.ts';
import type { BotStore } from '../bots/botStore.ts';
import type { ContextKeys, ContextKeyValues } from '../host/contextKeys.ts';
import { DisposableList } from '../host/disposables.ts';
import { withViewProgress } from '../host/progress.ts';
import { BOTS_VIEW } from '../host/names.ts';
import type { BotGrouping } from '../host/botGrouping.ts';
import type { WholeAccount } from '../bots/wholeAccount.ts';
import { filterLine, troubleLine } from './messageLine.ts';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { Signs } from '../network/signs.ts';
import { isWithoutAnswer, recallErrorCode } from '../recall/errors.ts';
import type { BotsTree } from './botsTree.ts';

/** What the view's surroundings are kept in step with. */
export interface BotsViewParts {
  readonly tree: BotsTree;
  readonly list: BotList;
  readonly wholeAccount: WholeAccount;
  readonly grouping: BotGrouping;
  readonly store: BotStore;
  readonly contextKeys: ContextKeys;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells that the API answers again after it could not be reached. */
  readonly apiIsBack: Signs;
  /** Whether there is a key for the API in use. */
  readonly hasKey: () => Promise<boolean>;
  /** Reads what this computer keeps about the account's bots. */
  readonly loadOwnState: () => Promise<void>;
}

// While a recording runs its length is shown, so it is drawn anew now and then.
const REDRAW_LIVE_MS = 5_000;

/** Keeps what is around the tree right: welcome texts, message line, badge, and the running times of live bots. */
export class BotsView implements vscode.Disposable {
  readonly #parts: BotsViewParts;
  readonly #owned = new DisposableList();
  #stopRedraw: (() => void) | undefined;
  #health: WatchHealth = { kind: 'ok' };
  #scope: BotFilter = {};
  #search: AbortController | undefined;
  #wasStopped = false;

  constructor(parts: BotsViewParts) {
    this.#parts = parts;
    const { tree, list, store, apiIsBack } = parts;
    this.#owned.add(
      tree.view.onDidChangeVisibility(() => {
        this.#visibilityChanged();
      }),
    );
    this.#owned.add(
      list.changes(() => {
        this.#show();
        this.#searchOn();
      }),
    );
    this.#owned.add(
      store.changes(() => {
        this.#show();
      }),
    );
    this.#owned.add(
      apiIsBack(() => {
        if (tree.view.visible && list.state.failure !== undefined) void this.#load();
      }),
    );
    this.#owned.add({
      dispose: () => {
        this.#stopRedraw?.();
        this.stopSearch();
      },
    });
  }

  /**
   * Looks whether there is a key, and loads the first page of bots where the view is visible. Never throws.
   *
   * @returns whether there is a key
   */
  async accountChanged(): Promise<boolean> {
    const { list, contextKeys, tree, log } = this.#parts;
    this.#wasStopped = false;
    list.reset(this.#scope);
    try {
      const hasKey = await this.#parts.hasKey();
      contextKeys.set('recall.hasKey', hasKey);
      if (hasKey) await this.#parts.loadOwnState();
      if (!hasKey) contextKeys.set('recall.botsView', 'noKey');
      else if (tree.view.visible) void this.#load();
      return hasKey;
    } catch (error) {
      log.error(`[view] the API key could not be looked up: ${String(error)}`);
      contextKeys.set('recall.hasKey', false);
      contextKeys.set('recall.botsView', failureReason(error));
      return false;
    }
  }

  /** Shows whether following bots works. */
  setHealth(health: WatchHealth): void {
    this.#health = health;
    this.#show();
  }

  /** The text that bots have to match; empty when all are shown. */
  get filter(): string {
    return this.#parts.tree.lines.filter;
  }

  /**
   * Shows only bots that match, as `readFilter` reads it, and looks for them through the whole account; an empty text
   * shows all.
   *
   * @throws BadFilterError
   */
  setFilter(text: string): void {
    const { tree, list, contextKeys } = this.#parts;
    tree.lines.setFilter(text);
    contextKeys.set('recall.isFiltered', tree.lines.isFiltered);
    this.stopSearch();
    this.#wasStopped = false;
    this.#searchOn({ afterFailure: true });
    if (list.state.loadedAt === undefined) void this.#loadIfKey();
    tree.redrawAll();
    this.#show();
  }

  /** Shows and selects a bot, also one that the filter leaves out. */
  async reveal(botId: string): Promise<void> {
    const { tree, log } = this.#parts;
    if (!tree.lines.shows(botId)) this.setFilter('');
    try {
      await tree.reveal(botId);
    } catch (error) {
      // It may be in no list that is shown here: then there is nothing to scroll to.
      log.warn(`[view] ${botId} could not be shown: ${String(error)}`);
    }
  }

  /** Looks through no more bots than those that are loaded, until somebody wants it again. */
  stopSearch(): void {
    this.#wasStopped = true;
    this.#search?.abort();
  }

  /** Loads the next bots; with a filter on, as many as it takes to look through all. */
  async loadMore(): Promise<void> {
    this.#wasStopped = false;
    if (this.#parts.tree.lines.isFiltered) this.#searchOn({ afterFailure: true });
    else await this.#parts.list.loadMore();
  }

  /** Shows the bots by days, or as one list. */
  async groupByDay(byDay: boolean): Promise<void> {
    await this.#parts.grouping.choose(byDay);
    this.#parts.tree.redrawAll();
    this.#show();
  }

  /** Lists all of the account's bots, or only those that were sent from VS Code. */
  async setScope(onlySentFromHere: boolean): Promise<void> {
    this.#parts.contextKeys.set('recall.onlySentFromHere', onlySentFromHere);
    this.#scope = { sentFromHere: onlySentFromHere };
    await this.accountChanged();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #load(): Promise<void> {
    const { list, log, contextKeys } = this.#parts;
    if (list.state.loadedAt === undefined) contextKeys.set('recall.botsView', 'loading');
    try {
      await list.refresh();
    } catch (error) {
      // The state of the list tells it to the user.
      log.warn(`[view] the list of bots could not be loaded: ${String(error)}`);
    }
  }

  /** Goes on with the search where there is something to search, and nobody has stopped it. */
  #searchOn({ afterFailure }: { readonly afterFailure: boolean } = { afterFailure: false }): void {
    const { tree, list } = this.#parts;
    const { hasMore, failure } = list.state;
    if (this.#search || this.#wasStopped || !tree.lines.isFiltered || !hasMore) return;
    // By itself it goes on when the list is loaded anew; what fails is not asked for again and again.
    if (failure === undefined || afterFailure) void this.#searchAll();
  }

  async #searchAll(): Promise<void> {
    const { wholeAccount, log } = this.#parts;
    const search = new AbortController();
    this.#search = search;
    this.#searchingChanged();
    try {
      await withViewProgress(BOTS_VIEW, () => wholeAccount.load(search.signal));
    } catch (error) {
      // The state of the list tells it to the user, and a search that was stopped is none.
      if (!search.signal.aborted) log.warn(`[view] the search came to an end: ${String(error)}`);
    }
    this.#search = undefined;
    this.#searchingChanged();
    // A new filter may have come while the last page of the old search was on its way.
    this.#searchOn();
  }

  #searchingChanged(): void {
    const { tree, contextKeys } = this.#parts;
    tree.lines.setSearching(this.#search !== undefined);
    contextKeys.set('recall.isSearching', this.#search !== undefined);
    tree.redrawAll();
    this.#show();
  }

  #visibilityChanged(): void {
    this.#keepRedrawing();
    const { loadedAt, failure } = this.#parts.list.state;
    if (this.#parts.tree.view.visible && (loadedAt === undefined || failure !== undefined))
      void this.#loadIfKey();
  }

  async #loadIfKey(): Promise<void> {
    try {
      if (await this.#parts.hasKey()) await this.#load();
    } catch (error) {
      this.#parts.log.error(`[view] the API key could not be looked up: ${String(error)}`);
    }
  }

  #show(): void {
    const { tree, list, store, contextKeys } = this.#parts;
    const { state } = list;
    const reason = store.isEmpty ? emptyReason(state) : 'bots';
    if (reason === 'bots' || !state.loading) contextKeys.set('recall.botsView', reason);
    contextKeys.set('recall.botsByDay', tree.lines.isByDay);
    // A message over an empty tree would hide the welcome text, which says the same with a button. Of a filter that text
    // says nothing.
    const isSaidByWelcome =
      store.isEmpty && !(tree.lines.isFiltered && (reason === 'loading' || reason === 'empty'));
    tree.view.message = isSaidByWelcome ? '' : this.#messageLine();
    const live = store.live().length;
    tree.view.badge = live === 0 ? undefined : { value: live, tooltip: liveTooltip(live) };
    this.#keepRedrawing();
  }

  #messageLine(): string {
    const { list, tree } = this.#parts;
    const following = this.#health.kind === 'failing' ? this.#health : undefined;
    const failure = list.state.failure ?? following?.failure;
    const trouble =
      failure === undefined
        ? undefined
        : troubleLine(failure, Math.max(list.state.loadedAt ?? 0, following?.lastSuccessAt ?? 0));
    // The description of a view would say it, but is not drawn where the view is alone in its side bar.
    const found = tree.lines.isFiltered
      ? filterLine({
          text: tree.lines.filter,
          matching: tree.lines.botCount,
          looked: tree.lines.lookedCount,
          isSearching: tree.lines.isSearching,
          hasMore: list.state.hasMore,
          onlySentFromHere: list.isOfSentFromHere,
        })
      : undefined;
    return [found, trouble].filter((part) => part !== undefined).join(' · ');
  }

  #keepRedrawing(): void {
    const { tree, store, clock } = this.#parts;
    if (!tree.view.visible || store.live().length === 0) {
      this.#stopRedraw?.();
      this.#stopRedraw = undefined;
      return;
    }
    this.#stopRedraw ??= clock.schedule(REDRAW_LIVE_MS, () => {
      this.#stopRedraw = undefined;
      tree.redraw(store.live().map(({ bot }) => bot.id));
      this.#keepRedrawing();
    });
  }
}

function emptyReason(state: BotListState): ContextKeyValues['recall.botsView'] {
  if (state.failure !== undefined) return failureReason(state.failure);
  return state.loadedAt === undefined ? 'loading' : 'empty';
}

function failureReason(failure: unknown): ContextKeyValues['recall.botsView'] {
  const code = recallErrorCode(failure);
  if (code === 'noKey' || code === 'keyRefused' || code === 'keyChangedElsewhere') return code;
  // With a wrong setting, for one, Recall is not even asked.
  const isAnswer = code !== undefined && code !== 'badSetting' && !isWithoutAnswer(failure);
  return isAnswer ? 'errorAnswer' : 'unreachable';
}

function liveTooltip(live: number): string {
  return live === 1 ? vscode.l10n.t('1 live bot') : vscode.l10n.t('{0} live bots', live);
}
