import * as l10n from '@vscode/l10n';
import { isWithin } from './domains.ts';
import type { Platform } from './platforms.ts';

/** Whether Recall is known to send bots to links of a form. */
export type BotSupport = 'yes' | 'unsure' | 'no';

/** A form that the meeting links of a platform take. */
export interface MeetingForm {
  readonly platform: Platform;
  readonly bots: BotSupport;
  /** Whether a passcode belongs into the link and is not there. */
  readonly lacksPasscode: boolean;
  /** The query parameters that the platform reads; the others are of no use to a bot. `all` where that is not known. */
  readonly keeps: readonly string[] | 'all';
  /** What the user should know about links of this form: whole sentences. */
  readonly note?: string;
}

interface FormRule extends Omit<MeetingForm, 'note' | 'lacksPasscode'> {
  /** A function, since the language is not known yet when this file is loaded. */
  readonly note?: () => string;
  /** The hosts themselves and everything below them. */
  readonly domains: readonly string[];
  readonly path: RegExp;
  /** The query parameter without which the link leads nowhere. */
  readonly needs?: string;
  /** The query parameters of which one lets the bot in; {@link missingPasscode} applies when there is none. */
  readonly passcode?: readonly string[];
}

const missingPasscode = () =>
  l10n.t('This link has no passcode in it. If the meeting has one, copy the full link from the invitation.');
const webexSetUp = () => l10n.t('Webex needs credentials in the Recall dashboard.');

const zoomDomains = ['zoom.us', 'zoom.com', 'zoom-x.de'];
const zoomPasscodes = ['pwd', 'tk', 'zak'];
const zoomNumberPath = /^\/(?:[js]|wc\/join|wc)\/\d+(?:\/(?:start|join))?\/?$/;
const zoomNamePath = /^\/(?:my|w)\/[\w.~-]+\/?$/;
const teamsDomains = ['teams.microsoft.com', 'teams.live.com', 'teams.cloud.microsoft'];
const teamsGovernmentDomains = ['teams.microsoft.us'];
// What is said in a chat has links of the same form; those of a meeting's chat name the meeting.
const teamsThreadPath =
  /^\/(?:[\w-]+\/){0,4}(?:meetup-join\/|message\/19(?::|%3a)meeting_)[\w%:@.~+=!$&-]+\/\d+\/?$/i;
const teamsShortPath = /^\/meet\/\d+\/?$/;

// What else is at these hosts: pages of the account and of the app.
const gotoPath =
  /^\/(?!(?:install|downloads?|settings?|login|signin|sign-in|logout|signup|help|support|account|admin|history|recordings?|transcripts?|dashboard|messages?|contacts?|calendar|home|inbox|phone|webinars?|schedule|apps?)(?:\/|$))[\w.~-]+(?:\/[\w.~-]+)*\/?$/i;

