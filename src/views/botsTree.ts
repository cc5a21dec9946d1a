import * as vscode from 'vscode';
import { botLabel } from '../bots/meetingTitle.ts';
import { describeBot } from '../descriptions/botDescription.ts';
import { matchesFilter } from '../descriptions/botFilter.ts';
import type { BotList } from '../bots/botList.ts';
import { mp3sOf } from '../media/botMp3s.ts';
import type { BotStore, KnownBot } from '../bots/botStore.ts';
import { savedOf } from '../bots/botRecords.ts';
import type { SavedMedia } from '../bots/botRecords.ts';
import type { MediaDownloads } from '../media/mediaDownloads.ts';
import type { PausedDownloads } from '../media/pausedDownloads.ts';
import { BOTS_VIEW, COMMANDS } from '../host/names.ts';
import { DisposableList } from '../host/disposables.ts';
import type { Clock } from '../network/clock.ts';
import { botItem, botTooltip } from './botItem.ts';
import { recordingItem } from './recordingItem.ts';
import { BotNode, LoadMoreNode, RecordingNode, isBotsTreeNode } from './treeNodes.ts';
import type { BotsTreeNode } from './treeNodes.ts';
import { furtherKinds } from '../media/kinds.ts';
import type { MediaKind } from '../media/kinds.ts';

type Node = BotsTreeNode | LoadMoreNode;

const URI_LIST = 'text/uri-list';

/** What the tree shows and asks. */
export interface BotsTreeParts {
  readonly store: BotStore;
  readonly list: BotList;
  readonly downloads: MediaDownloads;
  readonly clock: Clock;
  /** Those of the saved MP3s that are still there, complete. */
  readonly stillOnDisk: (saved: readonly SavedMedia[]) => Promise<readonly SavedMedia[]>;
  readonly paused: PausedDownloads;
  readonly defaultBotName: () => string;
}

/**
 * The tree of bots, those with several MP3s with their recordings below them. It holds no rules: the store says what
 * there is, `describeBot` how it looks. Saved MP3s can be dragged out of it; nothing can be dropped.
 */
