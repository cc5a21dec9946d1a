import { join } from 'node:path';
import * as v from 'valibot';
import type { Log } from '../network/log.ts';
import { parseJson } from '../network/json.ts';
import type { MediaWord } from '../recall/bot.ts';
import { watchFolder } from '../state/folderWatch.ts';
import type { FolderWatch } from '../state/folderWatch.ts';
import type { StateFileSystem } from '../state/stateFiles.ts';
import { originFolderName, stateFileName } from '../state/stateFiles.ts';

const savedMedia = v.object({
  recordingId: v.string(),
  artifactId: v.string(),
  path: v.string(),
  bytes: v.number(),
  beside: v.optional(v.array(v.string())),
  isText: v.optional(v.boolean()),
});

const foundPart = v.object({
  recordingId: v.string(),
  artifactId: v.string(),
  partNumber: v.number(),
});

const expiry = v.object({
  recordingId: v.string(),
  expiresAt: v.string(),
});

const processIdentity = v.object({
  host: v.string(),
  boot: v.string(),
  pid: v.number(),
  start: v.optional(v.string()),
});

const awaitedDownload = v.object({
  kind: v.string(),
  recordingIds: v.optional(v.array(v.string())),
  folder: v.string(),
  name: v.union([v.object({ pattern: v.string() }), v.object({ chosen: v.string() })]),
  owner: processIdentity,
});

const peopleOfRecording = v.object({ recordingId: v.string(), names: v.array(v.string()) });

const botRecord = v.object({
  botId: v.string(),
  sentAt: v.optional(v.string()),
  title: v.optional(v.string()),
  toldTitle: v.optional(v.string()),
  following: v.optional(v.boolean(), false),
  announced: v.optional(v.boolean(), false),
  hidden: v.optional(v.boolean(), false),
  expiries: v.optional(v.array(expiry), []),
  expiryWarned: v.optional(v.boolean(), false),
  saved: v.optional(v.array(savedMedia), []),
  savedVideos: v.optional(v.array(savedMedia), []),
  savedOthers: v.optional(v.record(v.string(), v.array(savedMedia)), {}),
  parts: v.optional(v.array(foundPart), []),
  people: v.optional(v.array(peopleOfRecording), []),
  awaited: v.optional(v.array(awaitedDownload), []),
});

/**
 * A saved file on this computer: where it is, its length in bytes, and which item of Recall's it holds. `beside` are the
 * paths of what was written of the same item together with it. Of a text the length says nothing: people correct it.
 */
export type SavedMedia = v.InferOutput<typeof savedMedia>;

/** A download that goes on until it is there: of what, to where, and the process of the window that sees to it. */
export type AwaitedDownload = v.InferOutput<typeof awaitedDownload>;

/**
 * What this computer knows about a bot beyond what the API tells: when it was sent from here (ISO 8601), what somebody
 * called its meeting here, what Recall told that it is called, whether its end is waited for, whether that was announced,
 * whether it was taken off the list, when which recording goes (ISO 8601), whether that was warned of, what was saved
 * (`savedOf`), which MP3s were found of recordings that have several, who took part in which recording, and which downloads
 * are awaited.
 */
export type BotRecord = v.InferOutput<typeof botRecord>;

/** The parts of a record that change. */
export type BotRecordChange = Partial<Omit<BotRecord, 'botId'>>;

/**
 * The records of one API origin's bots, a small file each. Every change reads the file anew and replaces it whole while
 * no other window changes the same record, so that no change gets lost; no secret and no URL is kept in it.
 */
export class BotRecords {
  readonly #folder: string;
  readonly #files: StateFileSystem;
  readonly #log: Log;
  readonly #changesUnderWay = new Map<string, Promise<unknown>>();

  /** @param folder absolute; the records lie in a folder of the origin's name below it */
  constructor(folder: string, origin: string, files: StateFileSystem, log: Log) {
    this.#folder = join(folder, 'bots', originFolderName(origin));
    this.#files = files;
    this.#log = log;
  }

