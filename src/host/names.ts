/**
 * Ids of the commands, as in package.json; those that download and open media stand in `mediaKinds`. Users bind keys to
 * them, so they are never renamed.
 */
export const COMMANDS = {
  setApiKey: 'recall.setApiKey',
  removeApiKey: 'recall.removeApiKey',
  selectRegion: 'recall.selectRegion',
  sendBot: 'recall.sendBot',
  sendBotToLink: 'recall.sendBotToLink',
  refreshBots: 'recall.refreshBots',
  loadMoreBots: 'recall.loadMoreBots',
  filterBots: 'recall.filterBots',
  clearFilter: 'recall.clearFilter',
  stopSearch: 'recall.stopSearch',
  groupBotsByDay: 'recall.groupBotsByDay',
  ungroupBots: 'recall.ungroupBots',
  showAllBots: 'recall.showAllBots',
  showBotsSentFromHere: 'recall.showBotsSentFromHere',
  cancelDownload: 'recall.cancelDownload',
  leaveCall: 'recall.leaveCall',
  cancelScheduledBot: 'recall.cancelScheduledBot',
  deleteMedia: 'recall.deleteMedia',
  openInPlayer: 'recall.openInPlayer',
  openLine: 'recall.openLine',
  revealMp3: 'recall.revealMp3',
  copyBot: 'recall.copyBot',
  copyBotId: 'recall.copyBotId',
  copyMeetingLink: 'recall.copyMeetingLink',
  openInDashboard: 'recall.openInDashboard',
  renameMeeting: 'recall.renameMeeting',
  removeBot: 'recall.removeBot',
  showLog: 'recall.showLog',
  testConnection: 'recall.testConnection',
  transcribe: 'recall.transcribe',
} as const;

/** Id of the editor that plays MP3s with their transcripts. */
export const PLAYER = 'recall.player';

/** Id of the tree of bots. */
export const BOTS_VIEW = 'recall.bots';
