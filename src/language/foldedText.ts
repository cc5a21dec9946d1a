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
  // The same letter in Arabic and in Persian, and one that only draws a word out.
  ی: 'ي',
  ى: 'ي',
  ک: 'ك',
  ـ: '',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** With a gap for what is not seen, such as joiners of letters. */
export function withoutSigns(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}

/**
 * Where an accent is a part of the letter, or a vowel that people leave out, and not a letter of its own as in the scripts
 * of India.
 */
const ACCENTS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu;

/** A text as it is looked through: whatever its accents, its case, and what in it is not seen. */
export function foldedText(text: string): string {
  return withoutSigns(text)
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter);
}
