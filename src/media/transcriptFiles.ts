import * as l10n from '@vscode/l10n';
import type { KnownBot } from '../bots/botStore.ts';
import { oneLine } from '../language/oneLine.ts';
import { botLabel } from '../bots/meetingTitle.ts';
import { peopleIn } from '../bots/people.ts';
import type { TextFile } from '../download/writeTexts.ts';
import { formatDuration } from '../language/duration.ts';
import { formatDate, formatFirst } from '../language/formats.ts';
import { parseJson } from '../network/json.ts';
import { NoMediaError } from './mediaErrors.ts';
import { recordedMs, timeOf } from '../recall/bot.ts';
import type { Recording } from '../recall/bot.ts';
import { readTranscript } from '../recall/transcript.ts';
import { writeReadable } from '../transcripts/readableTranscript.ts';
import type { TranscriptHeading } from '../transcripts/readableTranscript.ts';
import { recordingNote } from '../transcripts/recordingNote.ts';
import type { TranscriptLine } from '../transcripts/transcriptLines.ts';
import { transcriptLines } from '../transcripts/transcriptLines.ts';
import { writeWebVtt } from '../transcripts/webVtt.ts';

const MOST_NAMES = 50;

/** The recording that something is written of. */
export interface WrittenRecording {
  readonly known: KnownBot;
  readonly recording: Recording;
  /** The name that bots get here by default: no meeting is called by it when anything says more. */
  readonly defaultBotName: string;
  /** A link that plays the recording from a second on: an address without spaces and brackets. */
  readonly playFrom: (seconds: number) => string;
}

/**
 * What is written of a transcript: captions for players, and a document to read.
 *
 * @param json as it was downloaded
 * @throws NoMediaError `unreadable`
 */
export function transcriptFiles(json: string, of: WrittenRecording): [TextFile, TextFile] {
  const lines = linesIn(json);
  return [
    { extension: 'vtt', text: writeWebVtt(lines, [recordingNote(of.recording.id)]) },
    { extension: 'md', text: writeReadable(headingOf(of, lines), lines, of.playFrom) },
  ];
}

/** What was said. @param json as it was downloaded. Throws NoMediaError `unreadable`. */
export function linesIn(json: string): TranscriptLine[] {
  const turns = readTranscript(parseJson(json));
  if (turns) return transcriptLines(turns);
  throw new NoMediaError('unreadable', l10n.t('What Recall sent as the transcript could not be read.'));
}

function headingOf(of: WrittenRecording, lines: readonly TranscriptLine[]): TranscriptHeading {
  const { known, recording, defaultBotName } = of;
  const startedAt = timeOf(recording.startedAt ?? recording.createdAt);
  const lengthMs = recordedMs(recording);
  const people = namesIn(of, lines);
  return {
    title: botLabel(known, defaultBotName),
    about: [
      ...(Number.isFinite(startedAt) ? [formatDate('dayInFull', startedAt)] : []),
      ...(lengthMs === undefined ? [] : [formatDuration(lengthMs)]),
      ...(people.length > 0 ? [people] : []),
    ],
  };
}

/** Who took part, as far as it is known; else who is known to have spoken. */
function namesIn({ known, recording }: WrittenRecording, lines: readonly TranscriptLine[]): string {
  const present = peopleIn(known, recording.id);
  const speakers = lines.map(({ speaker }) => oneLine(speaker ?? '')).filter((name) => name !== '');
  const names = present.length > 0 ? present : [...new Set(speakers)];
  return formatFirst(names, MOST_NAMES);
}
