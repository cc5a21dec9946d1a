import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { connectSimulator } from '../../simulator/remote.ts';

const script = fileURLToPath(new URL('../../simulator/main.ts', import.meta.url));

interface StartedProgram {
  readonly child: ChildProcess;
  readonly apiOrigin: string;
}

describe('the simulator as a program', () => {
  let child: ChildProcess | undefined;

  afterEach(async () => {
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    child = undefined;
  });

  const start = async (...values: readonly string[]): Promise<StartedProgram> => {
    const started = spawn(process.execPath, [script, ...values], { stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    let printed = '';
    for await (const piece of started.stdout.setEncoding('utf8')) {
      printed += String(piece);
      const apiOrigin = /API +(\S+)\nMedia +http:\/\/127\.0\.0\.1:\d+\n/.exec(printed)?.[1];
      if (apiOrigin !== undefined) return { child: started, apiOrigin };
    }
    throw new Error(`It ended without saying where it listens: ${printed}`);
  };

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`prints where it listens, serves the samples and ends cleanly on ${signal}`, async () => {
      const program = await start('--sample', '--key', 'good', '--time-scale', '1000');
      const remote = connectSimulator(program.apiOrigin);
      assert.equal((await remote.botIds()).length, 8);
      const list = (key: string): Promise<Response> =>
        fetch(`${program.apiOrigin}/api/v1/bot/`, { headers: { Authorization: `Token ${key}` } });
      assert.equal((await list('bad')).status, 401);
      assert.equal((await list('good')).status, 200);
      const exited = once(program.child, 'exit');
      program.child.kill(signal);
      assert.deepEqual(await exited, [0, null]);
    });
  }
});
