import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findMeetingUrl, readMeetingUrl } from '../../../src/meetings/meetingUrl.ts';
import * as pasted from './pastedLinks.ts';

const zoom = 'https://acme.zoom.us/j/90000000007?pwd=q1w2e3r';

function warningOf(text: string): string {
  const reading = readMeetingUrl(text);
  return reading.kind === 'malformed' ? reading.reason : (reading.warning ?? '');
}

describe('a link as people paste it', () => {
  for (const group of ['wrapped', 'otherForms', 'damaged', 'touched', 'sameMeeting'] as const) {
    for (const [name, { text, link }] of Object.entries(pasted[group])) {
      it(`is read right: ${group}, ${name}`, () => {
        assert.equal(findMeetingUrl(text), link);
        const reading = readMeetingUrl(text);
        assert.equal(reading.kind === 'malformed' ? undefined : reading.url, link);
        assert.doesNotMatch(warningOf(text), /Compare it|several/);
      });
    }
  }

  for (const [gateway, text] of Object.entries(pasted.hidden)) {
    it(`is not guessed where ${gateway} hides it: that is said`, () => {
      assert.equal(findMeetingUrl(`Join here: ${text}`), undefined);
      assert.equal(readMeetingUrl(text).kind, 'malformed');
      assert.ok(
        warningOf(text).startsWith(`${gateway} hides the meeting link in this one.`),
        warningOf(text),
      );
      assert.equal(findMeetingUrl(`${text}\n${zoom}`), zoom);
    });
  }

  for (const text of pasted.noMeetings) {
    it(`is no meeting, and does not win over one: ${text}`, () => {
      assert.equal(findMeetingUrl(text), undefined);
      assert.notEqual(readMeetingUrl(text).kind, 'recognised');
      assert.equal(findMeetingUrl(`${text}\n${zoom}`), zoom);
    });
  }
});

describe('a link that may not be whole', () => {
  const cut: Readonly<Record<string, string>> = {
    'wrapped at the end of a line': 'https://acme.zoom.us/j/90000000007?pwd=q1w\n2e3r',
    'wrapped, with the rest indented': 'Join https://acme.zoom.us/j/90000000007?pwd=q1w\r\n 2e3r\r\nSee you',
    'wrapped before its query': 'https://acme.zoom.us/j/90000000007\n?pwd=q1w2e3r and more',
    'shortened with dots': 'https://acme.zoom.us/j/90000000007?pwd=q1w...',
    'shortened with an ellipsis': 'https://acme.zoom.us/j/90000000007?pwd=q1w\u2026',
  };
  for (const [how, text] of Object.entries(cut)) {
    it(`is sent with a warning only: ${how}`, () => {
      assert.match(warningOf(text), /^This link may be cut off/);
    });
  }

  it('is not suspected where the next line is another one', () => {
    for (const next of [
      '',
      'Meeting ID: 900 0000 0007',
      'Passcode: q1w2',
      '---',
      '- by phone',
      'Thanks',
      zoom,
    ]) {
      assert.doesNotMatch(warningOf(`${zoom}\n${next}\nAna`), /cut off/, next);
    }
  });

  it('is doubted where its passcode may be in quoted-printable, or not', () => {
    const text = 'https://acme.zoom.us/j/90000000007?pwd=3Dq1w2';
    assert.match(warningOf(text), /^A mail program may have changed this link/);
  });

  it('is doubted where invisible characters stand in it and before a text of its own', () => {
    assert.match(warningOf(`${zoom}\u200bHello`), /^There are invisible characters in this link/);
  });

  it('is the first of several meetings, which is said', () => {
    const text = `${zoom}\nor https://meet.google.com/kqz-mwvp-trb`;
    assert.equal(findMeetingUrl(text), zoom);
    assert.match(warningOf(text), /^This text has links to several meetings/);
  });
});

