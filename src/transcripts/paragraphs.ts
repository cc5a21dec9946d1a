import { joinText } from './textWidth.ts';
import type { TranscriptLine } from './transcriptLines.ts';

/** What somebody said at one go, as it is read. Times in seconds from the start of the recording. */
export interface Paragraph {
  readonly startS: number;
  readonly endS: number;
  /** Undefined when it is not known who spoke. */
  readonly speaker: string | undefined;
  readonly text: string;
}

/** Somebody speaks on in the same paragraph after a pause that is no longer. */
const SAME_PARAGRAPH_S = 30;
/** So long that one can find a place in it, in characters. */
const LONG_PARAGRAPH = 700;

/** Puts lines together into paragraphs. @param lines in the order of their times */
export function paragraphsOf(lines: readonly Omit<TranscriptLine, 'words'>[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const { startS, endS, speaker, text } of lines) {
    const last = paragraphs.at(-1);
    const goesOn =
      last !== undefined &&
      last.speaker === speaker &&
      startS - last.endS <= SAME_PARAGRAPH_S &&
      last.text.length < LONG_PARAGRAPH;
    if (goesOn) paragraphs[paragraphs.length - 1] = { ...last, text: joinText(last.text, text), endS };
    else paragraphs.push({ startS, endS, speaker, text });
  }
  return paragraphs;
}
