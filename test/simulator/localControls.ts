import type { ApiKeys } from './apiKeys.ts';
import type { FaultyRequest } from './apiServer.ts';
import type { Artifact, Bot } from './botModel.ts';
import type { BotRegistry, OwnedArtifact } from './botRegistry.ts';
import type { MeetingScript } from './botScript.ts';
import type { AddedBot, SimulatorControls } from './controls.ts';
import type { ApiFault, ApiFaultScope, EtagStyle, FaultQueue, MediaFault } from './faults.ts';
import type { IdempotencyStore } from './idempotency.ts';
import { manyBots } from './manyBots.ts';
import type { MediaRequest, MediaStore } from './mediaStore.ts';
import type { RequestRecorder } from './recordedRequests.ts';
import { sampleBots } from './samples.ts';
import type { SimulatedClock } from './simulatedClock.ts';
import type { StoredObjects } from './storedObjects.ts';
import { transcriptCosts } from './transcriptCosts.ts';

/** What a test may change while the simulator runs. */
export interface Settings {
  script: MeetingScript;
  etagStyle: EtagStyle;
  urlLifetimeMs: number;
}

/** What the controls work on. */
export interface ControlParts {
  readonly registry: BotRegistry;
  readonly keys: ApiKeys;
  readonly apiFaults: FaultQueue<ApiFault, FaultyRequest>;
  readonly mediaFaults: FaultQueue<MediaFault, MediaRequest>;
  readonly idempotency: IdempotencyStore;
  readonly objects: StoredObjects;
  readonly store: MediaStore;
  readonly recorder: RequestRecorder;
  readonly clock: SimulatedClock;
  readonly timeScale: number;
  readonly settings: Settings;
  readonly firstSettings: Readonly<Settings>;
  mediaOrigin(): string;
}

/** The controls of a simulator in this process. All throw an Error for an unknown id. */
export function createLocalControls(parts: ControlParts): SimulatorControls {
  return {
    ...botControls(parts),
    ...faultControls(parts),
    ...mediaControls(parts),
    ...timeControls(parts),
    setMeeting: (change) => {
      parts.settings.script = { ...parts.settings.script, ...change };
    },
    acceptOnlyKeys: (keys) => {
      parts.keys.acceptOnly(keys);
    },
    acceptAnyKey: () => {
      parts.keys.acceptAny();
    },
    recordedRequests: () => [...parts.recorder.all],
    clearRequests: () => {
      parts.recorder.clear();
    },
    reset: () => {
      resetAll(parts);
    },
  };
}

type BotControls = Pick<
  SimulatorControls,
  | 'addBot'
  | 'addManyBots'
  | 'addSampleBots'
  | 'removeBot'
  | 'addStatusChange'
  | 'changeArtifact'
  | 'botIds'
  | 'idsOf'
>;

function botControls({ registry, clock }: ControlParts): BotControls {
  return {
    addBot: (spec = {}) => idsOf(registry.addReady(spec), Infinity),
    addManyBots: (spec = {}) => manyBots(spec, clock.now()).map((one) => registry.addReady(one).id),
    addSampleBots: () => sampleBots(clock.now()).map((spec) => idsOf(registry.addReady(spec), Infinity)),
    removeBot: (botId) => {
      registry.remove(botId);
    },
    addStatusChange: (botId, change) => {
      const bot = knownBot(registry, botId);
      const now = clock.now();
      const at = change.createdAt === undefined ? now : Date.parse(change.createdAt);
      const past = bot.statusChanges.filter((entry) => entry.at <= now);
      const added = {
        code: change.code,
        subCode: change.subCode ?? null,
        message: change.message ?? null,
        at,
      };
      bot.statusChanges = [...past, added];
    },
    changeArtifact: (artifactId, change) => {
      const { artifact } = knownArtifact(registry, artifactId);
      if (change.url !== undefined) artifact.url = change.url;
      if (change.status === undefined) return;
      const now = clock.now();
      const past = artifact.statuses.filter((status) => status.at <= now);
      artifact.statuses = [...past, { code: change.status, subCode: change.subCode ?? null, at: now }];
    },
    botIds: () => registry.all.map((bot) => bot.id),
    idsOf: (botId) => idsOf(knownBot(registry, botId), clock.now()),
  };
}

type FaultControls = Pick<
  SimulatorControls,
  'failNext' | 'apiFault' | 'outOfBots' | 'mediaFault' | 'clearFaults' | 'faultsLeft'
>;

