import { savedOf } from '../../bots/botRecords.ts';
import type { SavedMedia } from '../../bots/botRecords.ts';
import { NoMediaError } from '../../media/mediaErrors.ts';
import type { MediaKind } from '../../media/kinds/kind.ts';
import { botTargets } from '../calling/botTarget.ts';
import type { PickBotParts } from '../calling/botPicker.ts';
import { recordingsMeant } from '../calling/caller.ts';
import type { Caller } from '../calling/caller.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';

/** What the commands work with that are about saved files. */
export type SavedMediaParts = PickBotParts & Pick<Parts, 'records' | 'onDisk'>;

/** A command that does something with the files of one kind that are on this computer. */
export function onSavedMedia(
  parts: SavedMediaParts,
  kind: MediaKind,
  title: string,
  act: (saved: readonly SavedMedia[], caller: Caller) => Promise<void>,
): CommandHandler {
  return async (caller) => {
    const targets = await botTargets(caller, parts, {
      title,
      placeholder: kind.words.onThisComputer(),
      offers: ({ record }) => savedOf(kind, record).length > 0,
    });
    if (!targets) return;
    const files = await Promise.all(
      targets.map(async (botId) =>
        filesMeant(caller, botId, await parts.onDisk(savedOf(kind, await parts.records().get(botId)))),
      ),
    );
    const saved = files.flat();
    if (saved.length === 0) {
      throw new NoMediaError('notSaved', kind.words.notOnThisComputer());
    }
    await act(saved, caller);
  };
}

/** A recording in the tree stands for its own file, a bot for all of its files. */
function filesMeant(caller: Caller, botId: string, saved: readonly SavedMedia[]): readonly SavedMedia[] {
  const recordings = recordingsMeant(caller, botId);
  return recordings.length === 0
    ? saved
    : saved.filter((mp3) => recordings.some((node) => node.standsFor(mp3)));
}
