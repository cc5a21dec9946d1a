import { onOneLine } from './onOneLine.ts';
import { joinText } from './textWidth.ts';
import type { TranscriptLine } from './transcriptLines.ts';

const TIMING = /^[ \t]*((?:\d{2,}:)?\d{2}:\d{2}\.\d{3})[ \t]*-->[ \t]*((?:\d{2,}:)?\d{2}:\d{2}\.\d{3})/;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
};

/** A time beyond it is a slip of the pen, or worse. */
const LONGEST_S = 1000 * 3600;

/**
 * Reads the cues of a WebVTT file, also of one that somebody else wrote or changed by hand: what is no cue is passed over.
 * Of words' own times nothing is kept.
 *
 * @returns in the order of their times; undefined when the text is no WebVTT
 */
export function readWebVtt(text: string): TranscriptLine[] | undefined {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  if (!/^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')) return undefined;
  const found: TranscriptLine[] = [];
  for (let index = 1; index < lines.length; index++) {
    const timing = TIMING.exec(lines[index] ?? '');
    if (!timing) continue;
    const payload: string[] = [];
    while (index + 1 < lines.length && lines[index + 1] !== '' && !TIMING.test(lines[index + 1] ?? ''))
      payload.push(lines[++index] ?? '');
    const startS = secondsOf(timing[1] ?? '');
    const endS = secondsOf(timing[2] ?? '');
    if (endS > startS && endS < LONGEST_S) found.push(...spokenIn(payload.join('\n'), startS, endS));
  }
  return found.toSorted((one, other) => one.startS - other.startS);
}

/** What each voice of a cue says; one without a voice is said by somebody who is not known. */
function spokenIn(payload: string, startS: number, endS: number): TranscriptLine[] {
  return payload.split(/(?=<v[.\s>])/).flatMap((part) => {
    const voice = /^<v(?:\.[^\s>]*)?(?:\s+([^>]*))?>/.exec(part)?.[1];
    const speaker = voice === undefined ? '' : onOneLine(decoded(voice));
    const text = part
      .replace(/<[^<>]*>/g, '')
      .split('\n')
      .map((line) => onOneLine(decoded(line)))
      .reduce(joinText, '');
    return text === ''
      ? []
      : [{ startS, endS, speaker: speaker === '' ? undefined : speaker, text, words: [] }];
  });
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
    const code =
      typeof decimal === 'string' ? Number.parseInt(decimal, 10) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function secondsOf(timestamp: string): number {
  return timestamp.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
