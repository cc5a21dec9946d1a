import * as vscode from 'vscode';

/** The context keys that `when` clauses in package.json use, with their values. */
export interface ContextKeyValues {
  'recall.hasKey': boolean;
  /** Whether the active editor shows a meeting link. */
  'recall.meetingLinkInSight': boolean;
  /** Whether an MP3 was saved since the window was opened. */
  'recall.hasSavedMp3': boolean;
  /** Why the tree is empty, or `bots` when it is not. */
  'recall.botsView':
    | 'loading'
    | 'noKey'
    | 'keyRefused'
    | 'keyChangedElsewhere'
    | 'unreachable'
    | 'errorAnswer'
    | 'empty'
    | 'bots';
  'recall.isFiltered': boolean;
  /** Whether the whole account is being looked through for a filter. */
  'recall.isSearching': boolean;
  'recall.botsByDay': boolean;
  'recall.onlySentFromHere': boolean;
}

/** Sets context keys, and only when they change. */
export class ContextKeys {
  readonly #values = new Map<keyof ContextKeyValues, unknown>();

  set<Key extends keyof ContextKeyValues>(key: Key, value: ContextKeyValues[Key]): void {
    if (this.#values.get(key) === value) return;
    this.#values.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
