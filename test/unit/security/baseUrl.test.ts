import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { apiOriginOf, isLoopbackHost } from '../../../src/recall/apiOrigin.ts';
import { RecallError } from '../../../src/recall/errors.ts';

const manifestFile = join(resolve(import.meta.dirname, '..', '..', '..'), 'package.json');

describe('recall.apiBaseUrl', () => {
  it('leads to an origin over https, or to this computer, or is refused in a sentence', () => {
    fc.assert(
      fc.property(addresses(), (apiBaseUrl) => {
        const origin = originOf(apiBaseUrl);
        if (origin === undefined) return;
        const url = new URL(origin);
        assert.equal(url.origin, origin);
        assert.ok(
          url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)),
          origin,
        );
        assert.equal(`${url.username}${url.password}${url.search}${url.hash}`, '');
      }),
      { numRuns: 5_000 },
    );
  });

  it('means the host that a person reads in it', () => {
    for (const [written, host] of [
      ['https://gateway.example.com:8443', 'gateway.example.com:8443'],
      ['https://127.0.0.1.evil.example', '127.0.0.1.evil.example'],
      ['https:gateway.example.com', 'gateway.example.com'],
    ] as const)
      assert.equal(new URL(originOf(written) ?? '').host, host);
    for (const disguised of [
      'https://us-west-2.recall.ai@evil.example',
      'https://us-west-2.recall.ai:x@evil.example',
      'https://us-west-2.recall.ai\\@evil.example',
      'https://evil.example/us-west-2.recall.ai',
      'https://evil.example?us-west-2.recall.ai',
      'https://evil.example#us-west-2.recall.ai',
      'http://localhost@evil.example',
      'http://localhost.evil.example',
      'http://127.0.0.1@evil.example',
      'http://0x7f000001.evil.example',
    ])
      assert.equal(originOf(disguised), undefined, disguised);
  });

  it('is marked wrong in the settings editor when it would be refused', async () => {
    const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { pattern?: string }> } };
    };
    const { pattern } = manifest.contributes.configuration.properties['recall.apiBaseUrl'] ?? {};
    assert.ok(pattern !== undefined);
    const fits = new RegExp(pattern);
    for (const good of [
      '',
      'https://gateway.example.com',
      'https://gateway.example.com/',
      'https://gateway.example.com:8443/api/v1',
      'http://127.0.0.1:8123',
      'http://localhost:8123/api/v1/',
      'http://[::1]:8123',
    ]) {
      assert.ok(fits.test(good), good);
      assert.notEqual(originOf(good), undefined, good);
    }
    for (const bad of [
      'http://gateway.example.com',
      'http://127.0.0.1.evil.example',
      'http://localhost@evil.example',
      'https://us-west-2.recall.ai@evil.example',
      'https://gateway.example.com/recall',
      'https://gateway.example.com?x',
      'ftp://localhost',
      'gateway.example.com',
    ]) {
      assert.ok(!fits.test(bad), bad);
      assert.equal(originOf(bad), undefined, bad);
    }
  });
});

function originOf(apiBaseUrl: string): string | undefined {
  try {
    return apiOriginOf({ region: 'us-west-2', apiBaseUrl });
  } catch (error) {
    assert.ok(error instanceof RecallError && error.code === 'badSetting', String(error));
    assert.match(error.message, /^The setting recall\.apiBaseUrl cannot be used: .*\.$/);
    return undefined;
  }
}

/** Anything at all, and things that look like addresses. */
function addresses(): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    ...[
      'http://',
      'https://',
      'HTTPS:',
      'ftp://',
      'file://',
      '//',
      '\\\\',
      'javascript:',
      ':',
      '@',
      '/',
      '?',
      '#',
    ],
    ...[
      'localhost',
      '127.0.0.1',
      '[::1]',
      '0.0.0.0',
      '2130706433',
      '0x7f.1',
      'evil.example',
      'us-west-2.recall.ai',
    ],
    ...[':8080', '/api/v1', '..', '%2e', '%00', '\t', '\n', ' ', '。', 'user:word@'],
  );
  return fc.oneof(
    fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
}
