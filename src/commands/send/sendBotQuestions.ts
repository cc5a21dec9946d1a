import * as vscode from 'vscode';
import { isGuaranteed, readJoinTime } from '../../bots/joinTime.ts';
import { keptTitle } from '../../bots/meetingTitle.ts';
import { formatRemaining } from '../../descriptions/format.ts';
import type { RecentMeeting } from '../../bots/recentMeetings.ts';
import { messages } from '../../host/messages.ts';
import type { RecentMeetings } from '../../host/recentMeetings.ts';
import { settings } from '../../host/settings.ts';
import { askForText } from '../../host/textInput.ts';
import type { InputNote, TextAnswer, TextQuestion } from '../../host/textInput.ts';
import { formatDate } from '../../language/formats.ts';
import { joinSentences } from '../../language/sentences.ts';
import type { Clock } from '../../network/clock.ts';
import type { Log } from '../../network/log.ts';
import { readMeetingUrl } from '../../meetings/meetingUrl.ts';
import type { MeetingUrlReading } from '../../meetings/meetingUrl.ts';
import { findMeetingTitle } from '../../meetings/invitationTitle.ts';
import { platformName } from '../../meetings/platforms.ts';
import type { ServerTime } from '../../recall/serverTime.ts';
import type { Changes } from '../../state/changes.ts';
import { CopiedText } from './copiedText.ts';
import { pickRecentMeeting } from './pickRecentMeeting.ts';

/** A meeting URL that can be sent to. */
export type UsableMeetingUrl = Exclude<MeetingUrlReading, { kind: 'malformed' }>;

/** What a person wants sent. */
export interface WantedBot {
  readonly meeting: UsableMeetingUrl;
  readonly botName: string;
  /** When to join; undefined = now. */
  readonly joinAt: Date | undefined;
  /** What the meeting is called; empty when nobody said. */
  readonly title: string;
}

const MAX_BOT_NAME_LENGTH = 100;

/** What the questions need to know. */
export interface QuestionParts {
  readonly clock: Clock;
  readonly recentMeetings: RecentMeetings;
  readonly serverTime: Pick<ServerTime, 'aheadMs'>;
  readonly log: Log;
}

/** What the person has decided on so far. */
interface Draft {
  readonly text: string;
  /** Whether the person typed the text; else it was filled in. */
  readonly isTyped: boolean;
  readonly botName: string;
  readonly joinAt: Date | undefined;
  /** What the person called the meeting; undefined while the invitation decides. */
  readonly title: string | undefined;
}

/** What is read out of a link or a whole invitation. */
interface InvitationReader {
  readonly read: (text: string) => MeetingUrlReading;
  /** Empty when the text does not say. */
  readonly titleOf: (text: string) => string;
  /** Tells that they read something else now in the same text. */
  readonly changes: Changes<undefined>;
}

/** A step that a button of the main one leads to, and from which Back and Escape lead there again. */
interface SideStep {
  readonly button: vscode.QuickInputButton;
  readonly ask: (draft: Draft) => Promise<Partial<Draft>>;
}

/**
 * Asks what to send where: the meeting URL, which Enter sends to at once, and behind buttons the recent meetings, the
 * time, the name and the title, which an invitation fills in.
 *
 * @param meetingUrl what is filled in; empty for nothing
 * @param source the text that it was found in, which may tell that it is not the whole link
 * @returns undefined when the person backed out
 */
export async function askWhatToSend(
  meetingUrl: string,
  source: string,
  { clock, recentMeetings, serverTime, log }: QuestionParts,
): Promise<WantedBot | undefined> {
  const now = (): number => clock.now();
  const copied = new CopiedText(source, log);
  const behind = (text: string): string =>
    text !== '' && text === meetingUrl ? source : copied.behind(text);
  const reader: InvitationReader = {
    read: (text) => readMeetingUrl(behind(text)),
    titleOf: (text) => keptTitle(findMeetingTitle(behind(text)) ?? ''),
    changes: copied.changes,
  };
  const aboutClock = (): string | undefined => clockNote(serverTime.aheadMs);
  const always = [timeStep(now, aboutClock), nameStep(), titleStep(reader)];
  let draft: Draft = {
    ...{ text: meetingUrl, isTyped: false, botName: settings.botName() },
    ...{ joinAt: undefined, title: undefined },
  };
  for (;;) {
    const recent = await recentMeetings.list();
    const steps = recent.length === 0 ? always : [recentStep(recent, recentMeetings, now), ...always];
    const answer = await askForMeeting(draft, steps, reader, now());
    if (!answer) return undefined;
    if (answer.text !== draft.text) draft = { ...withText(draft, answer.text, reader), isTyped: true };
    const step = answer.kind === 'button' && steps.find(({ button }) => button === answer.button);
    if (step) {
      draft = { ...draft, ...(await step.ask(draft)) };
      continue;
    }
    const meeting = reader.read(draft.text);
    if (meeting.kind === 'malformed') continue;
    const { botName, joinAt, title = reader.titleOf(draft.text) } = draft;
    return { meeting, botName, joinAt, title };
  }
}

