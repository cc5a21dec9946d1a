import * as vscode from 'vscode';
import type { BotDescription } from '../bots/botDescription.ts';
import { describeBot } from '../bots/botDescription.ts';
import { matchesFilter } from '../bots/botFilter.ts';
import type { BotList } from '../bots/botList.ts';
import type { BotStore, KnownBot } from '../bots/botStore.ts';
import type { SavedMedia } from '../bots/botRecords.ts';
import type { MediaDownloads } from '../bots/mediaDownloads.ts';
import type { PausedDownloads } from '../bots/pausedDownloads.ts';
import { BOTS_VIEW, COMMANDS } from '../host/names.ts';
import { DisposableList } from '../host/disposables.ts';
import type { Clock } from '../network/clock.ts';
import { botItem, botTooltip } from './botItem.ts';

/** A bot in the tree. Commands called from the tree get this. */
export class BotNode {
  readonly botId: string;

  constructor(botId: string) {
    this.botId = botId;
  }
}

/** The last line of the tree while the account has more bots. */
class LoadMoreNode {
  readonly kind = 'loadMore';
}

type Node = BotNode | LoadMoreNode;

/** What the tree shows and asks. */
export interface BotsTreeParts {
  readonly store: BotStore;
  readonly list: BotList;
  readonly downloads: MediaDownloads;
  readonly clock: Clock;
  /** Those of the saved files that are still there, complete. */
  readonly stillOnDisk: (saved: readonly SavedMedia[]) => Promise<readonly SavedMedia[]>;
  readonly paused: PausedDownloads;
  readonly defaultBotName: () => string;
}

/** The tree of bots. It holds no rules: the store says what there is, `describeBot` how it looks. */
export class BotsTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #parts: BotsTreeParts;
  readonly #nodes = new Map<string, BotNode>();
  readonly #loadMore = new LoadMoreNode();
  #filter = '';
  readonly #owned = new DisposableList();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<Node | Node[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  /** The view, for its message, badge and visibility. */
  readonly view: vscode.TreeView<Node>;

  constructor(parts: BotsTreeParts) {
    this.#parts = parts;
    this.#owned.add(
      parts.store.changes((change) => {
        if (change.kind === 'list') this.redrawAll();
        else this.redraw(change.botIds);
      }),
    );
    let hadMore = parts.list.state.hasMore;
    this.#owned.add(
      parts.list.changes((state) => {
        if (state.hasMore !== hadMore) this.redrawAll();
        hadMore = state.hasMore;
      }),
    );
    this.#owned.add(
      parts.downloads.changes((botId) => {
        this.redraw([botId]);
      }),
    );
    this.#owned.add(
      parts.paused.changes((botIds) => {
        this.redraw(botIds);
      }),
    );
    this.view = this.#owned.add(
      vscode.window.createTreeView<Node>(BOTS_VIEW, {
        treeDataProvider: this,
        canSelectMany: true,
        showCollapseAll: false,
      }),
    );
  }

  /** Draws these bots anew, and nothing else. */
  redraw(botIds: readonly string[]): void {
    const nodes = botIds.flatMap((botId) => this.#nodes.get(botId) ?? []);
    if (nodes.length > 0) this.#changed.fire(nodes);
  }

  /** Asks for the list anew. Selection and place are kept, since the ids of the items are. */
  redrawAll(): void {
    this.#changed.fire(undefined);
  }

  /** Shows and selects a bot in the tree. */
  async reveal(botId: string): Promise<void> {
    await this.view.reveal(this.#node(botId), { select: true, focus: false });
  }

  /** Shows only bots that match; an empty text shows all. */
  setFilter(text: string): void {
    this.#filter = text.trim();
    this.view.description = this.#filter === '' ? '' : vscode.l10n.t('filter: {0}', this.#filter);
    this.redrawAll();
  }

  /** The text that bots have to match; empty when all are shown. */
  get filter(): string {
    return this.#filter;
  }

  /** Whether the filter leaves anything to show. */
  get hasMatches(): boolean {
    return (
      this.#filter === '' || this.#parts.store.list().some((known) => matchesFilter(known, this.#filter))
    );
  }

  getChildren(parent?: Node): Node[] {
    if (parent) return [];
    const nodes: Node[] = this.#parts.store
      .list()
      .filter((known) => matchesFilter(known, this.#filter))
      .map(({ bot }) => this.#node(bot.id));
    if (this.#parts.list.state.hasMore) nodes.push(this.#loadMore);
    return nodes;
  }

  getParent(): undefined {
    return undefined;
  }

  async getTreeItem(node: Node): Promise<vscode.TreeItem> {
    if (node instanceof LoadMoreNode) return loadMoreItem();
    const known = this.#parts.store.get(node.botId);
    return known ? botItem(node, known, await this.#describe(known)) : new vscode.TreeItem(node.botId);
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    const known = node instanceof BotNode ? this.#parts.store.get(node.botId) : undefined;
    if (known) item.tooltip = botTooltip(known, this.#descriptionOf(known, false, false).label);
    return item;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #node(botId: string): BotNode {
    const known = this.#nodes.get(botId);
    if (known) return known;
    const node = new BotNode(botId);
    this.#nodes.set(botId, node);
    return node;
  }

  async #describe(known: KnownBot): Promise<BotDescription> {
    const { saved, savedVideos } = known.record;
    return this.#descriptionOf(known, await this.#areOnDisk(saved), await this.#areOnDisk(savedVideos));
  }

  async #areOnDisk(saved: readonly SavedMedia[]): Promise<boolean> {
    return saved.length > 0 && (await this.#parts.stillOnDisk(saved)).length === saved.length;
  }

  #descriptionOf(known: KnownBot, savedOnDisk: boolean, videoOnDisk: boolean): BotDescription {
    return describeBot(known, {
      now: this.#parts.clock.now(),
      download: this.#parts.downloads.progressOf(known.bot.id),
      savedOnDisk,
      videoOnDisk,
      paused: this.#parts.paused.get(known.bot.id),
      defaultName: this.#parts.defaultBotName(),
    });
  }
}

function loadMoreItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Load more…'), vscode.TreeItemCollapsibleState.None);
  item.id = 'recall.loadMore';
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'loadMore';
  item.command = { command: COMMANDS.loadMoreBots, title: vscode.l10n.t('Load more bots') };
  return item;
}
