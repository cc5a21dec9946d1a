import * as vscode from 'vscode';
import { DisposableList } from '../host/disposables.ts';
import { PLAYER } from '../host/names.ts';
import { inBackground } from '../host/progress.ts';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import type { SpeakingSpan } from '../recall/speakerTimeline.ts';
import { spansOf, speakerLanes } from '../transcripts/speakerLanes.ts';
import { Places } from './places.ts';
import { playerPage } from './playerPage.ts';
import { playerWords } from './playerWords.ts';
import { readFromPage } from './protocol.ts';
import type { ShownLane, ToPage } from './protocol.ts';
import { filesOf, readRecordingFiles } from './recordingFiles.ts';
import type { RecordingFiles } from './recordingFiles.ts';

/** What the player works with. */
export interface PlayerCollaborators {
  /** Where the script and the style of the page are. */
  readonly dist: vscode.Uri;
  readonly globalState: vscode.Memento;
  readonly clock: Clock;
  readonly log: Log;
  /** Asks Recall who spoke when in the recording of an MP3, by its path; undefined where that cannot be known. */
  readonly askWhoSpoke: (path: string) => Promise<readonly SpeakingSpan[] | undefined>;
}

/** Files that change together are read once. */
const SETTLE_MS = 300;

/** Plays MP3s with what lies beside them: an editor that only reads. */
export class PlayerEditor implements vscode.Disposable {
  readonly #with: PlayerCollaborators;
  readonly #places: Places;
  readonly #open = new Map<string, Set<OpenPlayer>>();
  readonly #wanted = new Map<string, number>();

  constructor(collaborators: PlayerCollaborators) {
    this.#with = collaborators;
    this.#places = new Places(collaborators.globalState);
  }

  /**
   * Opens an MP3 in the player.
   *
   * @param seconds where to begin to play; it is shown and stays silent when left out
   */
  async open(
    file: vscode.Uri,
    options: vscode.TextDocumentShowOptions = {},
    seconds?: number,
  ): Promise<void> {
    const key = file.toString();
    if (seconds !== undefined) this.#wanted.set(key, seconds);
    await vscode.commands.executeCommand('vscode.openWith', file, PLAYER, options);
    // One that was open is not made anew.
    const [player] = this.#open.get(key) ?? [];
    if (player && this.#wanted.has(key)) player.playFrom(this.#takeWanted(key) ?? 0);
  }

  /** Fills an editor that VS Code has opened. */
  resolve(file: vscode.Uri, panel: vscode.WebviewPanel): void {
    const key = file.toString();
    const player = new OpenPlayer(this.#with, this.#places, file, panel);
    const players = this.#open.get(key) ?? new Set();
    this.#open.set(key, players.add(player));
    panel.onDidDispose(() => {
      player.dispose();
      players.delete(player);
      if (players.size === 0) this.#open.delete(key);
    });
    player.begin(this.#takeWanted(key));
  }

  dispose(): void {
    for (const players of this.#open.values()) for (const player of players) player.dispose();
    this.#open.clear();
  }

  #takeWanted(key: string): number | undefined {
    const seconds = this.#wanted.get(key);
    this.#wanted.delete(key);
    return seconds;
  }
}

/** One editor that plays a file. */
class OpenPlayer implements vscode.Disposable {
  readonly #with: PlayerCollaborators;
  readonly #places: Places;
  readonly #file: vscode.Uri;
  readonly #panel: vscode.WebviewPanel;
  readonly #owned = new DisposableList();
  #isReady = false;
  #playFrom: number | undefined;
  #cancelLook: (() => void) | undefined;
  #looks = 0;

  constructor(
    collaborators: PlayerCollaborators,
    places: Places,
    file: vscode.Uri,
    panel: vscode.WebviewPanel,
  ) {
    this.#with = collaborators;
    this.#places = places;
    this.#file = file;
    this.#panel = panel;
  }

  begin(playFrom: number | undefined): void {
    const { webview } = this.#panel;
    const { dist, clock } = this.#with;
    this.#playFrom = playFrom;
    const folder = vscode.Uri.joinPath(this.#file, '..');
    this.#owned.add(
      webview.onDidReceiveMessage((message: unknown) => {
        this.#heard(message);
      }),
    );
    this.#owned.add(this.#watch(folder, clock));
    this.#owned.add({ dispose: () => this.#cancelLook?.() });
    webview.options = { enableScripts: true, localResourceRoots: [folder, dist] };
    webview.html = playerPage(webview, dist);
  }

  /** Plays from a second on, as soon as the page can. */
  playFrom(seconds: number): void {
    this.#playFrom = seconds;
    this.#sendPlayFrom();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #watch(folder: vscode.Uri, clock: Clock): vscode.Disposable {
    const own = new Set(filesOf(this.#file).map((file) => file.toString()));
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, '*.{mp3,vtt,json}'),
    );
    const changed = (file: vscode.Uri): void => {
      if (!own.has(file.toString())) return;
      this.#cancelLook?.();
      this.#cancelLook = clock.schedule(SETTLE_MS, () => {
        inBackground(this.#with.log, this.#show());
      });
    };
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    watcher.onDidDelete(changed);
    return watcher;
  }

  #heard(message: unknown): void {
    const told = readFromPage(message);
    if (told?.type === 'ready') {
      this.#isReady = true;
      inBackground(this.#with.log, this.#show());
    } else if (told) inBackground(this.#with.log, this.#places.keep(this.#file, told.seconds));
  }

  async #show(): Promise<void> {
    const look = ++this.#looks;
    const files = await readRecordingFiles(this.#file);
    // What changed meanwhile is read again, and shown then.
    if (look !== this.#looks) return;
    const { title, lines, problems, speakers } = files;
    this.#send({
      type: 'show',
      words: playerWords(),
      title,
      audio: this.#audioOf(files),
      lines: lines.map(({ startS, endS, speaker, text }) => ({ startS, endS, speaker, text })),
      lanes: lanesOf(speakers ?? spansOf(lines)),
      problems: [...problems],
      placeS: this.#places.of(this.#file),
    });
    this.#sendPlayFrom();
    if (speakers !== undefined) return;
    const told = await this.#with.askWhoSpoke(this.#file.fsPath);
    if (told && told.length > 0 && look === this.#looks) this.#send({ type: 'lanes', lanes: lanesOf(told) });
  }

  /** With the version, so that a file that was replaced is loaded anew. */
  #audioOf({ version }: RecordingFiles): string {
    return `${this.#panel.webview.asWebviewUri(this.#file).toString()}?version=${version}`;
  }

  #sendPlayFrom(): void {
    if (!this.#isReady || this.#playFrom === undefined) return;
    this.#send({ type: 'playFrom', seconds: this.#playFrom });
    this.#playFrom = undefined;
  }

  #send(message: ToPage): void {
    inBackground(this.#with.log, Promise.resolve(this.#panel.webview.postMessage(message)));
  }
}

function lanesOf(spans: readonly SpeakingSpan[]): ShownLane[] {
  return speakerLanes(spans).map(({ speaker, spans: spoken }) => ({
    ...(speaker !== undefined && { speaker }),
    spans: spoken.map(([startS, endS]) => [startS, endS]),
  }));
}
