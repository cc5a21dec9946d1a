import * as vscode from 'vscode';
import { NoMediaError } from '../../media/mediaErrors.ts';
import { DownloadError } from '../../download/errors.ts';
import { KEYRING_HELP, SecretStorageError } from '../../host/apiKeys.ts';
import { NoFolderError, NoPlaceChosenError } from '../../host/workspaceTarget.ts';
import { COMMANDS } from '../../host/names.ts';
import { RecallError, recallErrorCode } from '../../recall/errors.ts';
import { messages } from '../../host/messages.ts';
import { NoMeetingLinkError } from '../../recall/meetingLink.ts';
import { BadFilterError } from '../../descriptions/botFilter.ts';
import { InvalidArgumentError } from './caller.ts';
import { RemediedError, buttonsOf, runPressed } from './remediedError.ts';
import type { Remedy } from './remediedError.ts';
import { SeveralFailedError } from './severalFailed.ts';

/** The code by which a script tells errors apart; `unexpected` for what should not have happened. */
export function errorCode(error: unknown): string {
  if (isKnown(error)) return error.code;
  return isAbort(error) ? 'cancelled' : 'unexpected';
}

/** The error as a sentence for the user. */
export function errorSentence(error: unknown): string {
  if (isKnown(error)) return error.message;
  return vscode.l10n.t('Something unexpected went wrong. Details are in the log.');
}

/** Shows an error to the person who called a command, with the buttons that help and the log. Does not wait. */
export function showError(error: unknown, sentence: string): void {
  if (errorCode(error) === 'cancelled') {
    // Backing out of a question needs no answer; a stopped download does, as part of it is kept.
    if (error instanceof DownloadError && error.keptBytes > 0) void messages.info(sentence);
    return;
  }
  const remedies = remediesFor(error);
  const showLog = vscode.l10n.t('Show Log');
  const buttons = [...buttonsOf(remedies), showLog];
  const show = isNoFault(error) ? messages.warn : messages.error;
  void show(sentence, ...buttons).then(async (button) => {
    if (button === showLog) await vscode.commands.executeCommand(COMMANDS.showLog);
    else await runPressed(remedies, button);
  });
}

/** Says that following bots ended because the key is not accepted any more. Other background trouble is not popped up. */
export function tellKeyRefused(failure: unknown): void {
  if (recallErrorCode(failure) === 'keyRefused') showError(failure, errorSentence(failure));
}

function isNoFault(error: unknown): boolean {
  if (error instanceof SeveralFailedError) return isNoFault(error.cause);
  if (error instanceof RemediedError) return !error.isFault;
  return error instanceof NoMediaError || recallErrorCode(error) === 'keyChangedElsewhere';
}

function remediesFor(error: unknown): readonly Remedy[] {
  if (error instanceof SeveralFailedError) return remediesFor(error.cause);
  if (error instanceof RemediedError) return [...error.remedies, ...remediesFor(error.cause)];
  const remedy = remedyFor(error);
  return remedy ? [remedy] : [];
}

function remedyFor(error: unknown): Remedy | undefined {
  if (error instanceof SecretStorageError) {
    const help = vscode.Uri.parse(KEYRING_HELP);
    return { button: vscode.l10n.t('Get Help'), run: () => vscode.env.openExternal(help) };
  }
  if (!(error instanceof RecallError || error instanceof DownloadError)) return undefined;
  switch (error.code) {
    case 'keyRefused':
    case 'noKey':
      return {
        button: vscode.l10n.t('Set API Key'),
        run: () => vscode.commands.executeCommand(COMMANDS.setApiKey),
      };
    case 'keyChangedElsewhere':
      return { button: vscode.l10n.t('Reload Window'), run: reloadWindow };
    case 'badSetting':
      return {
        button: vscode.l10n.t('Open Settings'),
        run: () => openSettings('recall.region,recall.apiBaseUrl'),
      };
    case 'nameNotFound':
    case 'proxy':
      return { button: vscode.l10n.t('Open Settings'), run: () => openSettings('http.proxy') };
    case 'certificate':
      return { button: vscode.l10n.t('Open Settings'), run: () => openSettings('http.systemCertificates') };
    default:
      return undefined;
  }
}

function reloadWindow(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.reloadWindow');
}

function openSettings(id: string): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.openSettings', `@id:${id}`);
}

type KnownError = Error & { readonly code: string };

function isKnown(error: unknown): error is KnownError {
  return [
    RecallError,
    DownloadError,
    NoMediaError,
    RemediedError,
    SeveralFailedError,
    NoMeetingLinkError,
    SecretStorageError,
    InvalidArgumentError,
    BadFilterError,
    NoFolderError,
    NoPlaceChosenError,
  ].some((kind) => error instanceof kind);
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
