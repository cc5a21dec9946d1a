import { homedir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import * as vscode from 'vscode';
import { decidedDestination } from '../media/destination.ts';
import type { DestinationForBot, MediaDestination } from '../media/destination.ts';
import { resolveDownloadFolder } from '../download/naming/folder.ts';
import type { DownloadFileSystem } from '../download/fileSystem.ts';
import type { MediaKind } from '../media/kinds/kind.ts';
import { settings } from './settings.ts';

/** There is no folder on disk to save to. */
export class NoFolderError extends Error {
  override readonly name = 'NoFolderError';
  readonly code = 'noWorkspaceFolder';
}

/** The person closed the save dialog. */
export class NoPlaceChosenError extends Error {
  override readonly name = 'NoPlaceChosenError';
  readonly code = 'cancelled';
}

// What was picked last in this workspace. A convenience only: nothing is lost with it.
const LAST_FOLDER_KEY = 'recall.lastWorkspaceFolder';

/** The folder of a file, without a question. @param path absolute */
export function inFolderOf(path: string): DestinationForBot {
  const folder = dirname(path);
  return decidedDestination({ folder, name: { pattern: settings.fileName(vscode.Uri.file(folder)) } });
}

/** Finds the place for media: the download folder in the workspace folder, or what the person chooses. */
export class WorkspaceTarget {
  readonly #remembered: vscode.Memento;
  readonly #fs: DownloadFileSystem;

  constructor(remembered: vscode.Memento, fs: DownloadFileSystem) {
    this.#remembered = remembered;
    this.#fs = fs;
  }

  /**
   * For a person: the workspace folder (asked for when there are several). When there is none on disk, a save dialog, or
   * for several bots one question for a folder.
   *
   * @param bots for how many bots, at least 1
   * @returns undefined when the person backed out
   */
  async ask(bots = 1): Promise<DestinationForBot | undefined> {
    const folders = this.#foldersLastFirst();
    const [first, second] = folders;
    if (!first && bots > 1) return this.#askForFolder();
    if (!first) return this.#askOnce();
    const folder = second ? await this.#pick(folders) : first;
    return folder && this.#inFolder(folder);
  }

  /**
   * Without a question: the folder picked last, else the first.
   *
   * @throws NoFolderError when no folder on disk is open
   */
  withoutAsking(): DestinationForBot {
    const [folder] = this.#foldersLastFirst();
    if (!folder) {
      throw new NoFolderError(vscode.l10n.t('Open a folder on disk to save recordings in.'));
    }
    return this.#inFolder(folder);
  }

  /** The download folders of all workspace folders that are usable now, as absolute paths. */
  async downloadFolders(): Promise<string[]> {
    const resolved = await Promise.allSettled(
      this.#foldersLastFirst().map((folder) => this.#downloadFolder(folder)),
    );
    return resolved.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }

  #foldersLastFirst(): vscode.WorkspaceFolder[] {
    const last = this.#remembered.get<unknown>(LAST_FOLDER_KEY);
    const onDisk = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    return onDisk.toSorted((a, b) => Number(b.uri.toString() === last) - Number(a.uri.toString() === last));
  }

  #downloadFolder({ uri }: vscode.WorkspaceFolder): Promise<string> {
    return resolveDownloadFolder(uri.fsPath, settings.downloadFolder(uri), this.#fs);
  }

  #inFolder(folder: vscode.WorkspaceFolder): DestinationForBot {
    return {
      asksFirst: false,
      decide: async () => ({
        folder: await this.#downloadFolder(folder),
        name: { pattern: settings.fileName(folder.uri) },
      }),
    };
  }

  /** Asks for a file when it is needed, and goes by the answer from then on. */
  #askOnce(): DestinationForBot {
    const chosen = new Map<MediaKind, MediaDestination>();
    return {
      get asksFirst() {
        return chosen.size === 0;
      },
      decide: async (nameUnder, kind) => {
        const place =
          chosen.get(kind) ?? (await this.#askForFile(nameUnder(settings.fileName(undefined)), kind));
        chosen.set(kind, place);
        return place;
      },
    };
  }

  async #pick(folders: readonly vscode.WorkspaceFolder[]): Promise<vscode.WorkspaceFolder | undefined> {
    const items = folders.map((folder) => ({ folder, label: folder.name, description: folder.uri.fsPath }));
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Save the recording in which folder?'),
      matchOnDescription: true,
    });
    if (picked) await this.#remembered.update(LAST_FOLDER_KEY, picked.folder.uri.toString());
    return picked?.folder;
  }

  async #askForFolder(): Promise<DestinationForBot | undefined> {
    const [uri] =
      (await vscode.window.showOpenDialog({
        defaultUri: vscode.Uri.file(homedir()),
        canSelectFiles: false,
        canSelectFolders: true,
        title: vscode.l10n.t('Save the recordings in which folder?'),
        openLabel: vscode.l10n.t('Save Here'),
      })) ?? [];
    if (!uri) return undefined;
    if (uri.scheme !== 'file') {
      throw new NoFolderError(vscode.l10n.t('Recordings can be saved to a folder on disk only.'));
    }
    const place = { folder: uri.fsPath, name: { pattern: settings.fileName(undefined) } };
    return decidedDestination(place);
  }

  async #askForFile(suggestedName: string, { file, words }: MediaKind): Promise<MediaDestination> {
    const ending = `.${file.extension}`;
    const uri = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.file(join(homedir(), `${suggestedName}${ending}`)),
      filters: { [words.fileType()]: [file.extension] },
      title: words.saveTitle(),
    });
    if (!uri) throw new NoPlaceChosenError('No place to save was chosen');
    if (uri.scheme !== 'file') throw new NoFolderError(words.folderOnDiskOnly());
    const { base, ext, name } = parse(uri.fsPath);
    const chosen = ext.toLowerCase() === ending ? name : base;
    return { folder: dirname(uri.fsPath), name: { chosen } };
  }
}
