import * as vscode from 'vscode';
import { COMMANDS } from '../host/names.ts';
import { meetingLinkAt } from '../meetings/meetingLinksInLine.ts';
import { readMeetingUrl } from '../meetings/meetingUrl.ts';
import { platformName } from '../meetings/platforms.ts';

/** Offers Send Bot on a meeting link in an editor of any language. */
export function meetingLinkHover(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | undefined {
  if (document.uri.scheme === 'output') return undefined;
  const link = meetingLinkAt(document.lineAt(position.line).text, position.character);
  if (link === undefined) return undefined;
  const meeting = readMeetingUrl(link.url);
  if (meeting.kind !== 'recognised') return undefined;
  const range = new vscode.Range(
    position.with({ character: Math.min(link.start, position.character) }),
    position.with({ character: Math.max(link.end, position.character) }),
  );
  return new vscode.Hover(offerToSend(platformName(meeting.platform), meeting.url), range);
}

/** Nothing of the document is in the text; the link goes along as an argument, and the command reads it anew and asks. */
function offerToSend(platform: string, meetingUrl: string): vscode.MarkdownString {
  const argument = encodeURIComponent(JSON.stringify([{ meetingUrl }])).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  const text = new vscode.MarkdownString(
    `${vscode.l10n.t('Meeting on {0}', platform)}\n\n[${vscode.l10n.t('Send Bot')}](command:${COMMANDS.sendBotToLink}?${argument})`,
  );
  text.isTrusted = { enabledCommands: [COMMANDS.sendBotToLink] };
  return text;
}
