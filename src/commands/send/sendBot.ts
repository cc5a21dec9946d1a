import * as v from 'valibot';
import * as vscode from 'vscode';
import { botGroup } from '../../bots/botStore.ts';
import { keptTitle } from '../../bots/meetingTitle.ts';
import { oneLine } from '../../language/oneLine.ts';
import { formatTime } from '../../descriptions/format.ts';
import { formatDuration } from '../../language/duration.ts';
import { inBackground, withCancellableProgress } from '../../host/progress.ts';
import type { ReportProgress } from '../../host/progress.ts';
import { settings } from '../../host/settings.ts';
import { joinSentences } from '../../language/sentences.ts';
import { askedInVain, outputsFor } from '../../media/kinds.ts';
import type { Bot } from '../../recall/bot.ts';
import type { NewBot, NoBotFreeWait } from '../../recall/client.ts';
import { findMeetingUrl, readMeetingUrl } from '../../meetings/meetingUrl.ts';
import { platformName } from '../../meetings/platforms.ts';
import { messages } from '../../host/messages.ts';
import { ensureApiKey } from '../account/apiKeyFlow.ts';
import { InvalidArgumentError } from '../calling/caller.ts';
import { readScriptArgument } from '../calling/scriptArgument.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { askWhatToSend } from './sendBotQuestions.ts';
import type { WantedBot } from './sendBotQuestions.ts';

/** What sending a bot works with. */
export type SendBotParts = Pick<
  Parts,
  | 'client'
  | 'transport'
  | 'keys'
  | 'store'
  | 'records'
  | 'recentMeetings'
  | 'serverTime'
  | 'follow'
  | 'reveal'
  | 'bringIntoSight'
  | 'clock'
  | 'log'
>;

/** Recall: Send Bot. Answers with the bot's id. */
export function sendBot(parts: SendBotParts): CommandHandler<string> {
  return async (caller) => {
    if (caller.kind === 'script') return (await sendForScript(parts, caller.argument)).id;
    if (!(await ensureApiKey(parts))) return undefined;
    const copied = await vscode.env.clipboard.readText();
    return sendAfterAsking(parts, findMeetingUrl(copied) ?? '', copied);
  };
}

const scriptArgument = v.object({
  meetingUrl: v.string(),
  botName: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  joinAt: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/i),
      v.check((text) => !Number.isNaN(Date.parse(text))),
    ),
  ),
  title: v.optional(v.pipe(v.string(), v.maxLength(200))),
});

/**
 * Sends a bot without a question.
 *
 * @param argument `{ meetingUrl, botName?, joinAt?, title? }`
 * @throws InvalidArgumentError, or what the client throws
 */
export async function sendForScript(
  parts: SendBotParts,
  argument: unknown,
  signal?: AbortSignal,
): Promise<Bot> {
  const passed = readScriptArgument(
    scriptArgument,
    argument,
    vscode.l10n.t(
      'The argument has to be an object with meetingUrl, and optionally botName (1 to 100 characters), joinAt (ISO 8601 with a time zone) and title (at most 200 characters).',
    ),
  );
  const reading = readMeetingUrl(passed.meetingUrl);
  if (reading.kind === 'malformed') throw new InvalidArgumentError(reading.reason);
  return create(parts, newBot({ ...passed, meetingUrl: reading.url }), () => undefined, signal);
}

/**
 * Asks a person what to send, with `meetingUrl` filled in, and sends it. There has to be a key.
 *
 * @param source the text that the link was found in, if it was
 * @returns the bot's id; undefined when the person backed out
 */
export async function sendAfterAsking(
  parts: SendBotParts,
  meetingUrl: string,
  source = meetingUrl,
): Promise<string | undefined> {
  const wanted = await askWhatToSend(meetingUrl, source, parts);
  return wanted && sendWanted(parts, wanted);
}

/**
 * Sends what a person decided on, under a notification that can be cancelled. There has to be a key.
 *
 * @returns the bot's id; undefined when the person did not want a second bot in the meeting
 */
