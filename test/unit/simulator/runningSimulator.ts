import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/simulator.ts';
import { rawRequest, type RawAnswer, type RawRequest } from './rawRequest.ts';

/** A simulator for one test at a time; `start` it in the test, it ends with the test. */
export interface RunningSimulator {
  /** Starts it with the time standing still unless told otherwise. */
  start(options?: SimulatorOptions): Promise<Simulator>;
}

/** Registers the hook that closes what a test of this suite started. */
export function simulatorPerTest(): RunningSimulator {
  let running: Simulator | undefined;
  afterEach(async () => {
    await running?.close();
    running = undefined;
  });
  return {
    start: async (options = {}) => {
      running = await startSimulator({ timeScale: 0, ...options });
      return running;
    },
  };
}

/** An answer of the API with its JSON. */
export interface ApiReply extends RawAnswer {
  /** The parsed body; undefined when it is no JSON. */
  readonly json: unknown;
  readonly text: string;
}

/** Calls the API with a key. @param path what follows `/api/v1/`, or a whole URL */
export async function callApi(
  simulator: Simulator,
  path: string,
  options: RawRequest & { readonly json?: unknown } = {},
): Promise<ApiReply> {
  const url = path.startsWith('http') ? path : `${simulator.apiOrigin}/api/v1/${path}`;
  const { json, ...rest } = options;
  const body = json === undefined ? rest.body : JSON.stringify(json);
  const answer = await rawRequest(url, {
    ...rest,
    ...(body !== undefined && { body }),
    headers: { Authorization: 'Token some-key', ...rest.headers },
  });
  const text = answer.body.toString('utf8');
  const isJson = answer.headers['content-type']?.startsWith('application/json') === true;
  return { ...answer, text, json: isJson && answer.complete ? (JSON.parse(text) as unknown) : undefined };
}

/** Sends a bot for an MP3 and returns the answer. */
export function sendBot(
  simulator: Simulator,
  fields: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<ApiReply> {
  const json = {
    meeting_url: 'https://meet.google.com/kqz-mwvp-trb',
    bot_name: 'Notetaker',
    recording_config: { audio_mixed_mp3: {} },
    ...fields,
  };
  return callApi(simulator, 'bot/', { method: 'POST', json, headers });
}
