import { isRecord, readJson } from './json.ts';
import { type ParsedMeetingUrl, parseMeetingUrl } from './meetingUrls.ts';
import { providersOnCreate, readTranscriptRequest } from './transcriptRequests.ts';

/** What a valid `POST /bot/` asks for. */
export interface BotRequest {
  readonly meetingUrl: string;
  readonly meeting: ParsedMeetingUrl;
  readonly name: string;
  /** Simulated milliseconds since the epoch. */
  readonly joinAt: number | null;
  /** null: do not record; undefined: record as usual. */
  readonly recordingConfig: Readonly<Record<string, unknown>> | null | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Texts by field, as the API's 400 has them; those of a field within a field are nested. */
export interface FieldErrors {
  readonly [field: string]: readonly string[] | FieldErrors;
}

/** Outcome of reading a request's body. */
export type ReadResult<Value> = { readonly value: Value } | { readonly errors: FieldErrors };

const nameLimit = 100;
const metadataLimit = 500;
const malformedUrl = 'The meeting_url is malformed, or for an unsupported platform.';

/** Reads the body of `POST /bot/`. */
export function readBotRequest(body: string): ReadResult<BotRequest> {
  const json = readJson(body);
  if (!isRecord(json)) return { errors: { non_field_errors: ['Invalid data. Expected a dictionary.'] } };
  const url = json.meeting_url;
  const meeting = typeof url === 'string' ? parseMeetingUrl(url) : undefined;
  const errors: Record<string, FieldErrors[string]> = { ...changeErrors(json) };
  if (url === undefined) errors.meeting_url = ['This field is required.'];
  else if (!meeting) errors.meeting_url = [malformedUrl];
  const config = json.recording_config;
  if (config !== undefined && config !== null && !isRecord(config)) {
    errors.recording_config = ['Invalid data. Expected a dictionary.'];
  }
  const transcript = isRecord(config) ? (config.transcript ?? null) : null;
  const asked = transcript === null ? undefined : readTranscriptRequest(transcript, providersOnCreate);
  if (asked && 'errors' in asked) errors.recording_config = { transcript: asked.errors };
  if (Object.keys(errors).length > 0 || !meeting || typeof url !== 'string') return { errors };
  const change = changeIn(json);
  return {
    value: {
      meetingUrl: url,
      meeting,
      name: change.name ?? 'Meeting Notetaker',
      joinAt: change.joinAt ?? null,
      recordingConfig: isRecord(config) || config === null ? config : undefined,
      metadata: change.metadata ?? {},
    },
  };
}

/** What a valid `PATCH /bot/{id}/` changes. */
export interface BotChange {
  readonly name?: string;
  readonly joinAt?: number | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Reads the body of `PATCH /bot/{id}/`. */
export function readBotChange(body: string): ReadResult<BotChange> {
  const json = readJson(body);
  if (!isRecord(json)) return { errors: { non_field_errors: ['Invalid data. Expected a dictionary.'] } };
  const errors = changeErrors(json);
  return Object.keys(errors).length > 0 ? { errors } : { value: changeIn(json) };
}

function changeErrors(json: Readonly<Record<string, unknown>>): FieldErrors {
  const { bot_name: name, join_at: joinAt, metadata } = json;
  const errors: Record<string, readonly string[]> = {};
  if (name === '') errors.bot_name = ['This field may not be blank.'];
  else if (name !== undefined && typeof name !== 'string') errors.bot_name = ['Not a valid string.'];
  else if ((name ?? '').length > nameLimit) {
    errors.bot_name = [`Ensure this field has no more than ${nameLimit} characters.`];
  }
  if (joinAt !== undefined && joinAt !== null && Number.isNaN(timeOf(joinAt))) {
    errors.join_at = [
      'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
    ];
  }
  if (metadata !== undefined && !isRecord(metadata)) errors.metadata = ['Expected a dictionary of items.'];
  else if (
    Object.values(metadata ?? {}).some((value) => typeof value === 'string' && value.length > metadataLimit)
  ) {
    errors.metadata = [`Ensure this field has no more than ${metadataLimit} characters.`];
  }
  return errors;
}

function changeIn(json: Readonly<Record<string, unknown>>): BotChange {
  const { bot_name: name, join_at: joinAt, metadata } = json;
  return {
    ...(typeof name === 'string' && { name }),
    ...(joinAt !== undefined && { joinAt: joinAt === null ? null : timeOf(joinAt) }),
    ...(isRecord(metadata) && { metadata }),
  };
}

function timeOf(value: unknown): number {
  return typeof value === 'string' && value !== '' ? Date.parse(value) : Number.NaN;
}
