import assert from 'node:assert/strict';
import { findRegionOfKey } from '../../../src/recall/keyCheck.ts';
import { setUpApi, recordingLog } from './apiSetup.ts';

/** A fetch in whose world the regions stand; each answers with a status, or not at all. */
function regionsAnswering(
  statuses: Readonly<Record<string, number | 'unreachable'>>,
  asked: string[],
): typeof fetch {
  return (input) => {
    const { hostname } = new URL(input instanceof Request ? input.url : input);
    asked.push(hostname);
    const status = statuses[hostname.split('.')[0] ?? ''] ?? 401;
    if (status === 'unreachable') return Promise.reject(new TypeError('fetch failed'));
    return Promise.resolve(new Response(status === 200 ? '{"results":[]}' : '{"detail":"no"}', { status }));
  };
}

describe('finding the region of a key', () => {
  const search = async (statuses: Readonly<Record<string, number | 'unreachable'>>, asked: string[] = []) => {
    const { transport } = setUpApi('https://us-west-2.recall.ai', {
      fetch: regionsAnswering(statuses, asked),
    });
    return findRegionOfKey(transport, 'a-key', 'us-west-2', recordingLog([]));
  };

  it('names the one region that accepts it', async () => {
    assert.equal((await search({ 'eu-central-1': 200 })).accepting, 'eu-central-1');
  });

  it('asks the three other regions and not the one that refused', async () => {
    const asked: string[] = [];
    await search({}, asked);
    assert.deepEqual(asked.toSorted(), [
      'ap-northeast-1.recall.ai',
      'eu-central-1.recall.ai',
      'us-east-1.recall.ai',
    ]);
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
