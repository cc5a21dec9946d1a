import { mediaKinds } from '../../media/kinds.ts';
import type { CommandHandler, Commands } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { cancelDownload } from './cancelDownload.ts';
import { deleteMedia } from './deleteMedia.ts';
import { downloadMedia } from './downloadMedia.ts';
import { openInPlayer } from './openInPlayer.ts';
import { openLine } from './openLine.ts';
import { openMedia } from './openMedia.ts';
import { revealMp3 } from './revealMp3.ts';
import { transcribeBots } from './transcribe.ts';

/** Commands about the media of bots, but for those that every kind has. */
export function mediaCommands(parts: Parts) {
  return {
    cancelDownload: cancelDownload(parts),
    deleteMedia: deleteMedia(parts),
    openInPlayer: openInPlayer(parts),
    openLine: openLine(parts),
    revealMp3: revealMp3(parts),
    transcribe: transcribeBots(parts),
  } satisfies Commands;
}

/** Downloading and opening, for each kind of media, by the ids of the commands. */
export function kindCommands(parts: Parts): ReadonlyMap<string, CommandHandler> {
  return new Map(
    mediaKinds.flatMap((kind) => [
      [kind.commands.download, downloadMedia(parts, kind)] as const,
      [kind.commands.open, openMedia(parts, kind)] as const,
    ]),
  );
}
