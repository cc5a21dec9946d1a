import assert from 'node:assert/strict';
import { speakersInDetails } from '../../../src/media/detailsFile.ts';

describe('the details beside an MP3', () => {
  it('tell who spoke when, without what takes no time', () => {
    const speakers = [
      { name: 'Ana', start: 0, end: 2.5 },
      { name: null, start: 3, end: 4 },
      { name: 'Ben', start: 5, end: 5 },
    ];
    assert.deepEqual(speakersInDetails(JSON.stringify({ version: 1, speakers })), [
      { speaker: 'Ana', startS: 0, endS: 2.5 },
      { speaker: undefined, startS: 3, endS: 4 },
    ]);
  });

  for (const text of [
    '',
    'no JSON',
    '{}',
    '{"speakers":null}',
    '{"speakers":[{"name":"Ana","start":-1,"end":2}]}',
    '{"speakers":[{"name":"Ana","start":0,"end":1e999}]}',
    '{"speakers":[{"name":7,"start":0,"end":1}]}',
  ]) {
    it(`tell nothing where they are none: ${text}`, () => {
      assert.equal(speakersInDetails(text), undefined);
    });
  }
});