function faultControls({ apiFaults, mediaFaults }: ControlParts): FaultControls {
  const apiFault = (fault: ApiFault & ApiFaultScope): void => {
    apiFaults.add(fault, matcherOf(fault), fault.times ?? 1);
  };
  return {
    failNext: (answer) => {
      apiFault({ kind: 'answer', ...answer });
    },
    apiFault,
    outOfBots: (attempts) => {
      const body = { detail: 'Out of adhoc bots', code: 'out_of_adhoc_bots' };
      const headers = { 'Retry-After': '30' };
      const scope = { method: 'POST', path: '/bot/$', times: attempts };
      apiFault({ kind: 'answer', status: 507, headers, body, ...scope });
    },
    mediaFault: (fault) => {
      const { artifactId } = fault;
      const matches = (request: MediaRequest): boolean =>
        artifactId === undefined || request.artifactId === artifactId;
      mediaFaults.add(fault, matches, fault.times ?? 1);
    },
    clearFaults: () => {
      apiFaults.clear();
      mediaFaults.clear();
    },
    faultsLeft: () => apiFaults.size() + mediaFaults.size(),
  };
}

function matcherOf(scope: ApiFaultScope): (request: FaultyRequest) => boolean {
  const path = scope.path === undefined ? undefined : new RegExp(scope.path);
  return (request) =>
    (scope.method === undefined || scope.method === request.method) && (path?.test(request.path) ?? true);
}

type MediaControls = Pick<
  SimulatorControls,
  | 'setEtagStyle'
  | 'setUrlLifetime'
  | 'replaceMedia'
  | 'mediaFacts'
  | 'downloadUrl'
  | 'transcriptCosts'
  | 'peakDownloads'
>;

function mediaControls(parts: ControlParts): MediaControls {
  const { registry, objects, store, settings, clock } = parts;
  return {
    setEtagStyle: (style) => {
      settings.etagStyle = style;
    },
    setUrlLifetime: (ms) => {
      settings.urlLifetimeMs = ms;
    },
    replaceMedia: (artifactId) => {
      objects.replace(knownMedia(registry, artifactId).artifact, clock.now());
    },
    mediaFacts: (artifactId) => {
      const object = objects.of(knownMedia(registry, artifactId).artifact);
      const { size, seconds, frequency } = object.content;
      return { size, sha256: objects.sha256(object), seconds, frequency };
    },
    downloadUrl: (artifactId) => {
      const { bot, recording, artifact } = knownMedia(registry, artifactId);
      return parts.mediaOrigin() + store.signedPath(bot, recording, artifact);
    },
    transcriptCosts: () => transcriptCosts(registry, clock.now()),
    peakDownloads: () => store.peakConcurrency(),
  };
}

type TimeControls = Pick<SimulatorControls, 'time' | 'setTimeScale' | 'advance'>;

function timeControls({ clock }: ControlParts): TimeControls {
  return {
    time: () => new Date(clock.now()).toISOString(),
    setTimeScale: (scale) => {
      clock.setTimeScale(scale);
    },
    advance: (ms) => {
      clock.advance(ms);
    },
  };
}

function resetAll(parts: ControlParts): void {
  parts.registry.clear();
  parts.apiFaults.clear();
  parts.mediaFaults.clear();
  parts.idempotency.clear();
  parts.recorder.clear();
  parts.keys.acceptAny();
  parts.clock.setTimeScale(parts.timeScale);
  Object.assign(parts.settings, parts.firstSettings);
}

function knownBot(registry: BotRegistry, botId: string): Bot {
  const bot = registry.bot(botId);
  if (!bot) throw new Error(`There is no bot with the id ${botId}.`);
  return bot;
}

/** Finds an artifact with a file in the media store. @throws Error when there is none that shows already */
export function knownMedia(registry: BotRegistry, artifactId: string): OwnedArtifact {
  const found = knownArtifact(registry, artifactId);
  if (found.artifact.people ?? found.artifact.transcript)
    throw new Error(`${artifactId} has no file in the media store.`);
  return found;
}

function knownArtifact(registry: BotRegistry, artifactId: string): OwnedArtifact {
  const found = registry.artifact(artifactId);
  if (!found) throw new Error(`There is no artifact with the id ${artifactId}.`);
  return found;
}

function idsOf(bot: Bot, now: number): AddedBot {
  const idsOfKind = (artifacts: readonly Artifact[], kind: string): string[] =>
    artifacts.filter((artifact) => artifact.kind === kind).map((artifact) => artifact.id);
  return {
    id: bot.id,
    recordings: bot.recordings
      .filter((recording) => recording.createdAt <= now)
      .map(({ id, artifacts }) => ({
        id,
        audio: idsOfKind(artifacts, 'audio_mixed'),
        video: idsOfKind(artifacts, 'video_mixed'),
        whiteboards: idsOfKind(artifacts, 'whiteboard'),
        participantEvents: idsOfKind(artifacts, 'participant_events'),
        transcripts: idsOfKind(artifacts, 'transcript'),
      })),
  };
}
