import assert from 'node:assert/strict';
import { fieldOf, parseJson } from '../../../src/network/json.ts';

describe('parseJson', () => {
  it('gives the value, and undefined for what is not JSON', () => {
    assert.deepEqual(parseJson('{"a":[1]}'), { a: [1] });
    assert.equal(parseJson('null'), null);
    for (const text of ['', '<html>', '{', 'undefined']) assert.equal(parseJson(text), undefined);
  });
});

describe('fieldOf', () => {
  it('gives what an object has of its own, and undefined for everything else', () => {
    assert.equal(fieldOf({ a: 1 }, 'a'), 1);
    assert.equal(fieldOf(['x'], '0'), 'x');
    for (const value of [{ a: 1 }, {}, null, undefined, 'text'])
      for (const field of ['b', 'toString', 'length']) assert.equal(fieldOf(value, field), undefined);
  });
});
