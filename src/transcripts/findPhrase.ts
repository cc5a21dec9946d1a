import { foldedText } from '../language/foldedText.ts';

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
      return `${line} ${next}`.includes(wanted) ? [index] : [];
    });
  }
}

/** Where a phrase is in a line, as numbers of UTF-16 code units: start, and end behind the last. In order, apart. */
export function placesOf(phrase: string, line: string): [start: number, end: number][] {
  const wanted = foldedPhrase(phrase);
  if (wanted === '' || !foldedText(line).includes(wanted)) return [];
  const { text, startOf } = foldedWithPlaces(line);
  const places: [number, number][] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length))
    places.push([startOf[at] ?? 0, startOf[at + wanted.length] ?? line.length]);
  return places;
}

function foldedPhrase(phrase: string): string {
  return foldedText(phrase).trim().replace(/\s+/g, ' ');
}

/** A folded line, and for each of its code units where in the line its letter begins. */
function foldedWithPlaces(line: string): { readonly text: string; readonly startOf: readonly number[] } {
  let text = '';
  const startOf: number[] = [];
  for (const { 0: letter, index } of line.matchAll(LETTER)) {
    const folded = foldedText(letter);
    startOf.push(...Array.from<number>({ length: folded.length }).fill(index));
    text += folded;
  }
  startOf.push(line.length);
  return { text, startOf };
}
