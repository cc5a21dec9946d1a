import { foldedText } from '../language/foldedText.ts';
import { joinText } from './textWidth.ts';

/** A letter with its accents: what is folded on its own. */
const LETTER = /\P{M}\p{M}*|\p{M}+/gu;

/** Finds a phrase in the lines of a transcript, whatever its accents and case. Folds the lines once, when first asked. */
export class PhraseFinder {
  readonly #lines: readonly string[];
  #folded: readonly string[] | undefined;

  /** @param lines the texts in the order in which they were said */
  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  /**
   * The numbers of the lines, from 0, in which the phrase is, or at the end of which it begins.
   *
   * @param phrase as somebody types it; of one without letters nothing is found
   */
  find(phrase: string): number[] {
    const wanted = foldedPhrase(phrase);
    if (wanted === '') return [];
    this.#folded ??= this.#lines.map((line) => foldedText(line));
    const folded = this.#folded;
    return folded.flatMap((line, index) => {
      if (line.includes(wanted)) return [index];
      const next = folded[index + 1];
      if (next === undefined || next.includes(wanted)) return [];
      return joinText(line, next).includes(wanted) ? [index] : [];
    });
  }
}

/** Where a phrase is in a line, as numbers of UTF-16 code units: start, and end behind the last. In order, apart. */
export function placesOf(phrase: string, line: string): [start: number, end: number][] {
  const wanted = foldedPhrase(phrase);
  if (wanted === '' || !foldedText(line).includes(wanted)) return [];
  const { text, letters } = foldedWithPlaces(line);
  const places: [number, number][] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    // A letter that only begins or ends within the phrase is marked whole.
    const [first, last] = [letters[at], letters[at + wanted.length - 1]];
    const end = places.at(-1)?.[1] ?? 0;
    if (first && last && first.start >= end) places.push([first.start, last.end]);
  }
  return places;
}

function foldedPhrase(phrase: string): string {
  return foldedText(phrase).trim().replace(/\s+/g, ' ');
}

/** Where a letter with its accents stands in its line. */
interface Letter {
  readonly start: number;
  readonly end: number;
}

/** A folded line, and for each of its code units the letter that it comes of. */
function foldedWithPlaces(line: string): { readonly text: string; readonly letters: readonly Letter[] } {
  let text = '';
  const letters: Letter[] = [];
  for (const { 0: letter, index } of line.matchAll(LETTER)) {
    const place = { start: index, end: index + letter.length };
    for (const unit of foldedText(letter).split('')) {
      letters.push(place);
      text += unit;
    }
  }
  return { text, letters };
}
