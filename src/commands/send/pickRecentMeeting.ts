import * as vscode from 'vscode';
import { formatTime } from '../../descriptions/format.ts';
import { recentMeetingLabel } from '../../bots/recentMeetings.ts';
import type { RecentMeeting } from '../../bots/recentMeetings.ts';
import { pickOrGoBack } from '../../host/listPick.ts';
import { withoutIcons } from '../../host/plainText.ts';

/** What the person wants of the recent meetings. */
export type RecentMeetingsAnswer =
  | { readonly kind: 'meeting'; readonly url: string }
  | { readonly kind: 'forget' }
  | { readonly kind: 'back' };

/** Lets the person pick one of the meetings, of which there has to be one, or forget all of them. */
export async function pickRecentMeeting(
  meetings: readonly RecentMeeting[],
  now: number,
): Promise<RecentMeetingsAnswer> {
  // Beside the items and not in them, so that no link with its passcode goes where lists are drawn.
  const answers = new Map<vscode.QuickPickItem, RecentMeetingsAnswer>(
    meetings.map((meeting) => [meetingItem(meeting, now), { kind: 'meeting', url: meeting.url }]),
  );
  const forget = { label: `$(trash) ${vscode.l10n.t('Forget these links')}` };
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const picked = await pickOrGoBack<vscode.QuickPickItem>({
    title: vscode.l10n.t('Send a bot to a meeting: recent meetings'),
    placeholder: vscode.l10n.t('The meetings that bots were sent to last'),
    items: [...answers.keys(), separator, forget],
  });
  if (picked === forget) return { kind: 'forget' };
  return (picked && answers.get(picked)) ?? { kind: 'back' };
}

function meetingItem(meeting: RecentMeeting, now: number): vscode.QuickPickItem {
  return {
    label: withoutIcons(recentMeetingLabel(meeting)),
    description: formatTime(meeting.usedAt, now),
  };
}
