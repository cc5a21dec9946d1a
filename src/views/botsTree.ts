import * as vscode from 'vscode';
import { botLabel } from '../bots/meetingTitle.ts';
import { describeBot } from '../descriptions/botDescription.ts';
import { DownloadLines } from '../descriptions/downloadLines.ts';
import { nextMidnight, startOfDay } from '../descriptions/botDays.ts';
import { mp3sOf } from '../media/botMp3s.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { savedOf } from '../bots/botRecords.ts';
import type { SavedMedia } from '../bots/botRecords.ts';
import type { MediaDownloads } from '../media/mediaDownloads.ts';
import type { PeopleLooks } from '../media/peopleLooks.ts';
import type { PausedDownloads } from '../media/pausedDownloads.ts';
import { DisposableList } from '../host/disposables.ts';
import { botItem, botTooltip } from './botItem.ts';
import { BotLines } from './botLines.ts';
import type { BotLinesParts } from './botLines.ts';
import { dayItem, loadMoreItem } from './lineItems.ts';
import { recordingItem } from './recordingItem.ts';
import { URI_LIST } from './treeDoor.ts';
import type { TreeBehind } from './treeDoor.ts';
import { BotNode, DayNode, LoadMoreNode, RecordingNode, isBotsTreeNode } from './treeNodes.ts';
import type { BotsTreeNode, TreeNode } from './treeNodes.ts';
import { furtherKinds } from '../media/kinds.ts';
import { MP3 } from '../media/kinds/mp3.ts';
import type { MediaKind } from '../media/kinds/kind.ts';

const LOOK_AT_CLOCK_MS = 10 * 60_000;

/** What the tree shows and asks. */
export interface BotsTreeParts extends BotLinesParts {
  readonly downloads: MediaDownloads;
  /** Those of the saved MP3s that are still there, complete. */
  readonly stillOnDisk: (saved: readonly SavedMedia[]) => Promise<readonly SavedMedia[]>;
  readonly paused: PausedDownloads;
  /** What the tree is shown in. */
  readonly view: vscode.TreeView<TreeNode>;
  /** Finds out who was in meetings. */
  readonly people: Pick<PeopleLooks, 'look' | 'lookBriefly'>;
}

/**
 * The tree of bots, those with several MP3s with their recordings below them. It holds no rules: `BotLines` says which
 * lines there are, `describeBot` how a bot looks.
 */
export class BotsTree implements TreeBehind, vscode.Disposable {
  readonly #parts: BotsTreeParts;
  /** Which lines there are. */
  readonly lines: BotLines;
  #stopWaitingForDay: () => void = () => undefined;
  readonly #owned = new DisposableList();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  /** The view, for its message, badge and visibility. */
  readonly view: vscode.TreeView<TreeNode>;

