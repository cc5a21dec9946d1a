import assert from 'node:assert/strict';
import { judgeAnswer } from '../../../src/download/answer.ts';
import type { Asked } from '../../../src/download/answer.ts';
import type { DownloadError } from '../../../src/download/errors.ts';
import { MP3_FILE } from '../../../src/download/fileFormats.ts';

const ETAG = '"9e107d9d372bb6826bd81d3542a419d6"';
const MD5 = '9e107d9d372bb6826bd81d3542a419d6';
const DATE = 'Mon, 02 Mar 2026 09:00:00 GMT';
const now = Date.parse('2026-03-02T09:00:00Z');

const fromStart: Asked = {
  file: MP3_FILE,
  offset: 0,
  known: { etag: undefined, lastModified: undefined, totalBytes: undefined },
  probing: false,
};
const rest: Asked = {
  ...fromStart,
  offset: 500,
  known: { etag: ETAG, lastModified: DATE, totalBytes: 1000 },
};
/** All 1000 bytes seem to be there, and nobody ever said how many there are. */
const probe: Asked = {
  ...fromStart,
  offset: 1000,
  known: { etag: ETAG, lastModified: DATE, totalBytes: undefined },
  probing: true,
};

/** What a verdict comes to, in a word; of an error its code, with the wait in ms when there is one. */
function verdict(
  asked: Asked,
  status: number,
  headers: Record<string, string> = {},
  errorCode?: string,
): string {
  const found = judgeAnswer(asked, { status, headers: new Headers(headers), errorCode }, now);
  switch (found.kind) {
    case 'complete':
      return 'complete';
    case 'take':
      return `take ${found.from} to ${found.end ?? 'the end'} of ${found.content.totalBytes ?? '?'}`;
    case 'retry':
      return `retry: ${codeOf(found)}, ${found.retryAfterMs ?? '?'} ms`;
    default:
      return `${found.kind}: ${codeOf(found)}`;
  }
}

function codeOf({ error }: { readonly error: DownloadError }): string {
  assert.notEqual(error.message, '');
  return error.code;
}

