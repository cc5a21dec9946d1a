import assert from 'node:assert/strict';
import { explainSubCode } from '../../../src/recall/subCodes.ts';

const normalEnds = [
  'call_ended_by_host',
  'timeout_exceeded_everyone_left',
  'bot_received_leave_call',
  'call_ended_by_platform_idle',
];

const documented: Record<string, readonly string[]> = {
  call_ended: [
    ...normalEnds,
    'timeout_exceeded_waiting_room',
    'call_ended_by_platform_waiting_room_timeout',
    'bot_kicked_from_waiting_room',
    'bot_kicked_from_call',
    'timeout_exceeded_noone_joined',
    'timeout_exceeded_in_call_not_recording',
    'timeout_exceeded_recording_permission_denied',
    'call_ended_by_platform_max_length',
    'timeout_exceeded_max_duration',
    'timeout_exceeded_in_call_recording',
    'timeout_exceeded_silence_detected',
    'timeout_exceeded_only_bots_detected_using_participant_names',
    'timeout_exceeded_only_bots_detected_using_participant_events',
    'timeout_exceeded_only_bots_in_call',
  ],
  fatal: [
    'bot_errored',
    'meeting_not_found',
    'meeting_link_invalid',
    'meeting_link_expired',
    'meeting_password_incorrect',
    'meeting_not_started',
    'microsoft_teams_event_not_started_for_external',
    'meeting_requires_registration',
    'zoom_registration_required',
    'meeting_requires_sign_in',
    'google_meet_internal_error',
    'google_meet_video_error',
    'google_meet_meeting_room_not_ready',
    'zoom_internal_error',
    'zoom_join_timeout',
    'zoom_connection_failed',
    'microsoft_teams_internal_error',
    'microsoft_teams_call_dropped',
    'google_meet_bot_blocked',
    'google_meet_sign_in_failed',
    'google_meet_sign_in_captcha_failed',
    'google_meet_sso_sign_in_failed',
    'google_meet_sign_in_missing_login_credentials',
    'google_meet_sign_in_missing_recovery_credentials',
    'google_meet_sso_sign_in_missing_login_credentials',
    'google_meet_sso_sign_in_missing_totp_secret',
    'google_meet_login_not_available',
    'google_meet_permission_denied_breakout',
    'microsoft_teams_breakout_room_unsupported',
    'zoom_sdk_credentials_missing',
    'zoom_invalid_signature',
    'zoom_sdk_app_not_published',
    'zoom_sdk_update_required',
    'zoom_account_blocked',
    'zoom_email_blocked_by_admin',
    'zoom_error_multiple_device_join',
    'zoom_invalid_join_token',
    'zoom_invalid_webinar_invite',
    'zoom_email_required',
    'zoom_captcha_required',
    'zoom_web_disallowed',
    'meeting_ended',
    'meeting_full',
    'meeting_locked',
    'zoom_meeting_not_accessible',
    'zoom_meeting_host_inactive',
    'microsoft_teams_sign_in_credentials_missing',
    'microsoft_teams_sign_in_failed',
    'microsoft_teams_captcha_detected',
    'microsoft_teams_bot_not_invited',
    'microsoft_teams_2fa_required',
    'webex_join_meeting_error',
  ],
  recording_permission_denied: [
    'zoom_local_recording_disabled',
    'zoom_local_recording_request_disabled',
    'zoom_local_recording_request_disabled_by_host',
    'zoom_bot_in_waiting_room',
    'zoom_host_not_present',
    'zoom_local_recording_request_denied_by_host',
    'zoom_local_recording_denied',
    'zoom_local_recording_grant_not_supported',
    'zoom_sdk_key_blocked_by_host_admin',
  ],
};

describe('sub codes', () => {
  for (const [statusCode, subCodes] of Object.entries(documented)) {
    it(`explains every documented sub code of ${statusCode} in its own whole sentences`, () => {
      const meanings = new Set<string>();
      for (const subCode of subCodes) {
        const explanation = explainSubCode(statusCode, subCode);
        assert.ok(explanation, subCode);
        const { meaning, advice } = explanation;
        for (const sentence of [meaning, advice ?? 'None.'])
          assert.match(sentence, /^[A-Z][^.]+.*[^.]\.$/, subCode);
        assert.equal(advice === undefined, normalEnds.includes(subCode), `${subCode}: advice`);
        meanings.add(meaning);
      }
      assert.equal(meanings.size, subCodes.length, 'two sub codes read the same');
    });
  }

  it('never repeats the code itself in the words', () => {
    for (const [statusCode, subCodes] of Object.entries(documented)) {
      for (const subCode of subCodes) {
        const { meaning, advice } = explainSubCode(statusCode, subCode) ?? { meaning: '' };
        assert.doesNotMatch(`${meaning} ${advice ?? ''}`, new RegExp(`\\b${subCode}\\b`));
      }
    }
  });

  it('says what to do where it matters most', () => {
    assert.deepEqual(explainSubCode('call_ended', 'timeout_exceeded_waiting_room'), {
      meaning: 'Nobody let the bot in before it stopped waiting.',
      advice: 'Ask the host to let the bot in sooner, then send a new one.',
    });
    assert.match(explainSubCode('fatal', 'meeting_password_incorrect')?.advice ?? '', /full meeting link/);
    assert.match(
      explainSubCode('recording_permission_denied', 'zoom_local_recording_disabled')?.advice ?? '',
      /turn on local recording/,
    );
  });

  it('leaves a sub code that is not known to the caller', () => {
    assert.equal(explainSubCode('fatal', 'brand_new_reason'), undefined);
    assert.equal(explainSubCode('brand_new_status', 'bot_errored'), undefined);
    assert.equal(explainSubCode('fatal', 'constructor'), undefined);
    assert.equal(explainSubCode('__proto__', 'toString'), undefined);
  });
});
