import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { readFromPage, readToPage } from '../../../src/player/protocol.ts';

describe('what the player and its page say to each other', () => {
  it('is taken as it is meant', () => {
    assert.deepEqual(readFromPage({ type: 'ready' }), { type: 'ready' });
    assert.deepEqual(readFromPage({ type: 'place', seconds: 12.5 }), { type: 'place', seconds: 12.5 });
    assert.deepEqual(readToPage({ type: 'playFrom', seconds: 0 }), { type: 'playFrom', seconds: 0 });
    const lanes = {
      type: 'lanes',
      lanes: [
        { speaker: 'Ana', isOthers: false, spans: [[0, 1]] },
        { isOthers: true, spans: [] },
      ],
    };
    assert.deepEqual(readToPage(lanes), lanes);
  });

  for (const message of [
    undefined,
    null,
    'ready',
    {},
    { type: 'place' },
    { type: 'place', seconds: -1 },
    { type: 'place', seconds: '7' },
    { type: 'place', seconds: Infinity },
    { type: 'run', command: 'workbench.action.quit' },
  ]) {
    it(`is nothing where a page says something else: ${inspect(message)}`, () => {
      assert.equal(readFromPage(message), undefined);
    });
  }

  for (const message of [
    { type: 'show' },
    { type: 'lanes', lanes: [{ speaker: 7, isOthers: false, spans: [] }] },
    { type: 'lanes', lanes: [{ isOthers: false, spans: [[1]] }] },
    { type: 'playFrom', seconds: Number.NaN },
  ]) {
    it(`is nothing where the page hears something else: ${JSON.stringify(message)}`, () => {
      assert.equal(readToPage(message), undefined);
    });
  }
});
