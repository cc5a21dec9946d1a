import * as vscode from 'vscode';
import { withoutLinks } from './plainText.ts';
import type { Changes, Subscription } from '../state/changes.ts';

/** What stands below the input while the text is as it is. An error keeps the input open. */
export interface InputNote {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** How a text is asked for. */
export interface TextQuestion {
  readonly title: string;
  readonly placeholder: string;
  readonly prompt?: string | undefined;
  readonly value?: string | undefined;
  /** Whether the person typed the value before: then what they type next goes on with it instead of replacing it. */
  readonly isTyped?: boolean;
  /** Hides what is typed. */
  readonly password?: boolean;
  readonly buttons?: readonly vscode.QuickInputButton[];
  /** Called at each change of the text, and before it is accepted. */
  readonly noteFor?: (text: string) => InputNote | undefined;
  /** Tells that `noteFor` says something else now of the same text. */
  readonly noteChanges?: Changes<undefined>;
  /** An error that is said only when the person wants to go on, so that an empty input is not red at once. */
  readonly refuse?: (text: string) => string | undefined;
}

/** What the person did: entered a text, or pressed a button with a text half done. */
export type TextAnswer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'button'; readonly button: vscode.QuickInputButton; readonly text: string };

const SEVERITIES: Record<InputNote['severity'], vscode.InputBoxValidationSeverity> = {
  info: vscode.InputBoxValidationSeverity.Info,
  warning: vscode.InputBoxValidationSeverity.Warning,
  error: vscode.InputBoxValidationSeverity.Error,
};

/** Asks for a line of text, and stays open when the focus goes elsewhere. Undefined when the person backed out. */
export async function askForText(question: TextQuestion): Promise<TextAnswer | undefined> {
  const input = vscode.window.createInputBox();
  const subscriptions: Subscription[] = [input];
  const noteFor = (text: string): InputNote | undefined => question.noteFor?.(text);
  const show = (note: InputNote | undefined): void => {
    input.validationMessage = note && {
      message: withoutLinks(note.message),
      severity: SEVERITIES[note.severity],
    };
  };
  input.title = question.title;
  input.placeholder = question.placeholder;
  input.prompt = question.prompt === undefined ? undefined : withoutLinks(question.prompt);
  input.password = question.password ?? false;
  input.ignoreFocusOut = true;
  input.buttons = question.buttons ?? [];
  input.value = question.value ?? '';
  input.valueSelection = [question.isTyped ? input.value.length : 0, input.value.length];
  show(noteFor(input.value));
  try {
    return await new Promise((resolve) => {
      const showAgain = (): void => {
        show(noteFor(input.value));
      };
      if (question.noteChanges) subscriptions.push(question.noteChanges(showAgain));
      subscriptions.push(
        input.onDidChangeValue(showAgain),
        input.onDidAccept(() => {
          const refusal = question.refuse?.(input.value);
          const note: InputNote | undefined =
            refusal === undefined ? noteFor(input.value) : { severity: 'error', message: refusal };
          if (note?.severity === 'error') show(note);
          else resolve({ kind: 'text', text: input.value });
        }),
        input.onDidTriggerButton((button) => {
          resolve({ kind: 'button', button, text: input.value });
        }),
        input.onDidHide(() => {
          resolve(undefined);
        }),
      );
      input.show();
    });
  } finally {
    for (const subscription of subscriptions.toReversed()) subscription.dispose();
  }
}
