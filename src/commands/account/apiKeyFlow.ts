import * as vscode from 'vscode';
import { KEYRING_HELP } from '../../host/apiKeys.ts';
import { settings } from '../../host/settings.ts';
import { askForText } from '../../host/textInput.ts';
import { readApiKey } from '../../keys/apiKeyText.ts';
import { RecallError, recallErrorCode } from '../../recall/errors.ts';
import { checkKey, findRegionOfKey } from '../../recall/keyCheck.ts';
import { REGIONS, apiKeysPage, regionOrigin, regionPlace } from '../../recall/regions.ts';
import type { Region } from '../../recall/regions.ts';
import { messages } from '../../host/messages.ts';
import type { Parts } from '../calling/parts.ts';

type FlowParts = Pick<Parts, 'keys' | 'transport' | 'log'>;

/**
 * Asks for an API key, checks it against the API, and keeps it.
 *
 * @returns whether there is a usable key now; false when the person backed out
 * @throws RecallError when the key could not be checked, SecretStorageError when it could not be kept
 */
export async function askForApiKey(parts: FlowParts): Promise<boolean> {
  const key = await promptForKey(parts);
  if (key === undefined) return false;
  const origin = settings.apiOrigin();
  try {
    await checking(() => checkKey(parts.transport, { origin, key }));
  } catch (error) {
    if (
      recallErrorCode(error) !== 'keyRefused' ||
      settings.hasApiBaseUrl() ||
      !(error instanceof RecallError)
    )
      throw error;
    return offerOtherRegions(parts, key, error);
  }
  await keep(parts, origin, key);
  return true;
}

/** Makes sure that there is a key, asking for one when there is none. */
export async function ensureApiKey(parts: FlowParts): Promise<boolean> {
  if ((await parts.keys.get(settings.apiOrigin())) !== undefined) return true;
  return askForApiKey(parts);
}

/** Lets the person pick the region. Answers with it; undefined when they backed out. */
export async function pickRegion(): Promise<Region | undefined> {
  const current = settings.region();
  const items = REGIONS.map((region) => ({
    region,
    label: region,
    description:
      region === current ? vscode.l10n.t('{0} (current)', regionPlace(region)) : regionPlace(region),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Recall region'),
    placeHolder: vscode.l10n.t('The region of your Recall.ai account; it is part of the dashboard address'),
    ignoreFocusOut: true,
  });
  return picked?.region;
}

async function promptForKey(parts: FlowParts): Promise<string | undefined> {
  const getKey = button('link-external', vscode.l10n.t('Get a key in the dashboard'));
  const getHelp = button('question', vscode.l10n.t('Keys are not kept after a restart? Get help'));
  for (;;) {
    const origin = settings.apiOrigin();
    const isGateway = settings.hasApiBaseUrl();
    const changeRegion = button('globe', vscode.l10n.t('Change region (now {0})', settings.region()));
    const answer = await askForText({
      title: vscode.l10n.t('Recall API key for {0}', isGateway ? new URL(origin).host : settings.region()),
      placeholder: vscode.l10n.t('Paste the API key'),
      prompt: await promptText(parts, origin),
      password: true,
      buttons: isGateway ? [getHelp] : [getKey, getHelp, changeRegion],
      refuse: (text) => {
        const reading = readApiKey(text);
        return reading.kind === 'problem' ? reading.reason : undefined;
      },
    });
    if (answer?.kind !== 'button') {
      const reading = answer && readApiKey(answer.text);
      return reading?.kind === 'key' ? reading.key : undefined;
    }
    if (answer.button === getKey) openHelp(apiKeysPage(settings.region()));
    else if (answer.button === getHelp) openHelp(KEYRING_HELP);
    else await changeRegionOfKey();
  }
}

async function changeRegionOfKey(): Promise<void> {
  const region = await pickRegion();
  if (region !== undefined) await settings.setRegion(region);
}

function button(icon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}

function openHelp(page: string): void {
  void vscode.env.openExternal(vscode.Uri.parse(page));
}

async function promptText({ keys }: FlowParts, origin: string): Promise<string> {
  return (await keys.isForgotten(origin))
    ? vscode.l10n.t(
        'VS Code no longer has the key that was stored: without a keyring it forgets keys when it closes.',
      )
    : vscode.l10n.t("The key is checked with Recall and kept in VS Code's secret storage only.");
}

/**
 * Says that a region refused a key, and offers to ask the others. The one that accepts it is taken over, with the key.
 *
 * @returns whether there is a usable key now; false when the person backed out
 * @throws RecallError when no other region accepts it, SecretStorageError when it could not be kept
 */
export async function offerOtherRegions(
  parts: FlowParts,
  key: string,
  refused: RecallError,
): Promise<boolean> {
  const tryOthers = vscode.l10n.t('Try Other Regions');
  const button = await messages.error(refused.message, tryOthers);
  if (button !== tryOthers) return false;
  const { accepting: region, unreached } = await checking(() =>
    findRegionOfKey(parts.transport, key, settings.region(), parts.log),
  );
  if (region === undefined) throw noRegionAccepts(unreached, refused);
  await settings.setRegion(region);
  await keep(parts, regionOrigin(region), key);
  return true;
}

function noRegionAccepts(unreached: readonly Region[], refused: RecallError): RecallError {
  const sentence =
    unreached.length === 0
      ? vscode.l10n.t(
          'No region accepted this API key. Check in the dashboard that it was copied whole and is still valid.',
        )
      : vscode.l10n.t(
          'No region accepted this API key, but these could not be asked: {0}.',
          unreached.join(', '),
        );
  return new RecallError('keyRefused', sentence, { cause: refused });
}

async function keep({ keys }: FlowParts, origin: string, key: string): Promise<void> {
  await keys.store(origin, key);
  const place = settings.hasApiBaseUrl() ? new URL(origin).host : settings.region();
  void messages.info(vscode.l10n.t('The API key for {0} works and is kept in secret storage.', place));
}

async function checking<T>(work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Checking the API key…') },
    work,
  );
}
