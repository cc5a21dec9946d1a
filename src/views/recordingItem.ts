import * as vscode from 'vscode';
import type { BotMp3 } from '../media/botMp3s.ts';
import { describeRecording, recordingLine } from '../descriptions/recordingDescription.ts';
import type { Bot } from '../recall/bot.ts';
import { COMMANDS } from '../host/names.ts';
import { themeIcon } from './themeIcon.ts';
import type { RecordingNode } from './treeNodes.ts';
import { MP3 } from '../media/kinds/mp3.ts';

/**
 * How a recording, or a part of one, looks below its bot.
 *
 * @param now milliseconds since the epoch
 */
export function recordingItem(node: RecordingNode, bot: Bot, mp3: BotMp3, now: number): vscode.TreeItem {
  const description = describeRecording(bot, mp3, now);
  const item = new vscode.TreeItem(description.label, vscode.TreeItemCollapsibleState.None);
  item.id = node.id;
  item.description = description.detail;
  item.iconPath = themeIcon(description.icon);
  item.contextValue = ['recording', ...description.abilities].join(' ');
  item.accessibilityInformation = { label: description.spoken };
  item.tooltip = tooltip(bot, mp3, now);
  if (description.abilities.has(MP3.abilities.saved)) {
    item.command = { command: COMMANDS.openLine, title: MP3.words.open() };
  }
  return item;
}

/** Plain text, as for bots. */
function tooltip(bot: Bot, mp3: BotMp3, now: number): string {
  return [recordingLine(bot, mp3, now), ...(mp3.saved ? [mp3.saved.path] : [])].join('\n');
}
