import type { SavedMedia } from '../bots/botRecords.ts';
import type { BotMp3 } from '../media/botMp3s.ts';

/** A bot in the tree. Commands called from the tree get this. */
export class BotNode {
  readonly botId: string;

  constructor(botId: string) {
    this.botId = botId;
  }
}

/** A recording below its bot, or a part of one. Commands called from the tree get this. */
export class RecordingNode {
  readonly bot: BotNode;
  readonly recordingId: string;
  readonly #partNumber: number;
  readonly #artifactId: string | undefined;

  constructor(bot: BotNode, { recordingId, partNumber, artifactId }: BotMp3) {
    this.bot = bot;
    this.recordingId = recordingId;
    this.#partNumber = partNumber;
    this.#artifactId = artifactId;
  }

  get botId(): string {
    return this.bot.botId;
  }

  /** Stays the same while the recording is listed, so that the tree keeps its selection. */
  get id(): string {
    return `${this.botId}/${this.recordingId}/${this.#partNumber}`;
  }

  /** Whether this line stands for the MP3. */
  standsFor({
    recordingId,
    artifactId,
  }: Pick<SavedMedia, 'recordingId'> & Pick<BotMp3, 'artifactId'>): boolean {
    return recordingId === this.recordingId && artifactId === this.#artifactId;
  }
}

/** A day in the tree, with its bots below it. */
export class DayNode {
  /** As `BotDay.id`. */
  readonly dayId: string;

  constructor(dayId: string) {
    this.dayId = dayId;
  }
}

/** The last line of the tree while the account has more bots. */
export class LoadMoreNode {
  readonly kind = 'loadMore';
}

/** A line of the tree that is about a bot. */
export type BotsTreeNode = BotNode | RecordingNode;

/** A line of the tree. */
export type TreeNode = BotsTreeNode | DayNode | LoadMoreNode;

/** Whether a command's argument is a line of the tree that is about a bot. */
export function isBotsTreeNode(value: unknown): value is BotsTreeNode {
  return value instanceof BotNode || value instanceof RecordingNode;
}

/** Whether a command's argument is a line of the tree that is about no single bot. */
export function isLineWithoutBot(value: unknown): value is DayNode | LoadMoreNode {
  return value instanceof DayNode || value instanceof LoadMoreNode;
}
