/** A sub code in words. Both are whole sentences. */
export interface SubCodeExplanation {
  /** What happened: one sentence that ends in a full stop. */
  readonly meaning: string;
  /** What the user can do about it; missing when there is nothing to do. */
  readonly advice?: string;
}

type Explanations = readonly (readonly [subCode: string, meaning: string, advice?: string])[];

const admitSooner = 'Ask the host to let the bot in sooner, then send a new one.';
const agreeWithHost = 'Agree with the host that the meeting may be recorded, then send a new bot.';
const sendNewBotToGoOn = 'Send a new bot to go on recording.';
const sendNewBotIfWrong = 'If the meeting was still going on, send a new bot.';
const allowRecording = 'Have the host allow the recording, then send a new bot.';

const callEnded: Explanations = [
  ['call_ended_by_host', 'The host ended the meeting.'],
  ['timeout_exceeded_everyone_left', 'Everyone else left the meeting.'],
  ['bot_received_leave_call', 'The bot was told to leave the call.'],
  ['call_ended_by_platform_idle', 'The platform closed the meeting because nothing happened in it.'],
  ['timeout_exceeded_waiting_room', 'Nobody let the bot in before it stopped waiting.', admitSooner],
  [
    'call_ended_by_platform_waiting_room_timeout',
    'Nobody let the bot in before the platform ended its wait.',
    admitSooner,
  ],
  ['bot_kicked_from_waiting_room', 'The bot was turned away in the waiting room.', agreeWithHost],
  ['bot_kicked_from_call', 'The bot was removed from the call.', agreeWithHost],
  [
    'timeout_exceeded_noone_joined',
    'Nobody else joined the meeting.',
    'Send the bot again when the meeting starts.',
  ],
  [
    'timeout_exceeded_in_call_not_recording',
    'The bot was in the call but never got to record.',
    allowRecording,
  ],
  [
    'timeout_exceeded_recording_permission_denied',
    'The bot left because it was not allowed to record.',
    allowRecording,
  ],
  [
    'call_ended_by_platform_max_length',
    'The meeting reached the longest time that the platform allows.',
    sendNewBotToGoOn,
  ],
  [
    'timeout_exceeded_max_duration',
    'The bot reached the longest time that the Recall plan allows.',
    sendNewBotToGoOn,
  ],
  ['timeout_exceeded_in_call_recording', 'The bot reached its own recording time limit.', sendNewBotToGoOn],
  [
    'timeout_exceeded_silence_detected',
    'The bot left after a long silence, which it took for an empty meeting.',
    sendNewBotIfWrong,
  ],
  [
    'timeout_exceeded_only_bots_detected_using_participant_names',
    'The bot left because the names of the others looked like those of bots.',
    sendNewBotIfWrong,
  ],
  [
    'timeout_exceeded_only_bots_detected_using_participant_events',
    'The bot left because the others behaved like bots.',
    sendNewBotIfWrong,
  ],
  [
    'timeout_exceeded_only_bots_in_call',
    'The bot left because only bots seemed to be in the call.',
    sendNewBotIfWrong,
  ],
];

const getFreshLink = 'Check the meeting link, or ask the host for a new one.';
const tryAgain = 'Send the bot again.';
const openToGuests = "Ask the host to let guests in, or set up signed-in bots by Recall's guide.";
const fixGoogleLogin = 'Check the Google login that is set up in the Recall dashboard.';
const completeGoogleLogin = 'Complete the Google login in the Recall dashboard.';
const keepInMainRoom = 'Keep the bot in the main room.';
const fixZoomSetUp = 'Check the Zoom set-up in the Recall dashboard, and the meeting link.';
const signedInTeams = "Set up signed-in bots for Microsoft Teams by Recall's guide.";

