import * as l10n from '@vscode/l10n';
import type { Log } from '../network/log.ts';
import { readBotPage, timeOf } from './bot.ts';
import type { Bot } from './bot.ts';
import { RecallError, isWithoutAnswer, recallErrorCode } from './errors.ts';
import { regionOfOrigin } from './regions.ts';
import type { ApiTransport } from './transport.ts';

/** What is looked at, in this order. */
export type ConnectionStepName = 'address' | 'name' | 'connection' | 'key' | 'region' | 'media';

/** How one step went. */
export interface ConnectionStep {
  readonly step: ConnectionStepName;
  readonly ok: boolean;
  /** A sentence for the user, without any secret. */
  readonly message: string;
  /** What went wrong; only where `ok` is false. */
  readonly error?: unknown;
}

/** What the test works with. */
export interface ConnectionTestCollaborators {
  /** The API's origin as the settings say. Throws RecallError `badSetting`. */
  readonly origin: () => string;
  /** The key that is stored for an origin; undefined when there is none. */
  readonly key: (origin: string) => Promise<string | undefined>;
  readonly transport: Pick<ApiTransport, 'reach' | 'send'>;
  /** Asks for a byte at a pre-signed URL. Throws an error with a sentence when it cannot be had. */
  readonly probeMedia: (url: string, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
}

// What is in the way of the first request is in the way of the second: no need to be patient.
const RETRIES = 1;

/**
 * Goes the way of every request, step by step, up to the first failure: the address in the settings, its name, the
 * connection, the key, the region, and the media store where a recording's URL is known. The key goes where it goes in
 * daily work, and to no other region.
 *
 * @returns the steps that were tried; only the last one can have failed
 * @throws the signal's reason when it aborts, and nothing else
 */
export async function testConnection(
  { origin, key, transport, probeMedia, log }: ConnectionTestCollaborators,
  signal: AbortSignal,
): Promise<readonly ConnectionStep[]> {
  const walk = new Walk(log, signal);
  try {
    const address = await walk.step('address', () => Promise.resolve(origin()), addressSentence);
    const { host, protocol } = new URL(address);
    const reached = transport.reach(address, signal);
    await walk.step(
      'name',
      () => unlessNameIsUnknown(reached),
      () => l10n.t('The name {0} can be resolved.', host),
    );
    await walk.step(
      'connection',
      () => reached,
      () =>
        protocol === 'https:'
          ? l10n.t('{0} answers, and its certificate is trusted.', host)
          : l10n.t('{0} answers.', host),
    );
    const bots = await walk.step(
      'key',
      () => listBots(transport, address, key, signal),
      () => l10n.t('{0} accepts the API key.', host),
    );
    await walk.step('region', () => Promise.resolve(address), regionSentence);
    const url = newestMediaUrl(bots);
    if (url !== undefined) {
      await walk.step(
        'media',
        () => probeMedia(url, signal),
        () => l10n.t('Recordings can be fetched from {0}.', new URL(url).host),
      );
    }
  } catch (error) {
    if (!(error instanceof StepFailedError)) throw error;
  }
  return walk.steps;
}

/** A step failed; what there is to say about it stands in the steps. */
class StepFailedError extends Error {
  override readonly name = 'StepFailedError';
}

/** The steps so far. */
class Walk {
  readonly steps: ConnectionStep[] = [];
  readonly #log: Log;
  readonly #signal: AbortSignal;

  constructor(log: Log, signal: AbortSignal) {
    this.#log = log;
    this.#signal = signal;
  }

  async step<T>(step: ConnectionStepName, work: () => Promise<T>, said: (value: T) => string): Promise<T> {
    try {
      const value = await work();
      this.#note({ step, ok: true, message: said(value) });
      return value;
    } catch (error) {
      this.#signal.throwIfAborted();
      const message = error instanceof Error ? error.message : String(error);
      const isConnection = step === 'key' && isWithoutAnswer(error);
      this.#note({ step: isConnection ? 'connection' : step, ok: false, message, error });
      throw new StepFailedError(message, { cause: error });
    }
  }

  #note(step: ConnectionStep): void {
    this.#log[step.ok ? 'info' : 'warn'](`[test] ${step.step}: ${step.message}`);
    this.steps.push(step);
  }
}

async function unlessNameIsUnknown(reached: Promise<void>): Promise<void> {
  try {
    await reached;
  } catch (error) {
    // Everything else is the matter of the next step, which waits for the same answer.
    if (recallErrorCode(error) === 'nameNotFound') throw error;
  }
}

async function listBots(
  transport: Pick<ApiTransport, 'send'>,
  origin: string,
  keyOf: ConnectionTestCollaborators['key'],
  signal: AbortSignal,
): Promise<readonly Bot[]> {
  const { host } = new URL(origin);
  const key = await keyOf(origin);
  if (key === undefined) {
    throw new RecallError(
      'noKey',
      l10n.t('There is no API key for {0} yet. Set one with Recall: Set API Key.', host),
    );
  }
  const request = { method: 'GET', path: '/bot/', signal, maxRetries: RETRIES } as const;
  const page = readBotPage(await transport.send({ origin, key }, request));
  if (page) return page.items;
  throw new RecallError(
    'unexpectedAnswer',
    l10n.t(
      '{0} answers, but not as Recall does. Check the setting recall.apiBaseUrl and the network you are in.',
      host,
    ),
  );
}

function addressSentence(origin: string): string {
  return l10n.t('The settings lead to {0}.', origin);
}

function regionSentence(origin: string): string {
  const region = regionOfOrigin(origin);
  return region === undefined
    ? l10n.t('The setting recall.apiBaseUrl decides, so there is no region to get wrong.')
    : l10n.t('The API key belongs to the region {0}.', region);
}

/** Of the newest recording, whose media are the likeliest to be there still. */
function newestMediaUrl(bots: readonly Bot[]): string | undefined {
  const items = bots.flatMap(({ recordings }) => recordings.flatMap(({ media }) => media.audio_mixed ?? []));
  const newestFirst = items.toSorted((a, b) => timeOf(b.createdAt) - timeOf(a.createdAt));
  return newestFirst.find(({ status, downloadUrl }) => status?.code === 'done' && downloadUrl !== undefined)
    ?.downloadUrl;
}
