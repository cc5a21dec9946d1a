import * as vscode from 'vscode';
import { botTimeline } from '../descriptions/botDescription.ts';
import type { BotDescription } from '../descriptions/botDescription.ts';
import { mp3sOf } from '../media/botMp3s.ts';
import { botTime } from '../bots/botStore.ts';
import type { SavedMedia } from '../bots/botRecords.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { peopleOf } from '../bots/people.ts';
import { peopleLine } from '../descriptions/peopleLine.ts';
import { oneLine } from '../language/oneLine.ts';
import { formatDate } from '../language/formats.ts';
import { COMMANDS } from '../host/names.ts';
import { themeIcon } from './themeIcon.ts';
import { mediaKinds } from '../media/kinds.ts';
import type { MediaKind } from '../media/kinds/kind.ts';

/**
 * How a bot looks in the tree.
 *
 * @param hasChildren whether its recordings stand below it
 */
export function botItem(
  { bot }: KnownBot,
  description: BotDescription,
  hasChildren: boolean,
): vscode.TreeItem {
  const [label, detail] = withNumberLast(description, bot.meeting.meetingId);
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, hasChildren ? Collapsed : None);
  item.id = bot.id;
  item.description = detail;
  item.iconPath = themeIcon(description.icon);
  item.contextValue = ['bot', ...description.abilities].join(' ');
  item.accessibilityInformation = { label: description.spoken };
  // With several files a click shows them instead.
  const command = hasChildren ? undefined : clickOn(description);
  if (command) item.command = command;
  return item;
}

function clickOn({ abilities }: BotDescription): vscode.Command | undefined {
  const kind = mediaKinds.find(({ line }) => line !== undefined && abilities.has(line.ability));
  return kind && { command: COMMANDS.openLine, title: kind.words.open() };
}

/** Label and description: behind a meeting's number there would be no room for the status in a narrow side bar. */
function withNumberLast(
  { label, detail }: BotDescription,
  meetingId: string | undefined,
): readonly [string, string] {
  if (meetingId === undefined || !label.endsWith(` ${meetingId}`)) return [label, detail];
  return [label.slice(0, -meetingId.length - 1), `${detail} · ${meetingId}`];
}

/**
 * What is said when the mouse rests on a bot. Plain text, since VS Code makes links of addresses in Markdown.
 *
 * @param onDisk those of the saved MP3s that are still there
 * @param others the same for each further kind of media
 * @param now milliseconds since the epoch
 */
export function botTooltip(
  known: KnownBot,
  label: string,
  onDisk: readonly SavedMedia[],
  others: ReadonlyMap<MediaKind, readonly SavedMedia[]>,
  now: number,
): string {
  const { bot } = known;
  const time = botTime(known);
  const people = peopleLine(peopleOf(known));
  const lines = [
    label,
    ...(bot.name === undefined || oneLine(bot.name) === label
      ? []
      : [vscode.l10n.t('Bot name: {0}', oneLine(bot.name))]),
    ...(Number.isFinite(time) ? [formatDate('dateAndTime', time)] : []),
    ...(people === undefined ? [] : [people]),
    ...botTimeline(known, onDisk, now),
    // Of several, each says below the bot where it is.
    ...(mp3sOf(known, []).length > 1 ? [] : onDisk.map(({ path }) => path)),
    ...[...others].flatMap(([{ words }, saved]) => saved.map(({ path }) => words.savedAs?.(path) ?? path)),
    vscode.l10n.t('Bot ID: {0}', bot.id),
  ];
  return lines.join('\n');
}