  /** Every readable record. A file that cannot be read as a record is logged and left alone. */
  async all(): Promise<BotRecord[]> {
    const names = await this.#files.list(this.#folder);
    const records = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => this.#read(name)),
    );
    return records.filter((record) => record !== undefined);
  }

  /** The record of one bot; a blank one when there is none yet. */
  async get(botId: string): Promise<BotRecord> {
    return (await this.#read(stateFileName(botId))) ?? blankRecord(botId);
  }

  /**
   * Tells of each record that changes, whichever window changes it. Some file systems never tell.
   *
   * @param onRecord gets the whole record
   */
  watch(onRecord: (record: BotRecord) => void): FolderWatch {
    const read = async (name: string): Promise<void> => {
      const record = await this.#read(name);
      if (record) onRecord(record);
    };
    const changed = (name: string | undefined): void => {
      if (name?.endsWith('.json') !== true) return;
      read(name).catch((error: unknown) => {
        this.#log.warn(`[bots] ${name} could not be read: ${String(error)}`);
      });
    };
    return watchFolder(this.#folder, changed, this.#log);
  }

  /**
   * Changes parts of a bot's record and answers with the whole. Changes of one bot happen one after the other, over all
   * windows: what `change` is given is what lies on the disk.
   */
  async change(botId: string, change: (record: BotRecord) => BotRecordChange): Promise<BotRecord> {
    const before = this.#changesUnderWay.get(botId) ?? Promise.resolve();
    const own = before.then(() =>
      this.#files.exclusively(this.#folder, stateFileName(botId), () => this.#change(botId, change)),
    );
    // A failed change is reported to its caller; the next one must not fail for it.
    const settled = own.then(
      () => undefined,
      () => undefined,
    );
    this.#changesUnderWay.set(botId, settled);
    try {
      return await own;
    } finally {
      if (this.#changesUnderWay.get(botId) === settled) this.#changesUnderWay.delete(botId);
    }
  }

  async #change(botId: string, change: (record: BotRecord) => BotRecordChange): Promise<BotRecord> {
    const name = stateFileName(botId);
    const { record = blankRecord(botId), text, unknownFields } = await this.#look(name);
    const changed = { ...record, ...change(record), botId };
    if (JSON.stringify(changed) === JSON.stringify(record)) return record;
    if (text !== undefined && unknownFields === undefined) {
      await this.#files.replace(this.#folder, `${name}.unreadable`, text);
      this.#log.warn(`[bots] ${name} was set aside as ${name}.unreadable`);
    }
    // What a newer version of the extension keeps here stays.
    const whole = { ...unknownFields, ...changed };
    await this.#files.replace(this.#folder, name, `${JSON.stringify(whole)}\n`);
    return changed;
  }

  async #read(name: string): Promise<BotRecord | undefined> {
    return (await this.#look(name)).record;
  }

  async #look(name: string): Promise<{
    readonly record?: BotRecord;
    readonly text?: string;
    readonly unknownFields?: Readonly<Record<string, unknown>>;
  }> {
    const text = await this.#files.read(join(this.#folder, name));
    if (text === undefined) return {};
    const json = v.safeParse(v.looseObject({}), parseJson(text));
    const result = v.safeParse(botRecord, json.output);
    if (!json.success || !result.success) {
      this.#log.warn(`[bots] ${name} is not a readable record and was passed over`);
      return { text };
    }
    return { record: result.output, text, unknownFields: json.output };
  }
}

/** A record of a bot about which nothing is known yet. */
export function blankRecord(botId: string): BotRecord {
  return {
    botId,
    sentAt: undefined,
    title: undefined,
    toldTitle: undefined,
    following: false,
    announced: false,
    hidden: false,
    expiries: [],
    expiryWarned: false,
    saved: [],
    savedVideos: [],
    savedOthers: {},
    parts: [],
    people: [],
    awaited: [],
  };
}

/** Fields that are named otherwise than by the word of their kind, as version 0.1.0 wrote them. */
const OWN_FIELDS: ReadonlyMap<MediaWord, 'saved' | 'savedVideos'> = new Map([
  ['audio_mixed', 'saved'],
  ['video_mixed', 'savedVideos'],
]);

/** What was saved of one kind of media. */
export function savedOf({ word }: { readonly word: MediaWord }, record: BotRecord): readonly SavedMedia[] {
  const field = OWN_FIELDS.get(word);
  return (field === undefined ? record.savedOthers[word] : record[field]) ?? [];
}

/** The change of a record that notes what was saved of one kind of media. */
export function withSaved(
  { word }: { readonly word: MediaWord },
  record: BotRecord,
  saved: SavedMedia[],
): BotRecordChange {
  const field = OWN_FIELDS.get(word);
  return field === undefined ? { savedOthers: { ...record.savedOthers, [word]: saved } } : { [field]: saved };
}

/** All files that were saved together. */
export function pathsOf({ path, beside = [] }: SavedMedia): readonly string[] {
  return [path, ...beside];
}

/** Everything that was saved of a bot, of whatever kind. */
export function allSaved({ saved, savedVideos, savedOthers }: BotRecord): SavedMedia[] {
  return [...saved, ...savedVideos, ...Object.values(savedOthers).flat()];
}
