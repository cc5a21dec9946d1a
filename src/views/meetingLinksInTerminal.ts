import * as vscode from 'vscode';
import { COMMANDS } from '../host/names.ts';
import { meetingLinksInLine } from '../meetings/meetingLinksInLine.ts';
import { readMeetingUrl, withoutSecrets } from '../meetings/meetingUrl.ts';
import { platformName } from '../meetings/platforms.ts';

/** A meeting link in a line of a terminal. */
export class MeetingTerminalLink extends vscode.TerminalLink {
  readonly meetingUrl: string;
  readonly platform: string;

  constructor(start: number, length: number, meetingUrl: string, platform: string) {
    super(start, length, vscode.l10n.t('Meeting on {0}', platform));
    this.meetingUrl = meetingUrl;
    this.platform = platform;
  }
}

/** Makes links of the meeting links in terminals. They can still be opened in the browser, as without this. */
export const meetingLinksInTerminal: vscode.TerminalLinkProvider<MeetingTerminalLink> = {
  provideTerminalLinks: ({ line }) =>
    meetingLinksInLine(line).flatMap(({ url, start, end }) => {
      const meeting = readMeetingUrl(url);
      if (meeting.kind !== 'recognised') return [];
      return [new MeetingTerminalLink(start, end - start, meeting.url, platformName(meeting.platform))];
    }),

  handleTerminalLink: async ({ meetingUrl, platform }) => {
    const send = { label: vscode.l10n.t('Send Bot to {0}…', platform) };
    const open = { label: vscode.l10n.t('Open in Browser') };
    const picked = await vscode.window.showQuickPick([send, open], {
      title: vscode.l10n.t('Meeting on {0}', platform),
      placeHolder: withoutSecrets(meetingUrl),
    });
    if (picked === send) await vscode.commands.executeCommand(COMMANDS.sendBotToLink, { meetingUrl });
    // As a text: a Uri would write the characters of a passcode in another way.
    else if (picked === open) await vscode.commands.executeCommand('vscode.open', meetingUrl);
  },
};
