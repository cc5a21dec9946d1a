import type { ServerResponse } from 'node:http';
import { createApiKeys } from './apiKeys.ts';
import type { RecallApiParts } from './apiRequest.ts';
import { type FaultyRequest, serveApi } from './apiServer.ts';
import type { JsonView } from './botJson.ts';
import { type BotRegistry, createBotRegistry } from './botRegistry.ts';
import { type MeetingScript, shortMeeting } from './botScript.ts';
import { isControlRequest, serveControl } from './controlServer.ts';
import type { SimulatorControls } from './controls.ts';
import {
  type ApiFault,
  apiFaultGroup,
  createFaultQueue,
  type EtagStyle,
  type MediaFault,
  mediaFaultGroup,
} from './faults.ts';
import { createIdempotencyStore } from './idempotency.ts';
import { createLocalControls, knownArtifact, type Settings } from './localControls.ts';
import { listenOnLoopback, type ReceivedRequest } from './loopbackServer.ts';
import { wholeContent } from './mediaContent.ts';
import { createMediaStore, type MediaRequest } from './mediaStore.ts';
import { type Random, randomUuid, seededRandom } from './random.ts';
import { createRateLimits } from './rateLimits.ts';
import { createRequestRecorder, type RecordedRequest, type RequestRecorder } from './recordedRequests.ts';
import { createSimulatedClock, type TimeSource } from './simulatedClock.ts';
import { createUrlSigner, type SignatureVersion } from './signedUrls.ts';
import { createStoredObjects } from './storedObjects.ts';

/** How a simulator behaves; everything has a default. */
export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly apiPort?: number;
  readonly mediaPort?: number;
  /** Simulated milliseconds per outer millisecond; 1 if left out, 0 stops the time. */
  readonly timeScale?: number;
  /** The outer clock; the system's if left out. */
  readonly clock?: TimeSource;
  /** Source of all ids; if left out, the same ids in every run. */
  readonly random?: Random;
  /** Keys that are accepted; any if left out. */
  readonly keys?: readonly string[];
  /** How meetings go; about 20 seconds if left out. */
  readonly meeting?: Partial<MeetingScript>;
  /** Bots per page of the list; 100 if left out. */
  readonly botPageSize?: number;
  /** Items per page of the other lists; 100 if left out. */
  readonly artifactPageSize?: number;
  readonly order?: 'newestFirst' | 'oldestFirst';
  /** What a request without the slash at the end gets, GET excepted; 301 if left out. */
  readonly slashRedirectStatus?: number;
  /** How long before `join_at` a bot is dispatched, in simulated milliseconds; 10 minutes if left out. */
  readonly dispatchLeadMs?: number;
  /** Whether to answer 429 beyond the documented rates; not if left out. */
  readonly rateLimits?: boolean;
  /** How long a download URL is good, in simulated milliseconds; 6 hours if left out. */
  readonly urlLifetimeMs?: number;
  readonly signatureVersion?: SignatureVersion;
  readonly etagStyle?: EtagStyle;
}

/** A running Recall API with its media store, both on 127.0.0.1. */
export interface Simulator extends SimulatorControls {
  /** For example `http://127.0.0.1:40123`. */
  readonly apiOrigin: string;
  readonly mediaOrigin: string;
  /** All requests so far, those to the controls excepted. */
  readonly requests: readonly RecordedRequest[];
  /** The first request that matches: one that came already, or the next to come. Rejects on `close`. */
  waitForRequest(matches: (request: RecordedRequest) => boolean): Promise<RecordedRequest>;
  /** The whole file of an artifact. */
  mediaBytes(artifactId: string): Buffer;
  /** SHA-256 of an artifact's file as hex; good for large ones too. */
  mediaSha256(artifactId: string): string;
  /** Ends all connections and frees both ports. */
  close(): Promise<void>;
}

const hourMs = 3_600_000;
const seed = 20_260_302;

