import assert from 'node:assert/strict';
import { parseJson } from '../../../src/network/json.ts';

describe('parseJson', () => {
  it('gives the value, and undefined for what is not JSON', () => {
    assert.deepEqual(parseJson('{"a":[1]}'), { a: [1] });
    assert.equal(parseJson('null'), null);
    for (const text of ['', '<html>', '{', 'undefined']) assert.equal(parseJson(text), undefined);
  });
});
