import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Subscription } from '../bots/changes.ts';
import { botGroup } from '../bots/botStore.ts';
import { oneLine } from '../bots/botDescription.ts';
import { formatDuration } from '../bots/format.ts';
import { withCancellableProgress } from '../host/progress.ts';
import type { ReportProgress } from '../host/progress.ts';
import { settings } from '../host/settings.ts';
import type { Bot } from '../recall/bot.ts';
import type { NewBot, NoBotFreeWait } from '../recall/client.ts';
import { findMeetingUrl, readMeetingUrl } from '../recall/meetingUrl.ts';
import type { MeetingUrlReading } from '../recall/meetingUrl.ts';
import { platformName } from '../recall/platforms.ts';
import { messages } from '../host/messages.ts';
import { ensureApiKey } from './apiKeyFlow.ts';
import { InvalidArgumentError } from './caller.ts';
import type { CommandHandler } from './command.ts';
import type { Parts } from './parts.ts';

type SendBotParts = Pick<
  Parts,
  'client' | 'transport' | 'keys' | 'store' | 'records' | 'follow' | 'reveal' | 'clock' | 'log'
>;
type UsableMeetingUrl = Exclude<MeetingUrlReading, { kind: 'malformed' }>;

/** Recall: Send Bot. Answers with the bot's id. */
export function sendBot(parts: SendBotParts): CommandHandler<string> {
  return (caller) =>
    caller.kind === 'script' ? sendFromScript(parts, caller.argument) : sendFromPerson(parts);
}

const scriptArgument = v.object({
  meetingUrl: v.string(),
  botName: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  joinAt: v.optional(v.pipe(v.string(), v.isoTimestamp())),
});

async function sendFromScript(parts: SendBotParts, argument: unknown): Promise<string> {
  const parsed = v.safeParse(scriptArgument, argument);
  if (!parsed.success) {
    throw new InvalidArgumentError(
      vscode.l10n.t(
        'The argument has to be an object with meetingUrl, and optionally botName (1 to 100 characters) and joinAt (ISO 8601 with a time zone).',
      ),
    );
  }
  const reading = readMeetingUrl(parsed.output.meetingUrl);
  if (reading.kind === 'malformed') throw new InvalidArgumentError(reading.reason);
  const { botName, joinAt } = parsed.output;
  const bot = await create(parts, newBot(reading.url, botName, joinAt), () => undefined);
  return bot.id;
}

async function sendFromPerson(parts: SendBotParts): Promise<string | undefined> {
  if (!(await ensureApiKey(parts))) return undefined;
  const meeting = await askForMeetingUrl();
  if (!meeting || !(await confirmSecondBot(parts, meeting))) return undefined;
  const place = meeting.kind === 'recognised' ? platformName(meeting.platform) : new URL(meeting.url).host;
  const bot = await withCancellableProgress(
    vscode.l10n.t('Sending a bot to {0}', place),
    (report, signal) => {
      const onWait = (wait: NoBotFreeWait): void => {
        countDown(parts, wait, report, signal);
      };
      return create(parts, newBot(meeting.url), onWait, signal);
    },
  );
  tellSent(parts, bot, place);
  return bot.id;
}

function newBot(meetingUrl: string, botName = settings.botName(), joinAt?: string): NewBot {
  return { meetingUrl, botName, joinAt, retentionHours: settings.retentionHours() };
}

async function create(
  parts: SendBotParts,
  bot: NewBot,
  onWait: (wait: NoBotFreeWait) => void,
  signal?: AbortSignal,
): Promise<Bot> {
  const created = await parts.client.createBot(bot, onWait, signal);
  if (created.mp3Requested === false)
    parts.log.warn(`[send] bot ${created.id} will make no MP3: the API did not take audio_mixed_mp3`);
  const record = await parts.records().change(created.id, () => ({
    sentAt: new Date(parts.clock.now()).toISOString(),
    hidden: false,
  }));
  parts.store.putRecord(record);
  parts.store.put([created]);
  await parts.follow(created);
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

function tellSent({ reveal, log }: SendBotParts, bot: Bot, place: string): void {
  const show = vscode.l10n.t('Show Bot');
  const name = oneLine(bot.name ?? settings.botName());
  const message =
    bot.mp3Requested === false
      ? messages.warn(
          vscode.l10n.t(
            '{0} is on its way to {1}, but Recall did not agree to make an MP3: this bot will not produce one.',
            name,
            place,
          ),
          show,
        )
      : messages.info(vscode.l10n.t('{0} is on its way to {1}.', name, place), show);
  void message.then(async (button) => {
    if (button === show) await reveal(bot.id);
  });
  log.info(`[send] bot ${bot.id} sent`);
}

/** Asks before a second bot joins a meeting that a live bot is already in, as far as this window knows. */
async function confirmSecondBot({ store }: SendBotParts, meeting: UsableMeetingUrl): Promise<boolean> {
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

async function askForMeetingUrl(): Promise<UsableMeetingUrl | undefined> {
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Send a bot to a meeting');
  input.placeholder = vscode.l10n.t('Meeting URL, or the whole invitation');
  input.prompt = vscode.l10n.t(
    'The bot joins as "{0}", visible to everybody in the meeting',
    settings.botName(),
  );
  input.ignoreFocusOut = true;
  input.value = findMeetingUrl(await vscode.env.clipboard.readText()) ?? '';
  input.valueSelection = [0, input.value.length];
  input.validationMessage = validationFor(input.value);
  const subscriptions: Subscription[] = [input];
  try {
    return await new Promise((resolve) => {
      subscriptions.push(
        input.onDidChangeValue((value) => {
          input.validationMessage = validationFor(value);
        }),
        input.onDidAccept(() => {
          const reading = readMeetingUrl(input.value);
          if (reading.kind === 'malformed') {
            input.validationMessage = {
              message: reading.reason,
              severity: vscode.InputBoxValidationSeverity.Error,
            };
          } else {
            resolve(reading);
          }
        }),
        input.onDidHide(() => {
          resolve(undefined);
        }),
      );
      input.show();
    });
  } finally {
    for (const subscription of subscriptions.toReversed()) subscription.dispose();
  }
}

function validationFor(value: string): vscode.InputBoxValidationMessage | undefined {
  if (value.trim() === '') return undefined;
  const reading = readMeetingUrl(value);
  switch (reading.kind) {
    case 'malformed':
      return { message: reading.reason, severity: vscode.InputBoxValidationSeverity.Error };
    case 'unrecognised':
      return { message: reading.warning, severity: vscode.InputBoxValidationSeverity.Warning };
    case 'recognised':
      return reading.warning === undefined
        ? {
            message: vscode.l10n.t(
              '{0}. The bot joins as "{1}".',
              platformName(reading.platform),
              settings.botName(),
            ),
            severity: vscode.InputBoxValidationSeverity.Info,
          }
        : {
            message: `${platformName(reading.platform)}: ${reading.warning}`,
            severity: vscode.InputBoxValidationSeverity.Warning,
          };
  }
}
