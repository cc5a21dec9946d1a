import type { MeetingScript } from './botScript.ts';
import type {
  ApiFault,
  ApiFaultScope,
  CannedAnswer,
  EtagStyle,
  MediaFault,
  MediaFaultScope,
} from './faults.ts';
import type { ManyBotsSpec } from './manyBots.ts';
import type { BotSpec, StatusChangeSpec } from './readyBots.ts';
import type { RecordedRequest } from './recordedRequests.ts';
import type { TranscriptCosts } from './transcriptCosts.ts';

/** Ids of a ready-made bot and what it has. */
export interface AddedBot {
  readonly id: string;
  readonly recordings: readonly AddedRecording[];
}

/** Ids of one recording. */
export interface AddedRecording {
  readonly id: string;
  /** Ids of the audio items, in order. */
  readonly audio: readonly string[];
  /** Ids of the video items. */
  readonly video: readonly string[];
  /** Ids of the items of the made-up kind. */
  readonly whiteboards: readonly string[];
  /** Id of the item that tells who was there; empty if there is none. */
  readonly participantEvents: readonly string[];
  /** Ids of the transcripts, oldest first. */
  readonly transcripts: readonly string[];
}

/** What there is to know about an artifact's file. */
export interface MediaFacts {
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  /** How long it plays. */
  readonly seconds: number;
  /** Pitch of its tone in Hz. */
  readonly frequency: number;
}

/** A later state of an artifact, be it media, who was there, or what was said. */
export interface ArtifactChange {
  readonly status?: string;
  readonly subCode?: string | null;
  readonly url?: 'whenDone' | 'always' | 'never';
}

/** Everything that tests can ask of a simulator, in the same process or over HTTP. */
export interface SimulatorControls {
  addBot(spec?: BotSpec): AddedBot;
  /** Adds an account of many bots in no time. Returns their ids, newest first. */
  addManyBots(spec?: ManyBotsSpec): readonly string[];
  /** Adds the bots that the demo shows. */
  addSampleBots(): readonly AddedBot[];
  removeBot(botId: string): void;
  /** The bot enters a status now; a later scripted course is dropped. */
  addStatusChange(botId: string, change: StatusChangeSpec): void;
  /** The artifact changes now. */
  changeArtifact(artifactId: string, change: ArtifactChange): void;
  /** Ids of all bots, in order of creation. */
  botIds(): readonly string[];
  /** Ids of a bot's recordings and their artifacts that show already. */
  idsOf(botId: string): AddedBot;
  /** How the meetings of bots sent from now on go. */
  setMeeting(change: Partial<MeetingScript>): void;
  /** 401 for every other key; an empty list refuses all. */
  acceptOnlyKeys(keys: readonly string[]): void;
  acceptAnyKey(): void;
  /** Answers the next matching request, or as many as `times` says, with this. */
  failNext(answer: CannedAnswer & ApiFaultScope): void;
  /** Lets something go wrong at the API. */
  apiFault(fault: ApiFault & ApiFaultScope): void;
  /** 507 to so many attempts to send a bot. */
  outOfBots(attempts: number): void;
  /** Lets something go wrong at the media store. */
  mediaFault(fault: MediaFault & MediaFaultScope): void;
  clearFaults(): void;
  /** How many faults still wait, those for always included. */
  faultsLeft(): number;
  setEtagStyle(style: EtagStyle): void;
  /** How long newly signed URLs are good, in simulated milliseconds. */
  setUrlLifetime(ms: number): void;
  /** Puts another recording in an artifact's place. */
  replaceMedia(artifactId: string): void;
  mediaFacts(artifactId: string): MediaFacts;
  /** A newly signed URL, whatever the artifact's status. */
  downloadUrl(artifactId: string): string;
  /** What the transcripts come to that were asked for so far. */
  transcriptCosts(): TranscriptCosts;
  /** The most downloads that ran at the same time. */
  peakDownloads(): number;
  /** Simulated time, ISO 8601. */
  time(): string;
  setTimeScale(scale: number): void;
  /** Moves the simulated time ahead. */
  advance(ms: number): void;
  recordedRequests(): readonly RecordedRequest[];
  clearRequests(): void;
  /** Back to a new simulator: no bots, no faults, no requests, any key, the first script and settings. */
  reset(): void;
}

/** The names under which the controls are reached over HTTP. */
export const controlNames = [
  'addBot',
  'addManyBots',
  'addSampleBots',
  'removeBot',
  'addStatusChange',
  'changeArtifact',
  'botIds',
  'idsOf',
  'setMeeting',
  'acceptOnlyKeys',
  'acceptAnyKey',
  'failNext',
  'apiFault',
  'outOfBots',
  'mediaFault',
  'clearFaults',
  'faultsLeft',
  'setEtagStyle',
  'setUrlLifetime',
  'replaceMedia',
  'mediaFacts',
  'downloadUrl',
  'transcriptCosts',
  'peakDownloads',
  'time',
  'setTimeScale',
  'advance',
  'recordedRequests',
  'clearRequests',
  'reset',
] as const satisfies readonly (keyof SimulatorControls)[];

/** Where the controls are on the API's port: `POST /__simulator/<name>`, arguments as a JSON array. */
export const controlPath = '/__simulator/';
