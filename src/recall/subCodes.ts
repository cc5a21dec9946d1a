import * as l10n from '@vscode/l10n';
/** A sub code in words. Both are whole sentences. */
export interface SubCodeExplanation {
  /** What happened: one sentence that ends in a full stop. */
  readonly meaning: string;
  /** What the user can do about it; missing when there is nothing to do. */
  readonly advice?: string;
}

// Texts are functions: the language is not known yet when this file is loaded.
type Text = () => string;
type Explanations = readonly (readonly [subCode: string, meaning: Text, advice?: Text])[];

const admitSooner = () => l10n.t('Ask the host to let the bot in sooner, then send a new one.');
const agreeWithHost = () =>
  l10n.t('Agree with the host that the meeting may be recorded, then send a new bot.');
const sendNewBotToGoOn = () => l10n.t('Send a new bot to go on recording.');
const sendNewBotIfWrong = () => l10n.t('If the meeting was still going on, send a new bot.');
const allowRecording = () => l10n.t('Have the host allow the recording, then send a new bot.');

const callEnded: Explanations = [
  ['call_ended_by_host', () => l10n.t('The host ended the meeting.')],
  ['timeout_exceeded_everyone_left', () => l10n.t('Everyone else left the meeting.')],
  ['bot_received_leave_call', () => l10n.t('The bot was told to leave the call.')],
  [
    'call_ended_by_platform_idle',
    () => l10n.t('The platform closed the meeting because nothing happened in it.'),
  ],
  [
    'timeout_exceeded_waiting_room',
    () => l10n.t('Nobody let the bot in before it stopped waiting.'),
    admitSooner,
  ],
  [
    'call_ended_by_platform_waiting_room_timeout',
    () => l10n.t('Nobody let the bot in before the platform ended its wait.'),
    admitSooner,
  ],
  [
    'bot_kicked_from_waiting_room',
    () => l10n.t('The bot was turned away in the waiting room.'),
    agreeWithHost,
  ],
  ['bot_kicked_from_call', () => l10n.t('The bot was removed from the call.'), agreeWithHost],
  [
    'timeout_exceeded_noone_joined',
    () => l10n.t('Nobody else joined the meeting.'),
    () => l10n.t('Send the bot again when the meeting starts.'),
  ],
  [
    'timeout_exceeded_in_call_not_recording',
    () => l10n.t('The bot was in the call but never got to record.'),
    allowRecording,
  ],
  [
    'timeout_exceeded_recording_permission_denied',
    () => l10n.t('The bot left because it was not allowed to record.'),
    allowRecording,
  ],
  [
    'call_ended_by_platform_max_length',
    () => l10n.t('The meeting reached the longest time that the platform allows.'),
    sendNewBotToGoOn,
  ],
  [
    'timeout_exceeded_max_duration',
    () => l10n.t('The bot reached the longest time that the Recall plan allows.'),
    sendNewBotToGoOn,
  ],
  [
    'timeout_exceeded_in_call_recording',
    () => l10n.t('The bot reached its own recording time limit.'),
    sendNewBotToGoOn,
  ],
  [
    'timeout_exceeded_silence_detected',
    () => l10n.t('The bot left after a long silence, which it took for an empty meeting.'),
    sendNewBotIfWrong,
  ],
  [
    'timeout_exceeded_only_bots_detected_using_participant_names',
    () => l10n.t('The bot left because the names of the others looked like those of bots.'),
    sendNewBotIfWrong,
  ],
  [
    'timeout_exceeded_only_bots_detected_using_participant_events',
    () => l10n.t('The bot left because the others behaved like bots.'),
    sendNewBotIfWrong,
  ],
  [
    'timeout_exceeded_only_bots_in_call',
    () => l10n.t('The bot left because only bots seemed to be in the call.'),
    sendNewBotIfWrong,
  ],
];

const getFreshLink = () => l10n.t('Check the meeting link, or ask the host for a new one.');
const tryAgain = () => l10n.t('Send the bot again.');
const openToGuests = () =>
  l10n.t("Ask the host to let guests in, or set up signed-in bots by Recall's guide.");
