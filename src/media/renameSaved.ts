import { basename, dirname, extname } from 'node:path';
import { shortId } from '../download/naming/fileName.ts';
import type { NamingContext } from '../download/naming/freeName.ts';
import type { FileMove } from '../download/naming/moveFiles.ts';
import { describeFileError } from '../download/fileErrors.ts';
import { moveTogether } from '../download/naming/moveFiles.ts';
import { numberedName, partPaths } from '../download/naming/partPaths.ts';
import type { BotRecord, BotRecords, SavedMedia } from '../bots/botRecords.ts';
import { pathsOf, savedOf, withSaved } from '../bots/botRecords.ts';
import type { KnownBot } from '../bots/botStore.ts';
import { recordingsInOrder } from './botMp3s.ts';
import { fileNameOf } from './fileNames.ts';
import type { NamedMedia } from './fileNames.ts';
import { mediaKinds } from './kinds.ts';

/** Stands for every title that a meeting had. */
const ANY_TITLE = 'any0title';

/** A saved file, and what it would be called now. */
export interface RenamableFile {
  readonly path: string;
  readonly extension: string;
  /** Without extension. */
  readonly name: string;
}

/** What names are made from, beside the bot. */
export interface NamingRules {
  /** The pattern of file names in a folder. */
  readonly patternIn: (folder: string) => string;
  readonly defaultBotName: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The saved files of a bot that are called by a title, be it one that it had some time ago, and would be called otherwise by
 * the one that it has. What somebody named by hand is not among them.
 */
export function renamableFiles(before: KnownBot, after: KnownBot, rules: NamingRules): RenamableFile[] {
  return mediaKinds.flatMap((kind) =>
    savedOf(kind, after.record).flatMap((saved) => renamableWith(saved, [before, after], rules)),
  );
}

/** Of what was saved together each file that is called so. */
function renamableWith(
  saved: SavedMedia,
  [before, after]: readonly [KnownBot, KnownBot],
  { patternIn, defaultBotName, now }: NamingRules,
): RenamableFile[] {
  const media = placeOf(saved, after);
  if (!media) return [];
  const pattern = patternIn(dirname(saved.path));
  const nameOf = (known: KnownBot): string =>
    fileNameOf(pattern, { bot: known.bot, known, media, defaultBotName, now });
  const [oldName, name] = [nameOf(before), nameOf(after)];
  const titled = nameOf({ ...after, record: { ...after.record, title: ANY_TITLE } });
  return pathsOf(saved).flatMap((path) => {
    const ending = extname(path);
    const present = basename(path, ending);
    const isOurs = isCalled(present, oldName) || isCalledByAnyTitle(present, titled, after.bot.id);
    return isOurs && !isCalled(present, name) ? [{ path, extension: ending.slice(1), name }] : [];
  });
}

/** Also with the number that tells it from others of the same name. */
function isCalled(present: string, name: string): boolean {
  return present.startsWith(name) && /^(?: \(\d+\))?$/.test(present.slice(name.length));
}

/**
 * Whether it is the name of a file but for the title in it. One that does not say which bot it is of could be any.
 *
 * @param titled what it would be called by `ANY_TITLE`
 */
function isCalledByAnyTitle(present: string, titled: string, botId: string): boolean {
  const [start = '', end, ...more] = titled.split(ANY_TITLE);
  if (end === undefined || more.length > 0 || !`${start}${end}`.includes(shortId(botId))) return false;
  const withoutNumber = present.replace(/ \(\d+\)$/, '');
  return present.startsWith(start) && [present, withoutNumber].some((name) => name.endsWith(end));
}

/** Undefined for what Recall tells no more: when it was recorded is not known then. */
function placeOf({ recordingId, artifactId }: SavedMedia, { bot, record }: KnownBot): NamedMedia | undefined {
  const recordings = recordingsInOrder(bot);
  const index = recordings.findIndex(({ id }) => id === recordingId);
  const recording = recordings[index];
  const parts = record.parts.filter((part) => part.recordingId === recordingId);
  return (
    recording && {
      recording,
      recordingNumber: index + 1,
      recordingCount: recordings.length,
      partNumber: parts.find((part) => part.artifactId === artifactId)?.partNumber ?? 1,
      partCount: Math.max(1, parts.length),
    }
  );
}

/**
 * Renames the files together, with the same number behind their names where one of these is taken, and notes where they are.
 *
 * @param noted gets the record with the new paths while the files have their old names as well, where they can
 * @returns what was renamed
 * @throws what the file system said; then the files have their old names, as far as it let them
 */
export async function renameFiles(
  context: NamingContext,
  records: BotRecords,
  botId: string,
  files: readonly RenamableFile[],
  noted: (record: BotRecord) => void,
): Promise<readonly FileMove[]> {
  for (let number = 1; ; number++) {
    const moves = movesTo(files, number);
    const note = async (moved: readonly FileMove[]): Promise<void> => {
      noted(await records.change(botId, (before) => withPaths(before, moved)));
    };
    const { moved, failure } = await moveTogether(context, moves, () => note(moves));
    if (failure === undefined) return moved;
    if (moved.length > 0) await note(moved);
    else if (failure === 'taken') continue;
    if (failure === 'taken') return moved;
    throw describeFileError(failure.cause, dirname(files[0]?.path ?? '')) ?? failure.cause;
  }
}

/** Files of the same name get further numbers. */
function movesTo(files: readonly RenamableFile[], number: number): FileMove[] {
  const used = new Map<string, number>();
  return files.map(({ path, name, extension }) => {
    const { target } = partPaths(dirname(path), name, extension);
    const sameBefore = used.get(target) ?? 0;
    used.set(target, sameBefore + 1);
    const numbered = numberedName(name, number + sameBefore);
    return { from: path, to: partPaths(dirname(path), numbered, extension).target };
  });
}

function withPaths(record: BotRecord, moved: readonly FileMove[]): BotRecord {
  const paths = new Map(moved.map(({ from, to }) => [from, to]));
  const now = (path: string): string => paths.get(path) ?? path;
  return mediaKinds.reduce<BotRecord>((changed, kind) => {
    const saved = savedOf(kind, changed).map((one) => ({
      ...one,
      path: now(one.path),
      ...(one.beside && { beside: one.beside.map(now) }),
    }));
    return { ...changed, ...withSaved(kind, changed, saved) };
  }, record);
}