  constructor(parts: BotsTreeParts) {
    this.#parts = parts;
    this.view = parts.view;
    this.lines = new BotLines(parts);
    this.#owned.add(
      parts.store.changes((change) => {
        if (change.kind === 'list' || this.lines.movesAny(change.botIds)) this.redrawAll();
        // A line that is drawn anew loses its hover, which waits for just these names.
        else if (change.kind === 'bots') this.redraw(change.botIds);
      }),
    );
    let hadMore = parts.list.state.hasMore;
    this.#owned.add(
      parts.list.changes((state) => {
        if (state.hasMore !== hadMore) this.redrawAll();
        hadMore = state.hasMore;
      }),
    );
    const downloadLines = this.#owned.add(
      new DownloadLines({
        clock: parts.clock,
        progressOf: (botId) => parts.downloads.progressOf(botId),
        draw: (botId) => {
          this.redraw([botId]);
        },
      }),
    );
    this.#owned.add(
      parts.downloads.changes((botId) => {
        downloadLines.changed(botId);
      }),
    );
    this.#owned.add(
      parts.paused.changes((botIds) => {
        this.redraw(botIds);
      }),
    );
    this.#owned.add({
      dispose: () => {
        this.#stopWaitingForDay();
      },
    });
    this.#redrawOnNewDay();
  }

  /** Draws these bots anew, and nothing else. */
  redraw(botIds: readonly string[]): void {
    const nodes = this.lines.drawn(botIds);
    if (nodes.length > 0) this.#changed.fire(nodes);
  }

  /** Asks for the list anew. Selection and place are kept, since the ids of the items are. */
  redrawAll(): void {
    this.lines.changed();
    this.#changed.fire(undefined);
  }

  /** Shows and selects a bot in the tree. */
  async reveal(botId: string): Promise<void> {
    await this.view.reveal(this.lines.ofBot(botId), { select: true, focus: false });
  }

  /**
   * Scrolls to a bot where the view is open and shows it. Selects nothing, so that what the person is about stays as it
   * is.
   */
  async bringIntoSight(botId: string): Promise<void> {
    if (!this.view.visible || !this.lines.shows(botId)) return;
    await this.view.reveal(this.lines.ofBot(botId), { select: false, focus: false });
  }

  getChildren(parent?: TreeNode): TreeNode[] {
    return parent ? this.lines.below(parent) : this.lines.top();
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.lines.above(node);
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    if (node instanceof LoadMoreNode) return loadMoreItem(this.lines);
    if (node instanceof DayNode) return dayItem(node, this.lines);
    const known = this.#parts.store.get(node.botId);
    // Gone since VS Code was told of it, which it is about to be told.
    if (!known) return new vscode.TreeItem(node.botId);
    const onDisk = await this.#mp3sOf(node, known);
    return node instanceof BotNode
      ? this.#botItem(node, known, onDisk)
      : this.#recordingItem(node, known, onDisk);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    if (!(node instanceof BotNode)) return item;
    const { people } = this.#parts;
    // What was said without them is not to be said again.
    if (!(await people.lookBriefly(node.botId)))
      void people.look(node.botId).then(() => {
        this.redraw([node.botId]);
      });
    const known = this.#parts.store.get(node.botId);
    if (known) item.tooltip = await this.#tooltip(known);
    return item;
  }

  /** Hands out the saved MP3s of the dragged lines, or what stands in for them where there are none, for editors and folders. */
  async handleDrag(source: readonly TreeNode[], dataTransfer: vscode.DataTransfer): Promise<void> {
    const saved = await Promise.all(source.filter(isBotsTreeNode).map((node) => this.#filesOf(node)));
    const uris = new Set(saved.flat().map(({ path }) => vscode.Uri.file(path).toString()));
    if (uris.size > 0) dataTransfer.set(URI_LIST, new vscode.DataTransferItem([...uris].join('\r\n')));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #tooltip(known: KnownBot): Promise<string> {
    const label = botLabel(known, this.#parts.defaultBotName());
    const [mp3s, others] = await Promise.all([
      this.#onDisk(savedOf(MP3, known.record)),
      this.#othersOnDisk(known),
    ]);
    return botTooltip(known, label, mp3s, others, this.#parts.clock.now());
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
      under: this.lines.dayIdOf(known.bot.id),
    });
    return botItem(known, description, this.lines.recordingsOf(node).length > 0);
  }

  #recordingItem(node: RecordingNode, known: KnownBot, onDisk: readonly SavedMedia[]): vscode.TreeItem {
    const mp3 = mp3sOf(known, onDisk).find((candidate) => node.standsFor(candidate));
    return mp3
      ? recordingItem(node, known.bot, mp3, this.#parts.clock.now())
      : new vscode.TreeItem(known.bot.id);
  }

  /** Today is another day then. A clock that is set, or a computer that sleeps over midnight, is noticed soon. */
  #redrawOnNewDay(today = startOfDay(this.#parts.clock.now())): void {
    const { clock } = this.#parts;
    const now = clock.now();
    this.#stopWaitingForDay = clock.schedule(Math.min(nextMidnight(now) - now, LOOK_AT_CLOCK_MS), () => {
      const day = startOfDay(clock.now());
      if (day !== today) this.redrawAll();
      this.#redrawOnNewDay(day);
    });
  }

  async #onDisk(saved: readonly SavedMedia[]): Promise<readonly SavedMedia[]> {
    return saved.length === 0 ? [] : this.#parts.stillOnDisk(saved);
  }

  /** The saved MP3s of a line that are still there. Looks at no others: each line of a bot is drawn at each change. */
  #mp3sOf(node: BotsTreeNode, { record }: KnownBot): Promise<readonly SavedMedia[]> {
    const saved = savedOf(MP3, record);
    return this.#onDisk(node instanceof RecordingNode ? saved.filter((mp3) => node.standsFor(mp3)) : saved);
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
