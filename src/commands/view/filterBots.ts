import * as v from 'valibot';
import * as vscode from 'vscode';
import { BadFilterError, readFilter } from '../../descriptions/botFilter.ts';
import { BOTS_VIEW } from '../../host/names.ts';
import { askForText } from '../../host/textInput.ts';
import { readScriptArgument } from '../calling/scriptArgument.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** Recall: Filter Bots. By a script with the text to filter by; an empty one shows all. */
export function filterBots({ view }: Pick<Parts, 'view'>): CommandHandler {
  return async (caller) => {
    if (caller.kind === 'script') {
      view.setFilter(readText(caller.argument));
      return;
    }
    const answer = await askForText({
      title: vscode.l10n.t('Filter bots'),
      placeholder: vscode.l10n.t('Title, people, platform, status or file'),
      prompt: vscode.l10n.t('Also before:2026-11-01, after:2026-10, saved, not:saved.'),
      value: view.filter,
      refuse: whyUnreadable,
    });
    if (!answer) return;
    view.setFilter(answer.text);
    await vscode.commands.executeCommand(`${BOTS_VIEW}.focus`);
  };
}

function whyUnreadable(text: string): string | undefined {
  try {
    readFilter(text);
    return undefined;
  } catch (error) {
    if (error instanceof BadFilterError) return error.message;
    throw error;
  }
}

const filterArgument = v.union([v.string(), v.object({ text: v.string() })]);

function readText(argument: unknown): string {
  const needed = vscode.l10n.t('The argument has to be a text, or an object with text.');
  const passed = readScriptArgument(filterArgument, argument, needed);
  return typeof passed === 'string' ? passed : passed.text;
}
