import * as v from 'valibot';
import * as vscode from 'vscode';
import type { RecallApi } from '../api.ts';
import { formatDate } from '../language/formats.ts';
import { readMeetingUrl, withoutSecrets } from '../meetings/meetingUrl.ts';
import { platformName } from '../meetings/platforms.ts';
import { answering, botForModel, dataAnswer } from './toolAnswer.ts';
import { confirmation, readInput } from './toolInput.ts';
import type { ToolParts } from './toolParts.ts';

const input = v.object({
  meetingUrl: v.string(),
  botName: v.optional(v.string()),
  joinAt: v.optional(v.string()),
  title: v.optional(v.string()),
});

/**
 * The tool `recall_send_bot`. Acts on other people's meeting, so it asks each time and names the meeting.
 *
 * @param settings what counts for new bots: `defaultBotName` for one for which the model wants no other
 */
export function sendBotTool(
  api: Pick<RecallApi, 'sendBot'>,
  { defaultBotName, isTranscriptPaid }: Pick<ToolParts, 'defaultBotName' | 'isTranscriptPaid'>,
): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: ({ input: wanted }) => {
      const { meetingUrl, botName = defaultBotName(), joinAt, title } = readInput(input, wanted);
      return {
        invocationMessage: vscode.l10n.t('Sending a bot'),
        confirmationMessages: confirmation(vscode.l10n.t('Send a bot to a meeting?'), [
          ...meetingLines(meetingUrl),
          vscode.l10n.t('The bot joins as "{0}", visible to everybody in the meeting.', botName),
          joinAt === undefined
            ? vscode.l10n.t('It joins now.')
            : vscode.l10n.t('It joins on {0}.', readable(joinAt)),
          ...(title === undefined ? [] : [vscode.l10n.t('Title: {0}', title)]),
          ...(isTranscriptPaid()
            ? [vscode.l10n.t('Recall transcribes the meeting, and bills that by the hour of recording.')]
            : []),
        ]),
      };
    },
    invoke: (options, token) =>
      answering(token, async (signal) => {
        const { meetingUrl, ...others } = readInput(input, options.input);
        const bot = await api.sendBot({ meetingUrl, ...given(others), signal });
        return dataAnswer('The bot was sent. It may have to be admitted to the meeting.', botForModel(bot));
      }),
  };
}

/** The fields that have a value. */
function given(fields: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
  );
}

/** The time as people write it; what is no time, and will be refused, as it is. */
function readable(joinAt: string): string {
  const time = Date.parse(joinAt);
  return Number.isNaN(time) ? joinAt : formatDate('appointment', time);
}

function meetingLines(meetingUrl: string): string[] {
  const meeting = readMeetingUrl(meetingUrl);
  if (meeting.kind === 'malformed') return [meeting.reason];
  const link = withoutSecrets(meeting.url);
  const place = meeting.kind === 'recognised' ? `${platformName(meeting.platform)}: ${link}` : link;
  return meeting.warning === undefined ? [place] : [place, meeting.warning];
}