const rules: readonly FormRule[] = [
  {
    platform: 'zoom',
    bots: 'yes',
    domains: zoomDomains,
    path: zoomNumberPath,
    keeps: zoomPasscodes,
    passcode: zoomPasscodes,
  },
  { platform: 'zoom', bots: 'yes', domains: zoomDomains, path: zoomNamePath, keeps: zoomPasscodes },
  {
    platform: 'zoom',
    bots: 'no',
    domains: zoomDomains,
    path: /^\/(?:meeting|webinar)\/register\/[\w.~-]+\/?$/,
    keeps: 'all',
    note: () =>
      l10n.t(
        'This link leads to a registration page. Register, then send the bot to the link that you receive.',
      ),
  },
  {
    platform: 'zoom',
    bots: 'unsure',
    domains: ['events.zoom.us'],
    path: /^\/ejl?\/[\w/.~%-]+$/,
    keeps: 'all',
  },
  { platform: 'zoom', bots: 'unsure', domains: ['zoom.com.cn'], path: zoomNumberPath, keeps: zoomPasscodes },
  { platform: 'zoom', bots: 'unsure', domains: ['zoom.com.cn'], path: zoomNamePath, keeps: zoomPasscodes },
  {
    platform: 'zoom',
    bots: 'no',
    domains: ['zoomgov.com'],
    path: /^\/(?:[jsw]|wc\/join|wc|my)\/[\w.~-]+(?:\/(?:start|join))?\/?$/,
    keeps: zoomPasscodes,
    note: () => l10n.t('Recall does not send bots to Zoom for Government.'),
  },
  {
    platform: 'google_meet',
    bots: 'yes',
    domains: ['meet.google.com'],
    path: /^\/\w{3}-\w{4}-\w{3}\/?$/,
    keeps: [],
  },
  {
    platform: 'google_meet',
    bots: 'unsure',
    domains: ['meet.google.com'],
    path: /^\/lookup\/[\w-]+\/?$/,
    keeps: 'all',
  },
  {
    platform: 'google_meet',
    bots: 'no',
    domains: ['stream.meet.google.com'],
    path: /^\/stream\/[\w/-]+$/,
    keeps: 'all',
    note: () => l10n.t('Recall does not send bots to live streams of Google Meet.'),
  },
  {
    platform: 'microsoft_teams_live',
    bots: 'yes',
    domains: ['teams.live.com'],
    path: teamsShortPath,
    keeps: ['p'],
    passcode: ['p'],
  },
  {
    platform: 'microsoft_teams',
    bots: 'yes',
    domains: ['teams.microsoft.com'],
    path: teamsShortPath,
    keeps: ['p'],
    passcode: ['p'],
  },
  {
    platform: 'microsoft_teams',
    bots: 'unsure',
    domains: ['teams.cloud.microsoft', ...teamsGovernmentDomains],
    path: teamsShortPath,
    keeps: ['p'],
    passcode: ['p'],
  },
  {
    platform: 'microsoft_teams',
    bots: 'yes',
    domains: teamsDomains,
    path: teamsThreadPath,
    keeps: ['context'],
    needs: 'context',
  },
  {
    platform: 'microsoft_teams',
    bots: 'unsure',
    domains: teamsGovernmentDomains,
    path: teamsThreadPath,
    keeps: ['context'],
    needs: 'context',
  },
  {
    platform: 'webex',
    bots: 'yes',
    domains: ['webex.com'],
    path: /^\/[\w/.~%-]+\/j\.php$/,
    keeps: ['mtid'],
    needs: 'MTID',
    note: webexSetUp,
  },
  {
    platform: 'webex',
    bots: 'unsure',
    domains: ['webex.com'],
    // Recordings, schedules and settings are below the same sites.
    path: /^\/(?:(?:meet|join)\/[\w.~%-]+\/?$|(?:wbxmjs\/joinservice|webappng)\/sites\/[\w.~%-]+\/meeting\/(?:info|download|join)\/[\w/.~%-]+$)/,
    keeps: 'all',
    note: webexSetUp,
  },
  { platform: 'goto_meeting', bots: 'yes', domains: ['app.goto.com'], path: gotoPath, keeps: 'all' },
  { platform: 'goto_meeting', bots: 'unsure', domains: ['meet.goto.com'], path: gotoPath, keeps: 'all' },
  {
    platform: 'goto_meeting',
    bots: 'unsure',
    domains: ['gotomeeting.com'],
    path: /^\/join\/\d+\/?$/,
    keeps: 'all',
  },
  {
    platform: 'goto_meeting',
    bots: 'unsure',
    domains: ['gotomeet.me'],
    path: /^\/[\w.~-]+\/?$/,
    keeps: 'all',
  },
  {
    platform: 'slack_huddle_observer',
    bots: 'no',
    domains: ['slack.com'],
    path: /^\/huddle\/\w+\/\w+\/?$/,
    keeps: 'all',
    note: () => l10n.t("Bots come to Slack huddles through Recall's Slack integration, not by link."),
  },
];

/**
 * Finds the form of a meeting link. The URL must be bare: https, without user name, port and fragment.
 *
 * @returns undefined when the link has no form that is known here
 */
export function meetingFormOf(url: URL): MeetingForm | undefined {
  const rule = rules.find(
    ({ domains, path, needs }) =>
      isWithin(url.hostname, domains) &&
      path.test(url.pathname) &&
      (needs === undefined || Boolean(url.searchParams.get(needs))),
  );
  if (!rule) return undefined;
  const { platform, bots, keeps, passcode, note } = rule;
  const lacksPasscode = passcode !== undefined && !passcode.some((name) => url.searchParams.get(name));
  const advice = lacksPasscode ? missingPasscode : note;
  const form = { platform, bots, keeps, lacksPasscode };
  return advice === undefined ? form : { ...form, note: advice() };
}

/** The platform that a host belongs to, whatever the rest of the link says. */
export function platformOfHost(host: string): Platform | undefined {
  return rules.find(({ domains }) => isWithin(host, domains))?.platform;
}

/** The domains of the platforms that bots come to by a link, with those of their forms that bots do not come to. */
export function domainsOfLinkPlatforms(): readonly string[] {
  const reached = new Set(rules.filter(({ bots }) => bots !== 'no').map(({ platform }) => platform));
  return [...new Set(rules.flatMap(({ platform, domains }) => (reached.has(platform) ? domains : [])))];
}
