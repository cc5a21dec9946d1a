import * as v from 'valibot';
import * as vscode from 'vscode';
import type { RecallApi } from '../api.ts';
import { formatDuration } from '../language/duration.ts';
import { answering, dataAnswer } from './toolAnswer.ts';
import { readInput } from './toolInput.ts';
import type { ToolParts } from './toolParts.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

const input = v.object({
  words: v.string(),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_LIMIT)), DEFAULT_LIMIT),
});

/** The tool `recall_search_meetings`. Reads only, and only files of the workspace. */
export function searchMeetingsTool(
  api: Pick<RecallApi, 'searchTranscripts'>,
  playLink: ToolParts['playLink'],
): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: () => ({ invocationMessage: vscode.l10n.t('Searching saved transcripts') }),
    invoke: (options, token) =>
      answering(token, async (signal) => {
        const { words, limit } = readInput(input, options.input);
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
      }),
  };
}
