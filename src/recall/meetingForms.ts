import * as l10n from '@vscode/l10n';
import type { Platform } from './platforms.ts';

/** Whether Recall is known to send bots to links of a form. */
export type BotSupport = 'yes' | 'unsure' | 'no';

/** A form that the meeting links of a platform take. */
export interface MeetingForm {
  readonly platform: Platform;
  readonly bots: BotSupport;
  /** What the user should know about links of this form: whole sentences. */
  readonly note?: string;
}

interface FormRule extends Omit<MeetingForm, 'note'> {
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

const zoomDomains = ['zoom.us', 'zoom.com'];
const zoomPasscodes = ['pwd', 'tk', 'zak'];
const zoomMeetingPath = /^\/(?:[js]\/\d+|wc\/join\/\d+|my\/[\w.~-]+|w\/[\w.~-]+)\/?$/;
const teamsDomains = ['teams.microsoft.com', 'teams.live.com', 'teams.cloud.microsoft'];
const teamsGovernmentDomains = ['teams.microsoft.us'];
const teamsThreadPath = /^\/(?:[\w-]+\/){0,4}(?:meetup-join|message)\/[\w%:@.~+=!$&-]+\/\d+\/?$/;
const teamsShortPath = /^\/meet\/\d+\/?$/;

const rules: readonly FormRule[] = [
  {
    platform: 'zoom',
    bots: 'yes',
    domains: zoomDomains,
    path: /^\/(?:[js]|wc\/join)\/\d+\/?$/,
    passcode: zoomPasscodes,
  },
  { platform: 'zoom', bots: 'yes', domains: zoomDomains, path: zoomMeetingPath },
  {
    platform: 'zoom',
    bots: 'no',
    domains: zoomDomains,
    path: /^\/(?:meeting|webinar)\/register\/[\w.~-]+\/?$/,
    note: () =>
      l10n.t(
        'This link leads to a registration page. Register, then send the bot to the link that you receive.',
      ),
  },
  { platform: 'zoom', bots: 'unsure', domains: ['events.zoom.us'], path: /^\/ejl?\/[\w/.~%-]+$/ },
  { platform: 'zoom', bots: 'unsure', domains: ['zoom-x.de', 'zoom.com.cn'], path: zoomMeetingPath },
  {
    platform: 'zoom',
    bots: 'no',
    domains: ['zoomgov.com'],
    path: zoomMeetingPath,
    note: () => l10n.t('Recall does not send bots to Zoom for Government.'),
  },
  {
    platform: 'google_meet',
    bots: 'yes',
    domains: ['meet.google.com'],
    path: /^\/\w{3}-\w{4}-\w{3}\/?$/,
  },
  { platform: 'google_meet', bots: 'unsure', domains: ['meet.google.com'], path: /^\/lookup\/[\w-]+\/?$/ },
  {
    platform: 'google_meet',
    bots: 'no',
    domains: ['stream.meet.google.com'],
    path: /^\/stream\/[\w/-]+$/,
    note: () => l10n.t('Recall does not send bots to live streams of Google Meet.'),
  },
  {
    platform: 'microsoft_teams_live',
    bots: 'yes',
    domains: ['teams.live.com'],
    path: teamsShortPath,
    passcode: ['p'],
  },
  {
    platform: 'microsoft_teams',
    bots: 'yes',
    domains: ['teams.microsoft.com'],
    path: teamsShortPath,
    passcode: ['p'],
  },
  {
    platform: 'microsoft_teams',
    bots: 'unsure',
    domains: ['teams.cloud.microsoft', ...teamsGovernmentDomains],
    path: teamsShortPath,
    passcode: ['p'],
  },
  {
    platform: 'microsoft_teams',
    bots: 'yes',
    domains: teamsDomains,
    path: teamsThreadPath,
    needs: 'context',
  },
  {
    platform: 'microsoft_teams',
    bots: 'unsure',
    domains: teamsGovernmentDomains,
    path: teamsThreadPath,
    needs: 'context',
  },
  {
    platform: 'webex',
    bots: 'yes',
    domains: ['webex.com'],
    path: /^\/[\w/.~%-]+\/j\.php$/,
    needs: 'MTID',
    note: webexSetUp,
  },
  {
    platform: 'webex',
    bots: 'unsure',
    domains: ['webex.com'],
    path: /^\/(?:(?:meet|join)\/[\w.~%-]+\/?$|(?:wbxmjs|webappng)\/[\w/.~%-]+$)/,
    note: webexSetUp,
  },
  { platform: 'goto_meeting', bots: 'yes', domains: ['app.goto.com'], path: /^\/[\w/.~-]+$/ },
  { platform: 'goto_meeting', bots: 'unsure', domains: ['meet.goto.com'], path: /^\/[\w.~-]+\/?$/ },
  { platform: 'goto_meeting', bots: 'unsure', domains: ['gotomeeting.com'], path: /^\/join\/\d+\/?$/ },
  { platform: 'goto_meeting', bots: 'unsure', domains: ['gotomeet.me'], path: /^\/[\w.~-]+\/?$/ },
  {
    platform: 'slack_huddle_observer',
    bots: 'no',
    domains: ['slack.com'],
    path: /^\/huddle\/\w+\/\w+\/?$/,
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
  const { platform, bots, passcode, note } = rule;
  const lacksPasscode = passcode !== undefined && !passcode.some((name) => url.searchParams.get(name));
  const advice = lacksPasscode ? missingPasscode : note;
  return advice === undefined ? { platform, bots } : { platform, bots, note: advice() };
}

/** The platform that a host belongs to, whatever the rest of the link says. */
export function platformOfHost(host: string): Platform | undefined {
  return rules.find(({ domains }) => isWithin(host, domains))?.platform;
}

/** True when a host is one of the domains or lies below one. All in lower case. */
export function isWithin(host: string, domains: readonly string[]): boolean {
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}
