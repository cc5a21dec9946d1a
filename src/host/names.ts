/** Ids of the commands, as in package.json. Users bind keys to them, so they are never renamed. */
export const COMMANDS = {
  setApiKey: 'recall.setApiKey',
  removeApiKey: 'recall.removeApiKey',
  selectRegion: 'recall.selectRegion',
  sendBot: 'recall.sendBot',
  sendBotToLink: 'recall.sendBotToLink',
  downloadMp3: 'recall.downloadMp3',
  downloadVideo: 'recall.downloadVideo',
  refreshBots: 'recall.refreshBots',
  loadMoreBots: 'recall.loadMoreBots',
  filterBots: 'recall.filterBots',
  clearFilter: 'recall.clearFilter',
  showAllBots: 'recall.showAllBots',
  showBotsSentFromHere: 'recall.showBotsSentFromHere',
  cancelDownload: 'recall.cancelDownload',
  leaveCall: 'recall.leaveCall',
  cancelScheduledBot: 'recall.cancelScheduledBot',
  deleteMedia: 'recall.deleteMedia',
  openMp3: 'recall.openMp3',
  openVideo: 'recall.openVideo',
  revealMp3: 'recall.revealMp3',
  copyBotId: 'recall.copyBotId',
  copyMeetingLink: 'recall.copyMeetingLink',
  openInDashboard: 'recall.openInDashboard',
  removeBot: 'recall.removeBot',
  showLog: 'recall.showLog',
  testConnection: 'recall.testConnection',
} as const;

/** Id of the tree of bots. */
export const BOTS_VIEW = 'recall.bots';