export class BotsTree
  implements vscode.TreeDataProvider<Node>, vscode.TreeDragAndDropController<Node>, vscode.Disposable
{
  readonly dragMimeTypes = [URI_LIST];
  readonly dropMimeTypes = [];
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
        dragAndDropController: this,
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

  /**
   * Scrolls to a bot where the view is open and shows it. Selects nothing, so that what the person is about stays as it
   * is.
   */
  async bringIntoSight(botId: string): Promise<void> {
    const known = this.#parts.store.get(botId);
    if (!this.view.visible || known === undefined || !matchesFilter(known, this.#filter)) return;
    await this.view.reveal(this.#node(botId), { select: false, focus: false });
  }

  /** Shows only bots that match; an empty text shows all. */
  setFilter(text: string): void {
    this.#filter = text.trim();
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
    if (parent) return parent instanceof BotNode ? this.#recordings(parent) : [];
    const nodes: Node[] = this.#parts.store
      .list()
      .filter((known) => matchesFilter(known, this.#filter))
      .map(({ bot }) => this.#node(bot.id));
    if (this.#parts.list.state.hasMore) nodes.push(this.#loadMore);
    return nodes;
  }

  getParent(node: Node): BotNode | undefined {
    return node instanceof RecordingNode ? node.bot : undefined;
  }

  async getTreeItem(node: Node): Promise<vscode.TreeItem> {
    if (node instanceof LoadMoreNode) return loadMoreItem();
    const known = this.#parts.store.get(node.botId);
    // Gone since VS Code was told of it, which it is about to be told.
    if (!known) return new vscode.TreeItem(node.botId);
    const onDisk = await this.#mp3sOf(node, known);
    return node instanceof BotNode
      ? this.#botItem(node, known, onDisk)
      : this.#recordingItem(node, known, onDisk);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    const known = node instanceof BotNode ? this.#parts.store.get(node.botId) : undefined;
    if (known) {
      const label = botLabel(known, this.#parts.defaultBotName());
      const others = await this.#othersOnDisk(known);
      item.tooltip = botTooltip(
        known,
        label,
        await this.#mp3sOf(node, known),
        others,
        this.#parts.clock.now(),
      );
    }
    return item;
  }

  /** Hands out the saved MP3s of the dragged lines, or what stands in for them where there are none, for editors and folders. */
  async handleDrag(source: readonly Node[], dataTransfer: vscode.DataTransfer): Promise<void> {
    const saved = await Promise.all(source.filter(isBotsTreeNode).map((node) => this.#filesOf(node)));
    const uris = new Set(saved.flat().map(({ path }) => vscode.Uri.file(path).toString()));
    if (uris.size > 0) dataTransfer.set(URI_LIST, new vscode.DataTransferItem([...uris].join('\r\n')));
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

  /** The bot's recordings and their parts, when there are several. */
  #recordings(node: BotNode): RecordingNode[] {
    const known = this.#parts.store.get(node.botId);
    const mp3s = known ? mp3sOf(known, []) : [];
    return mp3s.length > 1 ? mp3s.map((mp3) => new RecordingNode(node, mp3)) : [];
  }

  async #botItem(node: BotNode, known: KnownBot, onDisk: readonly SavedMedia[]): Promise<vscode.TreeItem> {
    const others = await this.#othersOnDisk(known);
    const isWhole = ([kind, onDiskOfKind]: readonly [MediaKind, readonly SavedMedia[]]): boolean =>
      onDiskOfKind.length > 0 && onDiskOfKind.length === savedOf(kind, known.record).length;
    const description = describeBot(known, {
      now: this.#parts.clock.now(),
      download: this.#parts.downloads.progressOf(known.bot.id),
      onDisk,
      othersOnDisk: new Set([...others].filter(isWhole).map(([kind]) => kind)),
      paused: this.#parts.paused.get(known.bot.id),
      defaultName: this.#parts.defaultBotName(),
    });
    return botItem(node, known, description, this.#recordings(node).length > 0);
  }

  #recordingItem(node: RecordingNode, known: KnownBot, onDisk: readonly SavedMedia[]): vscode.TreeItem {
    const mp3 = mp3sOf(known, onDisk).find((candidate) => node.standsFor(candidate));
    return mp3
      ? recordingItem(node, known.bot, mp3, this.#parts.clock.now())
      : new vscode.TreeItem(known.bot.id);
  }

  async #onDisk(saved: readonly SavedMedia[]): Promise<readonly SavedMedia[]> {
    return saved.length === 0 ? [] : this.#parts.stillOnDisk(saved);
  }

  /** The saved MP3s of a line that are still there. Looks at no others: each line of a bot is drawn at each change. */
  #mp3sOf(node: Node, { record }: KnownBot): Promise<readonly SavedMedia[]> {
    return this.#onDisk(
      node instanceof RecordingNode ? record.saved.filter((mp3) => node.standsFor(mp3)) : record.saved,
    );
  }

  async #filesOf(node: BotsTreeNode): Promise<readonly SavedMedia[]> {
    const known = this.#parts.store.get(node.botId);
    if (!known) return [];
    const mp3s = await this.#mp3sOf(node, known);
    if (mp3s.length > 0 || node instanceof RecordingNode) return mp3s;
    const others = await this.#othersOnDisk(known);
    return [...others].flatMap(([kind, saved]) => (kind.standsInForMain ? saved : []));
  }

  /** The saved files of every further kind of media that are still there. */
  async #othersOnDisk({ record }: KnownBot): Promise<ReadonlyMap<MediaKind, readonly SavedMedia[]>> {
    return new Map(
      await Promise.all(
        furtherKinds().map(async (kind) => [kind, await this.#onDisk(savedOf(kind, record))] as const),
      ),
    );
  }
}

function loadMoreItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Load more…'), vscode.TreeItemCollapsibleState.None);
  item.id = 'recall.loadMore';
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'loadMore';
  item.accessibilityInformation = { label: vscode.l10n.t('Load more bots') };
  item.command = { command: COMMANDS.loadMoreBots, title: vscode.l10n.t('Load more bots') };
  return item;
}
