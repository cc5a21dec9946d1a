import assert from 'node:assert/strict';
import { fits, inWords } from '../ui/shape.ts';

interface Row {
  readonly label: string;
  readonly actions: readonly string[];
  readonly expanded: boolean | undefined;
}

const row: Row = { label: 'Weekly sync', actions: ['Open MP3'], expanded: undefined };

describe('the shape of what a UI test wants to see', () => {
  it('is fitted by what has every property as it is wanted', () => {
    assert.ok(fits(row, {}));
    assert.ok(fits(row, { label: 'Weekly sync', actions: ['Open MP3'], expanded: undefined }));
    assert.ok(fits(row, { label: /sync$/ }));
    assert.ok(fits(row, { actions: (actions) => actions.length === 1 }));
  });

  it('is not fitted when one of them is otherwise', () => {
    assert.ok(!fits(row, { label: 'Weekly' }));
    assert.ok(!fits(row, { label: /^sync/ }));
    assert.ok(!fits(row, { label: 'Weekly sync', expanded: false }));
    assert.ok(!fits(row, { label: 'Weekly sync', actions: [] }));
    assert.ok(!fits(row, { actions: (actions) => actions.length === 2 }));
  });

  it('is told in words when it does not come', () => {
    assert.equal(inWords({ label: /sync$/, actions: ['Open MP3'] }), 'label /sync$/, actions ["Open MP3"]');
  });
});
