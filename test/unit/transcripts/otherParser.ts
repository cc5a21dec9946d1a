import * as mediaCaptions from 'media-captions';

/** What a parser that others wrote found in captions. */
export interface ParsedCaptions {
  /** Times in seconds. */
  readonly cues: readonly { readonly startTime: number; readonly endTime: number; readonly text: string }[];
  readonly errors: readonly unknown[];
}

// Its types name their files in a way that Node's resolution does not follow.
const parser = mediaCaptions as unknown as {
  parseText(text: string, options: { readonly type: 'vtt' }): Promise<ParsedCaptions>;
};

/** Parses WebVTT as players in browsers do that bring a parser along. */
export function parseWithOtherParser(text: string): Promise<ParsedCaptions> {
  return parser.parseText(text, { type: 'vtt' });
}
