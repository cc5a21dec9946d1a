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
 * Looks through every WebVTT file of the workspace, one after the other, those that come last by their names first.
 *
 * @throws the signal's reason when it aborts
 */
export async function searchWorkspaceTranscripts(
  { query, limit, signal }: TranscriptSearch,
  log: Log,
): Promise<RecallSearchResult> {
  const words = wordsOf(query);
  const found = await vscode.workspace.findFiles('**/*.vtt', '**/node_modules/**', MOST_FILES);
  const newestFirst = found.toSorted((one, other) => compareNames(nameOf(other), nameOf(one)));
  const places: RecallSearchPlace[] = [];
  let files = 0;
  for (const file of newestFirst) {
    signal.throwIfAborted();
    if (places.length > limit) break;
    const text = await textOf(file, log);
    const lines = text === undefined ? undefined : readWebVtt(text);
    if (text === undefined || !lines) continue;
    files += 1;
    const recordingId = notedRecording(text);
    for (const { startS, speaker, text: said } of searchLines(lines, words))
      places.push({ file, recordingId, start: startS, speaker, text: said });
  }
  return { places: places.slice(0, limit), files, hasMore: places.length > limit };
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
