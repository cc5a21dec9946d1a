import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Log } from '../../../src/network/log.ts';
import { createRedactor, redactingLog } from '../../../src/network/redaction.ts';
import type { Redactor } from '../../../src/network/redaction.ts';

const SECRET = 'f00dfeed+/=cafe';

function redactorWith(...secrets: string[]): Redactor {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.addSecret(secret);
  return redactor;
}

const plain = createRedactor();

describe('createRedactor', () => {
  it('hides an exact secret wherever it is, also URL-encoded and in JSON', () => {
    const redactor = redactorWith(SECRET, 'with"quote\\and');
    const encoded = encodeURIComponent(SECRET);
    assert.equal(
      redactor.redact(`a${SECRET}b ${encoded} ${encoded.toLowerCase()}`),
      'a[hidden]b [hidden] [hidden]',
    );
    assert.equal(redactor.redact(JSON.stringify({ a: 'with"quote\\and' })), '{"a":"[hidden]"}');
  });

  it('hides the longer of two secrets whole', () => {
    assert.equal(redactorWith('abcd', 'abcdefgh').redact('abcdefgh abcd'), '[hidden] [hidden]');
  });

  it('leaves the text alone for a secret that is too short to be one', () => {
    assert.equal(redactorWith('', 'a', 'abc').redact('an abc'), 'an abc');
  });

  it('hides the credentials of headers in all their forms', () => {
    const texts = [
      'Authorization: Token abcdef',
      'authorization:   bearer abcdef',
      'Authorization=abcdef',
      'Proxy-Authorization: Basic abcdef==',
      '{"Authorization":"Token abcdef"}',
      String.raw`{\"Authorization\":\"Token abcdef\"}`,
      "{ Authorization: 'abcdef' }",
      'X-Api-Key: abcdef',
      'Set-Cookie: session=abcdef',
      'sent Token abcdef0123 there',
      'Bearer abc.def-ghi',
      'Token%20abcdef0123',
    ];
    for (const text of texts) assert.doesNotMatch(plain.redact(text), /abc|def/, text);
  });

  it('does not take prose for credentials', () => {
    const prose =
      'Invalid API token. The API token provided might be for another Recall region. Bearer of news.';
    assert.equal(plain.redact(prose), prose);
  });

  it('hides the log-in, the query and the fragment of a URL and keeps the rest', () => {
    const cases: readonly [string, string][] = [
      [
        'GET https://bucket.s3.amazonaws.com/a/audio.mp3?AWSAccessKeyId=A&Signature=b&Expires=1 failed',
        'GET https://bucket.s3.amazonaws.com/a/audio.mp3?… failed',
      ],
      ['https://us05web.zoom.us/j/9?pwd=Ab3.1', 'https://us05web.zoom.us/j/9?…'],
      ['(https://zoom.us/w/9?tk=x&zak=y#top)', '(https://zoom.us/w/9?…'],
      ['http://user:pass@proxy.example:3128/', 'http://[hidden]@proxy.example:3128/'],
      ['https://a@b@host/x@y', 'https://[hidden]@host/x@y'],
      ['https://app.example/#/join?pwd=1', 'https://app.example/#…'],
      ['zoommtg://zoom.us/join?confno=9&pwd=q', 'zoommtg://zoom.us/join?…'],
      [String.raw`"https:\/\/zoom.us\/j\/9?pwd=q"`, String.raw`"https:\/\/zoom.us\/j\/9?…"`],
      ["https://host/?a='quoted'secret", 'https://host/?…'],
      ['https://host/path stays', 'https://host/path stays'],
    ];
    for (const [text, expected] of cases) assert.equal(plain.redact(text), expected);
  });

  it('hides the passwords of a link that is not a whole URL', () => {
    assert.equal(plain.redact('zoom.us/j/9?pwd=q1w2&uname=x'), 'zoom.us/j/9?pwd=…&uname=x');
    assert.equal(plain.redact('teams.live.com/meet/9?p=aBc'), 'teams.live.com/meet/9?p=…');
    assert.doesNotMatch(plain.redact('zoom.us%2Fj%2F9%3Fpwd%3Dq1w2'), /q1w2/);
  });

  it('hides meeting passwords and download addresses in JSON and in printed objects', () => {
    const fields = {
      meeting_password: 'p"w\\1',
      business_meeting_password: 'pw2',
      download_url: 'https://h/pw3',
    };
    for (const text of [
      JSON.stringify(fields),
      JSON.stringify(fields, undefined, 2),
      "{ meeting_password: 'pw1', download_url: 'https://h/pw3' }",
      JSON.stringify({ body: JSON.stringify({ meeting_password: 'pw1' }) }),
      '{"meeting_password": "pw1 and cut off',
      'meeting_password=pw1',
      'download_url=https://h/pw1?a=1&b=pw2',
      'password=pw1&pw2,pw3;pw4}pw5',
    ]) {
      assert.doesNotMatch(plain.redact(text), /pw\d|p\\?"w/, text);
    }
    assert.equal(plain.redact('{"meeting_password":null}'), '{"meeting_password":null}');
  });

  it('keeps JSON readable as JSON', () => {
    const text = JSON.stringify({ meeting_password: 'a"b', url: 'https://h/a?b=c', note: 'x' });
    assert.deepEqual(JSON.parse(plain.redact(text)), {
      meeting_password: '[hidden]',
      url: 'https://h/a?…',
      note: 'x',
    });
  });

  it('makes characters visible that could forge a line or hide text', () => {
    assert.equal(
      plain.redact('a\r\nb\tc\u001b[31m\u0085\u2028\u202e\u2066\u200b\ufeff\ud800'),
      String.raw`a\r\nb\tc\u{1b}[31m\u{85}\u{2028}\u{202e}\u{2066}\u{200b}\u{feff}\u{d800}`,
    );
    assert.equal(plain.redact('Grüße 🎧 会議'), 'Grüße 🎧 会議');
  });

  it('cuts long text, and not within a character', () => {
    const cut = plain.redact('🎧'.repeat(9000));
    assert.ok(cut.length <= 10_000);
    assert.ok(cut.isWellFormed());
    assert.ok(cut.endsWith('🎧…'));
  });

  it('needs time in proportion to the length, whatever the text', () => {
    const shapes = [
      (n: number) => `password="${'\\"'.repeat(n)}`,
      (n: number) => `password${'\\'.repeat(n)}`,
      (n: number) => 'password '.repeat(n),
      (n: number) => '://'.repeat(n),
      (n: number) => '://a@'.repeat(n),
      (n: number) => `authorization${' '.repeat(n)}`,
      (n: number) => `cookie: a${' '.repeat(n)}`,
      (n: number) => `Token${' '.repeat(n)}`,
      (n: number) => 'token '.repeat(n),
      (n: number) => '?p=?p='.repeat(n),
      (n: number) => 'f00dfeed'.repeat(n),
      (n: number) => '\u202e'.repeat(n),
    ];
    const redactor = redactorWith(SECRET);
    // Steps that grew with the square of the length would take minutes here.
    for (const shape of shapes) assert.ok(redactor.redact(shape(100_000)).length <= 10_000);
  });

  describe('for any text', () => {
    const secret = fc.stringMatching(/^[abcXYZ0189+/=_-]{8,60}$/);
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.json(),
      fc.constantFrom(
        ' ',
        '\n',
        '"',
        "'",
        '\\',
        '?',
        '://',
        'Token ',
        'Authorization: ',
        'password="',
        '\u202e',
      ),
    );

    it('never lets an exact secret through, however it is wrapped', () => {
      fc.assert(
        fc.property(secret, fc.nat(2), fc.array(piece), fc.array(piece), (key, form, before, after) => {
          const redactor = redactorWith(key);
          const written = [key, encodeURIComponent(key), JSON.stringify(key)][form] ?? key;
          const redacted = redactor.redact(`${before.join('')}${written}${after.join('')}`);
          assert.ok(!redacted.includes(key));
          assert.ok(!redacted.includes(encodeURIComponent(key)));
        }),
        { numRuns: 500 },
      );
    });

    it('never lets the query or the log-in of a URL through', () => {
      const value = fc.stringMatching(/^[abcdefXYZ019._~!$()*,;:@%]{1,20}$/);
      fc.assert(
        fc.property(fc.domain(), value, fc.array(piece), (host, word, before) => {
          const url = `https://u${word.replaceAll('@', '')}SECRET@${host}/path?x=${word}SECRET&y=SECRET#SECRET`;
          assert.doesNotMatch(plain.redact(`${before.join('').slice(0, 500)} ${url} end`), /SECRET/);
        }),
        { numRuns: 500 },
      );
    });

    it('gives one short line without invisible characters', () => {
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
          const once = plain.redact(pieces.join(''));
          assert.ok(once.length <= 10_000);
          assert.doesNotMatch(once, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        }),
        { numRuns: 1000 },
      );
    });
  });
});

