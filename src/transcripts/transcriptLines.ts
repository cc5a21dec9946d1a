import type { SpokenTurn, SpokenWord } from '../recall/transcript.ts';
import { columnsOf, joinText } from './textWidth.ts';

/** A word of a line, and when it begins, in seconds from the start of the recording. */
export interface TimedText {
  readonly text: string;
  readonly startS: number;
}

/** A sentence, or what was said in one breath. Times in seconds from the start of the recording. */
export interface TranscriptLine {
  readonly startS: number;
  /** After the start. */
  readonly endS: number;
  /** Undefined when it is not known who spoke. */
  readonly speaker: string | undefined;
  readonly text: string;
  /** The words with their own times; empty where no times of words are known. */
  readonly words: readonly TimedText[];
}

/** What two lines of captions hold, in columns. */
export const MOST_COLUMNS = 84;
/** What is longer is a sentence of a script without spaces, in columns. */
const LONGEST_WORD = 42;
const LONGEST_LINE_S = 7;
const BREATH_S = 1;
/** A line that is shorter waits for the next sentence, so that no cue says "Yes." alone. In columns. */
const SHORTEST_LINE = 12;
const SHORTEST_S = 0.2;
/** How much people say in a second, in columns. */
const COLUMNS_A_SECOND = 15;

interface Timed extends TimedText {
  readonly endS: number;
}

/** Cuts turns into lines, in the order of their times. */
export function transcriptLines(turns: readonly SpokenTurn[]): TranscriptLine[] {
  let at = 0;
  const lines = turns.flatMap((turn) => {
    const words = withTimes(turn.words, at);
    at = words[0]?.startS ?? at;
    return linesOf(turn.speaker, words);
  });
  return lines.toSorted((one, other) => one.startS - other.startS);
}

/** Gives every word a time: what is not told lies between its neighbours. @param earliest of a turn without times */
function withTimes(words: readonly SpokenWord[], earliest: number): Timed[] {
  let start = words.find(({ startS }) => startS !== undefined)?.startS ?? earliest;
  let end = start;
  return words.map(({ text, startS, endS }, index) => {
    start = Math.max(start, startS ?? end);
    const spoken = start + Math.max(SHORTEST_S, columnsOf(text) / COLUMNS_A_SECOND);
    const next = words[index + 1]?.startS ?? spoken;
    end = Math.max(start, endS ?? Math.min(spoken, next));
    return { text, startS: start, endS: end };
  });
}

function linesOf(speaker: string | undefined, words: readonly Timed[]): TranscriptLine[] {
  // Captions have a sentence or more where others have a word; then no word has a time of its own.
  const isByWord = words.every(({ text }) => !/\s/.test(text) && columnsOf(text) <= LONGEST_WORD);
  const pieces = isByWord ? words : words.flatMap(piecesOf);
  const begun: BegunLine[] = [];
  for (const piece of pieces) {
    const line = begun.at(-1);
    const longer = joinText(line?.text ?? '', piece.text);
    if (line && !endsBefore(line, longer, piece)) {
      line.pieces.push(piece);
      line.text = longer;
    } else begun.push({ pieces: [piece], text: piece.text });
  }
  return begun.map((line) => lineOf(speaker, line, isByWord));
}

interface BegunLine {
  readonly pieces: Timed[];
  text: string;
}

/** Whether the line that was begun ends before this piece. @param longer its text with the piece */
function endsBefore({ pieces, text }: BegunLine, longer: string, piece: Timed): boolean {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return false;
  if (piece.startS - last.endS >= BREATH_S) return true;
  if (piece.endS - first.startS > LONGEST_LINE_S) return true;
  if (columnsOf(longer) > MOST_COLUMNS) return true;
  return endsSentence(text) && columnsOf(text) >= SHORTEST_LINE;
}

function endsSentence(text: string): boolean {
  return /[.!?…。！？]["'”’»)\]]*$/u.test(text);
}

function lineOf(speaker: string | undefined, { pieces, text }: BegunLine, isByWord: boolean): TranscriptLine {
  const startS = pieces[0]?.startS ?? 0;
  const longest = Math.max(LONGEST_LINE_S, columnsOf(text) / COLUMNS_A_SECOND);
  const spokenUntil = Math.max(...pieces.map((piece) => piece.endS), startS + SHORTEST_S);
  // What is said to take much longer than its words was followed by a silence.
  const endS = Math.min(spokenUntil, startS + longest);
  const words = isByWord ? pieces.map((piece) => ({ text: piece.text, startS: piece.startS })) : [];
  return { startS, endS, speaker, text, words };
}

/** Cuts a caption into sentences, and long ones at their words; each takes as much of the time as of the text. */
function piecesOf({ text, startS, endS }: Timed): Timed[] {
  const pieces = partsOf(text, 'sentence').flatMap((sentence) =>
    columnsOf(sentence) <= MOST_COLUMNS ? [sentence] : chunksOf(sentence),
  );
  const columns = pieces.map((piece) => Math.max(1, columnsOf(piece)));
  const all = columns.reduce((sum, one) => sum + one, 0);
  let before = 0;
  return pieces.map((piece, index) => {
    const share = (upTo: number): number => startS + ((endS - startS) * upTo) / all;
    const start = share(before);
    before += columns[index] ?? 0;
    return { text: piece, startS: start, endS: share(before) };
  });
}

/** Parts of a sentence that are no longer than a line, of about the same length. */
function chunksOf(sentence: string): string[] {
  const aim = columnsOf(sentence) / Math.ceil(columnsOf(sentence) / MOST_COLUMNS);
  const chunks: string[] = [];
  for (const word of partsOf(sentence, 'word').flatMap(breakUp)) {
    const chunk = chunks.at(-1);
    const isFull = chunk === undefined || columnsOf(chunk) >= aim || columnsOf(chunk + word) > MOST_COLUMNS;
    if (isFull && word.trim() !== '') chunks.push(word);
    else if (chunk !== undefined) chunks[chunks.length - 1] = chunk + word;
  }
  return chunks.map((chunk) => chunk.trim()).filter((chunk) => chunk !== '');
}

/** A run without any end of a word, such as a long address. */
function breakUp(word: string): string[] {
  return columnsOf(word) <= MOST_COLUMNS ? [word] : (word.match(/.{1,40}/gsu) ?? []);
}

const segmenters = new Map<string, Intl.Segmenter>();

/** In no language in particular: which one is spoken is not told. */
function partsOf(text: string, granularity: 'sentence' | 'word'): string[] {
  const segmenter = segmenters.get(granularity) ?? new Intl.Segmenter(undefined, { granularity });
  segmenters.set(granularity, segmenter);
  const parts = [...segmenter.segment(text)].map(({ segment }) => segment);
  return granularity === 'word' ? parts : parts.map((part) => part.trim()).filter((part) => part !== '');
}
