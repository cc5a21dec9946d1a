import type { Commands } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { sendBot } from './sendBot.ts';
import { sendBotToLink } from './sendBotToLink.ts';

/** Commands that send bots. */
export function sendCommands(parts: Parts) {
  return {
    sendBot: sendBot(parts),
    sendBotToLink: sendBotToLink(parts),
  } satisfies Commands;
}
