import { posix } from 'node:path';
import * as vscode from 'vscode';
import { readTextFile } from '../host/textFile.ts';
import type { BesideMp3 } from '../media/besideMp3.ts';
import { speakersInDetails } from '../media/detailsFile.ts';
import { readWebVtt } from '../transcripts/readWebVtt.ts';
import type { TranscriptLine } from '../transcripts/transcriptLines.ts';
import type { SpeakingSpan } from '../recall/speakerTimeline.ts';

/** Where the MP3 of a recording is, and what belongs to it. */
export interface FilesOfRecording {
  readonly mp3: vscode.Uri;
  readonly transcript: vscode.Uri;
  readonly details: vscode.Uri;
}

/** What belongs to an MP3, as far as it can be read. */
export interface RecordingFiles {
  /** Without the extension. */
  readonly title: string;
  /** Changes when the MP3 does. */
  readonly version: string;
  readonly lines: readonly TranscriptLine[];
  /** Undefined when no details tell who spoke when. */
  readonly speakers: readonly SpeakingSpan[] | undefined;
  /** Sentences for the user. */
  readonly problems: readonly string[];
}

/** A longer file is none that this extension wrote, in bytes. Ten hours have some 5 MB. */
const LONGEST_FILE = 100_000_000;

/**
 * Reads what belongs to an MP3, wherever that is. What is missing or damaged leaves the rest as it is.
 *
 * @param known what was noted when it was saved
 */
export async function readRecordingFiles(
  { mp3, ...files }: FilesOfRecording,
  known: Pick<BesideMp3, 'artifactId' | 'bytes'>,
): Promise<RecordingFiles> {
  const [found, transcript, details] = await Promise.all([
    ifThere(() => vscode.workspace.fs.stat(mp3)),
    textAt(files.transcript),
    textAt(files.details),
  ]);
  const lines = transcript === undefined ? [] : readWebVtt(transcript);
  return {
    title: posix.basename(mp3.path, posix.extname(mp3.path)),
    version: found ? `${found.mtime}-${found.size}` : '',
    lines: lines ?? [],
    speakers: speakersIn(details),
    problems: [
      ...problemsWith(transcript, lines, known.artifactId !== undefined),
      ...(found && known.bytes !== undefined && known.bytes !== found.size
        ? [vscode.l10n.t('This MP3 has changed since it was saved, so times may not fit it.')]
        : []),
    ],
  };
}

/** Nobody is as good as not known: the transcript may tell more. */
function speakersIn(details: string | undefined): readonly SpeakingSpan[] | undefined {
  const speakers = details === undefined ? undefined : speakersInDetails(details);
  return speakers?.length === 0 ? undefined : speakers;
}

/** The files of a recording. @param saved what was saved with the MP3; what is not known has its name */
export function filesOf(mp3: vscode.Uri, saved: BesideMp3): FilesOfRecording {
  return {
    mp3,
    transcript: saved.transcript === undefined ? beside(mp3, '.vtt') : vscode.Uri.file(saved.transcript),
    details: saved.details === undefined ? beside(mp3, '.json') : vscode.Uri.file(saved.details),
  };
}

function beside(mp3: vscode.Uri, extension: string): vscode.Uri {
  const name = posix.basename(mp3.path, posix.extname(mp3.path));
  return mp3.with({ query: '', path: posix.join(posix.dirname(mp3.path), `${name}${extension}`) });
}

function problemsWith(
  transcript: string | undefined,
  lines: readonly TranscriptLine[] | undefined,
  isOfRecall: boolean,
): string[] {
  if (transcript === undefined)
    return [
      isOfRecall
        ? vscode.l10n.t('There is no transcript beside this MP3. Recall: Download Transcript gets one.')
        : vscode.l10n.t('There is no transcript beside this MP3.'),
    ];
  if (lines === undefined) return [vscode.l10n.t('The transcript beside this MP3 could not be read.')];
  return lines.length === 0 ? [vscode.l10n.t('Nobody says anything in the transcript of this MP3.')] : [];
}

/** Undefined when there is no such file. One that is too large to be one of ours says nothing. */
async function textAt(uri: vscode.Uri): Promise<string | undefined> {
  return ifThere(async () => (await readTextFile(uri, LONGEST_FILE)) ?? '');
}

async function ifThere<Found>(look: () => Thenable<Found>): Promise<Found | undefined> {
  try {
    return await look();
  } catch (error) {
    // One that may not be read is as good as none: the MP3 plays all the same.
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}
