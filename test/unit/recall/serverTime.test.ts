import assert from 'node:assert/strict';
import { ServerTime } from '../../../src/recall/serverTime.ts';
import { createTestClock } from '../network/testClock.ts';
import { startLoopbackServer } from '../network/loopbackServer.ts';
import { setUpApi } from './apiSetup.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;

describe("the time by Recall's clock", () => {
  for (const [what, offMs] of [
    ['13 days ahead', 13 * 24 * HOUR],
    ['13 days behind', -13 * 24 * HOUR],
    ['3 hours ahead', 3 * HOUR],
    ['3 hours behind', -3 * HOUR],
  ] as const) {
    it(`is known when this computer's is ${what}`, () => {
      const time = new ServerTime();
      const own = createTestClock(NOW + offMs);
      time.note(new Date(NOW).toUTCString(), own.now() - 400, own.now() + 400);
      assert.equal(time.aheadMs, offMs);
      assert.equal(time.clock(own).now(), NOW);
    });
  }

  it('is taken for this one where they differ by less than an answer may take', () => {
    const time = new ServerTime();
    for (const offMs of [30_000, -30_000, 119_000]) {
      time.note(new Date(NOW).toUTCString(), NOW + offMs, NOW + offMs);
      assert.equal(time.aheadMs, 0);
    }
  });

  it('is right again when this clock was put right', () => {
    const time = new ServerTime();
    time.note(new Date(NOW).toUTCString(), NOW + HOUR, NOW + HOUR);
    time.note(new Date(NOW).toUTCString(), NOW, NOW);
    assert.equal(time.aheadMs, 0);
  });

  it('learns nothing from what is no date', () => {
    const time = new ServerTime();
    for (const date of [null, '', 'yesterday']) time.note(date, NOW, NOW);
    assert.equal(time.aheadMs, 0);
  });

  it('is read from the answers of the API', async () => {
    const server = await startLoopbackServer();
    try {
      const { transport, access, serverTime, clock } = setUpApi(server.origin);
      server.answerWith((response) =>
        response.writeHead(200, { date: new Date(clock.now() - 3 * HOUR).toUTCString() }).end('{}'),
      );
      await transport.send(access, { method: 'GET', path: '/bot/' });
      assert.ok(Math.abs(serverTime.aheadMs - 3 * HOUR) < 2_000, String(serverTime.aheadMs));
    } finally {
      await server.close();
    }
  });
});
