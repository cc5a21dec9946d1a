import assert from 'node:assert/strict';
import { keyRefusedSentence, refusal } from '../../../src/recall/apiErrors.ts';
import type { RecallError, RecallErrorCode } from '../../../src/recall/errors.ts';

const WEST = 'https://us-west-2.recall.ai';

function refused(
  status: number,
  body: unknown,
  retryAfterMs?: number,
  origin = WEST,
  path = '/bot/',
): RecallError {
  const bodyText = typeof body === 'string' ? body : JSON.stringify(body);
  return refusal({
    status,
    bodyText,
    origin,
    path,
    retryAfterMs,
    redact: (text) => text.replaceAll('hush', '[hidden]'),
  });
}

const FIREWALL_PAGE =
  '<BODY><H1>403 ERROR</H1><H2>The request could not be satisfied.</H2>Request blocked.</BODY>';

describe('refusal', () => {
  it('gives every status its own code', () => {
    const codes: readonly [number, RecallErrorCode][] = [
      [400, 'invalidRequest'],
      [401, 'keyRefused'],
      [402, 'creditUsedUp'],
      [403, 'blocked'],
      [404, 'notFound'],
      [405, 'notAllowed'],
      [409, 'conflict'],
      [418, 'unexpectedAnswer'],
      [429, 'rateLimited'],
      [500, 'serverError'],
      [502, 'serverError'],
      [503, 'serverError'],
      [504, 'serverError'],
      [507, 'noBotFree'],
    ];
    for (const [status, code] of codes) {
      const error = refused(status, { detail: 'Something.' });
      assert.equal(error.code, code, String(status));
      assert.equal(error.status, status);
      assert.match(error.message, /^[A-Z].*[.…]$/);
    }
  });

  it('names the region of a refused key, and says it once', () => {
    const message = 'The API key was not accepted in the region us-west-2. A key belongs to one region.';
    for (const body of [
      {
        code: 'authentication_failed',
        detail:
          'Invalid API token. The API token provided might be for another Recall region (such as us-east-1, us-west-2, eu-central-1, or ap-northeast-1). Verify token is valid and belongs to the correct region.',
      },
      { detail: 'Invalid token.' },
      '',
    ])
      assert.equal(refused(401, body).message, message);
  });

  it('adds what else Recall says about a refused key', () => {
    const missing = refused(401, {
      code: 'not_authenticated',
      detail: 'Authentication credentials were not provided.',
    });
    assert.match(missing.message, / Recall says: Authentication credentials were not provided\.$/);
    assert.equal(missing.apiCode, 'not_authenticated');
    const scheme = refused(401, {
      code: 'authentication_failed',
      detail: 'Invalid token header. No credentials provided.',
    });
    assert.match(scheme.message, / Recall says: Invalid token header\. No credentials provided\.$/);
  });

  it('names the host and no region for a gateway', () => {
    assert.equal(
      keyRefusedSentence('https://gw.example:8443'),
      'gw.example:8443 did not accept the API key.',
    );
  });

  it('reads field messages, nested ones too', () => {
    const said = (body: unknown): string => refused(400, body).message;
    assert.equal(
      said({ meeting_url: ['The meeting_url is malformed, or for an unsupported platform.'] }),
      'Recall does not accept this meeting link. Copy the whole link from the invitation. Recall says: meeting_url: The meeting_url is malformed, or for an unsupported platform.',
    );
    assert.match(
      said({ recording_config: { retention: { hours: ['Too small.'] } } }),
      /: recording_config: retention: hours: Too small\.$/,
    );
    assert.match(said({ non_field_errors: ['Nothing fits.', 'At all.'] }), /: Nothing fits\. At all\.$/);
    assert.match(said({ error: { message: 'Inner words' } }), /: Inner words\.$/);
    assert.match(said({ detail: ['In a list.'] }), /: In a list\.$/);
    assert.match(said([{ bot_name: ['Too long.'] }]), /: bot_name: Too long\.$/);
  });

  it('reads a bare string, error and message', () => {
    assert.match(refused(400, '"Only a string"').message, /says: Only a string\.$/);
    assert.match(refused(400, { error: 'One way.' }).message, /says: One way\.$/);
    assert.match(refused(400, { message: 'Another way.' }).message, /says: Another way\.$/);
  });

  it('keeps the code for those who decide by it, and only a code', () => {
    const command = refused(400, {
      code: 'cannot_command_completed_bot',
      detail: 'Cannot send a command to a bot which has completed(is shutting/has shut down/has errored).',
    });
    assert.equal(command.apiCode, 'cannot_command_completed_bot');
    assert.match(
      command.message,
      /^This bot has left its meeting already.*\(cannot_command_completed_bot\)\.$/,
    );
    for (const code of [7, null, '', 'a b', '<i>', 'x'.repeat(101)])
      assert.equal(refused(400, { code }).apiCode, undefined);
  });

  it('never shows markup, whichever way it comes', () => {
    for (const body of [
      FIREWALL_PAGE,
      '<!doctype html><html><h1>Not Found</h1></html>',
      JSON.stringify(FIREWALL_PAGE),
      { detail: FIREWALL_PAGE },
      { detail: { inner: ['<script>alert(1)</script>'] } },
      '<?xml version="1.0"?><Error/>',
    ])
      for (const status of [400, 401, 403, 404, 418, 502])
        assert.doesNotMatch(refused(status, body).message, /[<>]|doctype|H1|script/i);
  });

  it('blames the firewall for an HTML 403 only', () => {
    assert.match(refused(403, FIREWALL_PAGE).message, /firewall of us-west-2\.recall\.ai/);
    assert.doesNotMatch(refused(403, { detail: 'No permission.' }).message, /firewall/);
  });

  it('tells an object that is not there from a path that is not', () => {
    const object = refused(404, { detail: 'Not found.' });
    assert.equal(object.code, 'notFound');
    assert.match(
      object.message,
      /^Recall does not know this in us-west-2\. It may belong to another region or workspace/,
    );
    const path = refused(404, '<h1>Not Found</h1>', undefined, 'https://gw.example');
    assert.equal(path.code, 'unexpectedAnswer');
    assert.match(path.message, /^gw\.example .*recall\.apiBaseUrl/);
  });

  it('puts the wait in words', () => {
    const words = (ms: number | undefined): string =>
      refused(429, '', ms).message.replace(/.*Try again /, '');
    assert.equal(words(undefined), 'in a minute.');
    assert.equal(words(0), 'in 1 second.');
    assert.equal(words(30_000), 'in 30 seconds.');
    assert.equal(words(600_000), 'in 10 minutes.');
    assert.equal(words(5 * 3_600_000), 'in 5 hours.');
    assert.equal(words(Number.MAX_SAFE_INTEGER), 'later.');
    assert.equal(refused(429, '', 30_000).retryAfterMs, 30_000);
  });

  it('brings what is said onto one short line that cannot do anything', () => {
    const { message } = refused(400, {
      detail: `a\n\tb\u2028c\u202ed\u0000 [run](command:x) hush ${'🎧'.repeat(400)}`,
    });
    assert.match(message, /says: a b c d \[run\] \(command:x\) \[hidden\] 🎧/);
    assert.ok(message.length < 400);
    assert.ok(message.isWellFormed());
  });

  it('survives a body that nests without end', () => {
    const deep = `${'{"a":'.repeat(100_000)}"x"${'}'.repeat(100_000)}`;
    assert.equal(refused(400, deep).message, 'Recall refused the request.');
    assert.equal(refused(400, '['.repeat(100_000)).message, 'Recall refused the request.');
  });

  it('names a bot or a recording that is not known, where it was looked for, and where it may be', () => {
    const id = 'b0700000-0000-4000-8000-000000000001';
    const { message } = refused(404, { detail: 'Not found.' }, undefined, WEST, `/bot/${id}/`);
    assert.equal(
      message,
      `Recall does not know the bot ${id} in us-west-2. It may belong to another region or workspace than your API key.`,
    );
    const gateway = refused(404, {}, undefined, 'https://gateway.test', `/audio_mixed/${id}/`).message;
    assert.ok(gateway.startsWith(`Recall does not know the recording ${id} in gateway.test.`), gateway);
  });

  it('says a code that is known in a sentence, wherever in the body it is', () => {
    const code = 'cannot_command_unstarted_bot';
    const words = 'Cannot send a command to a bot which has not been started.';
    for (const body of [{ code }, { code, detail: words }, { error: { code, message: words } }]) {
      const error = refused(400, body);
      assert.match(error.message, /^This bot has not started yet\. .*\(cannot_command_unstarted_bot\)\.$/);
      assert.equal(error.apiCode, code);
    }
    assert.match(
      refused(405, { code: 'cannot_delete_bot' }).message,
      /^This bot cannot be cancelled any more/,
    );
    assert.match(refused(400, { code: 'bot_initializing', detail: 'x' }).message, /^This bot is starting/);
    assert.match(refused(400, { code: 'teams_blacklisted_tenant' }).message, /does not allow recording bots/);
    assert.match(refused(400, { code: 'update_bot_failed' }).message, /too close to its start/);
  });

  it('shows no code as a sentence: one that is not known stands in parentheses', () => {
    for (const body of [{ code: 'brand_new_code' }, { code: 'brand_new_code', detail: 'brand_new_code' }]) {
      assert.equal(refused(400, body).message, 'Recall refused the request (brand_new_code).');
    }
    assert.equal(refused(400, { detail: 'some_code' }).message, 'Recall refused the request.');
    assert.equal(
      refused(400, { code: 400, detail: 'test error' }).message,
      'Recall refused the request. Recall says: test error.',
    );
  });
});
