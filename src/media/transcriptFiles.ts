import * as l10n from '@vscode/l10n';
import type { KnownBot } from '../bots/botStore.ts';
import { oneLine } from '../bots/oneLine.ts';
import { botLabel } from '../bots/meetingTitle.ts';
import { peopleOf } from '../bots/people.ts';
import type { TextFile } from '../download/writeTexts.ts';
import { formatCount, formatDate, formatDuration, formatList } from '../language/formats.ts';
import { parseJson } from '../network/json.ts';
import { timeOf } from '../recall/bot.ts';
import type { Recording } from '../recall/bot.ts';
import { readTranscript } from '../recall/transcript.ts';
import { writeReadable } from '../transcripts/readableTranscript.ts';
import type { TranscriptHeading } from '../transcripts/readableTranscript.ts';
import type { TranscriptLine } from '../transcripts/transcriptLines.ts';
import { transcriptLines } from '../transcripts/transcriptLines.ts';
import { writeWebVtt } from '../transcripts/webVtt.ts';

const MOST_NAMES = 50;

/** What Recall sent as a transcript is none. */
export class UnreadableTranscriptError extends Error {
  override readonly name = 'UnreadableTranscriptError';
  readonly code = 'unreadableTranscript';
}

/** Whose transcript it is. */
export interface TranscriptOwner {
  readonly known: KnownBot;
  readonly recording: Recording;
  /** The name that bots get here by default: no meeting is called by it when anything says more. */
  readonly defaultBotName: string;
  /** The file name of the recording's MP3, which the times of the document lead to. */
  readonly mp3Name: string;
}

/**
 * What is written of a transcript: captions for players, and a document to read.
 *
 * @param json as it was downloaded
 * @throws UnreadableTranscriptError
 */
export function transcriptFiles(json: string, owner: TranscriptOwner): TextFile[] {
  const turns = readTranscript(parseJson(json));
  if (!turns) {
    throw new UnreadableTranscriptError(
      l10n.t('What Recall sent as the transcript could not be read. Nothing was saved.'),
    );
  }
  const lines = transcriptLines(turns);
  const address = fileAddress(owner.mp3Name);
  const linkTo = (seconds: number): string => `${address}#t=${Math.floor(seconds * 10) / 10}`;
  return [
    { extension: 'vtt', text: writeWebVtt(lines) },
    { extension: 'md', text: writeReadable(headingOf(owner, lines), lines, linkTo) },
  ];
}

function headingOf(owner: TranscriptOwner, lines: readonly TranscriptLine[]): TranscriptHeading {
  const { known, recording, defaultBotName } = owner;
  const startedAt = timeOf(recording.startedAt ?? recording.createdAt);
  const lengthMs = timeOf(recording.completedAt) - startedAt;
  const people = namesIn(owner, lines);
  return {
    title: botLabel(known, defaultBotName),
    about: [
      ...(Number.isFinite(startedAt) ? [formatDate('dayInFull', startedAt)] : []),
      ...(lengthMs > 0 ? [formatDuration(lengthMs)] : []),
      ...(people.length > 0 ? [people] : []),
    ],
  };
}

/** Who took part, as far as it is known; else who is known to have spoken. */
function namesIn({ known, recording }: TranscriptOwner, lines: readonly TranscriptLine[]): string {
  const people = known.record.people.filter(({ recordingId }) => recordingId === recording.id);
  const present = peopleOf({ bot: known.bot, record: { ...known.record, people } });
  const speakers = lines.map(({ speaker }) => oneLine(speaker ?? '')).filter((name) => name !== '');
  const names = present.length > 0 ? present : [...new Set(speakers)];
  const others = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES);
  return formatList(others > 0 ? [...shown, l10n.t('{0} others', formatCount(others))] : shown);
}

/** A file beside the document, as the destination of a Markdown link: parentheses would end it. */
function fileAddress(name: string): string {
  return encodeURIComponent(name).replace(/[()]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
}
