import * as vscode from 'vscode';
import { botTimeline, oneLine } from '../bots/botDescription.ts';
import type { BotDescription } from '../bots/botDescription.ts';
import { botTime } from '../bots/botStore.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { COMMANDS } from '../host/names.ts';
import { formatDate } from '../language/formats.ts';

/** How a bot looks in the tree. `node` is what its commands get. */
export function botItem(node: unknown, { bot }: KnownBot, description: BotDescription): vscode.TreeItem {
  const [label, detail] = withNumberLast(description, bot.meeting.meetingId);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  const { codicon, color } = description.icon;
  item.id = bot.id;
  item.description = detail;
  item.iconPath = new vscode.ThemeIcon(
    codicon,
    color === undefined ? undefined : new vscode.ThemeColor(color),
  );
  item.contextValue = ['bot', ...description.abilities].join(' ');
  item.accessibilityInformation = { label: description.spoken };
  if (description.abilities.has('saved')) {
    item.command = { command: COMMANDS.openMp3, title: vscode.l10n.t('Open MP3'), arguments: [node] };
  } else if (description.abilities.has('videoInstead')) {
    item.command = { command: COMMANDS.openVideo, title: vscode.l10n.t('Open Video'), arguments: [node] };
  }
  return item;
}

/** Label and description: behind a meeting's number there would be no room for the status in a narrow side bar. */
function withNumberLast(
  { label, detail }: BotDescription,
  meetingId: string | undefined,
): readonly [string, string] {
  if (meetingId === undefined || !label.endsWith(` ${meetingId}`)) return [label, detail];
  return [label.slice(0, -meetingId.length - 1), `${detail} · ${meetingId}`];
}

/** What is said when the mouse rests on a bot. Plain text, since VS Code makes links of addresses in Markdown. */
export function botTooltip(known: KnownBot, label: string): string {
  const { bot, record } = known;
  const time = botTime(known);
  const lines = [
    label,
    ...(bot.name === undefined || oneLine(bot.name) === label
      ? []
      : [vscode.l10n.t('Bot name: {0}', oneLine(bot.name))]),
    ...(Number.isFinite(time) ? [formatDate('dateAndTime', time)] : []),
    ...botTimeline(bot),
    ...[...record.saved, ...record.savedVideos].map((saved) => vscode.l10n.t('Saved as {0}', saved.path)),
    vscode.l10n.t('Bot ID: {0}', bot.id),
  ];
  return lines.join('\n');
}
