import * as v from 'valibot';
import { fieldOf } from '../network/json.ts';

// Every field but the ids may be missing, null or of another type in an answer: then it reads as undefined.
const optionalText = v.fallback(v.optional(v.string()), undefined);

// Recall's ids are UUIDs. They become parts of paths, so nothing that has a meaning there is taken for one.
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/));

function listOf<Schema extends v.GenericSchema>(
  schema: Schema,
): v.GenericSchema<unknown, v.InferOutput<Schema>[]> {
  return v.pipe(
    v.fallback(v.array(v.unknown()), []),
    v.transform((items) =>
      items.flatMap((item) => {
        const result = v.safeParse(schema, item);
        return result.success ? [result.output] : [];
      }),
    ),
  );
}

const statusChange = v.pipe(
  v.object({ code: v.string(), sub_code: optionalText, message: optionalText, created_at: optionalText }),
  v.transform((change) => ({
    code: change.code,
    subCode: change.sub_code,
    message: change.message,
    createdAt: change.created_at,
  })),
);

const artifactStatus = v.pipe(
  v.object({ code: v.string(), sub_code: optionalText }),
  v.transform((status) => ({ code: status.code, subCode: status.sub_code })),
);

const mediaItem = v.pipe(
  v.object({
    id,
    created_at: optionalText,
    status: v.fallback(v.optional(artifactStatus), undefined),
    format: optionalText,
    data: v.fallback(v.optional(v.object({ download_url: optionalText })), undefined),
  }),
  v.transform((item) => ({
    id: item.id,
    createdAt: item.created_at,
    status: item.status,
    format: item.format,
    downloadUrl: item.data?.download_url,
  })),
);

const optionalMediaItem = v.fallback(v.optional(mediaItem), undefined);

/** An item that is null, or no item, is none. */
function toldOf(shortcuts: Readonly<Record<MediaWord, unknown>>): Readonly<Record<MediaWord, MediaItem>> {
  const told = Object.entries(shortcuts).flatMap(([word, item]) => {
    const read = v.parse(optionalMediaItem, item);
    return read ? [[word, read] as const] : [];
  });
  return Object.fromEntries(told);
}

/** The longest title, in UTF-16 code units: as much as a value of metadata can hold (Recall docs, "Create Bot"). */
export const LONGEST_TITLE = 500;

/** The title is in the answer itself, nothing that is downloaded (Recall docs, "Meeting Metadata"). */
const meetingMetadata = v.fallback(
  v.pipe(
    v.object({ data: v.object({ title: v.string() }) }),
    v.transform(({ data }): string | undefined => data.title.slice(0, LONGEST_TITLE).trim() || undefined),
  ),
  undefined,
);

/** Links to what is known of people, signed for some hours (Recall docs, "Meeting Participants Events"). */
const participantEvents = v.fallback(
  v.pipe(
    v.object({
      data: v.object({
        participants_download_url: optionalText,
        speaker_timeline_download_url: optionalText,
      }),
    }),
    v.transform(({ data }): PeopleUrls => {
      const { participants_download_url: people, speaker_timeline_download_url: timeline } = data;
      return { participantsUrl: people, speakerTimelineUrl: timeline };
    }),
  ),
  { participantsUrl: undefined, speakerTimelineUrl: undefined },
);

interface PeopleUrls {
  readonly participantsUrl: string | undefined;
  readonly speakerTimelineUrl: string | undefined;
}

const recording = v.pipe(
  v.object({
    id,
    created_at: optionalText,
    started_at: optionalText,
    completed_at: optionalText,
    expires_at: optionalText,
    status: v.fallback(v.optional(artifactStatus), undefined),
    media_shortcuts: v.fallback(v.optional(v.record(v.string(), v.unknown())), undefined),
  }),
  v.transform((entry) => ({
    id: entry.id,
    createdAt: entry.created_at,
    startedAt: entry.started_at,
    completedAt: entry.completed_at,
    expiresAt: entry.expires_at,
    status: entry.status,
    title: v.parse(meetingMetadata, entry.media_shortcuts?.meeting_metadata),
    ...v.parse(participantEvents, entry.media_shortcuts?.participant_events),
    media: toldOf(entry.media_shortcuts ?? {}),
  })),
);

