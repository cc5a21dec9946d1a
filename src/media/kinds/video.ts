import * as l10n from '@vscode/l10n';
import { MP4_FILE } from '../../download/fileFormats.ts';
import type { FileFormat } from '../../download/fileFormats.ts';
import type { MissingReason } from '../mediaErrors.ts';
import type { MediaKind } from './kind.ts';

const noVideo = (): MissingReason => ({
  code: 'noVideo',
  sentence: l10n.t('Recall made no video of this recording.'),
});

/** The mixed video of a recording. Large, so it is loaded when somebody asks for it only. */
export const VIDEO: MediaKind & { readonly file: FileFormat } = {
  word: 'video_mixed',
  file: MP4_FILE,
  line: {
    ability: 'videoInstead',
    icon: { codicon: 'play-circle', color: 'charts.green' },
    state: () => l10n.t('Video saved'),
  },
  abilities: {
    canDownload: 'canDownloadVideo',
    nextDownload: 'nextVideoDownload',
    saved: 'videoSaved',
  },
  commands: { download: 'recall.downloadVideo', open: 'recall.openVideo' },
  isMain: false,
  standsInForMain: true,
  several: 'parts',
  whyNone: { missing: noVideo, otherFormat: noVideo },
  words: {
    notOver: () =>
      l10n.t('The recording is not over yet. The video can be downloaded when the bot has left the call.'),
    failed: () => l10n.t('Recall could not make the video of this recording.'),
    gone: () => l10n.t('Recall no longer offers this video. It may have been deleted, or have expired.'),
    without: (recordings, reason) =>
      recordings === 1
        ? l10n.t('One recording has no video: {0}', reason)
        : l10n.t('{0} recordings have no video: {1}', recordings, reason),
    stillProcessing: () => l10n.t('Recall is still making the video. Try again later.'),
    waitingForRecall: () => l10n.t('Waiting for the video'),
    stillMaking: () => l10n.t('Recall is still making the video. Waiting for it…'),
    download: () => l10n.t('Download Video'),
    saveTitle: () => l10n.t('Save Video'),
    of: (bot) => l10n.t('Video of {0}', bot),
    fileType: () => l10n.t('MP4 video'),
    folderOnDiskOnly: () => l10n.t('A video can be saved to a folder on disk only.'),
    downloadWhich: () => l10n.t('Download the video of which bot?'),
    alreadyThere: (count) => l10n.t('All {0} videos are already there.', count),
    saved: (count, bytes) => l10n.t('Saved {0} videos ({1}).', count, bytes),
    savedAs: (path) => l10n.t('Video saved as {0}', path),
    open: () => l10n.t('Open Video'),
    openWhich: () => l10n.t('Open the video of which bot?'),
    onThisComputer: () => l10n.t('Bots with a video on this computer'),
    notOnThisComputer: () =>
      l10n.t('The video of this bot is not on this computer. Download it with Recall: Download Video.'),
  },
};
