import * as vscode from 'vscode';
import { botGroup } from '../../bots/botStore.ts';
import { isWholeCopy } from '../../media/wholeCopy.ts';
import { messages } from '../../host/messages.ts';
import type { CommandHandler } from '../calling/command.ts';
import { botAction, confirm, lookAgain, namesOf } from '../calling/botAction.ts';
import type { BotActionParts } from '../calling/botAction.ts';
import type { BotDownloadParts } from '../downloading/botDownloads.ts';
import { downloadBots } from '../downloading/botDownloads.ts';
import type { Parts } from '../calling/parts.ts';
import { allSaved } from '../../bots/botRecords.ts';
import { MP3 } from '../../media/kinds/mp3.ts';

type DeleteMediaParts = BotActionParts & BotDownloadParts & Pick<Parts, 'records' | 'onDisk'>;

/** Recall: Delete Media. Deletes at Recall only; files on this computer stay. */
export function deleteMedia(parts: DeleteMediaParts): CommandHandler {
  return botAction(parts, {
    question: () => ({
      title: vscode.l10n.t('Delete the media of which bot?'),
      offers: ({ bot }) => bot.recordings.length > 0 && botGroup(bot) === 'over',
    }),
    isAgreed: (botIds) => confirmDeletion(parts, botIds),
    act: (botId) => deleteMediaOf(parts, botId),
  });
}

async function deleteMediaOf(parts: DeleteMediaParts, botId: string): Promise<void> {
  await parts.client.deleteMedia(botId);
  // Nothing is left to warn of.
  await parts.records().change(botId, () => ({ expiries: [] }));
  await lookAgain(parts, botId);
}

async function confirmDeletion(parts: DeleteMediaParts, botIds: readonly string[]): Promise<boolean> {
  const remove = vscode.l10n.t('Delete Media');
  const names = namesOf(parts, botIds);
  const notSaved = await botsWithoutCopy(parts, botIds);
  if (notSaved.length === 0) {
    return confirm(
      vscode.l10n.t('Delete all media of {0} at Recall for good? The files on this computer stay.', names),
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
  const wanted = notSaved.map((botId) => ({ kind: MP3, botId }));
  return (await downloadBots(parts, wanted)) !== undefined && confirmDeletion(parts, botIds);
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
  const there = await onDisk(allSaved(record));
  if (there.length === 0) return false;
  const bot = store.get(botId)?.bot ?? (await client.getBot(botId));
  return isWholeCopy({ bot, record }, there, clock.now());
}
