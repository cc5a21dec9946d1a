import { COMMANDS } from '../host/names.ts';
import { accountCommands } from './account/accountCommands.ts';
import { botCommands } from './bot/botCommands.ts';
import type { Caller } from './calling/caller.ts';
import { byPerson, orOfSelection } from './calling/caller.ts';
import { commandRunner } from './calling/command.ts';
import type { CommandHandler, CommandName, CommandRunner, CommandSurroundings } from './calling/command.ts';
import type { Parts } from './calling/parts.ts';
import { kindCommands, mediaCommands } from './media/mediaCommands.ts';
import { sendCommands } from './send/sendCommands.ts';
import { viewCommands } from './view/viewCommands.ts';

/** What every command of the manifest does, by id. */
export function commandRunners(
  parts: Parts,
  surroundings: CommandSurroundings,
): ReadonlyMap<string, CommandRunner> {
  const handlers: Record<CommandName, CommandHandler> = {
    ...accountCommands(parts),
    ...botCommands(parts),
    ...mediaCommands(parts),
    ...sendCommands(parts),
    ...viewCommands(parts),
  };
  const byId = [
    ...Object.entries(handlers).map(([name, handler]) => [COMMANDS[name as CommandName], handler] as const),
    ...kindCommands(parts),
  ];
  const readers = new Map<string, (args: readonly unknown[]) => Caller>([
    [COMMANDS.sendBotToLink, byPerson],
    [COMMANDS.renameMeeting, orOfSelection(parts.selectedNodes)],
    [COMMANDS.copyBot, orOfSelection(parts.selectedNodes)],
  ]);
  return new Map(
    byId.map(([id, handler]) => [id, commandRunner(id, handler, surroundings, readers.get(id))]),
  );
}
