import assert from 'node:assert/strict';
import { ChangeSource } from '../../../src/state/changes.ts';

describe('ChangeSource', () => {
  it('tells everybody in their order, until they have enough', () => {
    const source = new ChangeSource<number>();
    const heard: string[] = [];
    const listener = (change: number): void => {
      heard.push(`a${change}`);
    };
    const first = source.changes(listener);
    const second = source.changes(listener);
    source.changes((change) => heard.push(`b${change}`));
    source.tell(1);
    first.dispose();
    first.dispose();
    source.tell(2);
    second.dispose();
    source.tell(3);
    assert.deepEqual(heard, ['a1', 'a1', 'b1', 'a2', 'b2', 'b3']);
  });

  it('tells the others too when one listener fails', () => {
    const source = new ChangeSource<number>();
    const heard: number[] = [];
    source.changes(() => {
      throw new Error('the listener fails');
    });
    source.changes((change) => heard.push(change));
    assert.throws(() => {
      source.tell(1);
    }, /the listener fails/);
    assert.deepEqual(heard, [1]);
  });

  it('lets a listener subscribe and leave while it is told', () => {
    const source = new ChangeSource<number>();
    const heard: number[] = [];
    const own = source.changes(() => {
      own.dispose();
      source.changes((change) => heard.push(change));
    });
    source.tell(1);
    source.tell(2);
    assert.deepEqual(heard, [2]);
  });
});
