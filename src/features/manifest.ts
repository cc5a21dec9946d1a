import type * as vscode from 'vscode';
import { fieldOf } from '../network/json.ts';

/** What the manifest promises VS Code, and activation has to make true. */
export interface Manifest {
  /** Ids. */
  readonly commands: readonly string[];
  /** Names. */
  readonly languageModelTools: readonly string[];
}

/** Reads it from package.json, as VS Code did. */
export function manifestOf({ packageJSON }: vscode.Extension<unknown>): Manifest {
  const contributes = fieldOf(packageJSON, 'contributes');
  return {
    commands: textsIn(fieldOf(contributes, 'commands'), 'command'),
    languageModelTools: textsIn(fieldOf(contributes, 'languageModelTools'), 'name'),
  };
}

function textsIn(list: unknown, field: string): string[] {
  if (!Array.isArray(list)) return [];
  return list.map((item: unknown) => fieldOf(item, field)).filter((text) => typeof text === 'string');
}
