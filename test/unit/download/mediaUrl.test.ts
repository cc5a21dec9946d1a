import assert from 'node:assert/strict';
import { DownloadError } from '../../../src/download/errors.ts';
import { expiryOf, parseMediaUrl, withoutQuery } from '../../../src/download/mediaUrl.ts';

const isRefused = (error: unknown): boolean => error instanceof DownloadError && error.code === 'insecureUrl';

describe('the address of a recording', () => {
  for (const text of [
    'https://media.example/a.mp3?Signature=x',
    ...['http://localhost:8080/a', 'http://[::1]/a', 'http://127.0.0.1/a', 'http://127.10.20.30:9/a'],
  ]) {
    it(`may be ${text}`, () => {
      assert.equal(parseMediaUrl(text).href, text);
    });
  }

  for (const text of [
    ...['', 'a.mp3', 'http://media.example/a', 'ftp://media.example/a', 'file:///a.mp3'],
    ...['http://128.0.0.1/a', 'http://127.0.0.1.example/a', 'http://localhost.example/a', 'http://[::2]/a'],
    ...[
      'https://user@media.example/a',
      'https://:secret@media.example/a',
      'https://user:secret@media.example/a',
    ],
  ]) {
    it(`may not be “${text}”, and says none of its secrets`, () => {
      assert.throws(
        () => parseMediaUrl(text),
        (error) => isRefused(error) && !String(error).includes('secret'),
      );
    });
  }

  it('says over what it would have gone', () => {
    assert.throws(() => parseMediaUrl('ftp://media.example/a'), /not over ftp\.$/);
  });

  it('leads to this computer from this computer only', () => {
    const here = new URL('http://127.0.0.1/a');
    assert.equal(parseMediaUrl('/b', here).href, 'http://127.0.0.1/b');
    assert.equal(parseMediaUrl('http://localhost/b', here).href, 'http://localhost/b');
    assert.throws(() => parseMediaUrl('http://localhost/b', new URL('https://media.example/a')), isRefused);
  });

  it('is shown without its query', () => {
    assert.equal(
      withoutQuery(new URL('https://media.example:8443/a/b.mp3?c=d#e')),
      'https://media.example:8443/a/b.mp3',
    );
  });
});

describe('when an address stops working', () => {
  const expiry = (query: string): number | undefined =>
    expiryOf(new URL(`https://media.example/a.mp3?${query}`));
  const signed = Date.UTC(2026, 2, 2, 9, 5, 7);

  it('stands in it, in either form, in upper or lower case', () => {
    assert.equal(expiry('Expires=1772442307'), 1_772_442_307_000);
    assert.equal(expiry('expires=999999999999'), 999_999_999_999_000);
    assert.equal(expiry('X-Amz-Date=20260302T090507Z&X-Amz-Expires=3600'), signed + 3_600_000);
    assert.equal(expiry('x-amz-expires=0&x-amz-date=20260302T090507Z'), signed);
  });

  for (const query of [
    ...['', 'Expires=', 'Expires=x1772442307', 'Expires=1772442307x', 'Expires=1772442307000', 'Expires=-1'],
    ...['X-Amz-Date=20260302T090507Z', 'X-Amz-Expires=3600'],
    ...['x20260302T090507Z', '20260302T090507Zx', '20260302', '2026-03-02T09:05:07Z'].map(
      (date) => `X-Amz-Date=${date}&X-Amz-Expires=3600`,
    ),
    ...['', 'x60', '60x', '6.5', '-1', '1234567890'].map(
      (lifetime) => `X-Amz-Date=20260302T090507Z&X-Amz-Expires=${lifetime}`,
    ),
  ]) {
    it(`is not known of “${query}”`, () => {
      assert.equal(expiry(query), undefined);
    });
  }
});