describe('The judgement of an answer', () => {
  describe('of 416 to the question whether there is more', () => {
    const cases: readonly [string, Record<string, string>, string][] = [
      ['with the number of bytes that are there', { 'Content-Range': 'bytes */1000' }, 'complete'],
      ['with fewer', { 'Content-Range': 'bytes */999' }, 'startOver: changed'],
      ['with more', { 'Content-Range': 'bytes */1001' }, 'startOver: changed'],
      ['without a number', {}, 'complete'],
      ['with something that is no number', { 'Content-Range': 'bytes */many' }, 'complete'],
      ['with a number behind something else', { 'Content-Range': 'x bytes */999' }, 'complete'],
      ['with a number before something else', { 'Content-Range': 'bytes */999 x' }, 'complete'],
      ['with the same ETag', { 'Content-Range': 'bytes */1000', ETag: ETAG }, 'complete'],
      ['with another ETag', { 'Content-Range': 'bytes */1000', ETag: '"other"' }, 'startOver: changed'],
    ];
    for (const [name, headers, expected] of cases) {
      it(name, () => {
        assert.equal(verdict(probe, 416, headers), expected);
      });
    }

    it('is no end when nobody asked, or the length is known', () => {
      const headers = { 'Content-Range': 'bytes */1000' };
      assert.equal(verdict({ ...probe, probing: false }, 416, headers), 'startOver: changed');
      const known = { ...probe.known, totalBytes: 2000 };
      assert.equal(verdict({ ...probe, known }, 416, headers), 'startOver: changed');
    });
  });

  describe('of 200', () => {
    const cases: readonly [string, Asked, Record<string, string>, string][] = [
      ['with a length', fromStart, { 'Content-Length': '1000' }, 'take 0 to 1000 of 1000'],
      ['without one', fromStart, {}, 'take 0 to the end of ?'],
      ['with none that is a number', fromStart, { 'Content-Length': '10x' }, 'take 0 to the end of ?'],
      ['with one of 16 digits', fromStart, { 'Content-Length': '1'.repeat(16) }, 'take 0 to the end of ?'],
      [
        'with one of 15 digits',
        fromStart,
        { 'Content-Length': '1'.repeat(15) },
        `take 0 to ${'1'.repeat(15)} of ${'1'.repeat(15)}`,
      ],
      ['with nothing', fromStart, { 'Content-Length': '0' }, 'refresh: empty'],
      ['that is a page', fromStart, { 'Content-Type': 'text/html' }, 'refresh: notAudio'],
      [
        'that is packed',
        fromStart,
        { 'Content-Length': '70', 'Content-Encoding': ' GZIP ' },
        'take 0 to the end of ?',
      ],
      [
        'that says it is not packed',
        fromStart,
        { 'Content-Length': '70', 'Content-Encoding': 'identity' },
        'take 0 to 70 of 70',
      ],
      [
        'to a question for the rest',
        rest,
        { 'Content-Length': '1000', ETag: ETAG },
        'take 0 to 1000 of 1000',
      ],
      ['to the question whether there is more, of the same content', probe, { ETag: ETAG }, 'complete'],
      [
        'to the question whether there is more, of other content',
        probe,
        { ETag: '"other"' },
        'take 0 to the end of ?',
      ],
    ];
    for (const [name, asked, headers, expected] of cases) {
      it(name, () => {
        assert.equal(verdict(asked, 200, headers), expected);
      });
    }
  });

  describe('of 206', () => {
    const cases: readonly [string, Record<string, string>, string][] = [
      [
        'with the rest of the same content',
        { 'Content-Range': 'bytes 500-999/1000', ETag: ETAG },
        'take 500 to 1000 of 1000',
      ],
      [
        'with a part of the rest',
        { 'Content-Range': 'bytes 500-500/1000', ETag: ETAG },
        'take 500 to 501 of 1000',
      ],
      ['without the total', { 'Content-Range': 'bytes 500-999/*', ETag: ETAG }, 'take 500 to 1000 of 1000'],
      [
        'with a space around it',
        { 'Content-Range': ' bytes 500-999/1000 ', ETag: ETAG },
        'take 500 to 1000 of 1000',
      ],
      ['from elsewhere', { 'Content-Range': 'bytes 400-999/1000', ETag: ETAG }, 'startOver: changed'],
      [
        'that ends before it begins',
        { 'Content-Range': 'bytes 500-499/1000', ETag: ETAG },
        'startOver: changed',
      ],
      ['beyond its own total', { 'Content-Range': 'bytes 500-1000/1000', ETag: ETAG }, 'startOver: changed'],
      ['with another total', { 'Content-Range': 'bytes 500-999/1001', ETag: ETAG }, 'startOver: changed'],
      ['with another ETag', { 'Content-Range': 'bytes 500-999/1000', ETag: '"other"' }, 'startOver: changed'],
      [
        'without the ETag',
        { 'Content-Range': 'bytes 500-999/1000', 'Last-Modified': DATE },
        'startOver: changed',
      ],
      ['that says nothing of its place', { ETag: ETAG }, 'startOver: changed'],
      [
        'with something before its place',
        { 'Content-Range': 'x bytes 500-999/1000', ETag: ETAG },
        'startOver: changed',
      ],
      [
        'with something behind its place',
        { 'Content-Range': 'bytes 500-999/1000 x', ETag: ETAG },
        'startOver: changed',
      ],
      [
        'that is packed',
        { 'Content-Range': 'bytes 500-999/1000', ETag: ETAG, 'Content-Encoding': 'br' },
        'startOver: changed',
      ],
      [
        'that is a page',
        { 'Content-Range': 'bytes 500-999/1000', ETag: ETAG, 'Content-Type': 'text/html' },
        'startOver: changed',
      ],
    ];
    for (const [name, headers, expected] of cases) {
      it(name, () => {
        assert.equal(verdict(rest, 206, headers), expected);
      });
    }

    it('joins by the date where there is no strong ETag, and by nothing else', () => {
      const headers = { 'Content-Range': 'bytes 500-999/1000' };
      const by = (etag: string | undefined, lastModified: string | undefined): Asked => ({
        ...rest,
        known: { etag, lastModified, totalBytes: 1000 },
      });
      assert.match(verdict(by(undefined, DATE), 206, { ...headers, 'Last-Modified': DATE }), /^take/);
      assert.match(
        verdict(by('W/"a"', DATE), 206, { ...headers, ETag: 'W/"a"', 'Last-Modified': DATE }),
        /^take/,
      );
      assert.match(
        verdict(by('W/"a"', DATE), 206, { ...headers, ETag: 'W/"b"', 'Last-Modified': DATE }),
        /^start/,
      );
      assert.match(verdict(by('W/"a"', undefined), 206, { ...headers, ETag: 'W/"a"' }), /^start/);
      assert.match(verdict(by(undefined, undefined), 206, headers), /^start/);
      const other = 'Tue, 03 Mar 2026 09:00:00 GMT';
      assert.match(verdict(by(undefined, DATE), 206, { ...headers, 'Last-Modified': other }), /^start/);
    });

    it('of the first bytes needs nothing to join with', () => {
      const headers = { 'Content-Range': 'bytes 0-99/1000' };
      assert.equal(verdict(fromStart, 206, headers), 'take 0 to 100 of 1000');
    });
  });

  const others: readonly [number, string | undefined, string][] = [
    [204, undefined, 'refresh: empty'],
    [400, undefined, 'refuse: refused'],
    [400, 'ExpiredToken', 'refresh: urlExpired'],
    [401, undefined, 'refresh: urlExpired'],
    [402, undefined, 'refuse: refused'],
    [403, undefined, 'refresh: urlExpired'],
    [404, undefined, 'refresh: gone'],
    [405, 'ExpiredToken', 'refuse: refused'],
    [408, undefined, 'retry: serverError, 7000 ms'],
    [410, undefined, 'refresh: gone'],
    [412, undefined, 'startOver: changed'],
    [425, undefined, 'retry: serverError, 7000 ms'],
    [429, undefined, 'retry: rateLimited, 7000 ms'],
    [499, undefined, 'refuse: refused'],
    [500, undefined, 'retry: serverError, 7000 ms'],
    [503, undefined, 'retry: serverError, 7000 ms'],
  ];
  for (const [status, errorCode, expected] of others) {
    it(`of ${status}${errorCode === undefined ? '' : ` with ${errorCode}`} is ${expected}`, () => {
      assert.equal(verdict(fromStart, status, { 'Retry-After': '7' }, errorCode), expected);
    });
  }

  it('knows the MD5 of what is stored without a key of its own, and not packed', () => {
    const md5With = (headers: Record<string, string>): string | undefined => {
      const found = judgeAnswer(
        fromStart,
        { status: 200, headers: new Headers(headers), errorCode: undefined },
        now,
      );
      return found.kind === 'take' ? found.md5 : 'not taken';
    };
    assert.equal(md5With({ ETag: ETAG }), MD5);
    assert.equal(md5With({ ETag: ETAG.toUpperCase() }), MD5);
    assert.equal(md5With({ ETag: ETAG, 'x-amz-server-side-encryption': 'AES256' }), MD5);
    for (const headers of [
      { ETag: `W/${ETAG}` },
      { ETag: `${ETAG}x` },
      { ETag: '"9e107d9d372bb6826bd81d3542a419d6-3"' },
      { ETag: ETAG, 'x-amz-server-side-encryption': 'aws:kms' },
      { ETag: ETAG, 'x-amz-server-side-encryption-customer-algorithm': 'AES256' },
      { ETag: ETAG, 'Content-Encoding': 'gzip' },
      {},
    ])
      assert.equal(md5With(headers), undefined, JSON.stringify(headers));
  });
});
