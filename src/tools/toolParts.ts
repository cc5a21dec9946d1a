import type { RecallApi } from '../api.ts';

/** What the tools take from the rest of the product. */
export interface ToolParts {
  readonly api: RecallApi;
  readonly defaultBotName: () => string;
  /** Whether a transcript is made of what new bots record, which has to be paid for. */
  readonly isTranscriptPaid: () => boolean;
  /** A link that plays a recording from a second on. */
  readonly playLink: (recordingId: string, seconds: number) => string;
  /** What the user knows a bot as. */
  readonly nameOf: (botId: string) => string;
}

/** What the tools take that tell what was said. */
export type SpokenParts = Pick<ToolParts, 'api' | 'playLink'>;
