/** Letters that Unicode does not take apart into a letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};

/** With a gap for what is not seen, such as joiners of letters, as where texts are shown on one line. */
export function withoutSigns(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}

/** Where an accent is a part of the letter and not a letter of its own, as in the scripts of India. */
const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;

/** A text as it is looked through: whatever its accents, its case, and what in it is not seen. */
export function foldedText(text: string): string {
  return withoutSigns(text)
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(/[ßøđðłæœþıς]/g, (letter) => LETTERS[letter] ?? letter);
}
