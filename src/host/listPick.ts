import * as vscode from 'vscode';
import type { Subscription } from '../state/changes.ts';

/** A list in a step that was gone into from another one. */
export interface ListQuestion<Item extends vscode.QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly Item[];
}

/**
 * Lets the person pick one of a list, under a back button, and stays open when the focus goes elsewhere.
 *
 * @returns undefined when the person went back, by the button or by Escape
 */
export async function pickOrGoBack<Item extends vscode.QuickPickItem>(
  question: ListQuestion<Item>,
): Promise<Item | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  const subscriptions: Subscription[] = [picker];
  picker.title = question.title;
  picker.placeholder = question.placeholder;
  picker.ignoreFocusOut = true;
  picker.buttons = [vscode.QuickInputButtons.Back];
  picker.items = question.items;
  try {
    return await new Promise((resolve) => {
      subscriptions.push(
        picker.onDidAccept(() => {
          const [picked] = picker.selectedItems;
          if (picked !== undefined) resolve(picked);
        }),
        picker.onDidTriggerButton(() => {
          resolve(undefined);
        }),
        picker.onDidHide(() => {
          resolve(undefined);
        }),
      );
      picker.show();
    });
  } finally {
    for (const subscription of subscriptions.toReversed()) subscription.dispose();
  }
}
