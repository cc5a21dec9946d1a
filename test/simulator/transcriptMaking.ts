import type { Artifact, Participant } from './botModel.ts';
import { timeOf } from './specTimes.ts';
import type { TranscriptRequest } from './transcriptRequests.ts';
import type {
  OrderedTranscriptSpec,
  TranscriptContentSpec,
  TranscriptSpeakerSpec,
  TranscriptSpec,
  TranscriptTurnSpec,
} from './transcriptSpecs.ts';
import {
  type OrderedTranscript,
  type TranscriptContent,
  transcriptStatuses,
  type TranscriptTurn,
} from './transcripts.ts';

/** What a ready-made transcript has to know of its recording. Times in simulated milliseconds since the epoch. */
export interface TranscribedRecording {
  /** What the transcript is if nothing else is said. */
  readonly usualCode: string;
  readonly from: number;
  readonly until: number;
  readonly expiresAt: number | null;
  /** What the bot was asked for; undefined: nothing that is known here. */
  readonly asked: TranscriptRequest | undefined;
}

const askedAfterwards: TranscriptRequest = {
  provider: { recallai_async: { language_code: 'auto' } },
  diarization: null,
};

/** Makes the transcripts of a ready-made recording. @param specs how many, or each; if undefined, as it was asked for */
export function readyTranscripts(
  specs: number | readonly TranscriptSpec[] | undefined,
  recording: TranscribedRecording,
  newId: () => string,
): Artifact[] {
  const wanted = specs ?? (recording.asked ? 1 : 0);
  const all = typeof wanted === 'number' ? Array.from({ length: wanted }, () => ({})) : wanted;
  return all.map((spec) => readyTranscript(spec, recording, newId));
}

function readyTranscript(
  spec: TranscriptSpec,
  { usualCode, from, until, expiresAt, asked = askedAfterwards }: TranscribedRecording,
  newId: () => string,
): Artifact {
  const provider = spec.provider ?? asked.provider;
  const afterwards = 'recallai_async' in provider && usualCode !== 'processing';
  const createdAt = timeOf(spec.createdAt ?? null) ?? (afterwards ? until : from);
  const code = spec.status ?? usualCode;
  const at = code === 'processing' ? createdAt : Math.max(createdAt, timeOf(spec.readyAt ?? null) ?? until);
  return {
    id: spec.id ?? newId(),
    kind: 'transcript',
    format: 'json',
    createdAt,
    statuses: transcriptStatuses(createdAt, { code, subCode: spec.subCode ?? null, at }, expiresAt),
    url: spec.url === undefined ? 'whenDone' : spec.url === 'present' ? 'always' : 'never',
    transcript: {
      provider,
      diarization: spec.diarization === undefined ? asked.diarization : spec.diarization,
      content: contentFrom(spec),
      ordered: false,
    },
    overrides: spec.overrides ?? {},
  };
}

/** Makes a transcript that somebody asked for, `processing` from now on. */
export function orderedTranscript(
  asked: TranscriptRequest,
  content: TranscriptContent,
  createdAt: number,
  id: string,
): Artifact {
  return {
    id,
    kind: 'transcript',
    format: 'json',
    createdAt,
    statuses: [{ code: 'processing', subCode: null, at: createdAt }],
    url: 'whenDone',
    transcript: { ...asked, content, ordered: true },
    overrides: {},
  };
}

/** What will come of a transcript that is asked for afterwards; done with made-up sentences if nothing is said. */
export function orderedFrom(spec: OrderedTranscriptSpec = {}): OrderedTranscript {
  return {
    code: spec.status ?? 'done',
    subCode: spec.subCode ?? null,
    ...(spec.afterMs !== undefined && { afterMs: spec.afterMs }),
    content: contentFrom(spec),
  };
}

function contentFrom(spec: TranscriptContentSpec): TranscriptContent {
  if (spec.turns) return { turns: spec.turns.map(turnFrom) };
  return spec.json === undefined ? 'madeUp' : { json: spec.json };
}

function turnFrom({ speaker, words, extra = {} }: TranscriptTurnSpec): TranscriptTurn {
  return {
    participant: speaker && speakerFrom(speaker),
    words: words.map(({ text, start, end, absolute }) => ({
      text,
      start,
      end,
      byTheClock: absolute === undefined,
    })),
    extra,
  };
}

function speakerFrom({ id, name, isHost = false }: TranscriptSpeakerSpec): Participant {
  return { id, name, isHost, email: null };
}
