import * as v from 'valibot';

const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const speaker = v.optional(v.string());

/** The texts of the page, in the display language. `{0}` and `{1}` stand for what the page puts there. */
const words = v.object({
  play: v.string(),
  pause: v.string(),
  back: v.string(),
  forward: v.string(),
  speed: v.string(),
  time: v.string(),
  search: v.string(),
  previousHit: v.string(),
  nextHit: v.string(),
  hits: v.string(),
  noHits: v.string(),
  transcript: v.string(),
  playFromBySpeaker: v.string(),
  backToSpoken: v.string(),
  speakers: v.string(),
  unknownSpeaker: v.string(),
  otherSpeakers: v.string(),
  share: v.string(),
  cannotPlay: v.string(),
});

const lane = v.object({ speaker, isOthers: v.boolean(), spans: v.array(v.tuple([seconds, seconds])) });

const show = v.object({
  type: v.literal('show'),
  words,
  /** What the file is called. */
  title: v.string(),
  /** The address of the MP3 within the page; another one when the file has changed. */
  audio: v.string(),
  lines: v.array(v.object({ startS: seconds, endS: seconds, speaker, text: v.string() })),
  lanes: v.array(lane),
  /** What is not as it should be, in sentences. */
  problems: v.array(v.string()),
  /** Where it was left, in seconds. */
  placeS: seconds,
});

const lanes = v.object({ type: v.literal('lanes'), lanes: v.array(lane) });
const playFrom = v.object({ type: v.literal('playFrom'), seconds });

/** Another one plays. */
const pause = v.object({ type: v.literal('pause') });

const toPage = v.variant('type', [show, lanes, playFrom, pause]);
const fromPage = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('plays') }),
  v.object({ type: v.literal('place'), seconds }),
]);

/** The texts of the page. */
export type PlayerWords = v.InferOutput<typeof words>;
/** A recording as the page shows it. */
export type ShownRecording = v.InferOutput<typeof show>;
/** A line of a transcript, with its times in seconds. */
export type ShownLine = ShownRecording['lines'][number];
/** When one person spoke, in seconds; with `isOthers`, when all those did who have no lane of their own. */
export type ShownLane = v.InferOutput<typeof lane>;
/** What the page is told. */
export type ToPage = v.InferOutput<typeof toPage>;
/** What the page tells: that it listens, that it begins to play, and where it is in the recording, in seconds. */
export type FromPage = v.InferOutput<typeof fromPage>;

/** Reads what came into the page; undefined when it is nothing of the player's. */
export function readToPage(message: unknown): ToPage | undefined {
  const read = v.safeParse(toPage, message);
  return read.success ? read.output : undefined;
}

/** Reads what came from the page; undefined when it is nothing of the player's. */
export function readFromPage(message: unknown): FromPage | undefined {
  const read = v.safeParse(fromPage, message);
  return read.success ? read.output : undefined;
}
