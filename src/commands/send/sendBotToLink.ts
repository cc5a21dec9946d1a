import * as v from 'valibot';
import { textInSight } from '../../host/textInSight.ts';
import { readMeetingUrl } from '../../meetings/meetingUrl.ts';
import { meetingUrlInSight } from '../../meetings/meetingUrlInSight.ts';
import { ensureApiKey } from '../account/apiKeyFlow.ts';
import type { Caller } from '../calling/caller.ts';
import type { CommandHandler } from '../calling/command.ts';
import { sendAfterAsking } from './sendBot.ts';
import type { SendBotParts } from './sendBot.ts';

/**
 * Recall: Send Bot to Meeting Link. Asks as Send Bot does, with a link filled in, so that Enter sends: the one of a
 * passed `{ meetingUrl }`, else the one that is in sight in the editor; the input is empty where there is none. It asks
 * whatever is passed, since that may come from a text that anybody wrote.
 */
export function sendBotToLink(parts: SendBotParts): CommandHandler<string> {
  return async (caller) => {
    // Looked at before a key is asked for: the input for it takes the focus.
    const meetingUrl = passedLink(caller) ?? linkInEditor() ?? '';
    return (await ensureApiKey(parts)) ? sendAfterAsking(parts, meetingUrl) : undefined;
  };
}

const passedArgument = v.object({ meetingUrl: v.string() });

/** The link that was passed, empty when it is unusable; undefined when none was passed, as by the menu of an editor. */
function passedLink(caller: Caller): string | undefined {
  const passed = v.safeParse(passedArgument, caller.kind === 'person' ? caller.passed : caller.argument);
  if (!passed.success) return undefined;
  const reading = readMeetingUrl(passed.output.meetingUrl);
  return reading.kind === 'malformed' ? '' : reading.url;
}

function linkInEditor(): string | undefined {
  const text = textInSight();
  return text && meetingUrlInSight(text);
}
