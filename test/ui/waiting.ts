import { setTimeout as delay } from 'node:timers/promises';

/** Thrown when something that a test waits for does not come. */
export class WaitError extends Error {
  readonly code = 'WAIT';
}

/** How long to wait for anything, in ms. Generous: it is spent only when a test fails. */
export const longWaitMs = 180_000;
const askEveryMs = 50;

/**
 * Asks again and again until the answer is there.
 * @param what what is waited for, for the error
 * @param probe returns the answer, or undefined while there is none; may be asked any number of times
 * @param describe says, when time is up, what is there instead
 * @throws WaitError when there is no answer within `withinMs`
 */
export async function waitFor<Answer>(
  what: string,
  probe: () => Promise<Answer | undefined>,
  options: { withinMs?: number; describe?: () => Promise<unknown> } = {},
): Promise<Answer> {
  const withinMs = options.withinMs ?? longWaitMs;
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) break;
    await delay(askEveryMs);
  }
  const instead =
    options.describe === undefined ? '' : ` There is: ${JSON.stringify(await options.describe())}`;
  throw new WaitError(`${what} did not come within ${withinMs} ms.${instead}`);
}
