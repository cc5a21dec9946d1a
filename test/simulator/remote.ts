import { controlNames, controlPath, type SimulatorControls } from './controls.ts';
import { isRecord, readJson } from './json.ts';

/** The controls of a simulator in another process: same names, every answer a promise. */
export type RemoteSimulator = {
  readonly [Name in keyof SimulatorControls]: (
    ...values: Parameters<SimulatorControls[Name]>
  ) => Promise<ReturnType<SimulatorControls[Name]>>;
};

/**
 * Controls a running simulator. Each call rejects with an Error that has the simulator's own words.
 * @param apiOrigin for example `http://127.0.0.1:8123`
 */
export function connectSimulator(apiOrigin: string): RemoteSimulator {
  const calls = controlNames.map((name) => [
    name,
    (...values: readonly unknown[]) => callControl(new URL(controlPath + name, apiOrigin), values),
  ]);
  return Object.fromEntries(calls) as RemoteSimulator;
}

async function callControl(url: URL, values: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(values) });
  const text = await response.text();
  const answer = readJson(text);
  if (!isRecord(answer) || !response.ok) {
    const words = isRecord(answer) ? String(answer.error) : text;
    throw new Error(`${url.pathname} failed: ${words}`);
  }
  return answer.result;
}
