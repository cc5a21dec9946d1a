import * as l10n from '@vscode/l10n';

/** Why a bot ended as it did, in two or three words for a line of the tree; the sentence is in `subCodes.ts`. */
type BriefReason = readonly [words: () => string, ...subCodes: string[]];

// Words are functions: the language is not known yet when this file is loaded.
const briefReasons: readonly BriefReason[] = [
  [() => l10n.t('Host ended it'), 'call_ended_by_host'],
  [() => l10n.t('Everyone left'), 'timeout_exceeded_everyone_left'],
  [() => l10n.t('Told to leave'), 'bot_received_leave_call'],
  [
    () => l10n.t('Never let in'),
    'timeout_exceeded_waiting_room',
    'call_ended_by_platform_waiting_room_timeout',
  ],
  [() => l10n.t('Turned away'), 'bot_kicked_from_waiting_room'],
  [() => l10n.t('Removed from call'), 'bot_kicked_from_call', 'google_meet_watermark_kicked'],
  [() => l10n.t('Nobody came'), 'timeout_exceeded_noone_joined'],
  [() => l10n.t('Nothing to hear'), 'timeout_exceeded_silence_detected'],
  [
    () => l10n.t('Only bots left'),
    'timeout_exceeded_only_bots_detected_using_participant_names',
    'timeout_exceeded_only_bots_detected_using_participant_events',
    'timeout_exceeded_only_bots_in_call',
  ],
  [
    () => l10n.t('Time limit reached'),
    'call_ended_by_platform_max_length',
    'timeout_exceeded_max_duration',
    'timeout_exceeded_in_call_recording',
  ],
  [() => l10n.t('Meeting was idle'), 'call_ended_by_platform_idle'],
  [
    () => l10n.t('Recording refused'),
    'timeout_exceeded_in_call_not_recording',
    'timeout_exceeded_recording_permission_denied',
    'zoom_local_recording_disabled',
    'zoom_local_recording_request_disabled',
    'zoom_local_recording_request_disabled_by_host',
    'zoom_local_recording_request_denied_by_host',
    'zoom_local_recording_denied',
    'zoom_local_recording_grant_not_supported',
    'zoom_host_not_present',
    'zoom_bot_in_waiting_room',
  ],
  [
    () => l10n.t('Meeting not started'),
    'meeting_not_started',
    'microsoft_teams_event_not_started_for_external',
    'google_meet_meeting_room_not_ready',
    'zoom_meeting_host_inactive',
    'zoom_obf_user_not_in_meeting',
  ],
  [() => l10n.t('No such meeting'), 'meeting_not_found', 'zoom_invalid_webinar_invite'],
  [() => l10n.t('Wrong meeting link'), 'meeting_link_invalid'],
  [() => l10n.t('Link expired'), 'meeting_link_expired', 'zoom_token_expired'],
  [() => l10n.t('Meeting was over'), 'meeting_ended'],
  [() => l10n.t('Meeting full'), 'meeting_full'],
  [() => l10n.t('Meeting locked'), 'meeting_locked', 'google_meet_knocking_disabled'],
  [
    () => l10n.t('Wrong passcode'),
    'meeting_password_incorrect',
    'webex_password_required',
    'webex_pin_required',
  ],
  [
    () => l10n.t('Registration needed'),
    'meeting_requires_registration',
    'zoom_registration_required',
    'zoom_email_required',
  ],
  [() => l10n.t('Sign-in needed'), 'meeting_requires_sign_in'],
  [
    () => l10n.t('Bots not allowed'),
    'google_meet_bot_blocked',
    'google_meet_organisation_restricted',
    'meeting_not_accessible',
    'microsoft_teams_bot_not_invited',
    'teams_blacklisted_tenant',
    'zoom_account_blocked',
    'zoom_authorized_participants_only',
    'zoom_bot_blocked',
    'zoom_email_blocked_by_admin',
    'zoom_meeting_not_accessible',
    'zoom_sdk_key_blocked_by_host_admin',
    'zoom_web_disallowed',
  ],
  [
    () => l10n.t('Stopped by captcha'),
    'google_meet_sign_in_captcha_failed',
    'microsoft_teams_captcha_detected',
    'microsoft_teams_captcha_error',
    'zoom_captcha_required',
  ],
  [
    () => l10n.t("Bot's sign-in failed"),
    'google_meet_sign_in_failed',
    'google_meet_sso_sign_in_failed',
    'google_meet_sign_in_missing_login_credentials',
    'google_meet_sign_in_missing_recovery_credentials',
    'google_meet_sso_sign_in_missing_login_credentials',
    'google_meet_sso_sign_in_missing_totp_secret',
    'google_meet_login_not_available',
    'microsoft_teams_2fa_required',
    'microsoft_teams_sign_in_credentials_missing',
    'microsoft_teams_sign_in_failed',
  ],
  [
    () => l10n.t('Set-up incomplete'),
    'webex_service_app_unauthorized',
    'zoom_invalid_join_token',
    'zoom_invalid_signature',
    'zoom_sdk_app_not_published',
    'zoom_sdk_credentials_missing',
    'zoom_sdk_update_required',
  ],
  [() => l10n.t('In another meeting'), 'zoom_another_meeting_in_progress', 'zoom_error_multiple_device_join'],
  [
    () => l10n.t('Breakout room closed'),
    'google_meet_permission_denied_breakout',
    'microsoft_teams_breakout_room_unsupported',
  ],
  [() => l10n.t('Town hall'), 'microsoft_teams_townhall_meeting_not_supported'],
  [
    () => l10n.t('Platform fault'),
    'google_meet_internal_error',
    'google_meet_video_error',
    'microsoft_teams_call_dropped',
    'microsoft_teams_captions_failure',
    'microsoft_teams_internal_error',
    'webex_join_meeting_error',
    'zoom_connection_failed',
    'zoom_internal_error',
    'zoom_join_timeout',
  ],
  [() => l10n.t('Bot fault'), 'bot_errored', 'failed_to_launch_in_time'],
];

const bySubCode: ReadonlyMap<string, () => string> = new Map(
  briefReasons.flatMap(([words, ...subCodes]) => subCodes.map((subCode) => [subCode, words] as const)),
);

/** A sub code in two or three words; undefined for one that is not known here. */
export function briefReason(subCode: string): string | undefined {
  return bySubCode.get(subCode)?.();
}
