import { createApiKeys } from './apiKeys.ts';
import type { RecallApiParts } from './apiRequest.ts';
import { type ApiServerParts, type FaultyRequest, serveApi } from './apiServer.ts';
import { createBotRegistry } from './botRegistry.ts';
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
import { type ControlParts, createLocalControls, knownMedia, type Settings } from './localControls.ts';
import { listenOnLoopback, type ReceivedRequest } from './loopbackServer.ts';
import { wholeContent } from './mediaContent.ts';
import { createMediaStore, type MediaRequest } from './mediaStore.ts';
import { type Random, randomUuid, seededRandom } from './random.ts';
import { createRateLimits } from './rateLimits.ts';
import { createRequestRecorder, type RecordedRequest } from './recordedRequests.ts';
import { createSimulatedClock, type TimeSource } from './simulatedClock.ts';
import { createUrlSigner, type SignatureVersion } from './signedUrls.ts';
import { createStoredObjects } from './storedObjects.ts';
import { createTokenDownloads, isTokenDownload, type TokenDownloads } from './tokenDownloads.ts';

/** How a simulator behaves; everything has a default. */
export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly apiPort?: number;
  readonly mediaPort?: number;
  /** What download URLs begin with, where something stands in front of the media store; its own origin if left out. */
  readonly publicMediaOrigin?: string;
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
  /** What `create_transcript` answers with; 201, as others met it, if left out. The schema says 200. */
  readonly createTranscriptStatus?: 200 | 201;
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
  /** Ends all connections and frees both ports; a second call does nothing. */
  close(): Promise<void>;
}

const hourMs = 3_600_000;
const seed = 20_260_302;

/** Starts a simulator. @throws Error of `listen` when a port is taken, RangeError for a bad time scale */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const parts = createParts(options);
  const { recorder, store, registry, objects } = parts;
  const mediaServer = await listenOnLoopback(options.mediaPort ?? 0, async (request, response) => {
    record(parts, 'media', request);
    await store.handle(request, response);
  });
  const mediaOrigin = options.publicMediaOrigin ?? mediaServer.origin;
  const controls = createLocalControls({ ...parts, mediaOrigin: () => mediaOrigin });
  const closing = new AbortController();
  const serverParts: ApiServerParts = {
    api: apiParts(options, parts, { media: mediaOrigin, api: () => apiServer.origin }),
    faults: parts.apiFaults,
    idempotency: parts.idempotency,
    closing: closing.signal,
    origin: () => apiServer.origin,
  };
  const apiServer = await listenOnLoopback(options.apiPort ?? 0, async (request, response) => {
    if (isControlRequest(request)) {
      serveControl(request, response, controls);
      return;
    }
    record(parts, isTokenDownload(request.path) ? 'download' : 'api', request);
    await serveApi(request, response, serverParts);
  }).catch(async (error: unknown) => {
    await mediaServer.close();
    throw error;
  });
  return {
    ...controls,
    apiOrigin: apiServer.origin,
    mediaOrigin: mediaServer.origin,
    requests: recorder.all,
    waitForRequest: (matches) => recorder.waitFor(matches),
    mediaBytes: (artifactId) => wholeContent(objects.of(knownMedia(registry, artifactId).artifact).content),
    mediaSha256: (artifactId) => controls.mediaFacts(artifactId).sha256,
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      recorder.stop();
      await Promise.all([apiServer.close(), mediaServer.close()]);
    },
  };
}

interface Parts extends Omit<ControlParts, 'mediaOrigin'> {
  readonly outerClock: TimeSource;
  readonly dispatchLeadMs: number;
  readonly downloads: TokenDownloads;
  newId(): string;
}

function createParts(options: SimulatorOptions): Parts {
  const outerClock = options.clock ?? { now: () => Date.now() };
  const random = options.random ?? seededRandom(seed);
  const timeScale = options.timeScale ?? 1;
  const clock = createSimulatedClock(outerClock, timeScale);
  const settings = settingsFrom(options);
  const dispatchLeadMs = options.dispatchLeadMs ?? hourMs / 6;
  const now = (): number => clock.now();
  const newId = (): string => randomUuid(random);
  const keys = createApiKeys();
  if (options.keys) keys.acceptOnly(options.keys);
  const registry = createBotRegistry({ now, newId, script: () => settings.script, dispatchLeadMs });
  const objects = createStoredObjects();
  const mediaFaults = createFaultQueue<MediaFault, MediaRequest>(mediaFaultGroup);
  const signer = createUrlSigner(random, options.signatureVersion ?? 2);
  const urlLifetimeMs = (): number => settings.urlLifetimeMs;
  const store = createMediaStore({
    registry,
    objects,
    signer,
    faults: mediaFaults,
    workspaceId: newId(),
    now,
    etagStyle: () => settings.etagStyle,
    urlLifetimeMs,
  });
  return {
    outerClock,
    clock,
    timeScale,
    dispatchLeadMs,
    downloads: createTokenDownloads({ registry, signer, now, urlLifetimeMs }),
    newId,
    keys,
    registry,
    objects,
    store,
    mediaFaults,
    apiFaults: createFaultQueue<ApiFault, FaultyRequest>(apiFaultGroup),
    idempotency: createIdempotencyStore(),
    recorder: createRequestRecorder(),
    settings,
    firstSettings: { ...settings },
  };
}

function settingsFrom(options: SimulatorOptions): Settings {
  return {
    script: { ...shortMeeting, ...options.meeting },
    etagStyle: options.etagStyle ?? 'md5',
    urlLifetimeMs: options.urlLifetimeMs ?? 6 * hourMs,
  };
}

function apiParts(
  options: SimulatorOptions,
  parts: Parts,
  origins: { readonly media: string; api(): string },
): RecallApiParts {
  const now = (): number => parts.clock.now();
  return {
    registry: parts.registry,
    keys: parts.keys,
    downloads: parts.downloads,
    now,
    newId: () => parts.newId(),
    script: () => parts.settings.script,
    view: () => ({
      now: now(),
      urlOf: (bot, recording, artifact) => origins.media + parts.store.signedPath(bot, recording, artifact),
      tokenUrlOf: (artifact, file) => origins.api() + parts.downloads.signedPath(artifact, file),
    }),
    botPageSize: options.botPageSize ?? 100,
    artifactPageSize: options.artifactPageSize ?? 100,
    order: options.order ?? 'newestFirst',
    slashRedirectStatus: options.slashRedirectStatus ?? 301,
    dispatchLeadMs: parts.dispatchLeadMs,
    createTranscriptStatus: options.createTranscriptStatus ?? 201,
    limits: options.rateLimits === true ? createRateLimits(now) : undefined,
  };
}

function record(parts: Parts, origin: RecordedRequest['origin'], request: ReceivedRequest): void {
  const { method, path, headers, body } = request;
  parts.recorder.record({ origin, method, path, headers, body, time: parts.outerClock.now() });
}
