/** The platform codes that the Recall API is known to use. The API may add others at any time. */
export const platforms = [
  'zoom',
  'google_meet',
  'microsoft_teams',
  'microsoft_teams_live',
  'webex',
  'goto_meeting',
  'slack_huddle_observer',
  'slack_authenticator',
  'chime_sdk',
  'zoom_rtms',
  'google_meet_media_api',
  'webrtc',
] as const;

/** One of the {@link platforms}. */
export type Platform = (typeof platforms)[number];

const names: ReadonlyMap<string, string> = new Map<Platform, string>([
  ['zoom', 'Zoom'],
  ['google_meet', 'Google Meet'],
  ['microsoft_teams', 'Microsoft Teams'],
  ['microsoft_teams_live', 'Microsoft Teams'],
  ['webex', 'Webex'],
  ['goto_meeting', 'GoTo Meeting'],
  ['slack_huddle_observer', 'Slack huddle'],
  ['slack_authenticator', 'Slack'],
  ['chime_sdk', 'Amazon Chime'],
  ['zoom_rtms', 'Zoom'],
  ['google_meet_media_api', 'Google Meet'],
  ['webrtc', 'WebRTC'],
]);

const mixedMp3Platforms: ReadonlySet<string> = new Set<Platform>([
  'zoom',
  'google_meet',
  'microsoft_teams',
  'microsoft_teams_live',
]);

const captionPlatforms: ReadonlySet<string> = new Set<Platform>([
  'zoom',
  'google_meet',
  'microsoft_teams',
  'microsoft_teams_live',
  'webex',
]);

/** The name that people use for a platform, for example "Google Meet". An unknown code comes back as it is. */
export function platformName(code: string): string {
  return names.get(code) ?? code;
}

/**
 * Whether Recall is known to make a mixed MP3 on this platform. `doubtful` is a reason to warn, never to refuse:
 * what Recall says about the other platforms has changed over time.
 */
export function mixedMp3Support(platform: string): 'yes' | 'doubtful' {
  return mixedMp3Platforms.has(platform) ? 'yes' : 'doubtful';
}

/** Whether Recall is known to get the captions of meetings on this platform. Again `doubtful` is no reason to refuse. */
export function captionsSupport(platform: string): 'yes' | 'doubtful' {
  return captionPlatforms.has(platform) ? 'yes' : 'doubtful';
}
