import type { Clock } from '../../../src/network/clock.ts';
import type { Log } from '../../../src/network/log.ts';
import { RecallClient } from '../../../src/recall/client.ts';
import { RecallError } from '../../../src/recall/errors.ts';
import { ServerTime } from '../../../src/recall/serverTime.ts';
import { ApiReachability } from '../../../src/recall/reachability.ts';
import { ApiTransport } from '../../../src/recall/transport.ts';
import type { ApiAccess, ApiLimits } from '../../../src/recall/transport.ts';
import { createTestClock } from '../network/testClock.ts';
import type { TestClock } from '../network/testClock.ts';

/** The key that the tests send. */
export const KEY = 'test-key-0123456789abcdef';

/** A transport and a client that talk to a test server, and what they leave to see. */
export interface ApiSetup {
  readonly transport: ApiTransport;
  readonly client: RecallClient;
  readonly access: ApiAccess;
  readonly reachability: ApiReachability;
  readonly serverTime: ServerTime;
  readonly clock: TestClock;
  readonly logLines: readonly string[];
}

/** What a test can change about the set-up. */
export interface ApiSetupOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly limits?: Partial<ApiLimits>;
  /** Instead of the clock whose waits take no time. */
  readonly realClock?: Clock;
  readonly remoteName?: string;
  readonly key?: string;
  /** What the client is told on asking for the access; else always the same. */
  readonly accessNow?: () => Promise<ApiAccess>;
}

/** Puts a transport and a client together, with a clock whose waits take no time and `random` always 0.5. */
export function setUpApi(origin: string, options: ApiSetupOptions = {}): ApiSetup {
  const testClock = createTestClock();
  const clock = options.realClock ?? testClock;
  const logLines: string[] = [];
  const log = recordingLog(logLines);
  const reachability = new ApiReachability();
  const serverTime = new ServerTime();
  const transport = new ApiTransport({
    fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
    clock,
    random: () => 0.5,
    log,
    reachability,
    serverTime,
    userAgent: 'recall-meeting-audio/test',
    remoteName: options.remoteName,
    ...(options.limits ? { limits: options.limits } : {}),
  });
  const access: ApiAccess = { origin, key: options.key ?? KEY };
  let uuids = 0;
  const client = new RecallClient({
    transport,
    access: options.accessNow ?? (() => Promise.resolve(access)),
    clock,
    randomUuid: () => `uuid-${++uuids}`,
    log,
  });
  return { transport, client, access, reachability, serverTime, clock: testClock, logLines };
}

/** A log that keeps its lines, each behind its level. */
export function recordingLog(lines: string[]): Log {
  const write =
    (level: string) =>
    (message: string): void => {
      lines.push(`${level}: ${message}`);
    };
  return {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}

/** What a call failed with; undefined when it did not fail. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** The RecallError that a call failed with. Throws when it succeeded or failed otherwise. */
export async function recallFailureOf(call: Promise<unknown>): Promise<RecallError> {
  const error = await failureOf(call);
  if (error instanceof RecallError) return error;
  throw new Error(`Expected a RecallError, got ${String(error)}`, { cause: error });
}
