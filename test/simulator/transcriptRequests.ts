import type { FieldErrors, ReadResult } from './botRequests.ts';
import { isRecord } from './json.ts';
import type { Transcript } from './transcripts.ts';

/** What somebody asks for who wants a transcript. */
export type TranscriptRequest = Pick<Transcript, 'provider' | 'diarization'>;

/** Providers that can be asked for when a bot is sent. */
export const providersOnCreate = ['meeting_captions', 'recallai_streaming'] as const;

/** Providers that can be asked for when the recording is over. Others need keys of their own in the dashboard. */
export const providersAfterwards = ['recallai_async'] as const;

type Provider = (typeof providersOnCreate)[number] | (typeof providersAfterwards)[number];

const notADictionary = 'Invalid data. Expected a dictionary.';
const modes = ['prioritize_accuracy', 'prioritize_low_latency'];

/** Reads what says how to transcribe. Unknown keys beside the provider are taken without complaint. */
export function readTranscriptRequest(
  json: unknown,
  providers: readonly Provider[],
): ReadResult<TranscriptRequest> {
  if (!isRecord(json)) return { errors: { non_field_errors: [notADictionary] } };
  const { provider, diarization = null } = json;
  const errors: Record<string, FieldErrors[string]> = {};
  const wrong = providerError(provider, providers);
  if (wrong !== undefined) errors.provider = [wrong];
  const streams = isRecord(diarization) ? diarization.use_separate_streams_when_available : undefined;
  if (diarization !== null && !isRecord(diarization)) errors.diarization = [notADictionary];
  else if (streams !== undefined && typeof streams !== 'boolean') {
    errors.diarization = { use_separate_streams_when_available: ['Must be a valid boolean.'] };
  }
  if (Object.keys(errors).length > 0 || !isRecord(provider)) return { errors };
  return { value: { provider, diarization: isRecord(diarization) ? diarization : null } };
}

/** Why a provider is refused; undefined when it is good. */
function providerError(provider: unknown, known: readonly Provider[]): string | undefined {
  if (provider === undefined) return 'This field is required.';
  if (!isRecord(provider)) return notADictionary;
  const [name, ...others] = Object.keys(provider);
  if (name === undefined || others.length > 0) return 'Exactly one provider must be given.';
  if (!known.some((one) => one === name)) return `"${name}" is not a valid choice.`;
  const options = provider[name];
  if (!isRecord(options)) return `${name}: ${notADictionary}`;
  const { mode, language_code: language } = options;
  if (mode !== undefined && name === 'recallai_streaming' && !modes.some((one) => one === mode)) {
    return `mode: ${JSON.stringify(mode)} is not a valid choice.`;
  }
  // Language codes are an open set.
  if (language !== undefined && (typeof language !== 'string' || language === '')) {
    return 'language_code: Not a valid string.';
  }
  return undefined;
}

/** What a bot was asked for on sending, as its `recording_config` has it; undefined: nothing that is known here. */
export function askedOnCreate(
  config: Readonly<Record<string, unknown>> | null,
): TranscriptRequest | undefined {
  const read = readTranscriptRequest(config?.transcript, providersOnCreate);
  return 'value' in read ? read.value : undefined;
}
