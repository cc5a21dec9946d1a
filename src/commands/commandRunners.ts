import { COMMANDS } from '../host/names.ts';
import { accountCommands } from './account/accountCommands.ts';
import { botCommands } from './bot/botCommands.ts';
import { commandRunner } from './calling/command.ts';
import type { Command, CommandName, CommandRunner, CommandSurroundings } from './calling/command.ts';
import type { Parts } from './calling/parts.ts';
import { kindCommands, mediaCommands } from './media/mediaCommands.ts';
import { sendCommands } from './send/sendCommands.ts';
import { viewCommands } from './view/viewCommands.ts';

/** What every command of the manifest does, by id. */
export function commandRunners(
  parts: Parts,
  surroundings: CommandSurroundings,
): ReadonlyMap<string, CommandRunner> {
  const commands: Record<CommandName, Command> = {
    ...accountCommands(parts),
    ...botCommands(parts),
    ...mediaCommands(parts),
    ...sendCommands(parts),
    ...viewCommands(parts),
  };
  const byId = [
    ...Object.entries(commands).map(([name, command]) => [COMMANDS[name as CommandName], command] as const),
    ...kindCommands(parts),
  ];
  return new Map(byId.map(([id, command]) => [id, commandRunner(id, command, surroundings)]));
}