/** An invitation that names its subject is to another meeting than the one that was given a title. */
function withText(draft: Draft, text: string, { titleOf }: InvitationReader): Draft {
  return { ...draft, text, title: titleOf(text) === '' ? draft.title : undefined };
}

function askForMeeting(
  { text, isTyped, botName, joinAt, title }: Draft,
  steps: readonly SideStep[],
  { read, titleOf, changes }: InvitationReader,
  now: number,
): Promise<TextAnswer | undefined> {
  const plan = (value: string): string =>
    joinSentences(joinsAs(botName, joinAt, now), ...titleNote(title ?? titleOf(value)));
  return askForText({
    title: vscode.l10n.t('Send a bot to a meeting'),
    placeholder: vscode.l10n.t('Meeting link, or the whole invitation'),
    prompt: plan(text),
    value: text,
    isTyped,
    buttons: steps.map(({ button }) => button),
    noteFor: (value) => (value.trim() === '' ? undefined : meetingNote(read(value), plan(value))),
    noteChanges: changes,
    refuse: (value) => (value.trim() === '' ? vscode.l10n.t('Paste the link of the meeting.') : undefined),
  });
}

function recentStep(
  recent: readonly RecentMeeting[],
  recentMeetings: RecentMeetings,
  now: () => number,
): SideStep {
  return {
    button: { iconPath: new vscode.ThemeIcon('history'), tooltip: vscode.l10n.t('Recent meetings…') },
    ask: async () => {
      const answer = await pickRecentMeeting(recent, now());
      if (answer.kind === 'meeting') return { text: answer.url, isTyped: false, title: undefined };
      if (answer.kind === 'forget') await forgetLinks(recentMeetings);
      return {};
    },
  };
}

async function forgetLinks(recentMeetings: RecentMeetings): Promise<void> {
  if (await recentMeetings.forget()) {
    void vscode.window.setStatusBarMessage(vscode.l10n.t('Meeting links forgotten'), 3000);
    return;
  }
  void messages.error(
    vscode.l10n.t('VS Code could not reach its secret storage, so the meeting links are still kept there.'),
  );
}

function timeStep(now: () => number, aboutClock: () => string | undefined): SideStep {
  return {
    button: { iconPath: new vscode.ThemeIcon('calendar'), tooltip: vscode.l10n.t('Send at another time…') },
    ask: async ({ joinAt }) => ({ joinAt: await askForTime(joinAt, now, aboutClock) }),
  };
}