const fixGoogleLogin = () => l10n.t('Check the Google login that is set up in the Recall dashboard.');
const completeGoogleLogin = () => l10n.t('Complete the Google login in the Recall dashboard.');
const keepInMainRoom = () => l10n.t('Keep the bot in the main room.');
const fixZoomSetUp = () => l10n.t('Check the Zoom set-up in the Recall dashboard, and the meeting link.');
const signedInTeams = () => l10n.t("Set up signed-in bots for Microsoft Teams by Recall's guide.");

const fatal: Explanations = [
  [
    'bot_errored',
    () => l10n.t('The bot met an unforeseen fault at Recall.'),
    () => l10n.t('Send it again; if it fails again, report the bot ID to Recall.'),
  ],
  ['meeting_not_found', () => l10n.t('The meeting link leads to no meeting.'), getFreshLink],
  ['meeting_link_invalid', () => l10n.t('The meeting link is wrong, or the meeting is gone.'), getFreshLink],
  ['meeting_link_expired', () => l10n.t('The meeting link has expired.'), getFreshLink],
  [
    'meeting_password_incorrect',
    () => l10n.t('The meeting password is wrong.'),
    () => l10n.t('Copy the full meeting link with its password, then send a new bot.'),
  ],
  [
    'meeting_not_started',
    () => l10n.t('The meeting has not started yet.'),
    () => l10n.t('Send the bot when the meeting starts, or schedule it.'),
  ],
  [
    'microsoft_teams_event_not_started_for_external',
    () => l10n.t('Guests may not enter before the event starts.'),
    () => l10n.t('Send the bot when the event starts, or schedule it.'),
  ],
  [
    'meeting_requires_registration',
    () => l10n.t('The meeting is open to registered people only.'),
    () => l10n.t('Ask the host for a meeting without registration.'),
  ],
  [
    'zoom_registration_required',
    () => l10n.t('The Zoom meeting is open to registered people only.'),
    () =>
      l10n.t(
        "Ask the host for a meeting without registration, or follow Recall's guide to registration on Zoom.",
      ),
  ],
  ['meeting_requires_sign_in', () => l10n.t('The meeting is open to signed-in people only.'), openToGuests],
  ['google_meet_internal_error', () => l10n.t('Google Meet had a fault.'), tryAgain],
  ['google_meet_video_error', () => l10n.t('Google Meet had a fault with the video.'), tryAgain],
  ['google_meet_meeting_room_not_ready', () => l10n.t('The Google Meet room was not ready.'), tryAgain],
  ['zoom_internal_error', () => l10n.t('Zoom had a fault.'), tryAgain],
  ['zoom_join_timeout', () => l10n.t('Joining the Zoom meeting took too long.'), tryAgain],
  [
    'zoom_connection_failed',
    () => l10n.t('The connection to Zoom failed because of a fault there.'),
    tryAgain,
  ],
  ['microsoft_teams_internal_error', () => l10n.t('Microsoft Teams had a fault.'), tryAgain],
  [
    'microsoft_teams_call_dropped',
    () => l10n.t('Microsoft Teams dropped the call and the bot could not get back in.'),
    tryAgain,
  ],
  [
    'google_meet_bot_blocked',
    () => l10n.t('Google Meet refused the bot.'),
    () => l10n.t("Another bot name may help; see Recall's questions and answers on Google Meet."),
  ],
  ['google_meet_sign_in_failed', () => l10n.t("The bot's Google login failed."), fixGoogleLogin],
  [
    'google_meet_sign_in_captcha_failed',
    () => l10n.t("A captcha stopped the bot's Google login."),
    fixGoogleLogin,
  ],
  [
    'google_meet_sso_sign_in_failed',
    () => l10n.t("The bot's single sign-on at Google failed."),
    fixGoogleLogin,
  ],
  [
    'google_meet_sign_in_missing_login_credentials',
    () => l10n.t('No Google login is set up for the bot.'),
    completeGoogleLogin,
  ],
  [
    'google_meet_sign_in_missing_recovery_credentials',
    () => l10n.t("The bot's Google login lacks its recovery details."),
    completeGoogleLogin,
  ],
  [
    'google_meet_sso_sign_in_missing_login_credentials',
    () => l10n.t("The bot's Google login lacks its single sign-on details."),
    completeGoogleLogin,
  ],
  [
    'google_meet_sso_sign_in_missing_totp_secret',
    () => l10n.t("The bot's Google login lacks the secret for its one-time codes."),
    completeGoogleLogin,
  ],
  [
    'google_meet_login_not_available',
    () => l10n.t('All Google logins of the group are in use.'),
    () => l10n.t('Add Google logins to the group in the Recall dashboard.'),
  ],
  [
    'google_meet_permission_denied_breakout',
    () => l10n.t('Google Meet refused the bot because of an active breakout room.'),
    keepInMainRoom,
  ],
  [
    'microsoft_teams_breakout_room_unsupported',
    () => l10n.t('The bot was moved to a breakout room, which bots cannot use on Microsoft Teams.'),
    keepInMainRoom,
  ],
  ['zoom_sdk_credentials_missing', () => l10n.t('No Zoom credentials are set up for the bot.'), fixZoomSetUp],
  [
    'zoom_invalid_signature',
    () => l10n.t('The Zoom credentials or the meeting link are wrong.'),
    fixZoomSetUp,
  ],
  [
    'zoom_sdk_app_not_published',
    () =>
      l10n.t("Zoom has not approved the bot's app, so it can join only meetings of the app owner's account."),
    () => l10n.t('Submit the app to Zoom for review.'),
  ],
  [
    'zoom_sdk_update_required',
    () => l10n.t('Zoom asks for a newer version of its software than the bot has.'),
    () => l10n.t('Report the bot ID to Recall.'),
  ],
  [
    'zoom_account_blocked',
    () => l10n.t('Zoom has blocked the account that the bot used.'),
    () => l10n.t('Make the ZAK token from another Zoom user, then send a new bot.'),
  ],
  [
    'zoom_email_blocked_by_admin',
    () => l10n.t("The Zoom admin does not let in the bot's e-mail address."),
    () => l10n.t('Use another Zoom account for the bot, or ask the Zoom admin to let it in.'),
  ],
  [
    'zoom_error_multiple_device_join',
    () => l10n.t('Somebody is already in the call with the same Zoom credentials.'),
    () => l10n.t('Use another Zoom account for the bot.'),
  ],
  [
    'zoom_invalid_join_token',
    () => l10n.t('The Zoom join token has expired, lacks rights or is for another meeting.'),
    () => l10n.t('Send a new bot with a fresh token.'),
  ],
  [
    'zoom_invalid_webinar_invite',
    () => l10n.t('The Zoom webinar invitation is not valid.'),
    () => l10n.t('Check the password and tokens in the link, or ask for a fresh invitation.'),
  ],
  [
    'zoom_email_required',
    () => l10n.t('The Zoom meeting asks for an e-mail address.'),
    () =>
      l10n.t(
        'Ask the host to turn that off, or give the bot an address through the Recall API (zoom.user_email).',
      ),
  ],
  [
    'zoom_captcha_required',
    () => l10n.t('The Zoom meeting asks guests to solve a captcha.'),
    () => l10n.t('Ask the host to turn the captcha off.'),
  ],
  [
    'zoom_web_disallowed',
    () => l10n.t('The Zoom meeting does not let web clients in.'),
    () =>
      l10n.t('Ask the host to turn end-to-end encryption off, or send a native bot through the Recall API.'),
  ],
  [
    'meeting_ended',
    () => l10n.t('The meeting was already over.'),
    () => l10n.t('Send a bot to the next meeting.'),
  ],
  [
    'meeting_full',
    () => l10n.t('The meeting is full.'),
    () => l10n.t('Ask the host to make room, then send a new bot.'),
  ],
  [
    'meeting_locked',
    () => l10n.t('The meeting is locked.'),
    () => l10n.t('Ask the host to unlock it, then send a new bot.'),
  ],
  [
    'zoom_meeting_not_accessible',
    () => l10n.t('The Zoom meeting is out of reach for the bot, for example because its country is blocked.'),
    () => l10n.t('Ask the host to allow the country or region that the bot joins from.'),
  ],
  [
    'zoom_meeting_host_inactive',
    () => l10n.t("The host's Zoom account is disabled or restricted."),
    () => l10n.t('Use a meeting of another host.'),
  ],
  [
    'microsoft_teams_sign_in_credentials_missing',
    () => l10n.t('The Microsoft Teams meeting asks for a login, and none is set up for the bot.'),
    signedInTeams,
  ],
  [
    'microsoft_teams_sign_in_failed',
    () => l10n.t('The Microsoft Teams meeting asks for a login, and that of the bot failed.'),
    () => l10n.t('Check the Microsoft Teams login that is set up in the Recall dashboard.'),
  ],
  [
    'microsoft_teams_captcha_detected',
    () => l10n.t('The Microsoft Teams meeting asks guests to solve a captcha.'),
    () =>
      l10n.t(
        "Set up signed-in bots by Recall's guide, from a domain that the meeting's organisation trusts.",
      ),
  ],
  [
    'microsoft_teams_bot_not_invited',
    () => l10n.t('The Microsoft Teams meeting invited a different account than that of the bot.'),
    () => l10n.t("Invite the bot's account to the meeting."),
  ],
  [
    'microsoft_teams_2fa_required',
    () => l10n.t("Microsoft Teams asks for a second factor with the bot's login."),
    () => l10n.t('Turn off two-factor authentication for that login.'),
  ],
  [
    'failed_to_launch_in_time',
    () => l10n.t('Recall could not start the bot in time.'),
    () => l10n.t('Send it again; if it fails again, report the bot ID to Recall.'),
  ],
  [
    'google_meet_knocking_disabled',
    () => l10n.t('Nobody may ask to be let into this Google Meet meeting.'),
    () => l10n.t("Ask the host to allow that in the meeting's settings, or to invite the bot's account."),
  ],
  [
    'google_meet_organisation_restricted',
    () => l10n.t("Google Meet lets only members of the host's organisation in."),
    () => l10n.t("Ask the host to open the meeting to others, or to invite the bot's account."),
  ],
  [
    'google_meet_watermark_kicked',
    () => l10n.t('Google Meet removed the bot: the meeting has a watermark, and the bot is not signed in.'),
    () => l10n.t("Ask the host to turn the watermark off, or set up signed-in bots by Recall's guide."),
  ],
  [
    'meeting_not_accessible',
    () => l10n.t('The access settings of the meeting keep the bot out.'),
    () => l10n.t("Ask the host to change them, or to invite the bot's account."),
  ],
  [
    'zoom_authorized_participants_only',
    () => l10n.t('The Zoom meeting lets only certain people in.'),
    () => l10n.t("Ask the host to change that, or to let the bot's account in."),
  ],
  [
    'zoom_bot_blocked',
    () => l10n.t('The bot is blocked in this Zoom meeting.'),
    () => l10n.t('Ask the host to allow it, then send a new bot.'),
  ],
  [
    'zoom_another_meeting_in_progress',
    () => l10n.t('The host is in another Zoom meeting.'),
    () => l10n.t('Wait until that one is over, or ask the host to end it, then send a new bot.'),
  ],
  [
    'zoom_token_expired',
    () => l10n.t("The bot's Zoom token has expired."),
    () => l10n.t('Send a new bot with a fresh token.'),
  ],
  [
    'zoom_obf_user_not_in_meeting',
    () => l10n.t('The Zoom user for whom the bot joins is not in the meeting.'),
    () => l10n.t('Send a new bot when that user is in the meeting.'),
  ],
  [
    'microsoft_teams_captcha_error',
    () => l10n.t('A captcha of the Microsoft Teams meeting stopped the bot.'),
    () =>
      l10n.t(
        "Ask the host to turn the captcha for guests off, or set up signed-in bots from a domain that the meeting's organisation trusts.",
      ),
  ],
  [
    'microsoft_teams_townhall_meeting_not_supported',
    () => l10n.t('Bots cannot join town halls on Microsoft Teams.'),
    () => l10n.t('Use another kind of meeting.'),
  ],
  [
    'microsoft_teams_captions_failure',
    () => l10n.t('The captions of the Microsoft Teams meeting failed.'),
    () => l10n.t('Ask the host to turn live captions on, then send a new bot.'),
  ],
  [
    'webex_password_required',
    () => l10n.t('The Webex meeting asks for a password.'),
    () => l10n.t('Copy the full meeting link with its password, then send a new bot.'),
  ],
  [
    'webex_pin_required',
    () => l10n.t('The Webex meeting asks for a PIN.'),
    () => l10n.t('Ask the host for a link that needs no PIN, then send a new bot.'),
  ],
  [
    'webex_service_app_unauthorized',
    () => l10n.t('The Webex service app is not authorised.'),
    () => l10n.t('Authorise it in the Recall dashboard.'),
  ],
  [
    'teams_blacklisted_tenant',
    () => l10n.t('The organisation of this Microsoft Teams meeting does not allow recording bots.'),
    () => l10n.t('Ask that organisation to allow them.'),
  ],
  [
    'webex_join_meeting_error',
    () => l10n.t('The Webex meeting is not valid, or Webex is not set up in Recall.'),
    () => l10n.t('Check the meeting link and the Webex set-up in the Recall dashboard.'),
  ],
];