// The meeting URL comes back as an object, later cleared to null, {} or a string. Its passwords are not read at all,
// and of a URL the query is left out, which holds them too.
const meeting = v.fallback(
  v.union([
    v.pipe(
      v.string(),
      v.transform((text) => ({ url: withoutQuery(text), platform: undefined, meetingId: undefined })),
    ),
    v.pipe(
      v.object({ platform: optionalText, meeting_id: optionalText }),
      v.transform((parts) => ({ url: undefined, platform: parts.platform, meetingId: parts.meeting_id })),
    ),
  ]),
  { url: undefined, platform: undefined, meetingId: undefined },
);

/** One thing that a bot was asked for. */
export interface RequestedOutput {
  /** The API's word for who makes it; undefined for one that has no providers. */
  readonly provider: string | undefined;
}

/** What a bot was asked for, by the words of its `recording_config` (Recall docs, "Create Bot"): outputs, and how long they are kept. */
export type RequestedOutputs = Readonly<Record<string, RequestedOutput>>;

// An output that was asked for comes back as an object, one that was not as null. What else is in there may hold secrets.
const requestedOutputs = v.pipe(
  v.unknown(),
  v.transform((config): RequestedOutputs | undefined => {
    if (!isObject(config)) return undefined;
    const asked = Object.entries(config).filter(([, told]) => isObject(told));
    return Object.fromEntries(asked.map(([word, told]) => [word, { provider: providerOf(told) }]));
  }),
);

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function providerOf(output: unknown): string | undefined {
  const provider = fieldOf(output, 'provider');
  if (!isObject(provider)) return undefined;
  return Object.entries(provider).find(([, told]) => told !== null)?.[0];
}

/** What a bot was asked for, in the form in which answers tell it; undefined when that is not known. */
export function recordingConfigOf({
  requested,
}: Pick<Bot, 'requested'>): Record<string, unknown> | undefined {
  if (!requested) return undefined;
  return Object.fromEntries(
    Object.entries(requested).map(([word, { provider }]) => [
      word,
      provider === undefined ? {} : { provider: { [provider]: {} } },
    ]),
  );
}

/** How long the bot waits to be admitted, in seconds (Recall docs, "Automatic Leaving"). */
const waitingRoomTimeout = v.fallback(
  v.pipe(
    v.object({ waiting_room_timeout: v.pipe(v.number(), v.minValue(0), v.maxValue(1_000_000)) }),
    v.transform((leave): number | undefined => leave.waiting_room_timeout),
  ),
  undefined,
);

const botSchema = v.pipe(
  v.object({
    id,
    meeting_url: v.optional(meeting),
    bot_name: optionalText,
    join_at: optionalText,
    recording_config: v.optional(requestedOutputs),
    status_changes: v.optional(listOf(statusChange)),
    recordings: v.optional(listOf(recording)),
    automatic_leave: v.optional(waitingRoomTimeout),
    metadata: v.optional(v.pipe(v.unknown(), v.transform(readMetadata))),
  }),
  v.transform((bot) => ({
    id: bot.id,
    meeting: bot.meeting_url ?? { url: undefined, platform: undefined, meetingId: undefined },
    name: bot.bot_name,
    joinAt: bot.join_at,
    waitingRoomTimeoutSeconds: bot.automatic_leave,
    requested: bot.recording_config,
    statusChanges: oldestFirst(bot.status_changes ?? []),
    recordings: bot.recordings ?? [],
    metadata: bot.metadata ?? {},
  })),
);

