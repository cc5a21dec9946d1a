import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Clock } from '../network/clock.ts';
import type { Log } from '../network/log.ts';
import { RecallClient } from '../recall/client.ts';
import { ApiReachability } from '../recall/reachability.ts';
import { ServerTime } from '../recall/serverTime.ts';
import { ApiTransport } from '../recall/transport.ts';
import type { ApiLimits } from '../recall/transport.ts';
import type { Account } from './account.ts';

/** What the API's clients are made of. */
export interface ApiParts {
  readonly account: Account;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly extensionVersion: string;
}

/** The doors to the Recall API. */
export interface Api {
  readonly transport: ApiTransport;
  readonly client: RecallClient;
  /** For the watcher, which has a back-off of its own for all bots together. */
  readonly watchClient: RecallClient;
  /** Whether the API could be reached, over all of these. */
  readonly reachability: ApiReachability;
  /** What time it is at the API, as its answers tell. */
  readonly serverTime: ServerTime;
}

/** Makes the doors to the Recall API. */
export function createApi({ account, fetch, clock, random, log, extensionVersion }: ApiParts): Api {
  const userAgent = `recall-meeting-audio/${extensionVersion} (VS Code ${vscode.version})`;
  const { remoteName } = vscode.env;
  const reachability = new ApiReachability();
  const serverTime = new ServerTime();
  const transportWith = (limits: Partial<ApiLimits>): ApiTransport =>
    new ApiTransport({ fetch, clock, random, log, reachability, serverTime, userAgent, remoteName, limits });
  const clientOver = (transport: ApiTransport): RecallClient =>
    new RecallClient({ transport, access: () => account.access(), clock, randomUuid: randomUUID, log });
  const transport = transportWith({});
  return {
    transport,
    client: clientOver(transport),
    watchClient: clientOver(transportWith({ maxRetries: 0 })),
    reachability,
    serverTime,
  };
}
