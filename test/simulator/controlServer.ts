import type { ServerResponse } from 'node:http';
import { controlNames, controlPath, type SimulatorControls } from './controls.ts';
import { readJson } from './json.ts';
import type { ReceivedRequest } from './loopbackServer.ts';

/** Whether a request is for the controls and not for the API. */
export function isControlRequest(request: ReceivedRequest): boolean {
  return request.path.startsWith(controlPath);
}

/** Runs one control: arguments as a JSON array, or a single one as it is; answers `{"result"}` or `{"error"}`. */
export function serveControl(
  request: ReceivedRequest,
  response: ServerResponse,
  controls: SimulatorControls,
): void {
  const asked = request.path.slice(controlPath.length);
  const name = controlNames.find((known) => known === asked);
  if (name === undefined || request.method !== 'POST') {
    sendJson(response, 404, { error: `POST one of these: ${controlNames.join(', ')}` });
    return;
  }
  const byName = controls as unknown as Readonly<Record<string, (...values: readonly unknown[]) => unknown>>;
  try {
    sendJson(response, 200, { result: byName[name]?.(...argumentsIn(request.body)) ?? null });
  } catch (error) {
    sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function argumentsIn(body: string): readonly unknown[] {
  if (body === '') return [];
  const json = readJson(body);
  if (json === undefined) throw new Error('The body is no JSON.');
  return Array.isArray(json) ? (json as readonly unknown[]) : [json];
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
