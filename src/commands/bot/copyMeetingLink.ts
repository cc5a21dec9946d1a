import * as vscode from 'vscode';
import { meetingLink, NoMeetingLinkError } from '../../recall/meetingLink.ts';
import { botTargets } from '../calling/botTarget.ts';
import type { PickBotParts } from '../calling/botPicker.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

type CopyLinkParts = PickBotParts & Pick<Parts, 'client'>;

/** Recall: Copy Meeting Link. With several selected, one link a line, of those that have one. */
export function copyMeetingLink(parts: CopyLinkParts): CommandHandler {
  return async (caller) => {
    const botIds = await botTargets(caller, parts, {
      title: vscode.l10n.t('Copy the meeting link of which bot?'),
      placeholder: vscode.l10n.t('Bots on Google Meet, or paste a bot ID'),
      offers: ({ bot }) => meetingLink(bot.meeting) !== undefined,
    });
    if (!botIds) return;
    const links = await Promise.all(botIds.map((botId) => linkOf(parts, botId)));
    const found = links.filter((link) => link !== undefined);
    if (found.length === 0) {
      throw new NoMeetingLinkError(
        vscode.l10n.t(
          'The whole link of this meeting is not known: Recall tells it for Google Meet only, and only for some days.',
        ),
      );
    }
    await vscode.env.clipboard.writeText([...new Set(found)].join('\n'));
    void vscode.window.setStatusBarMessage(vscode.l10n.t('Meeting link copied'), 3000);
  };
}

async function linkOf({ store, client }: CopyLinkParts, botId: string): Promise<string | undefined> {
  const bot = store.get(botId)?.bot ?? (await client.getBot(botId));
  return meetingLink(bot.meeting);
}
