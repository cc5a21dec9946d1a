import * as v from 'valibot';
import * as vscode from 'vscode';
import type { RecallTranscript } from '../api.ts';
import { formatDuration } from '../language/duration.ts';
import { paragraphsOf } from '../transcripts/paragraphs.ts';
import { readingTool } from './readingTool.ts';
import { dataAnswer } from './toolAnswer.ts';
import type { SpokenParts, ToolParts } from './toolParts.ts';

/** What a model reads at once without forgetting the question, in characters. */
const PAGE_LENGTH = 20_000;

const input = v.object({
  botId: v.string(),
  page: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
});

/** What somebody said, for a model. */
interface Said {
  readonly recordingId: string;
  /** As `1:02:03` from the start of the recording. */
  readonly time: string;
  readonly speaker: string | undefined;
  readonly text: string;
  readonly link: string;
}

/** The tool `recall_get_transcript`. Reads only; what costs money it cannot do. */
export function getTranscriptTool({ api, playLink }: SpokenParts): vscode.LanguageModelTool<unknown> {
  return readingTool(
    input,
    () => vscode.l10n.t('Reading a transcript'),
    async ({ botId, page }, signal) => {
      const transcripts = await api.getTranscript(botId, { signal });
      const pages = pagesOf(transcripts.flatMap((transcript) => saidIn(transcript, playLink)));
      const files = transcripts.flatMap(({ file }) => (file ? [file.fsPath] : []));
      const said = pages[page - 1] ?? [];
      return dataAnswer(`Page ${page} of ${pages.length} of what was said.`, { files, said });
    },
  );
}

function saidIn({ recordingId, lines }: RecallTranscript, playLink: ToolParts['playLink']): Said[] {
  const timed = lines.map(({ start, end, speaker, text }) => ({ startS: start, endS: end, speaker, text }));
  return paragraphsOf(timed).map(({ startS, speaker, text }) => ({
    ...{ recordingId, speaker, text },
    time: formatDuration(startS * 1000),
    link: playLink(recordingId, startS),
  }));
}

/** At least one page. */
function pagesOf(said: readonly Said[]): Said[][] {
  const pages: Said[][] = [[]];
  let length = 0;
  for (const one of said) {
    const own = JSON.stringify(one).length;
    if (length + own > PAGE_LENGTH && length > 0) {
      pages.push([]);
      length = 0;
    }
    pages.at(-1)?.push(one);
    length += own;
  }
  return pages;
}
