import assert from 'node:assert/strict';
import { foldedText } from '../../../src/language/foldedText.ts';

describe('a text as it is looked through', () => {
  for (const [one, other] of [
    ['Café', 'cafe'],
    ['ΣΊΣΥΦΟΣ', 'σισυφος'],
    ['مُحَمَّد', 'محمد'],
    ['أحمد', 'احمد'],
    ['محمـــد', 'محمد'],
    ['کتاب یک', 'كتاب يك'],
    ['שָׁלוֹם', 'שלום'],
  ] as const) {
    it(`is the same for ${one} and ${other}`, () => {
      assert.equal(foldedText(one), foldedText(other));
    });
  }

  it('is another for letters that only look as if they had an accent', () => {
    assert.notEqual(foldedText('कि'), foldedText('क'));
  });
});
