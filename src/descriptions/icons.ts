import type { Icon } from '../media/icon.ts';

/** The icons of bots and recordings: one for each phase of a bot, and what only this computer knows of. */
export const ICONS = {
  scheduled: { codicon: 'calendar', color: 'charts.blue' },
  joining: { codicon: 'sync', color: 'charts.blue' },
  waiting: { codicon: 'bell-dot', color: 'charts.yellow' },
  inCall: { codicon: 'call-incoming', color: 'charts.blue' },
  recording: { codicon: 'record', color: 'charts.red' },
  // Not `loading`: VS Code turns it without end, and beside its place when it has a colour.
  finishing: { codicon: 'gear', color: 'charts.blue' },
  done: { codicon: 'pass', color: 'charts.green' },
  recorded: { codicon: 'circle-outline', color: 'charts.blue' },
  failed: { codicon: 'error', color: 'charts.red' },
  expired: { codicon: 'history', color: 'disabledForeground' },
  unknown: { codicon: 'question', color: undefined },
  downloading: { codicon: 'loading~spin', color: undefined },
  paused: { codicon: 'debug-pause', color: 'charts.yellow' },
  expiring: { codicon: 'warning', color: 'charts.yellow' },
  noMp3: { codicon: 'circle-slash', color: 'disabledForeground' },
} as const satisfies Record<string, Icon>;
