import * as vscode from 'vscode';
import type { RecallSearchPlace, RecallSearchResult } from '../api.ts';
import { readTextFile } from './textFile.ts';
import type { Log } from '../network/log.ts';
import { notedRecording } from '../transcripts/recordingNote.ts';
import { readWebVtt } from '../transcripts/readWebVtt.ts';
import { searchLines, wordsOf } from '../transcripts/searchLines.ts';

const MOST_FILES = 10_000;
/** A transcript of ten hours has some 5 MB. */
const LONGEST_BYTES = 50_000_000;

/** How the transcripts of a workspace are looked through. */
export interface TranscriptSearch {
  readonly query: string;
  /** How many places at most, from 1. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/**
 * Looks through the WebVTT files of the workspace, those that come last by their names first.
 *
 * @throws the signal's reason when it aborts
 */
export async function searchWorkspaceTranscripts(
  { query, limit, signal }: TranscriptSearch,
  log: Log,
): Promise<RecallSearchResult> {
  const words = wordsOf(query);
  const places: RecallSearchPlace[] = [];
  let files = 0;
  for await (const { file, text } of webVttFiles(log)) {
    signal.throwIfAborted();
    if (places.length > limit) break;
    const lines = readWebVtt(text);
    if (!lines) continue;
    files += 1;
    const recordingId = notedRecording(text);
    for (const { startS, speaker, text: said } of searchLines(lines, words))
      places.push({ file, recordingId, start: startS, speaker, text: said });
  }
  return { places: places.slice(0, limit), files, hasMore: places.length > limit };
}

/**
 * The MP3 in the workspace that lies beside the WebVTT file of a recording, under its name, wherever both come from;
 * undefined when there is none.
 */
export async function mp3InWorkspace(recordingId: string, log: Log): Promise<vscode.Uri | undefined> {
  for await (const { file, text } of webVttFiles(log)) {
    if (notedRecording(text) !== recordingId) continue;
    const mp3 = file.with({ path: file.path.replace(/\.vtt$/i, '.mp3') });
    if (await isFile(mp3)) return mp3;
  }
  return undefined;
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    // One that cannot be looked at cannot be played either.
    return false;
  }
}

/** Every WebVTT file of the workspace with its text, one after the other, those that come last by their names first. */
async function* webVttFiles(log: Log): AsyncGenerator<{ readonly file: vscode.Uri; readonly text: string }> {
  const found = await vscode.workspace.findFiles('**/*.vtt', '**/node_modules/**', MOST_FILES);
  for (const file of found.toSorted((one, other) => compareNames(nameOf(other), nameOf(one)))) {
    const text = await textOf(file, log);
    if (text !== undefined) yield { file, text };
  }
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function compareNames(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

async function textOf(file: vscode.Uri, log: Log): Promise<string | undefined> {
  try {
    const text = await readTextFile(file, LONGEST_BYTES);
    if (text === undefined) log.warn(`[search] ${file.fsPath} was passed over: it is too long`);
    return text;
  } catch (error) {
    // One that cannot be read keeps none of the others from being read.
    log.warn(`[search] ${file.fsPath} was passed over: ${String(error)}`);
    return undefined;
  }
}
