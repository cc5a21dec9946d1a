import { createRequire } from 'node:module';
import * as vscode from 'vscode';

/** What the extension shows to the user or asks, noted down and answered in the user's place. */
export interface ShownToUser {
  /** All so far, oldest first, each with the name of VS Code's function in front: `showErrorMessage: Recall …`. */
  readonly all: readonly string[];
  /** Addresses that were opened outside VS Code. */
  readonly opened: readonly string[];
  /**
   * Answers the next question with this text, the button of this name, or this file; without an answer it is dismissed.
   * A button in the title of an input or a picker is pressed by `{ press }`.
   */
  answerNext(answer: Answer): void;
  clear(): void;
  /** Gives VS Code its functions back. */
  stop(): void;
}

type Answer = string | vscode.Uri | { readonly press: string };
type AnyFunction = (...args: unknown[]) => unknown;
type Functions = Record<string, AnyFunction>;

const questions = [
  'showErrorMessage',
  'showWarningMessage',
  'showInformationMessage',
  'showInputBox',
  'showQuickPick',
  'showOpenDialog',
  'showSaveDialog',
  'showWorkspaceFolderPick',
] as const;

/** Stands between the extension and VS Code's notifications, inputs and dialogs until `stop`. */
export function watchWhatIsShown(extension: vscode.Extension<unknown>): ShownToUser {
  const { window, env } = apiOf(extension);
  const shown: string[] = [];
  const opened: string[] = [];
  const answers: Answer[] = [];
  const windowFunctions = window as unknown as Functions;
  const note = (name: string, texts: readonly unknown[]): void => {
    shown.push(`${name}: ${textsIn(texts).join(' | ')}`);
  };
  const withProgress = window.withProgress.bind(window);
  const restoreWindow = replace(windowFunctions, {
    ...Object.fromEntries(
      questions.map((name) => [
        name,
        (...args: unknown[]) => {
          note(name, args);
          const answer = takeAnswer(answers, args);
          // Several files or folders could be chosen there.
          return Promise.resolve(name === 'showOpenDialog' && answer !== undefined ? [answer] : answer);
        },
      ]),
    ),
    createInputBox: () => scriptedInput('createInputBox', note, answers),
    createQuickPick: () => scriptedInput('createQuickPick', note, answers),
    withProgress: ((options: vscode.ProgressOptions, task: Parameters<typeof window.withProgress>[1]) => {
      note('withProgress', [options]);
      return withProgress(options, (progress, token) =>
        task(
          {
            report: (step) => {
              note('progress', [step]);
              progress.report(step);
            },
          },
          token,
        ),
      );
    }) as AnyFunction,
  });
  const restoreEnv = replace(env as unknown as Functions, {
    openExternal: (target) => {
      opened.push(String(target));
      return Promise.resolve(true);
    },
  });
  return {
    all: shown,
    opened,
    answerNext: (answer) => {
      answers.push(answer);
    },
    clear: () => {
      for (const list of [shown, opened, answers]) list.length = 0;
    },
    stop: () => {
      restoreWindow();
      restoreEnv();
    },
  };
}

/** Each extension has a `vscode` of its own; VS Code tells by the requiring file which one it is. */
function apiOf(extension: vscode.Extension<unknown>): typeof vscode {
  const main = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'extension.cjs');
  return createRequire(main.fsPath)('vscode') as typeof vscode;
}

function replace(target: Functions, replacements: Readonly<Functions>): () => void {
  const originals = Object.fromEntries(
    Object.keys(replacements).map((name) => [name, target[name]]),
  ) as Functions;
  Object.assign(target, replacements);
  return () => {
    Object.assign(target, originals);
  };
}

/** The answer if it fits: the button or item of that name, or undefined. */
function takeAnswer(answers: Answer[], args: readonly unknown[]): unknown {
  const [answer] = answers;
  if (answer === undefined) return undefined;
  if (answer instanceof vscode.Uri) return answers.shift();
  if (typeof answer !== 'string') return undefined;
  const choices: readonly unknown[] = args.flatMap((arg) =>
    Array.isArray(arg) ? (arg as unknown[]) : [arg],
  );
  const choice = choices.find((item) => textsIn([item]).includes(answer));
  if (choice !== undefined) answers.shift();
  return choice;
}

/** An input box or a picker that gets its answer typed as soon as it shows, or is dismissed. */
function scriptedInput(
  name: string,
  note: (name: string, texts: readonly unknown[]) => void,
  answers: Answer[],
): unknown {
  const changed = new vscode.EventEmitter<string>();
  const accepted = new vscode.EventEmitter<void>();
  const hidden = new vscode.EventEmitter<void>();
  const active = new vscode.EventEmitter<readonly vscode.QuickPickItem[]>();
  const button = new vscode.EventEmitter<vscode.QuickInputButton>();
  const input = {
    title: '',
    value: '',
    items: [] as readonly vscode.QuickPickItem[],
    activeItems: [] as readonly vscode.QuickPickItem[],
    selectedItems: [] as readonly vscode.QuickPickItem[],
    buttons: [] as readonly vscode.QuickInputButton[],
    onDidChangeValue: changed.event,
    onDidChangeActive: active.event,
    onDidAccept: accepted.event,
    onDidHide: hidden.event,
    onDidTriggerButton: button.event,
    show: () => {
      const answer = answers.shift();
      note(name, [input]);
      if (typeof answer === 'object' && 'press' in answer) {
        const pressed = input.buttons.find(({ tooltip }) => tooltip === answer.press);
        if (pressed) button.fire(pressed);
        else hidden.fire();
        return;
      }
      if (typeof answer !== 'string') {
        hidden.fire();
        return;
      }
      input.value = answer;
      changed.fire(answer);
      input.activeItems = input.items.filter((item) => textsIn([item]).includes(answer)).slice(0, 1);
      active.fire(input.activeItems);
      input.selectedItems = input.activeItems;
      accepted.fire();
      // What was typed is no doing of the extension's.
      note(name, [{ ...input, value: '' }]);
      // A person whose answer was not taken gives up.
      hidden.fire();
    },
    hide: () => {
      hidden.fire();
    },
    dispose: () => {
      for (const emitter of [changed, accepted, hidden, active, button]) emitter.dispose();
    },
  };
  return input;
}

/** Every text in some values, however deep. What was typed into a hidden input is not shown and not among them. */
function textsIn(values: readonly unknown[]): string[] {
  return values.flatMap((value) => {
    if (typeof value === 'string') return [value];
    if (value instanceof vscode.Uri) return [value.toString()];
    if (Array.isArray(value)) return textsIn(value);
    if (typeof value !== 'object' || value === null) return [];
    const isSecret = 'password' in value && value.password === true;
    return textsIn(
      Object.entries(value)
        .filter(([name]) => !(isSecret && name === 'value'))
        .map(([, field]) => field as unknown),
    );
  });
}