/** One entry of a bot's `status_changes`. Codes are an open set. Times are ISO 8601. */
export type StatusChange = v.InferOutput<typeof statusChange>;
/** The API's word for a kind of media, such as `audio_mixed`: of its list, and of the shortcut in a recording. */
export type MediaWord = string;
/** An item of a recording's media, such as its mixed audio or a transcript. Its `downloadUrl` lives for hours only and is never stored. */
export type MediaItem = v.InferOutput<typeof mediaItem>;
/**
 * A recording of a bot. Times are ISO 8601; `expiresAt` is undefined when it is kept for ever or unknown. `title` is what
 * the platform calls the meeting, which most do not tell, and some late. `participantsUrl` leads to the list of people, `speakerTimelineUrl` to who
 * spoke when; they live for hours only and are never stored. `media` holds the item of each kind that the bot's own answer tells of.
 */
export type Recording = v.InferOutput<typeof recording>;
/** The meeting of a bot as the API tells it, without passwords: `url` has no query. */
export type Meeting = v.InferOutput<typeof meeting>;
/**
 * A bot as the API tells it (Recall docs, "Retrieve Bot"). `statusChanges` is sorted, oldest first. `requested` is undefined
 * when the answer has no `recording_config`. Of `metadata`, the values that are text are kept.
 */
export type Bot = v.InferOutput<typeof botSchema>;

/** One page of a list. `next` is the page's own word for the following one, undefined on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
  /** How many there are in all, when the API tells. */
  readonly total: number | undefined;
}

/** Reads a bot; undefined when `answer` is not one. */
export function readBot(answer: unknown): Bot | undefined {
  const result = v.safeParse(botSchema, answer);
  return result.success ? result.output : undefined;
}

/** Reads a page of bots; entries that are not bots are left out. Undefined when `answer` is not a page. */
export function readBotPage(answer: unknown): Page<Bot> | undefined {
  return readPage(answer, botSchema);
}

/** Reads an item of media; undefined when `answer` is not one. */
export function readMediaItem(answer: unknown): MediaItem | undefined {
  const result = v.safeParse(mediaItem, answer);
  return result.success ? result.output : undefined;
}

/** Reads a page of such items. Undefined when `answer` is not a page. */
export function readMediaItemPage(answer: unknown): Page<MediaItem> | undefined {
  return readPage(answer, mediaItem);
}

function readPage<Schema extends v.GenericSchema>(
  answer: unknown,
  itemSchema: Schema,
): Page<v.InferOutput<Schema>> | undefined {
  const page = v.safeParse(
    v.object({
      results: v.array(v.unknown()),
      next: optionalText,
      count: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))), undefined),
    }),
    answer,
  );
  if (!page.success) return undefined;
  const items = v.parse(listOf(itemSchema), page.output.results);
  const next = page.output.next === '' ? undefined : page.output.next;
  return { items, next, total: page.output.count };
}

/** The address without user name, query and fragment; undefined when the text is not a URL with a host. */
function withoutQuery(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && url.host !== '' ? `${url.protocol}//${url.host}${url.pathname}` : undefined;
}

function readMetadata(metadata: unknown): Readonly<Record<string, string>> {
  if (typeof metadata !== 'object' || metadata === null) return {};
  return Object.fromEntries(
    Object.entries(metadata).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function oldestFirst(changes: StatusChange[]): StatusChange[] {
  let time = Number.NEGATIVE_INFINITY;
  const timed = changes.map((change) => {
    const own = timeOf(change.createdAt);
    // One without a readable time stays behind the one that it came after.
    if (Number.isFinite(own)) time = own;
    return { change, time };
  });
  return timed.toSorted((a, b) => (a.time === b.time ? 0 : a.time - b.time)).map((entry) => entry.change);
}

/** Milliseconds since the epoch of an ISO 8601 time; `-Infinity` when there is none or it is unreadable. */
export function timeOf(iso: string | undefined): number {
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

/** How long it was recorded, in milliseconds; undefined when that is not known. */
export function recordedMs({
  startedAt,
  completedAt,
}: Pick<Recording, 'startedAt' | 'completedAt'>): number | undefined {
  const length = timeOf(completedAt) - timeOf(startedAt);
  return Number.isFinite(length) && length >= 0 ? length : undefined;
}
