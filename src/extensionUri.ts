import * as l10n from '@vscode/l10n';
import { isBotId } from './recall/botId.ts';
import { readMeetingUrl } from './meetings/meetingUrl.ts';
import type { MeetingUrlReading } from './meetings/meetingUrl.ts';

/** A meeting link whose host belongs to a platform that is known here. */
export type KnownMeeting = Extract<MeetingUrlReading, { kind: 'recognised' }>;

/** What a link to this extension asks for. */
export type ExtensionUri =
  | { readonly kind: 'send'; readonly meeting: KnownMeeting }
  | { readonly kind: 'download'; readonly botId: string }
  /** `seconds` from the start of the recording. */
  | { readonly kind: 'play'; readonly recordingId: string; readonly seconds: number }
  /** Nothing that is done from a link; `reason` is a sentence for the user and repeats nothing of the link. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A longer query is none of ours. */
const LONGEST_QUERY = 8000;

/**
 * Reads a link to this extension: `/send?url=<meeting link>`, `/download?bot=<bot ID>` or
 * `/play?recording=<recording ID>&t=<seconds>`. Any web page can make one, so it is taken literally: another path or
 * another parameter is refused, and so is a meeting on an unknown host.
 *
 * @param path the link's path, such as `/send`
 * @param query what follows the question mark, decoded once, as VS Code hands it over. What the meeting link itself
 *   contains, `&` included, cannot be told from further parameters then, so the one parameter goes to the end.
 */
export function readExtensionUri(path: string, query: string): ExtensionUri {
  switch (path) {
    case '/send':
      return readSend(valueOf('url', query));
    case '/download':
      return readDownload(valueOf('bot', query));
    case '/play':
      return readPlay(query);
    default:
      return refused(l10n.t('This link asks for something that Recall Meeting Audio does not do.'));
  }
}

function readSend(link: string | undefined): ExtensionUri {
  // One link only: in a longer text it would not be plain which part counts.
  if (link === undefined || !/^https:\/\/[^\s\p{Cc}\p{Cf}]+$/iu.test(link)) {
    return refused(l10n.t('This link should send a bot, but does not name one meeting.'));
  }
  const meeting = readMeetingUrl(link);
  if (meeting.kind === 'recognised') return { kind: 'send', meeting };
  return refused(
    l10n.t('This link should send a bot to a place that is not known as a meeting. Nothing was sent.'),
  );
}

function readDownload(botId: string | undefined): ExtensionUri {
  if (botId !== undefined && isBotId(botId)) return { kind: 'download', botId };
  return refused(l10n.t('This link should download an MP3, but does not name a bot.'));
}

function readPlay(query: string): ExtensionUri {
  const [, recordingId, seconds] = /^recording=([\w-]{1,100})&t=(\d{1,6}(?:\.\d)?)$/.exec(query) ?? [];
  if (recordingId === undefined || seconds === undefined)
    return refused(l10n.t('This link should play a recording, but does not name one and a time in it.'));
  return { kind: 'play', recordingId, seconds: Number(seconds) };
}

/**
 * A link that plays a recording from a second on, wherever its files are then.
 *
 * @param extension how links to this extension begin, such as `vscode://meeting-audio.recall-meeting-audio`
 */
export function playLink(extension: string, recordingId: string, seconds: number): string {
  return `${extension}/play?recording=${recordingId}&t=${Math.floor(seconds * 10) / 10}`;
}

function valueOf(parameter: string, query: string): string | undefined {
  const start = `${parameter}=`;
  if (query.length > LONGEST_QUERY || !query.startsWith(start)) return undefined;
  return query.slice(start.length);
}

function refused(reason: string): ExtensionUri {
  return { kind: 'refused', reason };
}
