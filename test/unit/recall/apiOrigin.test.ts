import assert from 'node:assert/strict';
import { apiOriginOf, isLoopbackHost } from '../../../src/recall/apiOrigin.ts';
import { RecallError } from '../../../src/recall/errors.ts';

const origin = (apiBaseUrl: unknown, region: unknown = 'eu-central-1'): string =>
  apiOriginOf({ region, apiBaseUrl });

const refusedBecause = (words: RegExp) => (error: unknown) =>
  error instanceof RecallError && error.code === 'badSetting' && words.test(error.message);

describe('apiOriginOf', () => {
  it("is the region's origin without a base URL", () => {
    for (const blank of ['', '  ', undefined, null, 7])
      assert.equal(origin(blank), 'https://eu-central-1.recall.ai');
  });

  it('is the default region when none is set', () => {
    for (const region of [undefined, null, ''])
      assert.equal(apiOriginOf({ region, apiBaseUrl: '' }), 'https://us-west-2.recall.ai');
  });

  it('refuses a region that does not exist instead of taking another', () => {
    for (const region of ['eu-central1', 'us-east-2', 5, {}])
      assert.throws(() => origin('', region), refusedBecause(/recall\.region has to be one of us-west-2, /));
  });

  it('is the base URL when there is one, whatever the region says', () => {
    assert.equal(origin('https://gateway.example.com', 'nonsense'), 'https://gateway.example.com');
    assert.equal(origin(' https://gateway.example.com:8443/ '), 'https://gateway.example.com:8443');
    assert.equal(origin('https://us-east-1.recall.ai/api/v1/'), 'https://us-east-1.recall.ai');
    assert.equal(origin('HTTPS://Gateway.Example.com/api/v1'), 'https://gateway.example.com');
  });

  it('takes http on this computer only', () => {
    for (const url of [
      'http://127.0.0.1:9000',
      'http://localhost:9000',
      'http://[::1]:9000',
      'http://127.9.9.9',
    ])
      assert.equal(origin(url), url);
    for (const url of [
      'http://gateway.example.com',
      'http://127.0.0.1.example.com',
      'http://localhost.example.com',
      'http://0.0.0.0',
      'ftp://localhost',
      'file:///etc/passwd',
      'javascript:1',
    ])
      assert.throws(() => origin(url), refusedBecause(/https:\/\//), url);
  });

  it('refuses what is not an origin, without repeating it', () => {
    for (const [url, words] of [
      ['nonsense', /not a URL/],
      ['https://user:hush@gateway.example.com', /user name or password/],
      ['https://gateway.example.com/recall', /without a path/],
      ['https://gateway.example.com/?hush=1', /without a path/],
      ['https://gateway.example.com/#hush', /without a path/],
    ] as const) {
      assert.throws(() => origin(url), refusedBecause(words), url);
      assert.throws(
        () => origin(url),
        (error) => error instanceof Error && !error.message.includes('hush'),
      );
    }
  });
});

describe('isLoopbackHost', () => {
  it('knows the names of this computer', () => {
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])
      assert.equal(isLoopbackHost(host), true);
    for (const host of ['128.0.0.1', '1127.0.0.1', '[::2]', 'localhost.', 'local', ''])
      assert.equal(isLoopbackHost(host), false);
  });
});
