import * as vscode from 'vscode';
import { formatTime } from '../bots/format.ts';
import { recentMeetingLabel } from '../bots/recentMeetings.ts';
import type { RecentMeeting } from '../bots/recentMeetings.ts';
import { pickOrGoBack } from '../host/listPick.ts';
import { withoutIcons } from '../host/plainText.ts';

/** What the person wants of the recent meetings. */
export type RecentMeetingsAnswer =
  | { readonly kind: 'meeting'; readonly url: string }
  | { readonly kind: 'forget' }
  | { readonly kind: 'back' };

interface AnswerItem extends vscode.QuickPickItem {
  readonly answer: RecentMeetingsAnswer;
}

/** Lets the person pick one of the meetings, of which there has to be one, or forget all of them. */
export async function pickRecentMeeting(
  meetings: readonly RecentMeeting[],
  now: number,
): Promise<RecentMeetingsAnswer> {
  const back: RecentMeetingsAnswer = { kind: 'back' };
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator, answer: back };
  const forget: AnswerItem = {
    label: `$(trash) ${vscode.l10n.t('Forget these links')}`,
    answer: { kind: 'forget' },
  };
  const picked = await pickOrGoBack<AnswerItem>({
    title: vscode.l10n.t('Send a bot to a meeting: recent meetings'),
    placeholder: vscode.l10n.t('The meetings that bots were sent to last'),
    items: [...meetings.map((meeting) => meetingItem(meeting, now)), separator, forget],
  });
  return picked?.answer ?? back;
}

function meetingItem(meeting: RecentMeeting, now: number): AnswerItem {
  return {
    label: withoutIcons(recentMeetingLabel(meeting)),
    description: formatTime(meeting.usedAt, now),
    answer: { kind: 'meeting', url: meeting.url },
  };
}
