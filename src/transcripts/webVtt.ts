import { onOneLine } from './onOneLine.ts';
import { columnsOf, isNarrow } from './textWidth.ts';
import type { TranscriptLine } from './transcriptLines.ts';

const ONE_LINE_COLUMNS = 42;

/**
 * The lines as WebVTT (https://www.w3.org/TR/webvtt1/): a cue for each, with its speaker as the voice and, where they are
 * known, the times of its words. Everything that others said is text in it.
 *
 * @param notes what is said about it in front, for programs and people that read the file; without line ends and `-->`
 */
export function writeWebVtt(lines: readonly TranscriptLine[], notes: readonly string[] = []): string {
  return (
    ['WEBVTT', ...notes.map((note) => ['NOTE', note].join(' ')), ...lines.map(cueOf)].join('\n\n') + '\n'
  );
}

function cueOf(line: TranscriptLine): string {
  const [startMs, endMs] = cueTimes(line);
  const voice = line.speaker === undefined ? '' : `<v ${escaped(onOneLine(line.speaker))}>`;
  return `${timestamp(startMs)} --> ${timestamp(endMs)}\n${voice}${payload(line, startMs, endMs)}`;
}

/** A cue has to end after it begins. */
function cueTimes({ startS, endS }: TranscriptLine): [number, number] {
  const startMs = Math.round(startS * 1000);
  return [startMs, Math.max(startMs + 1, Math.round(endS * 1000))];
}

/** Up to two lines of text. A word has its time before it, as far as times go up. */
function payload({ text: spoken, words }: TranscriptLine, startMs: number, endMs: number): string {
  const text = onOneLine(spoken);
  const [first, second] = twoLines(text);
  if (words.length === 0)
    return [first, second]
      .filter((part) => part !== '')
      .map(escaped)
      .join('\n');
  const breakAt = second === '' ? Infinity : first.length;
  let place = 0;
  let last = startMs;
  return words
    .map(({ text: spokenWord, startS }, index) => {
      const word = onOneLine(spokenWord);
      const gap = text.startsWith(' ', place) ? ' ' : '';
      const isSecondLine = gap !== '' && place === breakAt;
      place += gap.length + word.length;
      const ms = Math.round(startS * 1000);
      const time = index > 0 && ms > last && ms < endMs ? `<${timestamp(ms)}>` : '';
      last = Math.max(last, ms);
      return `${isSecondLine ? '\n' : gap}${time}${escaped(word)}`;
    })
    .join('');
}

/** Breaks a text that is long at the space that is nearest to its middle. */
function twoLines(text: string): [string, string] {
  if (columnsOf(text) <= ONE_LINE_COLUMNS) return [text, ''];
  const middle = columnsOf(text) / 2;
  const isPlain = isNarrow(text);
  let nearest: number | undefined;
  let least = Infinity;
  for (let index = text.indexOf(' '); index >= 0; index = text.indexOf(' ', index + 1)) {
    const before = isPlain ? index : columnsOf(text.slice(0, index));
    const distance = Math.abs(before - middle);
    if (distance < least) [nearest, least] = [index, distance];
  }
  // A script without spaces breaks anywhere, but not within a character.
  if (nearest === undefined) return halves(Array.from(text));
  return [text.slice(0, nearest), text.slice(nearest + 1)];
}

function halves(characters: readonly string[]): [string, string] {
  const half = Math.ceil(characters.length / 2);
  return [characters.slice(0, half).join(''), characters.slice(half).join('')];
}

/** As text of a cue and as the name of a voice. */
function escaped(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** @param ms from the start of the recording */
function timestamp(ms: number): string {
  const thousandths = ms % 1000;
  const hours = Math.floor(ms / 3_600_000);
  const fraction = `${thousandths < 10 ? '00' : thousandths < 100 ? '0' : ''}${thousandths}`;
  return `${two(hours)}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${fraction}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
