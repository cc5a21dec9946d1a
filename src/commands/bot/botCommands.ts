import { orOfSelection } from '../calling/caller.ts';
import type { Commands } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { cancelScheduledBot } from './cancelScheduledBot.ts';
import { copyBot } from './copyBot.ts';
import { copyBotId } from './copyBotId.ts';
import { copyMeetingLink } from './copyMeetingLink.ts';
import { leaveCall } from './leaveCall.ts';
import { openInDashboard } from './openInDashboard.ts';
import { removeBot } from './removeBot.ts';
import { renameMeeting } from './renameMeeting.ts';

/** Commands about one bot or several. */
export function botCommands(parts: Parts) {
  const readCaller = orOfSelection(parts.selectedNodes);
  return {
    leaveCall: leaveCall(parts),
    cancelScheduledBot: cancelScheduledBot(parts),
    copyBot: { handler: copyBot(parts), readCaller },
    copyBotId: copyBotId(parts),
    copyMeetingLink: copyMeetingLink(parts),
    openInDashboard: openInDashboard(parts),
    renameMeeting: { handler: renameMeeting(parts), readCaller },
    removeBot: removeBot(parts),
  } satisfies Commands;
}
