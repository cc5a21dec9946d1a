import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  explainEnd,
  filterableStatuses,
  isFinalStatus,
  statusWords,
} from '../../../src/recall/statusWords.ts';
import type { StatusChangeReason } from '../../../src/recall/statusWords.ts';

function change(code: string, subCode?: string, message?: string): StatusChangeReason {
  return { code, subCode, message };
}

describe('status words', () => {
  const documented = [
    ['joining_call', 'Joining', 'joining', false],
    ['in_waiting_room', 'Waiting to be admitted', 'waiting', false],
    ['participant_in_waiting_room', 'Waiting to be admitted', 'waiting', false],
    ['in_call_not_recording', 'In the call, not recording', 'inCall', false],
    ['recording_permission_allowed', 'Allowed to record', 'inCall', false],
    ['recording_permission_denied', 'Not allowed to record', 'inCall', false],
    ['in_call_recording', 'Recording', 'recording', false],
    ['recording_done', 'Recording ended', 'finishing', false],
    ['call_ended', 'Call ended', 'finishing', false],
    ['done', 'Done', 'done', true],
    ['fatal', 'Failed', 'failed', true],
    ['media_expired', 'Media expired', 'expired', true],
    ['analysis_done', 'Done', 'done', true],
    ['analysis_failed', 'Done, analysis failed', 'done', true],
    ['breakout_room_entered', 'Breakout room entered', 'inCall', false],
    ['breakout_room_left', 'Breakout room left', 'inCall', false],
    ['breakout_room_opened', 'Breakout room opened', 'inCall', false],
    ['breakout_room_closed', 'Breakout room closed', 'inCall', false],
  ] as const;

  for (const [code, label, phase, isFinal] of documented) {
    it(`calls ${code} "${label}"`, () => {
      assert.deepEqual(statusWords(code), { label, phase, isFinal });
      assert.equal(isFinalStatus(code), isFinal);
    });
  }

  it('tells a scheduled bot from one that starts at once', () => {
    for (const code of [undefined, '', 'ready']) {
      const starting = { label: 'Starting', phase: 'scheduled', isFinal: false };
      assert.deepEqual(statusWords(code), starting);
      assert.deepEqual(statusWords(code, null), starting);
      assert.deepEqual(statusWords(code, '2026-03-02T09:00:00Z'), { ...starting, label: 'Scheduled' });
    }
    assert.equal(isFinalStatus('ready'), false);
  });

  it('says which codes of a phase the bot list can be filtered by', () => {
    assert.deepEqual(filterableStatuses(['finishing']), ['recording_done', 'call_ended']);
    // Breakout rooms are told of by webhooks only.
    assert.deepEqual(filterableStatuses(['joining', 'inCall']), [
      'joining_call',
      'in_call_not_recording',
      'recording_permission_allowed',
      'recording_permission_denied',
    ]);
    assert.deepEqual(filterableStatuses([]), []);
  });

  it('shows an unknown code as it is, only readable', () => {
    const unknown = { phase: 'unknown', isFinal: false };
    assert.deepEqual(statusWords('holding_for_host'), { label: 'Holding for host', ...unknown });
    assert.deepEqual(statusWords('constructor'), { label: 'Constructor', ...unknown });
    assert.deepEqual(statusWords('___'), { label: 'Unknown status', ...unknown });
    assert.equal(isFinalStatus('holding_for_host'), false);
  });

  it('keeps every label short and on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (code) => {
        const { label } = statusWords(code);
        assert.ok(label.length >= 1 && label.length <= 60);
        assert.doesNotMatch(label, /\p{Cc}|\p{Cf}/u);
      }),
    );
  });
});

