import type { FileFormat } from '../../../src/download/fileFormats.ts';
import type { AskedMedia, MediaKind } from '../../../src/media/kinds/kind.ts';
import { mediaKinds } from '../../../src/media/kinds.ts';
import type { MissingReason } from '../../../src/media/mediaErrors.ts';

const MARK = 'BOARD';

const noWhiteboard = (): MissingReason => ({ code: 'noWhiteboard', sentence: 'There is no whiteboard.' });

/** A kind of media that does not exist at Recall, but in the simulator. */
export const whiteboard: MediaKind & { readonly file: FileFormat; readonly asked: AskedMedia } = {
  word: 'whiteboard',
  file: {
    extension: 'board',
    judgeHead: (head, whole) => {
      if (head.length < MARK.length) return whole ? 'wrong' : 'unclear';
      return Buffer.from(head.subarray(0, MARK.length)).toString() === MARK ? 'fine' : 'wrong';
    },
    isSomethingElse: () => 'What the server sent is not a whiteboard.',
  },
  abilities: {
    canDownload: 'canDownloadWhiteboard',
    nextDownload: 'nextWhiteboardDownload',
    saved: 'whiteboardSaved',
  },
  commands: { download: 'recall.downloadWhiteboard', open: 'recall.openWhiteboard' },
  isMain: false,
  standsInForMain: false,
  several: 'parts',
  whyNone: { missing: noWhiteboard, otherFormat: noWhiteboard },
  asked: {
    output: 'whiteboard',
    told: () => ({}),
    whyNotAsked: noWhiteboard,
    notAgreed: () => 'Recall did not agree to make a whiteboard.',
    goesAlong: false,
  },
  words: {
    notOver: () => 'The recording is not over yet.',
    failed: () => 'Recall could not make the whiteboard.',
    gone: () => 'Recall no longer offers this whiteboard.',
    stillProcessing: () => 'Recall is still making the whiteboard.',
    waitingForRecall: () => 'Waiting for the whiteboard',
    stillMaking: () => 'Recall is still making the whiteboard…',
    savedAs: (path) => `Whiteboard saved as ${path}`,
    of: (bot) => `Whiteboard of ${bot}`,
    saved: (count, bytes) => `Saved ${count} whiteboards (${bytes}).`,
    alreadyThere: (count) => `All ${count} whiteboards are already there.`,
    without: (recordings, reason) => `${recordings} recordings have no whiteboard: ${reason}`,
    notOnThisComputer: () => 'The whiteboard of this bot is not on this computer.',
    onThisComputer: () => 'Bots with a whiteboard on this computer',
    downloadWhich: () => 'Download the whiteboard of which bot?',
    openWhich: () => 'Open the whiteboard of which bot?',
    open: () => 'Open Whiteboard',
    download: () => 'Download Whiteboard',
    fileType: () => 'Whiteboard',
    saveTitle: () => 'Save Whiteboard',
    folderOnDiskOnly: () => 'A whiteboard can be saved to a folder on disk only.',
  },
};

/** The same, if it were saved with the MP3. */
export const whiteboardAlong: MediaKind = { ...whiteboard, asked: { ...whiteboard.asked, goesAlong: true } };

/** The same, if it stood in for the MP3. */
export const whiteboardInstead: MediaKind = {
  ...whiteboard,
  standsInForMain: true,
  line: {
    ability: 'whiteboardInstead',
    icon: { codicon: 'note', color: 'charts.green' },
    state: () => 'Whiteboard saved',
  },
};

/**
 * Adds a kind to the table, as a further entry would be.
 *
 * @param table that of this bundle when left out
 * @returns a function that takes it out again
 */
export function addKind(kind: MediaKind, table: readonly MediaKind[] = mediaKinds): () => void {
  const entries = table as MediaKind[];
  entries.push(kind);
  return () => {
    entries.splice(entries.indexOf(kind), 1);
  };
}
