import { textInSight } from '../host/textInSight.ts';
import { meetingUrlInSight } from '../recall/meetingUrlInSight.ts';
import { ensureApiKey } from './apiKeyFlow.ts';
import type { CommandHandler } from './command.ts';
import { sendAfterAsking } from './sendBot.ts';
import type { SendBotParts } from './sendBot.ts';

/**
 * Recall: Send Bot to Meeting Link. Asks as Send Bot does, with the link of the editor filled in, so that Enter sends;
 * the input is empty where no link is in sight. Whatever is passed to it: editor menus pass the document.
 */
export function sendBotToLink(parts: SendBotParts): CommandHandler<string> {
  return async () => {
    // Looked at before a key is asked for: the input for it takes the focus.
    const text = textInSight();
    const link = text && meetingUrlInSight(text);
    return (await ensureApiKey(parts)) ? sendAfterAsking(parts, link ?? '') : undefined;
  };
}