const acceptPrompt = () => l10n.t('Ask the host to accept the recording request, then send a new bot.');

const recordingPermissionDenied: Explanations = [
  [
    'zoom_local_recording_disabled',
    () => l10n.t("Local recording is turned off in the host's Zoom account."),
    () => l10n.t('Ask the host to turn on local recording in the Zoom settings, then send a new bot.'),
  ],
  [
    'zoom_local_recording_request_disabled',
    () => l10n.t('The host cannot let participants record, because the Zoom settings do not allow it.'),
    () =>
      l10n.t(
        'Ask the host to allow participants to record locally in the Zoom settings, then send a new bot.',
      ),
  ],
  [
    'zoom_local_recording_request_disabled_by_host',
    () => l10n.t('The host has turned off requests to record.'),
    () => l10n.t('Ask the host to allow requests to record, then send a new bot.'),
  ],
  [
    'zoom_bot_in_waiting_room',
    () => l10n.t('The bot cannot ask to record while it is in the waiting room.'),
    () => l10n.t('Ask the host to let the bot in.'),
  ],
  [
    'zoom_host_not_present',
    () => l10n.t('The host was away when the bot asked to record.'),
    () => l10n.t('Send a new bot while the host is in the meeting.'),
  ],
  [
    'zoom_local_recording_request_denied_by_host',
    () => l10n.t('The host did not allow the recording.'),
    acceptPrompt,
  ],
  [
    'zoom_local_recording_denied',
    () =>
      l10n.t(
        'The host did not allow the recording, did not answer in time, or has local recording turned off.',
      ),
    acceptPrompt,
  ],
  [
    'zoom_local_recording_grant_not_supported',
    () => l10n.t("The host's Zoom device cannot allow others to record."),
    () => l10n.t('Ask the host to join from the Zoom app on a computer, then send a new bot.'),
  ],
  [
    'zoom_sdk_key_blocked_by_host_admin',
    () => l10n.t("The admin of the host's Zoom account has blocked the bot's app."),
    () => l10n.t('Ask that admin to allow the app.'),
  ],
];

