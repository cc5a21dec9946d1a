import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readTranscript } from '../../../src/recall/transcript.ts';

const said = (text: string, start?: unknown, end?: unknown): unknown => ({
  text,
  start_timestamp: start,
  end_timestamp: end,
});
const at = (relative: unknown): unknown => ({ relative, absolute: null });

describe('a transcript as Recall gives it', () => {
  it('is turns with a speaker, words and times', () => {
    const turns = readTranscript([
      {
        participant: {
          id: 100,
          name: 'Ana',
          is_host: true,
          platform: 'desktop',
          extra_data: null,
          email: null,
        },
        language_code: 'en',
        words: [said('Good', at(9.73), { relative: 10, absolute: null }), said('morning.', at(10), null)],
      },
    ]);
    assert.deepEqual(turns, [
      {
        speaker: 'Ana',
        words: [
          { text: 'Good', startS: 9.73, endS: 10 },
          { text: 'morning.', startS: 10, endS: undefined },
        ],
      },
    ]);
  });

  it('may not know who spoke, or when', () => {
    const words = [said('Hello', null, null)];
    for (const participant of [
      null,
      undefined,
      {},
      { name: null },
      { name: '' },
      { name: '  ' },
      { name: 7 },
      'x',
    ])
      assert.deepEqual(
        readTranscript([{ participant, words }]),
        [{ speaker: undefined, words: [{ text: 'Hello', startS: undefined, endS: undefined }] }],
        JSON.stringify(participant),
      );
  });

  it('keeps people apart who are there under nothing but an address, and takes no name that nobody sees', () => {
    const names = ['ana@example.com', 'ben@example.com', 'Cem <cem@example.com>', '\u200b', ' '];
    const turns = names.map((name) => ({ participant: { id: 1, name }, words: [said('Yes.', null, null)] }));
    assert.deepEqual(
      readTranscript(turns)?.map(({ speaker }) => speaker),
      ['ana', 'ben', 'Cem', undefined, undefined],
    );
  });

  it('takes no time that is none', () => {
    for (const wrong of [at(-1), at('1'), at(null), {}, at(1e9), [], 5]) {
      const [turn] = readTranscript([{ participant: null, words: [said('x', wrong, wrong)] }]) ?? [];
      assert.deepEqual(turn?.words, [{ text: 'x', startS: undefined, endS: undefined }]);
    }
    const [turn] = readTranscript([{ participant: null, words: [said('x', at(0), at(604_800))] }]) ?? [];
    assert.deepEqual(turn?.words, [{ text: 'x', startS: 0, endS: 604_800 }]);
  });

  it('comes in the order of its times, a turn without one behind the one before it', () => {
    const part = (name: string, start?: number): unknown => ({
      participant: { name },
      words: [said('first', start === undefined ? undefined : at(start))],
    });
    const turns = readTranscript([part('B', 20), part('after B'), part('A', 10), part('C', 20)]);
    assert.deepEqual(
      turns?.map(({ speaker }) => speaker),
      ['A', 'B', 'after B', 'C'],
    );
  });

  it('leaves out what cannot be read', () => {
    assert.deepEqual(
      readTranscript([
        null,
        { participant: null },
        { participant: null, words: [] },
        { participant: null, words: [null, said(''), said('  '), { text: 5 }] },
        { participant: { name: 'Ana' }, words: [null, said(' kept ')] },
      ]),
      [{ speaker: 'Ana', words: [{ text: 'kept', startS: undefined, endS: undefined }] }],
    );
  });

  it('is not taken from something else', () => {
    for (const other of [undefined, null, {}, 'text', { transcript: [] }, [{ id: 1, name: 'Ana' }], [5]])
      assert.equal(readTranscript(other), undefined, JSON.stringify(other));
    assert.deepEqual(readTranscript([]), []);
  });

  it('survives any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        for (const { words } of readTranscript(json) ?? []) assert.ok(words.length > 0);
        for (const { words } of readTranscript([{ words: json }, { words: [json] }]) ?? [])
          assert.ok(words.length > 0);
      }),
    );
  });
});
