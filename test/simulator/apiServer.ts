import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type ApiAnswer, jsonAnswer } from './apiAnswers.ts';
import type { RecallApiParts } from './apiRequest.ts';
import { type ApiFault, type CannedAnswer, type FaultQueue, faultOfKind } from './faults.ts';
import type { IdempotencyStore } from './idempotency.ts';
import type { ReceivedRequest } from './loopbackServer.ts';
import { deliver } from './bodyDelivery.ts';
import { answerApiRequest } from './recallApi.ts';

/** A request to the API, as far as faults are chosen by it. */
export interface FaultyRequest {
  readonly method: string;
  readonly path: string;
}

/** What the API's server takes from the simulator. */
export interface ApiServerParts {
  readonly api: RecallApiParts;
  readonly faults: FaultQueue<ApiFault, FaultyRequest>;
  readonly idempotency: IdempotencyStore;
  /** Aborts when the simulator closes. */
  readonly closing: AbortSignal;
  /** The API's own origin. */
  origin(): string;
}

/** Answers one request to the API, with the faults that wait for it. */
export async function serveApi(
  request: ReceivedRequest,
  response: ServerResponse,
  parts: ApiServerParts,
): Promise<void> {
  const identity = idempotencyIdentity(request);
  const now = parts.api.now();
  const earlier = identity === undefined ? undefined : parts.idempotency.earlierAnswer(identity, now);
  if (earlier) {
    await send(earlier, [], response);
    return;
  }
  const faults = parts.faults.take(request);
  if (identity !== undefined) parts.idempotency.begin(identity);
  const answer = await answerAfterDelay(request, response, faults, parts);
  if (identity !== undefined) parts.idempotency.end(identity, answer, parts.api.now());
  if (faultOfKind(faults, 'hang')) return;
  if (faultOfKind(faults, 'reset')) request.message.socket.resetAndDestroy();
  else if (answer) await send(answer, faults, response);
}

/** The answer, or undefined when the request has no effect. */
async function answerAfterDelay(
  request: ReceivedRequest,
  response: ServerResponse,
  faults: readonly ApiFault[],
  parts: ApiServerParts,
): Promise<ApiAnswer | undefined> {
  const delay = faultOfKind(faults, 'delay');
  if (delay && !(await waited(delay.ms, parts.closing))) return undefined;
  const canned = faultOfKind(faults, 'answer');
  if (canned) return cannedAnswer(canned);
  const hang = faultOfKind(faults, 'hang');
  if (hang && hang.processed !== true) {
    await closed(response);
    return undefined;
  }
  const reset = faultOfKind(faults, 'reset');
  if (reset && reset.processed !== true) return undefined;
  const { method, body, headers } = request;
  const url = new URL(request.path, parts.origin());
  return answerApiRequest({ method, url, authorization: headers.authorization, body, faults }, parts.api);
}

function idempotencyIdentity({ method, path, headers }: ReceivedRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || !['POST', 'PUT', 'PATCH'].includes(method)) return undefined;
  return [headers.authorization ?? '', method, path, key].join(' ');
}

async function waited(ms: number, closing: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, undefined, { signal: closing });
    return true;
  } catch {
    // Only the end of the simulator cuts the wait short; then nobody is left to answer.
    return false;
  }
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) resolve();
    else response.once('close', resolve);
  });
}

function cannedAnswer(canned: CannedAnswer): ApiAnswer {
  const headers = canned.headers ?? {};
  if (typeof canned.body !== 'string') return jsonAnswer(canned.status, canned.body, headers);
  return { status: canned.status, headers: { 'Content-Type': 'text/html', ...headers }, body: canned.body };
}

async function send(answer: ApiAnswer, faults: readonly ApiFault[], response: ServerResponse): Promise<void> {
  const bytes = Buffer.from(answer.body, 'utf8');
  const cut = faultOfKind(faults, 'cutBody');
  if (answer.status === 204) {
    response.writeHead(204, answer.headers).end();
    return;
  }
  await deliver(
    {
      status: answer.status,
      headers: answer.headers,
      read: (offset, length) => bytes.subarray(offset, offset + length),
      length: bytes.length,
      framing: 'contentLength',
      gzip: false,
      bytesPerSecond: faultOfKind(faults, 'slowBody')?.bytesPerSecond,
      breakOff: cut && { afterBytes: cut.afterBytes, how: 'cut' },
    },
    response,
  );
}
