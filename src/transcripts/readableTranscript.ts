import * as l10n from '@vscode/l10n';
import { formatDuration } from '../language/duration.ts';
import { onOneLine } from './onOneLine.ts';
import { paragraphsOf } from './paragraphs.ts';
import type { TranscriptLine } from './transcriptLines.ts';

/** What stands above the words. All of it is shown as text. */
export interface TranscriptHeading {
  readonly title: string;
  /** When it was, how long it took, who was there, in words; what is not known is left out. */
  readonly about: readonly string[];
}

/**
 * The lines as a Markdown document to read: a paragraph for each time that somebody speaks, with a time in front of it.
 * Everything that others said or are called is text in it, whatever it looks like.
 *
 * @param linkTo where a time leads: an address without spaces and brackets; `seconds` from the start of the recording
 */
export function writeReadable(
  heading: TranscriptHeading,
  lines: readonly TranscriptLine[],
  linkTo: (seconds: number) => string,
): string {
  const about = heading.about.map((part) => isolated(asText(part))).join(' · ');
  return (
    [
      `# ${isolated(asText(heading.title))}`,
      ...(about === '' ? [] : [about]),
      ...(lines.length === 0 ? [l10n.t('Nobody said anything.')] : []),
      ...paragraphsOf(lines).map(({ startS, speaker, text }) => {
        const name = isolated(asText(speaker ?? l10n.t('Unknown speaker')));
        return `[${formatDuration(startS * 1000)}](${linkTo(startS)}) **${name}:** ${isolated(asText(text))}`;
      }),
    ].join('\n\n') + '\n'
  );
}

/** Text of other people on one line, with nothing in it that Markdown, HTML, or an editor that finds links acts on. */
function asText(text: string): string {
  return onOneLine(text)
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .replace(/[\\`*_[\]<>&~|$^=]/g, String.raw`\$&`)
    .replace(/(?<!\b\d{1,2}):(?=\S)|@(?=\S)|\/(?=\/)|#(?=\d)/g, String.raw`\$&`)
    .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}\\.`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
    .replace(/^[#+-]/, String.raw`\$&`);
}

/** Words that run from right to left keep what is around them in its place. */
function isolated(text: string): string {
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text)
    ? `\u2068${text}\u2069`
    : text;
}