describe('a known link, whatever happens to it', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9]{1,16}$/);
  const link = fc.oneof(
    fc
      .tuple(fc.stringMatching(/^[1-9]\d{8,10}$/), word)
      .map(([id, pwd]) => `https://acme.zoom.us/j/${id}?pwd=${pwd}`),
    fc.stringMatching(/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/).map((code) => `https://meet.google.com/${code}`),
    fc
      .tuple(fc.stringMatching(/^[1-9]\d{12}$/), word)
      .map(([id, p]) => `https://teams.microsoft.com/meet/${id}?p=${p}`),
  );
  const wrap = fc.constantFrom<((url: string) => string)[]>(
    (url) => `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=x`,
    (url) => `https://linkprotect.cudasvc.com/url?a=${encodeURIComponent(url)}&c=E,1,a`,
    (url) => `https://secure-web.cisco.com/1abc/${encodeURIComponent(url)}`,
    (url) => `https://protect.checkpoint.com/v2/___${url}___.YXBz`,
    (url) => `https://eu.protection.sophos.com/?u=${Buffer.from(url).toString('base64url')}`,
    (url) =>
      `https://urldefense.proofpoint.com/v2/url?u=${encodeURIComponent(url).replaceAll('-', '%2D').replaceAll('_', '%5F').replaceAll('%2F', '_').replaceAll('%', '-')}&d=x`,
  );
  const fold = fc.nat({ max: 200 }).map((at) => (url: string) => {
    const where = 1 + (at % (url.length - 1));
    return `BEGIN:VEVENT\r\nURL:${url.slice(0, where)}\r\n ${url.slice(where)}\r\nEND:VEVENT`;
  });
  const breakOff = fc.nat({ max: 200 }).map((at) => (url: string) => {
    const where = 1 + (at % (url.length - 1));
    return `${url.slice(0, where)}\n${url.slice(where)}`;
  });
  const damage = fc.constantFrom<((url: string) => string)[]>(
    (url) => `Content-Transfer-Encoding: quoted-printable\r\n\r\n${url.replaceAll('=', '=3D')}`,
    (url) => url.replaceAll('&', '&amp;').replaceAll('/', '&#47;'),
    (url) => encodeURIComponent(url),
    (url) => url.replace('://', '://\u2060').replace('.com/', '.com/\u200b'),
    (url) => url.replaceAll('/', '\\/'),
  );
  const surround = fc.constantFrom<((url: string) => string)[]>(
    (url) => `参加：${url}（以上）`,
    (url) => `→${url}←`,
    (url) => `<${url}>`,
    (url) => `[Join](${url}).`,
    (url) => `https://wiki.example/agenda\nWhere: ${url}\nBring: tea`,
  );

  function assertKept(text: string, url: string): void {
    const found = findMeetingUrl(text);
    if (found !== url)
      assert.match(warningOf(text), /Compare it|several|passcode/, `${text}\n=> ${String(found)}`);
  }

  it('comes out as it was, or with a warning, wrapped, folded, damaged or surrounded', () => {
    const change = fc.oneof(wrap, fold, damage, surround);
    fc.assert(
      fc.property(link, change, (url, apply) => {
        assertKept(apply(url), url);
      }),
      { numRuns: 2000 },
    );
  });

  it('comes out as it was, wrapped twice and surrounded', () => {
    fc.assert(
      fc.property(link, wrap, wrap, surround, (url, inner, outer, around) => {
        assertKept(around(outer(inner(url))), url);
      }),
      { numRuns: 1000 },
    );
  });

  it('never leads to another meeting without a warning when a line end is in it', () => {
    fc.assert(
      fc.property(link, breakOff, (url, apply) => {
        const text = apply(url);
        // A name, or a word between two links, alone in a line is no reason to doubt the link above it.
        if (findMeetingUrl(text) !== undefined && !/\n(?:[A-Z][a-z]*|or|and|oder|und|ou|et)$/.test(text))
          assertKept(text, url);
      }),
      { numRuns: 2000 },
    );
  });
});