const fatal: Explanations = [
  [
    'bot_errored',
    'The bot met an unforeseen fault at Recall.',
    'Send it again; if it fails again, report the bot ID to Recall.',
  ],
  ['meeting_not_found', 'The meeting link leads to no meeting.', getFreshLink],
  ['meeting_link_invalid', 'The meeting link is wrong, or the meeting is gone.', getFreshLink],
  ['meeting_link_expired', 'The meeting link has expired.', getFreshLink],
  [
    'meeting_password_incorrect',
    'The meeting password is wrong.',
    'Copy the full meeting link with its password, then send a new bot.',
  ],
  [
    'meeting_not_started',
    'The meeting has not started yet.',
    'Send the bot when the meeting starts, or schedule it.',
  ],
  [
    'microsoft_teams_event_not_started_for_external',
    'Guests may not enter before the event starts.',
    'Send the bot when the event starts, or schedule it.',
  ],
  [
    'meeting_requires_registration',
    'The meeting is open to registered people only.',
    'Ask the host for a meeting without registration.',
  ],
  [
    'zoom_registration_required',
    'The Zoom meeting is open to registered people only.',
    "Ask the host for a meeting without registration, or follow Recall's guide to registration on Zoom.",
  ],
  ['meeting_requires_sign_in', 'The meeting is open to signed-in people only.', openToGuests],
  ['google_meet_internal_error', 'Google Meet had a fault.', tryAgain],
  ['google_meet_video_error', 'Google Meet had a fault with the video.', tryAgain],
  ['google_meet_meeting_room_not_ready', 'The Google Meet room was not ready.', tryAgain],
  ['zoom_internal_error', 'Zoom had a fault.', tryAgain],
  ['zoom_join_timeout', 'Joining the Zoom meeting took too long.', tryAgain],
  ['zoom_connection_failed', 'The connection to Zoom failed because of a fault there.', tryAgain],
  ['microsoft_teams_internal_error', 'Microsoft Teams had a fault.', tryAgain],
  [
    'microsoft_teams_call_dropped',
    'Microsoft Teams dropped the call and the bot could not get back in.',
    tryAgain,
  ],
  [
    'google_meet_bot_blocked',
    'Google Meet refused the bot.',
    "Another bot name may help; see Recall's questions and answers on Google Meet.",
  ],
  ['google_meet_sign_in_failed', "The bot's Google login failed.", fixGoogleLogin],
  ['google_meet_sign_in_captcha_failed', "A captcha stopped the bot's Google login.", fixGoogleLogin],
  ['google_meet_sso_sign_in_failed', "The bot's single sign-on at Google failed.", fixGoogleLogin],
  [
    'google_meet_sign_in_missing_login_credentials',
    'No Google login is set up for the bot.',
    completeGoogleLogin,
  ],
  [
    'google_meet_sign_in_missing_recovery_credentials',
    "The bot's Google login lacks its recovery details.",
    completeGoogleLogin,
  ],
  [
    'google_meet_sso_sign_in_missing_login_credentials',
    "The bot's Google login lacks its single sign-on details.",
    completeGoogleLogin,
  ],
  [
    'google_meet_sso_sign_in_missing_totp_secret',
    "The bot's Google login lacks the secret for its one-time codes.",
    completeGoogleLogin,
  ],
  [
    'google_meet_login_not_available',
    'All Google logins of the group are in use.',
    'Add Google logins to the group in the Recall dashboard.',
  ],
  [
    'google_meet_permission_denied_breakout',
    'Google Meet refused the bot because of an active breakout room.',
    keepInMainRoom,
  ],
  [
    'microsoft_teams_breakout_room_unsupported',
    'The bot was moved to a breakout room, which bots cannot use on Microsoft Teams.',
    keepInMainRoom,
  ],
  ['zoom_sdk_credentials_missing', 'No Zoom credentials are set up for the bot.', fixZoomSetUp],
  ['zoom_invalid_signature', 'The Zoom credentials or the meeting link are wrong.', fixZoomSetUp],
  [
    'zoom_sdk_app_not_published',
    "Zoom has not approved the bot's app, so it can join only meetings of the app owner's account.",
    'Submit the app to Zoom for review.',
  ],
  [
    'zoom_sdk_update_required',
    'Zoom asks for a newer version of its software than the bot has.',
    'Report the bot ID to Recall.',
  ],
  [
    'zoom_account_blocked',
    "Zoom has blocked the bot's account, or its ZAK token belongs to another user.",
    'Use another Zoom account for the bot.',
  ],
  [
    'zoom_email_blocked_by_admin',
    "The Zoom admin does not let in the bot's e-mail address.",
    'Use another Zoom account for the bot, or ask the Zoom admin to let it in.',
  ],
  [
    'zoom_error_multiple_device_join',
    'Somebody is already in the call with the same Zoom credentials.',
    'Use another Zoom account for the bot.',
  ],
  [
    'zoom_invalid_join_token',
    'The Zoom join token has expired, lacks rights or is for another meeting.',
    'Send a new bot with a fresh token.',
  ],
  [
    'zoom_invalid_webinar_invite',
    'The Zoom webinar invitation is not valid.',
    'Check the password and tokens in the link, or ask for a fresh invitation.',
  ],
  [
    'zoom_email_required',
    'The Zoom meeting asks for an e-mail address.',
    'Ask the host to turn that off, or give the bot an address through the Recall API (zoom.user_email).',
  ],
  [
    'zoom_captcha_required',
    'The Zoom meeting asks guests to solve a captcha.',
    'Ask the host to turn the captcha off.',
  ],
  [
    'zoom_web_disallowed',
    'The Zoom meeting does not let web clients in.',
    'Ask the host to turn end-to-end encryption off, or send a native bot through the Recall API.',
  ],
  ['meeting_ended', 'The meeting was already over.', 'Send a bot to the next meeting.'],
  ['meeting_full', 'The meeting is full.', 'Ask the host to make room, then send a new bot.'],
  ['meeting_locked', 'The meeting is locked.', 'Ask the host to unlock it, then send a new bot.'],
  [
    'zoom_meeting_not_accessible',
    'The bot cannot reach this Zoom meeting.',
    'Ask the host to open the meeting to guests, or use another meeting.',
  ],
  [
    'zoom_meeting_host_inactive',
    "The host's Zoom account is disabled or restricted.",
    'Use a meeting of another host.',
  ],
  [
    'microsoft_teams_sign_in_credentials_missing',
    'The Microsoft Teams meeting asks for a login, and none is set up for the bot.',
    signedInTeams,
  ],
  [
    'microsoft_teams_sign_in_failed',
    'The Microsoft Teams meeting asks for a login, and that of the bot failed.',
    'Check the Microsoft Teams login that is set up in the Recall dashboard.',
  ],
  [
    'microsoft_teams_captcha_detected',
    'The Microsoft Teams meeting asks guests to solve a captcha.',
    "Set up signed-in bots by Recall's guide, from a domain that the meeting's organisation trusts.",
  ],
  [
    'microsoft_teams_bot_not_invited',
    'The Microsoft Teams meeting invited a different account than that of the bot.',
    "Invite the bot's account to the meeting.",
  ],
  [
    'microsoft_teams_2fa_required',
    "Microsoft Teams asks for a second factor with the bot's login.",
    'Turn off two-factor authentication for that login.',
  ],
  [
    'webex_join_meeting_error',
    'The Webex meeting is not valid, or Webex is not set up in Recall.',
    'Check the meeting link and the Webex set-up in the Recall dashboard.',
  ],
];

