import * as l10n from '@vscode/l10n';
import { MP3_FILE } from '../../download/fileFormats.ts';
import { joinSentences } from '../../language/sentences.ts';
import { mixedMp3Support, platformName } from '../../meetings/platforms.ts';
import type { MainKind } from './kind.ts';

/** The mixed audio of a recording as MP3: what bots are sent for. */
export const MP3: MainKind = {
  word: 'audio_mixed',
  file: MP3_FILE,
  line: {
    ability: 'saved',
    icon: { codicon: 'file-media', color: 'charts.green' },
    state: () => l10n.t('Saved'),
  },
  abilities: {
    canDownload: 'canDownload',
    nextDownload: 'nextDownload',
    saved: 'saved',
  },
  commands: { download: 'recall.downloadMp3', open: 'recall.openMp3' },
  isMain: true,
  standsInForMain: false,
  several: 'parts',
  whyNone: {
    missing: (bot) => {
      const { platform } = bot.meeting;
      const sentence = l10n.t('Recall made no MP3 of this recording.');
      if (platform === undefined || mixedMp3Support(platform) !== 'doubtful')
        return { code: 'noMp3', sentence };
      const doubt = l10n.t('Recall may not make MP3s of {0} meetings.', platformName(platform));
      return { code: 'noMp3', sentence: joinSentences(sentence, doubt) };
    },
    otherFormat: (format) => ({
      code: 'rawOnly',
      sentence: l10n.t('The audio of this recording exists as {0} only, not as MP3.', format),
    }),
  },
  remedy: 'standIn',
  asked: {
    output: 'audio_mixed_mp3',
    told: () => ({}),
    whyNotAsked: () => ({
      code: 'mp3NotRequested',
      sentence: l10n.t(
        'This bot was sent without asking for an MP3, so there is none. Bots sent with Recall: Send Bot ask for it.',
      ),
    }),
    notAgreed: () => l10n.t('Recall did not agree to make an MP3: this bot will not produce one.'),
    goesAlong: false,
  },
  states: {
    deletedIn: (left) => l10n.t('MP3 deleted in {0}', left),
    making: () => l10n.t('Making the MP3'),
    ready: () => l10n.t('MP3 ready'),
    failed: () => l10n.t('MP3 failed'),
    notAsked: () => l10n.t('No MP3 asked for'),
    none: () => l10n.t('No MP3'),
    readyOf: (bot) => l10n.t('The MP3 of {0} is ready.', bot),
    deletedOn: (bot, when) =>
      l10n.t('Recall deletes the MP3 of {0} for good on {1}. It is not on this computer yet.', bot, when),
    someDeletedOn: (bot, when) =>
      l10n.t(
        'Recall deletes MP3s of {0} for good on {1}. Not all of them are on this computer yet.',
        bot,
        when,
      ),
  },
  words: {
    notOver: () =>
      l10n.t('The recording is not over yet. The MP3 can be downloaded when the bot has left the call.'),
    failed: () => l10n.t('Recall could not make the MP3 of this recording.'),
    gone: () => l10n.t('Recall no longer offers this MP3. It may have been deleted, or have expired.'),
    without: (recordings, reason) =>
      recordings === 1
        ? l10n.t('One recording has no MP3: {0}', reason)
        : l10n.t('{0} recordings have no MP3: {1}', recordings, reason),
    stillProcessing: () => l10n.t('Recall is still making the MP3. Try again later.'),
    waitingForRecall: () => l10n.t('Waiting for the MP3'),
    stillMaking: () => l10n.t('Recall is still making the MP3. Waiting for it…'),
    download: () => l10n.t('Download MP3'),
    saveTitle: () => l10n.t('Save MP3'),
    of: (bot) => l10n.t('MP3 of {0}', bot),
    fileType: () => l10n.t('MP3 audio'),
    folderOnDiskOnly: () => l10n.t('An MP3 can be saved to a folder on disk only.'),
    downloadWhich: () => l10n.t('Download the MP3 of which bot?'),
    alreadyThere: (count) => l10n.t('All {0} MP3s are already there.', count),
    saved: (count, bytes) => l10n.t('Saved {0} MP3s ({1}).', count, bytes),
    open: () => l10n.t('Open MP3'),
    openWhich: () => l10n.t('Open the MP3 of which bot?'),
    onThisComputer: () => l10n.t('Bots with an MP3 on this computer'),
    notOnThisComputer: () =>
      l10n.t('The MP3 of this bot is not on this computer. Download it with Recall: Download MP3.'),
  },
};
