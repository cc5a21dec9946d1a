import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/sentences.ts';
import { captionsSupport, platformName } from '../../meetings/platforms.ts';
import type { MissingReason } from '../mediaErrors.ts';
import { transcriptFiles } from '../transcriptFiles.ts';
import { TRANSCRIPT_OUTPUT, isFromCaptions, transcriptRequest } from '../transcriptSource.ts';
import type { MediaKind } from './kind.ts';

/** Ten hours have some 20 MB. */
export const LONGEST_TRANSCRIPT_BYTES = 300_000_000;

const transcribeHint = (): string => l10n.t('Recall: Transcribe… has one made.');

const noTranscript = (...further: readonly string[]): MissingReason => ({
  code: 'noTranscript',
  sentence: joinSentences(l10n.t('Recall made no transcript of this recording.'), ...further),
});

/**
 * The transcript of a recording: WebVTT beside its MP3, and Markdown to read. A recording can have several, of which the
 * newest good one counts.
 */
export const TRANSCRIPT: MediaKind = {
  word: 'transcript',
  file: { extension: 'vtt', longestText: LONGEST_TRANSCRIPT_BYTES, filesOf: transcriptFiles },
  several: 'tries',
  abilities: {
    canDownload: 'canDownloadTranscript',
    saved: 'transcriptSaved',
  },
  commands: { download: 'recall.downloadTranscript', open: 'recall.openTranscript' },
  isMain: false,
  standsInForMain: false,
  document: ({ beside: [path] = [] }) =>
    path === undefined ? undefined : { path, editor: 'vscode.markdown.preview.editor' },
  whyNone: {
    missing: (bot) => {
      const { platform } = bot.meeting;
      if (!isFromCaptions(bot)) return noTranscript(transcribeHint());
      const sentence = l10n.t(
        'There are no captions of this recording. They may have been off in the meeting or in its organisation.',
      );
      if (platform === undefined || captionsSupport(platform) !== 'doubtful')
        return { code: 'noCaptions', sentence: joinSentences(sentence, transcribeHint()) };
      const doubt = l10n.t('Recall may not get captions of {0} meetings.', platformName(platform));
      return { code: 'noCaptions', sentence: joinSentences(sentence, doubt, transcribeHint()) };
    },
    otherFormat: () => noTranscript(),
  },
  remedy: 'order',
  order: { command: 'recall.transcribe', button: () => l10n.t('Transcribe…') },
  asked: {
    output: TRANSCRIPT_OUTPUT,
    told: ({ transcript }) => transcript && transcriptRequest(transcript),
    whyNotAsked: () => ({
      code: 'transcriptNotRequested',
      sentence: joinSentences(
        l10n.t('This bot was sent without asking for a transcript, so there is none.'),
        transcribeHint(),
      ),
    }),
    notAgreed: () => l10n.t('Recall did not agree to make a transcript: this bot will not produce one.'),
    goesAlong: true,
  },
  words: {
    notOver: () =>
      l10n.t(
        'The recording is not over yet. The transcript can be downloaded when the bot has left the call.',
      ),
    failed: () => l10n.t('Recall could not make the transcript of this recording.'),
    gone: () => l10n.t('Recall no longer offers this transcript. It may have been deleted, or have expired.'),
    without: (recordings, reason) =>
      recordings === 1
        ? l10n.t('One recording has no transcript: {0}', reason)
        : l10n.t('{0} recordings have no transcript: {1}', recordings, reason),
    stillProcessing: () => l10n.t('Recall is still making the transcript. Try again later.'),
    waitingForRecall: () => l10n.t('Waiting for the transcript'),
    stillMaking: () => l10n.t('Recall is still making the transcript. Waiting for it…'),
    download: () => l10n.t('Download Transcript'),
    saveTitle: () => l10n.t('Save Transcript'),
    of: (bot) => l10n.t('Transcript of {0}', bot),
    fileType: () => l10n.t('WebVTT transcript'),
    folderOnDiskOnly: () => l10n.t('A transcript can be saved to a folder on disk only.'),
    downloadWhich: () => l10n.t('Download the transcript of which bot?'),
    alreadyThere: (count) => l10n.t('All {0} transcripts are already there.', count),
    saved: (count, bytes) => l10n.t('Saved {0} transcripts ({1}).', count, bytes),
    savedAs: (path) => l10n.t('Transcript saved as {0}', path),
    open: () => l10n.t('Open Transcript'),
    openWhich: () => l10n.t('Open the transcript of which bot?'),
    onThisComputer: () => l10n.t('Bots with a transcript on this computer'),
    notOnThisComputer: () =>
      l10n.t(
        'The transcript of this bot is not on this computer. Download it with Recall: Download Transcript.',
      ),
  },
};