const acceptPrompt = 'Ask the host to accept the recording request, then send a new bot.';

const recordingPermissionDenied: Explanations = [
  [
    'zoom_local_recording_disabled',
    "Local recording is turned off in the host's Zoom account.",
    'Ask the host to turn on local recording in the Zoom settings, then send a new bot.',
  ],
  [
    'zoom_local_recording_request_disabled',
    'The host cannot let participants record, because the Zoom settings do not allow it.',
    'Ask the host to allow participants to record locally in the Zoom settings, then send a new bot.',
  ],
  [
    'zoom_local_recording_request_disabled_by_host',
    'The host has turned off requests to record.',
    'Ask the host to allow requests to record, then send a new bot.',
  ],
  [
    'zoom_bot_in_waiting_room',
    'The bot cannot ask to record while it is in the waiting room.',
    'Ask the host to let the bot in.',
  ],
  [
    'zoom_host_not_present',
    'The host was away when the bot asked to record.',
    'Send a new bot while the host is in the meeting.',
  ],
  ['zoom_local_recording_request_denied_by_host', 'The host did not allow the recording.', acceptPrompt],
  [
    'zoom_local_recording_denied',
    'The host did not allow the recording, did not answer in time, or has local recording turned off.',
    acceptPrompt,
  ],
  [
    'zoom_local_recording_grant_not_supported',
    "The host's Zoom device cannot allow others to record.",
    'Ask the host to join from the Zoom app on a computer, then send a new bot.',
  ],
  [
    'zoom_sdk_key_blocked_by_host_admin',
    "The admin of the host's Zoom account has blocked the bot's app.",
    'Ask that admin to allow the app.',
  ],
];

const explanations: ReadonlyMap<string, ReadonlyMap<string, SubCodeExplanation>> = new Map([
  ['call_ended', explanationsByCode(callEnded)],
  ['fatal', explanationsByCode(fatal)],
  ['recording_permission_denied', explanationsByCode(recordingPermissionDenied)],
]);

/**
 * Explains the sub code of a status change in plain words. Show the sub code beside them, so that it can be looked up.
 *
 * @param statusCode the code of the status change: `call_ended`, `fatal` or `recording_permission_denied`
 * @returns undefined for a sub code that is not known here: Recall adds new ones without notice
 */
export function explainSubCode(statusCode: string, subCode: string): SubCodeExplanation | undefined {
  return explanations.get(statusCode)?.get(subCode);
}

function explanationsByCode(list: Explanations): ReadonlyMap<string, SubCodeExplanation> {
  return new Map(
    list.map(([subCode, meaning, advice]) => [
      subCode,
      advice === undefined ? { meaning } : { meaning, advice },
    ]),
  );
}