function nameStep(): SideStep {
  return {
    button: { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Use another bot name…') },
    ask: async ({ botName }) => ({ botName: (await askForName(botName)) ?? botName }),
  };
}

function titleStep({ titleOf }: InvitationReader): SideStep {
  return {
    button: { iconPath: new vscode.ThemeIcon('tag'), tooltip: vscode.l10n.t('Give the meeting a title…') },
    ask: async ({ title, text }) => ({ title: (await askForTitle(title ?? titleOf(text))) ?? title }),
  };
}

/** Says under which name, and when, the bot will join. */
function joinsAs(botName: string, joinAt: Date | undefined, now: number): string {
  if (!joinAt) return vscode.l10n.t('The bot joins as "{0}", visible to everybody in the meeting.', botName);
  return joinSentences(
    vscode.l10n.t('The bot joins as "{0}" on {1}.', botName, localTime(joinAt)),
    promiseFor(joinAt, now),
  );
}

function meetingNote(reading: MeetingUrlReading, plan: string): InputNote {
  switch (reading.kind) {
    case 'malformed':
      return { severity: 'error', message: reading.reason };
    case 'unrecognised':
      return { severity: 'warning', message: reading.warning };
    case 'recognised':
      return reading.warning === undefined
        ? { severity: 'info', message: joinSentences(`${platformName(reading.platform)}.`, plan) }
        : {
            severity: 'warning',
            message: joinSentences(`${platformName(reading.platform)}.`, reading.warning),
          };
  }
}

/** Asks for more than the link; undefined when the person goes back to that. */
async function askFurther(question: TextQuestion): Promise<string | undefined> {
  const answer = await askForText({ ...question, buttons: [vscode.QuickInputButtons.Back] });
  return answer?.kind === 'text' ? answer.text : undefined;
}

async function askForTime(
  current: Date | undefined,
  now: () => number,
  aboutClock: () => string | undefined,
): Promise<Date | undefined> {
  const text = await askFurther({
    title: vscode.l10n.t('Send a bot to a meeting: when it joins'),
    placeholder: vscode.l10n.t({
      message: 'in 30 minutes, 14:30, tomorrow 9:00; empty for now',
      args: [],
      comment: 'The times are understood in English only: translate nothing but "empty for now"',
    }),
    value: current === undefined ? '' : localIso(current),
    noteFor: (typed) => timeNote(typed, now(), aboutClock()),
  });
  if (text === undefined) return current;
  const time = readJoinTime(text, new Date(now()));
  return time.kind === 'time' ? time.at : undefined;
}

/** Says how far this computer's clock is off, since the bot joins by the right time; undefined when it is not. */
function clockNote(aheadMs: number): string | undefined {
  if (aheadMs === 0) return undefined;
  const difference = formatRemaining(Math.abs(aheadMs));
  return aheadMs > 0
    ? vscode.l10n.t("This computer's clock is {0} ahead of Recall's. The bot goes by Recall's.", difference)
    : vscode.l10n.t("This computer's clock is {0} behind Recall's. The bot goes by Recall's.", difference);
}

function timeNote(text: string, now: number, aboutClock: string | undefined): InputNote | undefined {
  if (text.trim() === '') return undefined;
  const time = readJoinTime(text, new Date(now));
  if (time.kind === 'problem') return { severity: 'error', message: time.reason };
  const message = joinSentences(`${localTime(time.at)}.`, promiseFor(time.at, now));
  return aboutClock === undefined
    ? { severity: 'info', message }
    : { severity: 'warning', message: joinSentences(message, aboutClock) };
}

async function askForTitle(current: string): Promise<string | undefined> {
  const title = await askFurther({
    title: vscode.l10n.t('Send a bot to a meeting: what it is called'),
    placeholder: vscode.l10n.t('A title for you; the meeting is not told'),
    value: current,
  });
  return title === undefined ? undefined : keptTitle(title);
}

function titleNote(title: string): string[] {
  return title === '' ? [] : [vscode.l10n.t('Title: {0}.', title)];
}

async function askForName(current: string): Promise<string | undefined> {
  const name = await askFurther({
    title: vscode.l10n.t('Send a bot to a meeting: under which name'),
    placeholder: vscode.l10n.t('Everybody in the meeting sees it'),
    value: current,
    noteFor: nameNote,
  });
  return name?.trim();
}

function nameNote(text: string): InputNote | undefined {
  const { length } = text.trim();
  if (length === 0) return { severity: 'error', message: vscode.l10n.t('The bot needs a name.') };
  if (length <= MAX_BOT_NAME_LENGTH) return undefined;
  return { severity: 'error', message: vscode.l10n.t('At most {0} characters.', MAX_BOT_NAME_LENGTH) };
}

/** What Recall promises for this time: a bot kept ready, or whichever is free then. */
function promiseFor(joinAt: Date, now: number): string {
  return isGuaranteed(joinAt, new Date(now))
    ? vscode.l10n.t('Recall keeps a bot ready for it.')
    : vscode.l10n.t('Less than 10 minutes ahead: it depends on a bot being free.');
}

function localTime(time: Date): string {
  return formatDate('appointment', time.getTime());
}

/** The form in which a time can be edited: `2026-03-02 09:30`, in the local zone. */
function localIso(time: Date): string {
  const two = (value: number): string => `${value}`.padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
