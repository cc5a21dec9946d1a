import { savedOf } from '../../bots/botRecords.ts';
import { standInKinds } from '../../media/kinds.ts';
import { MP3 } from '../../media/kinds/mp3.ts';
import { TRANSCRIPT } from '../../media/kinds/transcript.ts';
import type { CommandHandler } from '../calling/command.ts';
import type { Parts } from '../calling/parts.ts';
import { BotNode } from '../../views/treeNodes.ts';
import type { BotsTreeNode } from '../../views/treeNodes.ts';
import { openInPlayer } from './openInPlayer.ts';
import { openMedia } from './openMedia.ts';
import type { SavedMediaParts } from './savedMedia.ts';

type OpenLineParts = SavedMediaParts & Pick<Parts, 'player' | 'selectedNodes'>;

/**
 * What a click on a line of the tree does: opens the MP3 of that line, with its transcript where there is one, or what
 * stands in for it. The line is the one that is selected, since VS Code selects it first. It cannot be passed along: what
 * a line passes is forgotten when the line is drawn anew, and a click that comes meanwhile ends in an error of VS Code's.
 */
export function openLine(parts: OpenLineParts): CommandHandler {
  return async () => {
    const nodes = parts.selectedNodes();
    const [node] = nodes;
    if (!node || nodes.length > 1) return undefined;
    const opens = await handlerFor(parts, node);
    return opens({ kind: 'person', nodes });
  };
}

/** What opens the files that a bot's line stands for. */
async function handlerFor(parts: OpenLineParts, node: BotsTreeNode): Promise<CommandHandler> {
  const record = await parts.records().get(node.botId);
  const transcripts = savedOf(TRANSCRIPT, record).filter(
    ({ recordingId }) => node instanceof BotNode || node.recordingId === recordingId,
  );
  for (const kind of [MP3, ...standInKinds()]) {
    if ((await parts.onDisk(savedOf(kind, record))).length === 0) continue;
    const isRead = kind.isMain && (await parts.onDisk(transcripts)).length > 0;
    return isRead ? openInPlayer(parts) : openMedia(parts, kind);
  }
  return openMedia(parts, MP3);
}
