import { savedOf } from '../../bots/botRecords.ts';
import { standInKinds } from '../../media/kinds.ts';
import { MP3 } from '../../media/kinds/mp3.ts';
import type { MediaKind } from '../../media/kinds/kind.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { openMedia } from './openMedia.ts';
import type { SavedMediaParts } from './savedMedia.ts';

type OpenLineParts = SavedMediaParts & Pick<Parts, 'selectedNodes'>;

/**
 * What a click on a line of the tree does: opens the MP3 of that line, or what stands in for it. The line is the one that
 * is selected, since VS Code selects it first. It cannot be passed along: what a line passes is forgotten when the line is
 * drawn anew, and a click that comes meanwhile ends in an error of VS Code's.
 */
export function openLine(parts: OpenLineParts): CommandHandler {
  return async () => {
    const nodes = parts.selectedNodes();
    const [node] = nodes;
    if (!node || nodes.length > 1) return undefined;
    const kind = await shownKind(parts, node.botId);
    return openMedia(parts, kind)({ kind: 'person', nodes });
  };
}

/** The kind whose files a bot's line stands for. */
async function shownKind({ records, onDisk }: OpenLineParts, botId: string): Promise<MediaKind> {
  const record = await records().get(botId);
  for (const kind of [MP3, ...standInKinds()])
    if ((await onDisk(savedOf(kind, record))).length > 0) return kind;
  return MP3;
}
