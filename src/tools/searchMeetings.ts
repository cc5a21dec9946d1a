import * as v from 'valibot';
import * as vscode from 'vscode';
import { formatDuration } from '../language/duration.ts';
import { readingTool } from './readingTool.ts';
import { dataAnswer } from './toolAnswer.ts';
import type { SpokenParts } from './toolParts.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

const input = v.object({
  words: v.string(),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_LIMIT)), DEFAULT_LIMIT),
});

/** The tool `recall_search_meetings`. Reads only, and only files of the workspace. */
export function searchMeetingsTool({ api, playLink }: SpokenParts): vscode.LanguageModelTool<unknown> {
  return readingTool(
    input,
    () => vscode.l10n.t('Searching saved transcripts'),
    async ({ words, limit }, signal) => {
      const { places, files, hasMore } = await api.searchTranscripts(words, { limit, signal });
      return dataAnswer(
        hasMore
          ? `The first ${places.length} places in ${files} transcripts; there are more.`
          : `${places.length} places in ${files} transcripts.`,
        places.map(({ file, recordingId, start, speaker, text }) => ({
          ...{ file: file.fsPath, time: formatDuration(start * 1000), speaker, text },
          link: recordingId === undefined ? undefined : playLink(recordingId, start),
        })),
      );
    },
  );
}