describe('the reason of an end', () => {
  it('is the meaning, the sub code to look up, and what to do', () => {
    assert.equal(
      explainEnd([
        change('joining_call'),
        change('in_waiting_room'),
        change('call_ended', 'timeout_exceeded_waiting_room'),
        change('done'),
      ]),
      'Nobody let the bot in before it stopped waiting (timeout_exceeded_waiting_room). ' +
        'Ask the host to let the bot in sooner, then send a new one.',
    );
    assert.equal(
      explainEnd([change('in_call_recording'), change('call_ended', 'call_ended_by_host'), change('done')]),
      'The host ended the meeting (call_ended_by_host).',
    );
  });

  it('is the failure when there is one', () => {
    assert.equal(
      explainEnd([change('call_ended', 'call_ended_by_host'), change('fatal', 'meeting_full')]),
      'The meeting is full (meeting_full). Ask the host to make room, then send a new bot.',
    );
  });

  it('is the refusal to record when that made the bot leave', () => {
    const denied = change('recording_permission_denied', 'zoom_local_recording_request_denied_by_host');
    const expected =
      'The host did not allow the recording (zoom_local_recording_request_denied_by_host). ' +
      'Ask the host to accept the recording request, then send a new bot.';
    for (const subCode of [
      'timeout_exceeded_recording_permission_denied',
      'timeout_exceeded_in_call_not_recording',
    ]) {
      assert.equal(explainEnd([denied, change('call_ended', subCode), change('done')]), expected);
    }
    assert.equal(explainEnd([change('joining_call'), denied]), expected);
  });

  it('does not say of a bot that recorded that it never did', () => {
    const ended = { code: 'call_ended', subCode: 'timeout_exceeded_in_call_not_recording' };
    const recorded = { code: 'in_call_recording', subCode: undefined };
    assert.equal(
      explainEnd([recorded, ended]),
      'The bot left after a long time in the call in which it did not record (timeout_exceeded_in_call_not_recording).',
    );
    assert.match(explainEnd([ended]) ?? '', /never got to record/);
  });

  it('forgets a refusal that was taken back or that was not the reason', () => {
    const denied = change('recording_permission_denied', 'zoom_host_not_present');
    for (const later of ['recording_permission_allowed', 'in_call_recording']) {
      assert.equal(explainEnd([denied, change(later)]), undefined);
    }
    assert.equal(
      explainEnd([denied, change('call_ended', 'call_ended_by_host')]),
      'The host ended the meeting (call_ended_by_host).',
    );
    assert.match(
      explainEnd([
        denied,
        change('in_call_recording'),
        change('call_ended', 'timeout_exceeded_in_call_not_recording'),
      ]) ?? '',
      /did not record/,
    );
  });

  it('falls back on the time-out when the refusal says nothing', () => {
    assert.match(
      explainEnd([
        change('recording_permission_denied'),
        change('call_ended', 'timeout_exceeded_recording_permission_denied'),
      ]) ?? '',
      /^The bot left because it was not allowed to record \(timeout_exceeded_recording_permission_denied\)\./,
    );
  });

  it('shows an unknown sub code and the message as they are', () => {
    assert.equal(
      explainEnd([change('fatal', 'brand_new_reason')]),
      'The bot failed for another reason (brand_new_reason).',
    );
    assert.equal(
      explainEnd([change('fatal', 'brand_new_reason', 'The door\nwas shut.')]),
      'The bot failed for another reason (brand_new_reason). Recall says: The door was shut.',
    );
    assert.equal(explainEnd([change('call_ended', 'gone')]), 'The call ended for another reason (gone).');
    assert.equal(
      explainEnd([change('recording_permission_denied', 'no_way')]),
      'The bot was not allowed to record for another reason (no_way).',
    );
  });

  it('says what it can without a sub code', () => {
    assert.equal(explainEnd([change('fatal')]), 'The bot failed.');
    assert.equal(explainEnd([change('fatal', '', '  ')]), 'The bot failed.');
    assert.equal(explainEnd([change('call_ended')]), 'The call ended.');
    assert.equal(explainEnd([change('recording_permission_denied')]), 'The bot was not allowed to record.');
  });

  it('is nothing for a bot that has not ended', () => {
    assert.equal(explainEnd([]), undefined);
    assert.equal(
      explainEnd([change('joining_call'), change('in_call_recording'), change('done')]),
      undefined,
    );
  });

  it('cuts an endless message', () => {
    const reason = explainEnd([change('fatal', 'x'.repeat(100_000), 'y'.repeat(100_000))]) ?? '';
    assert.ok(reason.length < 1000);
    assert.match(reason, /…$/);
  });
});
