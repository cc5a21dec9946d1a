import { neverAborted } from '../../network/abort.ts';
import * as vscode from 'vscode';
import { messages } from '../../host/messages.ts';
import { networkSettings } from '../../host/networkSettings.ts';
import { withCancellableProgress } from '../../host/progress.ts';
import { settings } from '../../host/settings.ts';
import { joinSentences } from '../../language/sentences.ts';
import { testConnection as testSteps } from '../../recall/connectionTest.ts';
import type { ConnectionStep, ConnectionStepName } from '../../recall/connectionTest.ts';
import { RecallError, recallErrorCode } from '../../recall/errors.ts';
import { offerOtherRegions } from './apiKeyFlow.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { errorSentence, showError } from '../calling/showError.ts';

type TestParts = Pick<Parts, 'keys' | 'transport' | 'probeMedia' | 'log'>;

/** How a step went, as a script gets it. */
export type StepReport = Pick<ConnectionStep, 'step' | 'ok' | 'message'>;

/**
 * Recall: Test Connection. Answers with the steps that were tried; the last one tells whether all is well. With an
 * argument of any kind nothing is shown.
 */
export function testConnection(parts: TestParts): CommandHandler<StepReport[]> {
  return async (caller) => {
    parts.log.info(`[test] ${networkSettings.summary()}`);
    if (caller.kind === 'script') return reports(await test(parts, neverAborted()));
    const steps = await withCancellableProgress(
      vscode.l10n.t('Testing the connection to Recall'),
      (_report, signal) => test(parts, signal),
    );
    await tell(parts, steps);
    return reports(steps);
  };
}

function test(
  { keys, transport, probeMedia, log }: TestParts,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  const key = (origin: string): Promise<string | undefined> => keys.get(origin);
  return testSteps({ origin: () => settings.apiOrigin(), key, transport, probeMedia, log }, signal);
}

function reports(steps: readonly ConnectionStep[]): StepReport[] {
  return steps.map((entry) => ({ step: entry.step, ok: entry.ok, message: sentenceOf(entry) }));
}

function sentenceOf({ ok, message, error }: ConnectionStep): string {
  return ok ? message : errorSentence(error);
}

async function tell(parts: TestParts, steps: readonly ConnectionStep[]): Promise<void> {
  const failed = steps.find(({ ok }) => !ok);
  if (!failed) {
    void messages.info(successSentence(steps));
    return;
  }
  const sentence = failureSentence(failed);
  const key = await refusedKey(parts, failed.error);
  if (key === undefined) showError(failed.error, sentence);
  else await offerOtherRegions(parts, key, new RecallError('keyRefused', sentence, { cause: failed.error }));
}

/** The key, when it was refused by a region, so that another may accept it. */
async function refusedKey({ keys }: TestParts, error: unknown): Promise<string | undefined> {
  if (recallErrorCode(error) !== 'keyRefused' || settings.hasApiBaseUrl()) return undefined;
  return keys.get(settings.apiOrigin());
}

function successSentence(steps: readonly ConnectionStep[]): string {
  const told = new Set<ConnectionStepName>(['key', 'media']);
  const parts = steps.filter(({ step }) => told.has(step)).map(({ message }) => message);
  if (!steps.some(({ step }) => step === 'media'))
    parts.push(vscode.l10n.t('There is no recording yet to test the media store with.'));
  return joinSentences(vscode.l10n.t('The connection works.'), ...parts);
}

function failureSentence(failed: ConnectionStep): string {
  const sentence = joinSentences(STOPPED_AT[failed.step](), sentenceOf(failed));
  const proxy = networkSettings.proxyHost();
  const isOnTheWay = ['name', 'connection', 'media'].includes(failed.step);
  return proxy === undefined || !isOnTheWay
    ? sentence
    : joinSentences(sentence, vscode.l10n.t('http.proxy is set to {0}.', proxy));
}

const STOPPED_AT: Readonly<Record<ConnectionStepName, () => string>> = {
  address: () => vscode.l10n.t('The connection test stopped at the settings.'),
  name: () => vscode.l10n.t('The connection test stopped at the name lookup.'),
  connection: () => vscode.l10n.t('The connection test stopped at the connection.'),
  key: () => vscode.l10n.t('The connection test stopped at the API key.'),
  region: () => vscode.l10n.t('The connection test stopped at the region.'),
  media: () => vscode.l10n.t('The connection test stopped at the media store.'),
};
