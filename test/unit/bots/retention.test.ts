import assert from 'node:assert/strict';
import { expiresSoon, expiryOf } from '../../../src/bots/retention.ts';
import { NINE, botAnswer } from './botAnswers.ts';

const HOUR_MS = 60 * 60_000;
const inHours = (hours: number): string => new Date(NINE + hours * HOUR_MS).toISOString();

describe('expiryOf', () => {
  it('is the earliest of all recordings', () => {
    const bot = botAnswer({ recordings: [{ expiresAt: inHours(50) }, { expiresAt: inHours(20) }, {}] });
    assert.equal(expiryOf(bot), NINE + 20 * HOUR_MS);
  });

  it('is unknown without recordings, without times and with unreadable ones', () => {
    assert.equal(expiryOf(botAnswer({})), undefined);
    assert.equal(expiryOf(botAnswer({ recordings: [{}] })), undefined);
    assert.equal(expiryOf(botAnswer({ recordings: [{ expiresAt: 'soon' }] })), undefined);
  });
});

describe('expiresSoon', () => {
  const soon = botAnswer({ recordings: [{ expiresAt: inHours(23) }] });

  it('warns of an MP3 that has less than a day left', () => {
    assert.equal(expiresSoon(soon, [], NINE), true);
    assert.equal(expiresSoon(botAnswer({ recordings: [{ expiresAt: inHours(24) }] }), [], NINE), false);
    assert.equal(expiresSoon(botAnswer({ recordings: [{}] }), [], NINE), false);
  });

  it('does not when it is too late already', () => {
    assert.equal(expiresSoon(soon, [], NINE + 23 * HOUR_MS), false);
  });

  it('does not when that MP3 is on this computer', () => {
    assert.equal(expiresSoon(soon, [{ artifactId: 'audio-1', recordingId: 'recording-1' }], NINE), false);
    assert.equal(expiresSoon(soon, [{ artifactId: 'other', recordingId: 'other' }], NINE), true);
  });

  it('looks at each recording for itself', () => {
    const two = botAnswer({ recordings: [{ expiresAt: inHours(2) }, { expiresAt: inHours(3) }] });
    assert.equal(expiresSoon(two, [{ artifactId: 'audio-1', recordingId: 'recording-1' }], NINE), true);
  });

  it('goes by the recording where the API does not tell the MP3', () => {
    const untold = botAnswer({ recordings: [{ expiresAt: inHours(2), audio: null }] });
    assert.equal(expiresSoon(untold, [{ artifactId: 'a', recordingId: 'recording-1' }], NINE), false);
    assert.equal(expiresSoon(untold, [], NINE), true);
  });

  it('does not where there is no MP3 to lose', () => {
    const lost = [
      { expiresAt: inHours(2), audio: { code: 'failed' } },
      { expiresAt: inHours(2), audio: { code: 'deleted' } },
      { expiresAt: inHours(2), status: 'deleted' },
      { expiresAt: inHours(2), audio: { format: 'raw' } },
    ];
    for (const recording of lost)
      assert.equal(expiresSoon(botAnswer({ recordings: [recording] }), [], NINE), false);
    const unasked = botAnswer({ recordings: [{ expiresAt: inHours(2), audio: null }], withoutMp3: true });
    assert.equal(expiresSoon(unasked, [], NINE), false);
  });
});
