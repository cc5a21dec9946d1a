import * as vscode from 'vscode';
import type { BotList, BotListState } from '../bots/botList.ts';
import type { BotStore } from '../bots/botStore.ts';
import { botGroup } from '../bots/botStore.ts';
import type { ContextKeys, ContextKeyValues } from '../host/contextKeys.ts';
import { DisposableList } from '../host/disposables.ts';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import { recallErrorCode } from '../recall/errors.ts';
import type { BotsTree } from './botsTree.ts';

/** What the view's surroundings are kept in step with. */
export interface BotsViewParts {
  readonly tree: BotsTree;
  readonly list: BotList;
  readonly store: BotStore;
  readonly contextKeys: ContextKeys;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether there is a key for the API in use. */
  readonly hasKey: () => Promise<boolean>;
  /** Reads what this computer keeps about the account's bots. */
  readonly loadOwnState: () => Promise<void>;
}

// While a recording runs its length is shown, so it is drawn anew now and then.
const REDRAW_LIVE_MS = 5_000;
// Bots from elsewhere are not followed; while somebody looks at them, the list is asked for anew this often.
const RELOAD_LIVE_MS = 60_000;

/** Keeps what is around the tree right: welcome texts, message line, badge, and the running times of live bots. */
export class BotsView implements vscode.Disposable {
  readonly #parts: BotsViewParts;
  readonly #owned = new DisposableList();
  #stopRedraw: (() => void) | undefined;
  #triedAt = 0;

  constructor(parts: BotsViewParts) {
    this.#parts = parts;
    const { tree, list, store, contextKeys } = parts;
    contextKeys.set('recall.botsView', 'loading');
    this.#owned.add(
      tree.view.onDidChangeVisibility(() => {
        this.#visibilityChanged();
      }),
    );
    this.#owned.add(
      list.changes((state) => {
        this.#show(state);
      }),
    );
    this.#owned.add(
      store.changes(() => {
        this.#show(list.state);
      }),
    );
    this.#owned.add({ dispose: () => this.#stopRedraw?.() });
  }

  /**
   * Looks whether there is a key, and loads the first page of bots where the view is visible. Never throws.
   *
   * @returns whether there is a key
   */
  async accountChanged(): Promise<boolean> {
    const { list, contextKeys, tree, log } = this.#parts;
    list.reset();
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
      contextKeys.set('recall.botsView', 'unreachable');
      return false;
    }
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #load(): Promise<void> {
    const { list, log, contextKeys, clock } = this.#parts;
    this.#triedAt = clock.now();
    if (list.state.loadedAt === undefined) contextKeys.set('recall.botsView', 'loading');
    try {
      await list.refresh();
    } catch (error) {
      // The state of the list tells it to the user.
      log.warn(`[view] the list of bots could not be loaded: ${String(error)}`);
    }
  }

  #reloadIfOld(): void {
    const { list, clock } = this.#parts;
    const isOld = clock.now() - this.#triedAt >= RELOAD_LIVE_MS;
    if (isOld && !list.state.loading && vscode.window.state.focused) void this.#load();
  }

  #visibilityChanged(): void {
    this.#scheduleRedraw();
    if (!this.#parts.tree.view.visible || this.#parts.list.state.loadedAt !== undefined) return;
    void this.#loadIfKey();
  }

  async #loadIfKey(): Promise<void> {
    try {
      if (await this.#parts.hasKey()) await this.#load();
    } catch (error) {
      this.#parts.log.error(`[view] the API key could not be looked up: ${String(error)}`);
    }
  }

  #show(state: BotListState): void {
    const { tree, store, contextKeys } = this.#parts;
    const bots = store.list();
    if (bots.length > 0) contextKeys.set('recall.botsView', 'bots');
    else if (!state.loading) contextKeys.set('recall.botsView', emptyReason(state));
    tree.view.message = bots.length > 0 ? failureMessage(state) : '';
    const live = bots.filter(({ bot }) => botGroup(bot) === 'live').length;
    tree.view.badge = live === 0 ? undefined : { value: live, tooltip: liveTooltip(live) };
    this.#scheduleRedraw();
  }

  #scheduleRedraw(): void {
    this.#stopRedraw?.();
    this.#stopRedraw = undefined;
    const { tree, store, clock } = this.#parts;
    const live = store.list().filter(({ bot }) => botGroup(bot) === 'live');
    if (!tree.view.visible || live.length === 0) return;
    this.#stopRedraw = clock.schedule(REDRAW_LIVE_MS, () => {
      tree.redraw(live.map(({ bot }) => bot.id));
      if (live.some(({ record }) => !record.following)) this.#reloadIfOld();
      this.#scheduleRedraw();
    });
  }
}

function emptyReason(state: BotListState): ContextKeyValues['recall.botsView'] {
  const code = recallErrorCode(state.failure);
  if (code === 'noKey') return 'noKey';
  if (code === 'keyRefused') return 'keyRefused';
  if (state.failure !== undefined) return 'unreachable';
  return state.loadedAt === undefined ? 'loading' : 'empty';
}

function failureMessage(state: BotListState): string {
  if (state.failure === undefined) return '';
  const code = recallErrorCode(state.failure);
  if (code === 'keyRefused' || code === 'noKey')
    return vscode.l10n.t('The API key is not accepted any more.');
  return state.loadedAt === undefined
    ? vscode.l10n.t('Recall cannot be reached.')
    : vscode.l10n.t(
        'Recall cannot be reached. Last updated {0}.',
        new Date(state.loadedAt).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' }),
      );
}

function liveTooltip(live: number): string {
  return live === 1 ? vscode.l10n.t('1 live bot') : vscode.l10n.t('{0} live bots', live);
}
