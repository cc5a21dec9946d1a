import { byPerson } from '../calling/caller.ts';
import type { Commands } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { sendBot } from './sendBot.ts';
import { sendBotToLink } from './sendBotToLink.ts';

/** Commands that send bots. */
export function sendCommands(parts: Parts) {
  return {
    sendBot: sendBot(parts),
    sendBotToLink: { handler: sendBotToLink(parts), readCaller: byPerson },
  } satisfies Commands;
}
