import type { Bot } from '../recall/bot.ts';

/**
 * Where a transcript comes from while a meeting goes on: the platform's own captions, at no charge and missing where they
 * are off; or Recall's transcription, which is billed by the hour (Recall docs, "Transcription").
 */
export type TranscriptSource = 'captions' | 'recallai';

const CAPTIONS = 'meeting_captions';

/** What the API is told of the provider. */
const PROVIDERS: Readonly<Record<TranscriptSource, Readonly<Record<string, unknown>>>> = {
  captions: { [CAPTIONS]: {} },
  recallai: { recallai_streaming: { mode: 'prioritize_accuracy', language_code: 'auto' } },
};

/** The API's word for transcripts in what a bot is asked for. */
export const TRANSCRIPT_OUTPUT = 'transcript';

/** What a bot is told that is to make a transcript (Recall docs, "Create Bot"). */
export function transcriptRequest(source: TranscriptSource): Readonly<Record<string, unknown>> {
  return { provider: PROVIDERS[source] };
}

/** Whether transcripts from there cost something. */
export function isPaid(source: TranscriptSource | undefined): boolean {
  return source === 'recallai';
}

/** Whether the bot's transcript was to come from the captions of its meeting. */
export function isFromCaptions({ requested }: Pick<Bot, 'requested'>): boolean {
  return requested?.[TRANSCRIPT_OUTPUT]?.provider === CAPTIONS;
}
