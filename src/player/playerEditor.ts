import * as vscode from 'vscode';
import { DisposableList } from '../host/disposables.ts';
import { PLAYER } from '../host/names.ts';
import { inBackground } from '../host/progress.ts';
import type { Clock } from '../network/clock.ts';
import type { BesideMp3 } from '../media/besideMp3.ts';
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
  /** What an MP3 is, and what was saved with it, by its path. */
  readonly savedBeside: (path: string) => Promise<BesideMp3>;
  /** Asks Recall who spoke when in the recording of an MP3, by its path; undefined where that cannot be known. */
  readonly askWhoSpoke: (path: string, signal: AbortSignal) => Promise<readonly SpeakingSpan[] | undefined>;
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
    try {
      await vscode.commands.executeCommand('vscode.openWith', file, PLAYER, options);
    } catch (error) {
      this.#wanted.delete(key);
      throw error;
    }
    // One that was open is not made anew. Of several it is the one that VS Code shows now.
    const players = [...(this.#open.get(key) ?? [])];
    const player = players.find(({ isActive }) => isActive) ?? players[0];
    if (player && this.#wanted.has(key)) player.playFrom(this.#takeWanted(key) ?? 0);
  }

  /** Fills an editor that VS Code has opened. */
  resolve(file: vscode.Uri, panel: vscode.WebviewPanel): void {
    const key = file.toString();
    const player: OpenPlayer = new OpenPlayer(this.#with, this.#places, file, panel, () => {
      this.#pauseAllBut(player);
    });
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

  /** Two meetings at once are understood by nobody. */
  #pauseAllBut(playing: OpenPlayer): void {
    for (const players of this.#open.values())
      for (const player of players) if (player !== playing) player.pause();
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
  readonly #beginsToPlay: () => void;
  readonly #owned = new DisposableList();
  readonly #end = new AbortController();
  /** Whether the page has a recording to play from. */
  #isShown = false;
  #playFrom: number | undefined;
  #cancelLook: (() => void) | undefined;
  /** What tells the recording from others, whatever its file is called. */
  #recording: string;
  /** The files that are shown. */
  #own: ReadonlySet<string> = new Set();
  /** What Recall says, once it was asked. */
  #whoSpoke: Promise<readonly SpeakingSpan[] | undefined> | undefined;
  #looks = 0;

  constructor(
    collaborators: PlayerCollaborators,
    places: Places,
    file: vscode.Uri,
    panel: vscode.WebviewPanel,
    beginsToPlay: () => void,
  ) {
    this.#with = collaborators;
    this.#beginsToPlay = beginsToPlay;
    this.#places = places;
    this.#file = file;
    this.#recording = file.toString();
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

  /** Whether it is the editor that VS Code shows in front of the others. */
  get isActive(): boolean {
    return this.#panel.active;
  }

  /** Plays from a second on, as soon as the page can. */
  playFrom(seconds: number): void {
    this.#playFrom = seconds;
    this.#sendPlayFrom();
  }

  pause(): void {
    this.#send({ type: 'pause' });
  }

  dispose(): void {
    this.#end.abort();
    this.#owned.dispose();
  }

  #watch(folder: vscode.Uri, clock: Clock): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'));
    const changed = (file: vscode.Uri): void => {
      if (!this.#own.has(file.toString())) return;
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
    if (!told) return;
    switch (told.type) {
      case 'ready':
        inBackground(this.#with.log, this.#show());
        break;
      case 'plays':
        this.#beginsToPlay();
        break;
      case 'place':
        inBackground(this.#with.log, this.#places.keep(this.#recording, told.seconds));
    }
  }

  async #show(): Promise<void> {
    const look = ++this.#looks;
    const saved = await this.#with.savedBeside(this.#file.fsPath);
    this.#recording = saved.artifactId ?? this.#file.toString();
    const own = filesOf(this.#file, saved);
    this.#own = new Set(Object.values(own).map((uri: vscode.Uri) => uri.toString()));
    const files = await readRecordingFiles(own, saved);
    // What changed meanwhile is read again, and shown then.
    if (look !== this.#looks || this.#end.signal.aborted) return;
    const { title, lines, problems, speakers } = files;
    this.#send({
      type: 'show',
      words: playerWords(),
      title,
      audio: this.#audioOf(files),
      lines: lines.map(({ startS, endS, speaker, text }) => ({ startS, endS, speaker, text })),
      lanes: lanesOf(speakers ?? spansOf(lines)),
      problems: [...problems],
      placeS: this.#places.of(this.#recording),
    });
    this.#isShown = true;
    this.#sendPlayFrom();
    if (speakers === undefined) await this.#showWhoSpoke();
  }

  /** Asks once: what Recall said does not change. */
  async #showWhoSpoke(): Promise<void> {
    this.#whoSpoke ??= this.#with.askWhoSpoke(this.#file.fsPath, this.#end.signal);
    const told = (await this.#whoSpoke) ?? [];
    if (told.length > 0) this.#send({ type: 'lanes', lanes: lanesOf(told) });
  }

  /** With the version, so that a file that was replaced is loaded anew. */
  #audioOf({ version }: RecordingFiles): string {
    const address = this.#panel.webview.asWebviewUri(this.#file);
    // The query of a file that is in no folder says which one it is.
    return (this.#file.query === '' ? address.with({ query: `version=${version}` }) : address).toString();
  }

  #sendPlayFrom(): void {
    if (!this.#isShown || this.#playFrom === undefined) return;
    this.#send({ type: 'playFrom', seconds: this.#playFrom });
    this.#playFrom = undefined;
  }

  #send(message: ToPage): void {
    if (this.#end.signal.aborted) return;
    inBackground(this.#with.log, Promise.resolve(this.#panel.webview.postMessage(message)));
  }
}

function lanesOf(spans: readonly SpeakingSpan[]): ShownLane[] {
  return speakerLanes(spans).map(({ speaker, isOthers, spans: spoken }) => ({
    ...(speaker !== undefined && { speaker }),
    isOthers,
    spans: spoken.map(([startS, endS]) => [startS, endS]),
  }));
}