// The same codes say something else where there is a recording.
const afterRecording: Explanations = [
  [
    'timeout_exceeded_in_call_not_recording',
    () => l10n.t('The bot left after a long time in the call in which it did not record.'),
  ],
  [
    'timeout_exceeded_recording_permission_denied',
    () => l10n.t('The bot left because it was no longer allowed to record.'),
  ],
];

const explanations: ReadonlyMap<string, ReadonlyMap<string, () => SubCodeExplanation>> = new Map([
  ['call_ended', explanationsByCode(callEnded)],
  ['fatal', explanationsByCode(fatal)],
  ['recording_permission_denied', explanationsByCode(recordingPermissionDenied)],
]);

const explanationsAfterRecording = explanationsByCode(afterRecording);

/**
 * Explains the sub code of a status change in plain words. Show the sub code beside them, so that it can be looked up.
 *
 * @param statusCode the code of the status change: `call_ended`, `fatal` or `recording_permission_denied`
 * @param wasRecorded whether the bot recorded before
 * @returns undefined for a sub code that is not known here: Recall adds new ones without notice
 */
export function explainSubCode(
  statusCode: string,
  subCode: string,
  wasRecorded = false,
): SubCodeExplanation | undefined {
  const other =
    wasRecorded && statusCode === 'call_ended' ? explanationsAfterRecording.get(subCode) : undefined;
  return (other ?? explanations.get(statusCode)?.get(subCode))?.();
}

function explanationsByCode(list: Explanations): ReadonlyMap<string, () => SubCodeExplanation> {
  return new Map(
    list.map(([subCode, meaning, advice]) => [
      subCode,
      () => (advice === undefined ? { meaning: meaning() } : { meaning: meaning(), advice: advice() }),
    ]),
  );
}