/** Starts a simulator. @throws Error of `listen` when a port is taken, RangeError for a bad time scale */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const outerClock = options.clock ?? { now: () => Date.now() };
  const random = options.random ?? seededRandom(seed);
  const timeScale = options.timeScale ?? 1;
  const clock = createSimulatedClock(outerClock, timeScale);
  const settings = settingsFrom(options);
  const newId = (): string => randomUuid(random);
  const keys = createApiKeys();
  if (options.keys) keys.acceptOnly(options.keys);
  const registry = createBotRegistry({
    now: () => clock.now(),
    newId,
    script: () => settings.script,
    dispatchLeadMs: dispatchLeadOf(options),
  });
  const recorder = createRequestRecorder();
  const objects = createStoredObjects();
  const idempotency = createIdempotencyStore();
  const apiFaults = createFaultQueue<ApiFault, FaultyRequest>(apiFaultGroup);
  const mediaFaults = createFaultQueue<MediaFault, MediaRequest>(mediaFaultGroup);
  const store = createMediaStore({
    registry,
    objects,
    signer: createUrlSigner(random, options.signatureVersion ?? 2),
    faults: mediaFaults,
    workspaceId: newId(),
    now: () => clock.now(),
    etagStyle: () => settings.etagStyle,
    urlLifetimeMs: () => settings.urlLifetimeMs,
  });
  const closing = new AbortController();
  const record = recordInto(recorder, outerClock);

  const mediaServer = await listenOnLoopback(options.mediaPort ?? 0, async (request, response) => {
    record('media', request);
    await store.handle(request, response);
  });
  const controls = createLocalControls({
    registry,
    keys,
    apiFaults,
    mediaFaults,
    idempotency,
    objects,
    store,
    recorder,
    clock,
    timeScale,
    settings,
    firstSettings: { ...settings },
    mediaOrigin: () => mediaServer.origin,
  });
  const view = (): JsonView => ({
    now: clock.now(),
    urlOf: (bot, recording, artifact) => mediaServer.origin + store.signedPath(bot, recording, artifact),
  });
  const api = apiParts(options, {
    registry,
    keys,
    now: () => clock.now(),
    newId,
    script: () => settings.script,
    view,
  });
  const handleApi = async (request: ReceivedRequest, response: ServerResponse): Promise<void> => {
    if (isControlRequest(request)) {
      serveControl(request, response, controls);
      return;
    }
    record('api', request);
    const origin = (): string => apiServer.origin;
    await serveApi(request, response, {
      api,
      faults: apiFaults,
      idempotency,
      closing: closing.signal,
      origin,
    });
  };
  const apiServer = await listenOnLoopback(options.apiPort ?? 0, handleApi).catch(async (error: unknown) => {
    await mediaServer.close();
    throw error;
  });
  return {
    ...controls,
    apiOrigin: apiServer.origin,
    mediaOrigin: mediaServer.origin,
    requests: recorder.all,
    waitForRequest: (matches) => recorder.waitFor(matches),
    mediaBytes: (artifactId) =>
      wholeContent(objects.of(knownArtifact(registry, artifactId).artifact).content),
    mediaSha256: (artifactId) => controls.mediaFacts(artifactId).sha256,
    close: async () => {
      closing.abort();
      recorder.stop();
      await Promise.all([apiServer.close(), mediaServer.close()]);
    },
  };
}

function settingsFrom(options: SimulatorOptions): Settings {
  return {
    script: { ...shortMeeting, ...options.meeting },
    etagStyle: options.etagStyle ?? 'md5',
    urlLifetimeMs: options.urlLifetimeMs ?? 6 * hourMs,
  };
}

function dispatchLeadOf(options: SimulatorOptions): number {
  return options.dispatchLeadMs ?? hourMs / 6;
}

type CollaboratorNames = 'registry' | 'keys' | 'now' | 'newId' | 'script' | 'view';

function apiParts(
  options: SimulatorOptions,
  collaborators: Pick<RecallApiParts, CollaboratorNames> & { readonly registry: BotRegistry },
): RecallApiParts {
  return {
    ...collaborators,
    botPageSize: options.botPageSize ?? 100,
    artifactPageSize: options.artifactPageSize ?? 100,
    order: options.order ?? 'newestFirst',
    slashRedirectStatus: options.slashRedirectStatus ?? 301,
    dispatchLeadMs: dispatchLeadOf(options),
    limits: options.rateLimits === true ? createRateLimits(() => collaborators.now()) : undefined,
  };
}

function recordInto(
  recorder: RequestRecorder,
  clock: TimeSource,
): (origin: 'api' | 'media', request: ReceivedRequest) => void {
  return (origin, { method, path, headers, body }) => {
    recorder.record({ origin, method, path, headers, body, time: clock.now() });
  };
}
