import assert from 'node:assert/strict';
import { formatPercent, formatRemaining, formatTime } from '../../../src/descriptions/format.ts';

describe('formatting', () => {
  it('never says 100% too early, nor more than that', () => {
    assert.deepEqual(
      [
        formatPercent(999, 1000),
        formatPercent(1000, 1000),
        formatPercent(2000, 1000),
        formatPercent(5, undefined),
      ],
      ['99%', '100%', '100%', undefined],
    );
  });

  it('rounds what is still to come', () => {
    assert.deepEqual([400, 42_000, 60_000, 5_400_000].map(formatRemaining), ['1 s', '42 s', '1 min', '2 h']);
  });

  it('leaves the date out today, and the time out of long ago', () => {
    const now = new Date(2026, 10, 22, 14, 0).getTime();
    const today = formatTime(new Date(2026, 10, 22, 9, 5).getTime(), now);
    const lastWeek = formatTime(new Date(2026, 10, 15, 9, 5).getTime(), now);
    const longAgo = formatTime(new Date(2024, 10, 15, 9, 5).getTime(), now);
    assert.match(today, /^0?9.05/);
    assert.match(lastWeek, /15.*9.05/);
    assert.match(longAgo, /2024/);
    assert.doesNotMatch(longAgo, /9.05/);
  });

  it('does not say again what the day above says', () => {
    const now = new Date(2026, 10, 22, 14, 0).getTime();
    const at = (day: number, under?: string): string =>
      formatTime(new Date(2026, 10, day, 9, 5).getTime(), now, under);
    assert.match(at(21, 'yesterday'), /^0?9.05\sAM$/);
    assert.match(at(18, 'week'), /^Wed.*9.05/);
    assert.match(at(18, '2026-11'), /18.*9.05/);
    assert.match(at(21), /21.*9.05/);
  });
});