describe('redactingLog', () => {
  it('redacts on every level and passes each line to the same level', () => {
    const lines: string[] = [];
    const write =
      (level: string) =>
      (message: string): void => {
        lines.push(`${level} ${message}`);
      };
    const log: Log = {
      trace: write('trace'),
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    };
    const redacting = redactingLog(log, redactorWith(SECRET));
    for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const)
      redacting[level](`${level} ${SECRET}\nforged`);
    assert.deepEqual(lines, [
      String.raw`trace trace [hidden]\nforged`,
      String.raw`debug debug [hidden]\nforged`,
      String.raw`info info [hidden]\nforged`,
      String.raw`warn warn [hidden]\nforged`,
      String.raw`error error [hidden]\nforged`,
    ]);
  });

  for (const name of [
    'token',
    'auth_token',
    'authToken',
    'id_token',
    'key',
    'api_key',
    'sig',
    'secret',
    'jwt',
    'session',
    'code',
    'pwd',
    'p',
  ]) {
    it(`hides the value of ${name} in a query, wherever the query stands`, () => {
      for (const text of [
        `/ws?${name}=abc123def`,
        `GET /a?x=1&${name}=abc123def&y=2`,
        `/a#${name}=abc123def`,
      ]) {
        const shown = createRedactor().redact(text);
        assert.ok(!shown.includes('abc123def'), shown);
        assert.ok(shown.includes(`${name}=`), shown);
      }
    });
  }

  it('hides tokens without a question mark before them, and in JSON', () => {
    for (const text of [
      'token=abc123def',
      'x token=abc123def y',
      '{"token":"abc123def"}',
      '"access_token": "abc123def"',
    ]) {
      assert.ok(!createRedactor().redact(text).includes('abc123def'), text);
    }
    assert.equal(
      createRedactor().redact('The token was refused, monkey=1'),
      'The token was refused, monkey=1',
    );
  });
});
