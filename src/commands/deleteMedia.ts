import * as vscode from 'vscode';
import { isAllSaved, mp3sOf, savedShare } from '../bots/botMp3s.ts';
import { botGroup } from '../bots/botStore.ts';
import { messages } from '../host/messages.ts';
import { botTargets } from './botTarget.ts';
import type { CommandHandler } from './command.ts';
import { confirm, lookAgain, namesOf } from './botAction.ts';
import type { BotActionParts } from './botAction.ts';
import { downloadBots } from './downloadMp3.ts';
import type { Parts } from './parts.ts';

type DeleteMediaParts = BotActionParts & Pick<Parts, 'records' | 'onDisk' | 'downloads' | 'target'>;

/** Recall: Delete Media. Deletes at Recall only; files on this computer stay. */
export function deleteMedia(parts: DeleteMediaParts): CommandHandler {
  return async (caller) => {
    const botIds = await botTargets(caller, parts, {
      title: vscode.l10n.t('Delete the media of which bot?'),
      placeholder: vscode.l10n.t('Pick a bot, or paste a bot ID'),
      offers: ({ bot }) => bot.recordings.length > 0 && botGroup(bot) === 'over',
    });
    if (!botIds) return;
    if (caller.kind === 'person' && !(await confirmDeletion(parts, botIds))) return;
    await Promise.all(botIds.map((botId) => parts.client.deleteMedia(botId)));
    // Nothing is left to warn of.
    await Promise.all(botIds.map((botId) => parts.records().change(botId, () => ({ expiries: [] }))));
    await Promise.all(botIds.map((botId) => lookAgain(parts, botId)));
  };
}

async function confirmDeletion(parts: DeleteMediaParts, botIds: readonly string[]): Promise<boolean> {
  const remove = vscode.l10n.t('Delete Media');
  const names = namesOf(parts, botIds);
  const notSaved = await botsWithoutCopy(parts, botIds);
  if (notSaved.length === 0) {
    return confirm(
      vscode.l10n.t('Delete all media of {0} at Recall for good? The MP3 on this computer stays.', names),
      remove,
    );
  }
  const download = vscode.l10n.t('Download First');
  const answer = await messages.ask(
    vscode.l10n.t(
      'Delete all media of {0} at Recall for good? There is no complete copy on this computer.',
      names,
    ),
    download,
    remove,
  );
  if (answer !== download) return answer === remove;
  return (await downloadBots(parts, notSaved)) !== undefined && confirmDeletion(parts, botIds);
}

async function botsWithoutCopy(parts: DeleteMediaParts, botIds: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    botIds.map(async (botId) => ((await hasWholeCopy(parts, botId)) ? [] : [botId])),
  );
  return found.flat();
}

async function hasWholeCopy(
  { client, store, records, onDisk, clock }: DeleteMediaParts,
  botId: string,
): Promise<boolean> {
  const record = await records().get(botId);
  if (record.saved.length === 0) return false;
  const bot = store.get(botId)?.bot ?? (await client.getBot(botId));
  const mp3s = mp3sOf({ bot, record }, await onDisk(record.saved));
  return isAllSaved(savedShare(bot, mp3s, clock.now()));
}
