import * as vscode from 'vscode';
import { COMMANDS } from '../host/names.ts';
import { formatCount } from '../language/formats.ts';
import type { BotLines } from './botLines.ts';
import type { DayNode } from './treeNodes.ts';

/** How a day looks in the tree. */
export function dayItem(node: DayNode, lines: BotLines): vscode.TreeItem {
  const day = lines.day(node);
  // Gone since VS Code was told of it, which it is about to be told.
  if (!day) return new vscode.TreeItem('');
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(day.label, lines.isOpen(day) ? Expanded : Collapsed);
  const count = day.bots.length;
  // What was opened and closed while a filter was on does not count without it.
  item.id = `recall.day/${day.id}${lines.isFiltered ? '/filtered' : ''}`;
  item.description = formatCount(count);
  item.contextValue = 'day';
  item.accessibilityInformation = {
    label:
      count === 1
        ? vscode.l10n.t('{0}, 1 bot', day.label)
        : vscode.l10n.t('{0}, {1} bots', day.label, formatCount(count)),
  };
  return item;
}

/** How the line looks that loads more bots, or has more of them looked through. */
export function loadMoreItem({ isFiltered }: BotLines): vscode.TreeItem {
  const [label, spoken] = isFiltered
    ? [vscode.l10n.t('Look further…'), vscode.l10n.t('Look through more bots')]
    : [vscode.l10n.t('Load more…'), vscode.l10n.t('Load more bots')];
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.id = 'recall.loadMore';
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'loadMore';
  item.accessibilityInformation = { label: spoken };
  item.command = { command: COMMANDS.loadMoreBots, title: spoken };
  return item;
}
