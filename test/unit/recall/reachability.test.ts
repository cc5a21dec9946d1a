import assert from 'node:assert/strict';
import { RecallError } from '../../../src/recall/errors.ts';
import { ApiReachability } from '../../../src/recall/reachability.ts';
import { startLoopbackServer } from '../network/loopbackServer.ts';
import { setUpApi } from './apiSetup.ts';

describe('whether the API can be reached', () => {
  function watched(): { reachability: ApiReachability; told: () => number } {
    const reachability = new ApiReachability();
    let times = 0;
    reachability.back(() => {
      times += 1;
    });
    return { reachability, told: () => times };
  }

  it('is told once when it answers again, and not while it does all the time', () => {
    const { reachability, told } = watched();
    reachability.answered();
    assert.equal(told(), 0);
    reachability.failed(new RecallError('network', 'away'));
    reachability.failed(new RecallError('timeout', 'away'));
    assert.equal(told(), 0);
    reachability.answered();
    reachability.answered();
    assert.equal(told(), 1);
  });

  it('counts a refusal as an answer, and a server in trouble as none', () => {
    const { reachability, told } = watched();
    reachability.failed(new RecallError('serverError', 'trouble', { status: 503 }));
    assert.equal(told(), 0);
    reachability.failed(new RecallError('notFound', 'no such bot', { status: 404 }));
    assert.equal(told(), 1);
  });

  it('learns nothing from a call that was not made', () => {
    const { reachability, told } = watched();
    reachability.failed(new RecallError('network', 'away'));
    reachability.failed(new RecallError('noKey', 'no key'));
    assert.equal(told(), 0);
  });

  it('follows the calls that are made', async () => {
    const server = await startLoopbackServer();
    server.answerWith(
      (response) => response.writeHead(503).end(),
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
    );
    try {
      const { transport, access, reachability } = setUpApi(server.origin, { limits: { maxRetries: 0 } });
      let times = 0;
      reachability.back(() => {
        times += 1;
      });
      const call = () => transport.send(access, { method: 'GET', path: '/bot/' });
      await assert.rejects(call());
      assert.equal(times, 0);
      await call();
      await call();
      assert.equal(times, 1);
    } finally {
      await server.close();
    }
  });
});
