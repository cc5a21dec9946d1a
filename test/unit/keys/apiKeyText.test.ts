import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readApiKey } from '../../../src/keys/apiKeyText.ts';

function keyIn(pasted: string): string | undefined {
  const reading = readApiKey(pasted);
  return reading.kind === 'key' ? reading.key : undefined;
}

function reasonFor(pasted: string): string {
  const reading = readApiKey(pasted);
  return reading.kind === 'problem' ? reading.reason : `a key: ${reading.key}`;
}

/** How a key stands in what people copy. */
const forms: readonly ((key: string) => string)[] = [
  (key) => key,
  (key) => `  ${key}\r\n`,
  (key) => `Token ${key}`,
  (key) => `Bearer ${key}`,
  (key) => `Authorization: Token ${key}`,
  (key) => `authorization:${key}`,
  (key) => `"${key}"`,
  (key) => `'Token ${key}'`,
  (key) => `“${key}”`,
  (key) => `"Authorization: Token ${key}"`,
  (key) => `"Authorization": "Token ${key}"`,
  (key) => `"Authorization": "Token ${key}",`,
  (key) => `-H 'Authorization: Token ${key}' \\`,
  (key) => `headers = {"Authorization": f"Token ${key}"}`.replace('f"', '"'),
  (key) => `RECALL_API_KEY=${key}`,
  (key) => `RECALL_AI_API_KEY=${key}`,
  (key) => `RECALLAI_API_KEY = '${key}'`,
  (key) => `export RECALL_API_KEY="${key}"`,
  (key) => `export RECALLAI_API_KEY="${key}" # production`,
  (key) => `$env:RECALL_API_KEY="${key}"`,
  (key) => `$env:RECALL_API_KEY = '${key}'`,
  (key) => `set RECALL_API_KEY=${key}`,
  (key) => `setx RECALL_API_KEY ${key}`,
  (key) => `const recallApiKey = "${key}";`,
  (key) => `"recallApiKey": "${key}",`,
  (key) => `recall_api_key: ${key}`,
  (key) => `API_KEY=${key};`,
  (key) => `${key};`,
  (key) => `${key},`,
  (key) => `REGION=us-west-2\nRECALL_API_KEY=${key}\nDEBUG=1`,
  (key) => `\ufeff${key.slice(0, 3)}\u200b${key.slice(3)}`,
];

describe('an API key as people paste it', () => {
  for (const form of forms) {
    it(`is taken out of ${JSON.stringify(form('abc123'))}`, () => {
      assert.equal(keyIn(form('abc123')), 'abc123');
    });
  }

  it('comes out as it was, whatever key it is', () => {
    const key = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._~+/-]{8,60}[A-Za-z0-9]={0,2}$/);
    fc.assert(
      fc.property(key, fc.constantFrom(...forms), (value, form) => {
        assert.equal(keyIn(form(value)), value);
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused with a sentence where it is none', () => {
    for (const [pasted, reason] of [
      ['https://us-west-2.recall.ai/dashboard/developers/api-keys', /^This is an address, not an API key\./],
      ['us-west-2.recall.ai/dashboard', /^This is an address/],
      ['two words', /^There is a space in this/],
      ['my key is abc123', /^There is a space in this/],
      ['a\nb', /^There is a space in this/],
      ['', /^This is not an API key\./],
      ['  ', /^This is not an API key\./],
      ['Token ', /^This is not an API key\./],
      ['""', /^This is not an API key\./],
      ['kéy', /^This is not an API key\./],
      ['a\u0000b', /^This is not an API key\./],
    ] as const) {
      assert.match(reasonFor(pasted), reason, JSON.stringify(pasted));
    }
  });
});
