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
  return {
    leaveCall: leaveCall(parts),
    cancelScheduledBot: cancelScheduledBot(parts),
    copyBot: copyBot(parts),
    copyBotId: copyBotId(parts),
    copyMeetingLink: copyMeetingLink(parts),
    openInDashboard: openInDashboard(parts),
    renameMeeting: renameMeeting(parts),
    removeBot: removeBot(parts),
  } satisfies Commands;
}
