import assert from 'node:assert/strict';
import { fetch as undiciFetch, MockAgent } from 'undici';
import { REGIONS, regionOrigin } from '../../../src/recall/regions.ts';
import type { Region } from '../../../src/recall/regions.ts';
import type { RegionSearch } from '../../../src/recall/keyCheck.ts';
import { findRegionOfKey } from '../../../src/recall/keyCheck.ts';
import { recordingLog, setUpApi } from './apiSetup.ts';

type RegionAnswer = 200 | 401 | 'unreachable';

/** The real host names cannot be served from a test's own sockets, so here the network itself is a mock. */
describe('finding the region of a key', () => {
  let agent: MockAgent;

  beforeEach(() => {
    agent = new MockAgent();
    agent.disableNetConnect();
  });

  afterEach(() => agent.close());

  async function search(answers: Partial<Record<Region, RegionAnswer>>): Promise<RegionSearch> {
    for (const region of REGIONS) answer(region, answers[region] ?? 401);
    const { transport } = setUpApi(regionOrigin('us-west-2'), { fetch: mockedFetch });
    return findRegionOfKey(transport, 'a-key', 'us-west-2', recordingLog([]));
  }

  function answer(region: Region, status: RegionAnswer): void {
    const intercepted = agent
      .get(regionOrigin(region))
      .intercept({ path: '/api/v1/bot/', method: 'GET', headers: { authorization: 'Token a-key' } });
    if (status === 'unreachable') intercepted.replyWithError(new Error('no route')).persist();
    else intercepted.reply(status, status === 200 ? '{"results":[]}' : '{"detail":"no"}').persist();
  }

  const mockedFetch: typeof globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : input;
    const headers = Object.fromEntries(new Headers(init?.headers));
    const response = await undiciFetch(url, { headers, dispatcher: agent });
    return new Response(await response.text(), { status: response.status });
  };

  it('names the one region that accepts it', async () => {
    assert.equal((await search({ 'eu-central-1': 200 })).accepting, 'eu-central-1');
  });

  it('does not ask the region that refused', async () => {
    assert.equal((await search({ 'us-west-2': 200 })).accepting, undefined);
  });

  it('names no region when all refuse it', async () => {
    assert.deepEqual(await search({}), { accepting: undefined, unreached: [] });
  });

  it('tells which regions could not be asked', async () => {
    assert.deepEqual(await search({ 'us-east-1': 'unreachable' }), {
      accepting: undefined,
      unreached: ['us-east-1'],
    });
  });

  it('finds the region while another cannot be reached', async () => {
    const found = await search({ 'us-east-1': 'unreachable', 'ap-northeast-1': 200 });
    assert.equal(found.accepting, 'ap-northeast-1');
  });
});