export async function sendWanted(parts: SendBotParts, wanted: WantedBot): Promise<string | undefined> {
  if (!(await confirmSecondBot(parts, wanted))) return undefined;
  const { meeting, botName, joinAt, title } = wanted;
  const platform = meeting.kind === 'recognised' ? platformName(meeting.platform) : new URL(meeting.url).host;
  const place = title === '' ? platform : vscode.l10n.t('“{0}” ({1})', title, platform);
  const asked = newBot({ meetingUrl: meeting.url, botName, joinAt: joinAt?.toISOString(), title });
  const bot = await withCancellableProgress(
    vscode.l10n.t('Sending a bot to {0}', place),
    (report, signal) => {
      const onWait = (wait: NoBotFreeWait): void => {
        countDown(parts, wait, report, signal);
      };
      return create(parts, asked, onWait, signal);
    },
  );
  inBackground(parts.log, parts.recentMeetings.add(meeting.url));
  inBackground(parts.log, parts.bringIntoSight(bot.id));
  tellSent(parts, asked, bot, place);
  return bot.id;
}

type WantedFields = Pick<NewBot, 'meetingUrl' | 'joinAt' | 'title'> & {
  readonly botName?: string | undefined;
};

function newBot({ meetingUrl, botName = settings.botName(), joinAt, title = '' }: WantedFields): NewBot {
  return {
    ...{ meetingUrl, botName, joinAt, title: keptTitle(title) },
    retentionHours: settings.retentionHours(),
    outputs: outputsFor({ transcript: settings.transcript() }),
  };
}

async function create(
  parts: SendBotParts,
  bot: NewBot,
  onWait: (wait: NoBotFreeWait) => void,
  signal?: AbortSignal,
): Promise<Bot> {
  const created = await parts.client.createBot(bot, onWait, signal);
  parts.log.info(`[send] bot ${created.id} was sent`);
  for (const { output } of askedInVain(bot.outputs, created))
    parts.log.warn(`[send] the API did not take ${output} for ${created.id}`);
  parts.store.put([created]);
  try {
    const sentAt = new Date(parts.clock.now()).toISOString();
    parts.store.putRecord(await parts.records().change(created.id, () => ({ sentAt, hidden: false })));
    await parts.follow(created);
  } catch (error) {
    // The bot is on its way whatever happens here: an error now would make people send a second one.
    parts.log.error(`[send] ${created.id} cannot be followed: ${String(error)}`);
  }
  return created;
}

/** Keeps the progress message counting down to the next try. */
function countDown(
  { clock }: Pick<Parts, 'clock'>,
  wait: NoBotFreeWait,
  report: ReportProgress,
  signal: AbortSignal,
): void {
  const remainingMs = wait.untilMs - clock.now();
  if (remainingMs <= 0 || signal.aborted) {
    report('');
    return;
  }
  report(
    vscode.l10n.t(
      'No bot is free right now. Trying again in {0} ({1} of {2})',
      formatDuration(remainingMs),
      wait.attempt,
      wait.maxAttempts,
    ),
  );
  clock.schedule(Math.min(1000, remainingMs), () => {
    countDown({ clock }, wait, report, signal);
  });
}

function tellSent({ reveal, clock }: SendBotParts, asked: NewBot, bot: Bot, place: string): void {
  const show = vscode.l10n.t('Show Bot');
  const name = oneLine(bot.name ?? settings.botName());
  const sent =
    asked.joinAt === undefined
      ? vscode.l10n.t('{0} is on its way to {1}.', name, place)
      : vscode.l10n.t(
          '{0} will join {1} ({2}).',
          name,
          place,
          formatTime(Date.parse(asked.joinAt), clock.now()),
        );
  const warnings = askedInVain(asked.outputs, bot).map((one) => one.notAgreed());
  const message =
    warnings.length > 0 ? messages.warn(joinSentences(sent, ...warnings), show) : messages.info(sent, show);
  void message.then(async (button) => {
    if (button === show) await reveal(bot.id);
  });
}

/** Asks before a second bot joins a meeting that a live bot is already in, as far as this window knows. */
async function confirmSecondBot({ store }: SendBotParts, { meeting, joinAt }: WantedBot): Promise<boolean> {
  if (joinAt !== undefined) return true;
  const isThere = store.list().some(({ bot }) => {
    const { meetingId, platform } = bot.meeting;
    if (meetingId === undefined || meetingId.length < 6 || botGroup(bot) !== 'live') return false;
    return meeting.kind === 'recognised' && meeting.platform === platform && meeting.url.includes(meetingId);
  });
  if (!isThere) return true;
  const send = vscode.l10n.t('Send Another Bot');
  const answer = await messages.ask(
    vscode.l10n.t('A bot is already in this meeting or on its way to it.'),
    send,
  );
  return answer === send;
}
