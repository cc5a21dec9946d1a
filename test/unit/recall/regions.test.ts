import assert from 'node:assert/strict';
import {
  DEFAULT_REGION,
  REGIONS,
  apiKeysPage,
  botPage,
  isRegion,
  regionOfOrigin,
  regionOrigin,
  regionPlace,
} from '../../../src/recall/regions.ts';

describe('regions', () => {
  it('are the four deployments, each with its own host', () => {
    assert.deepEqual(REGIONS.map(regionOrigin).toSorted(), [
      'https://ap-northeast-1.recall.ai',
      'https://eu-central-1.recall.ai',
      'https://us-east-1.recall.ai',
      'https://us-west-2.recall.ai',
    ]);
    assert.equal(DEFAULT_REGION, 'us-west-2');
  });

  it('are found again by their origin, the older name included, and by no other', () => {
    for (const region of REGIONS) assert.equal(regionOfOrigin(regionOrigin(region)), region);
    assert.equal(regionOfOrigin('https://api.recall.ai'), 'us-east-1');
    for (const origin of ['http://us-west-2.recall.ai', 'https://us-west-2.recall.ai.example', 'https://x'])
      assert.equal(regionOfOrigin(origin), undefined);
  });

  it('know their names only', () => {
    for (const value of ['us-east-2', 'US-WEST-2', '', undefined, null, 3, ['us-west-2']])
      assert.equal(isRegion(value), false);
    assert.equal(isRegion('eu-central-1'), true);
  });

  it('have a place that people know', () => {
    assert.equal(new Set(REGIONS.map(regionPlace)).size, 4);
    assert.equal(regionPlace('eu-central-1'), 'Europe (Frankfurt)');
  });

  it('lead to the pages of the dashboard', () => {
    assert.equal(apiKeysPage('eu-central-1'), 'https://eu-central-1.recall.ai/dashboard/developers/api-keys');
    assert.equal(
      botPage('us-east-1', 'a/b?c'),
      'https://us-east-1.recall.ai/dashboard/explorer/bot/a%2Fb%3Fc',
    );
  });
});
