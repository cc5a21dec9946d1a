import assert from 'node:assert/strict';
import { formatPercent } from '../../../src/descriptions/format.ts';
import { setDisplayLanguage } from '../../../src/language/displayLanguage.ts';
import { formatDuration } from '../../../src/language/duration.ts';
import { formatBytes, formatDate, formatIn } from '../../../src/language/formats.ts';
import { joinSentences, withCode } from '../../../src/language/sentences.ts';
import { speakEnglish } from './pseudoLanguage.ts';

const MARCH = new Date(2026, 2, 2, 15, 4, 5).getTime();

const speak = (tag: string, messages?: Readonly<Record<string, string>>): void => {
  setDisplayLanguage({ tag, messages });
};

describe('formats in the display language', () => {
  afterEach(speakEnglish);

  it('shows durations as a clock does', () => {
    assert.deepEqual([0, 59_999, 724_000, 3_723_000, -5].map(formatDuration), [
      '0:00',
      '0:59',
      '12:04',
      '1:02:03',
      '0:00',
    ]);
  });

  it('puts bytes in words', () => {
    const words = [0, 1, 999, 1000, 1500, 43_000_000, 999_500, 2_147_483_648].map(formatBytes);
    assert.deepEqual(words, [
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1.0 KB',
      '1.5 KB',
      '43 MB',
      '1.0 MB',
      '2.1 GB',
    ]);
  });

  it('are those of English', () => {
    speak('en');
    assert.equal(formatDate('date', MARCH), 'Mar 2, 2026');
    assert.match(formatDate('dayAndTime', MARCH), /^Mar 2, 3:04\sPM$/);
    assert.equal(formatBytes(1500), '1.5 KB');
    assert.deepEqual([formatIn(1, 'second'), formatIn(5, 'minute')], ['in 1 second', 'in 5 minutes']);
  });

  it('follow the language, in upper or lower case', () => {
    speak('de');
    assert.equal(formatDate('dateAndTime', MARCH), '2.3.2026, 15:04:05');
    assert.equal(formatBytes(1500), '1,5 KB');
    assert.equal(formatPercent(1, 2), '50\u00a0%');
    speak('pt-br');
    assert.equal(formatDate('dateAndTime', MARCH), '02/03/2026, 15:04:05');
  });

  it('say in the language of the text around them how long it takes', () => {
    speak('pt-br', { Done: 'Concluído' });
    assert.equal(formatIn(5, 'minute'), 'em 5 minutos');
    speak('pt-br');
    assert.equal(formatIn(5, 'minute'), 'in 5 minutes');
  });

  it('are those of English where the language is unknown, or no language at all', () => {
    for (const tag of ['qps-ploc', 'not a tag', '']) {
      speak(tag);
      assert.equal(formatDate('date', MARCH), 'Mar 2, 2026', tag);
      assert.equal(formatIn(5, 'minute'), 'in 5 minutes', tag);
    }
  });
});

describe('sentences', () => {
  afterEach(speakEnglish);

  it('stand one after the other', () => {
    assert.equal(joinSentences('One.'), 'One.');
    assert.equal(joinSentences('One.', 'Two.', 'Three.'), 'One. Two. Three.');
  });

  it('stand without a space where the language has none', () => {
    speak('zh-cn', { '{0} {1}/Two sentences, one after the other': '{0}{1}' });
    assert.equal(joinSentences('一。', '二。'), '一。二。');
  });

  it('take a code before their full stop, whichever that is', () => {
    assert.equal(withCode('It failed.', 'some_code'), 'It failed (some_code).');
    assert.equal(withCode('失败。', 'some_code'), '失败 (some_code).');
  });
});
