import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  findMeetingUrl,
  meetingLabel,
  readMeetingUrl,
  withoutSecrets,
} from '../../../src/meetings/meetingUrl.ts';
import type { MeetingUrlReading } from '../../../src/meetings/meetingUrl.ts';
import type { Platform } from '../../../src/meetings/platforms.ts';

const zoom = 'https://us05web.zoom.us/j/90000000002?pwd=Ab3xYz.1';
const meet = 'https://meet.google.com/kqz-mwvp-trb';
const teams =
  'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d';

const platformDomains: Partial<Record<Platform, RegExp>> = {
  zoom: /(^|\.)(zoom\.us|zoom\.com|zoomgov\.com|zoom-x\.de|zoom\.com\.cn)$/,
  google_meet: /^(stream\.)?meet\.google\.com$/,
  microsoft_teams:
    /(^|\.)(teams\.microsoft\.com|teams\.live\.com|teams\.cloud\.microsoft|teams\.microsoft\.us)$/,
  microsoft_teams_live: /(^|\.)teams\.live\.com$/,
  webex: /(^|\.)webex\.com$/,
  goto_meeting: /(^|\.)(app\.goto\.com|meet\.goto\.com|gotomeeting\.com|gotomeet\.me)$/,
  slack_huddle_observer: /(^|\.)slack\.com$/,
};

function urlOf(text: string): string {
  const reading = readMeetingUrl(text);
  return reading.kind === 'malformed' ? `malformed: ${reading.reason}` : `${reading.kind}: ${reading.url}`;
}

/** That a link is read again as it was; what was doubtful about the text around it is not about the link. */
function assertSameLink(reading: Exclude<MeetingUrlReading, { kind: 'malformed' }>): void {
  const again = readMeetingUrl(reading.url);
  assert.deepEqual({ ...again, warning: undefined }, { ...reading, warning: undefined });
}

function warningOf(text: string): string | undefined {
  const reading = readMeetingUrl(text);
  return reading.kind === 'malformed' ? reading.reason : reading.warning;
}

function assertRecognised(text: string, url: string): void {
  assert.equal(urlOf(text), `recognised: ${url}`);
  assert.equal(findMeetingUrl(text), url);
}

describe('a meeting link', () => {
  const taken: readonly (readonly [Platform, string])[] = [
    ['zoom', zoom],
    ['zoom', 'https://zoom.us/wc/join/90000000004?pwd=q1w2'],
    ['zoom', 'https://acme.zoom.us/my/teamroom'],
    ['zoom', 'https://acme.zoom.com/j/90000000002?pwd=Ab3xYz.1'],
    ['zoom', 'https://acme.zoom.us/s/90000000003?zak=eyJ0.eyJ1-_.x'],
    ['zoom', 'https://zoom.us/w/90000000005?tk=tOkEn&pwd=q1w2'],
    ['zoom', 'https://acme.zoom-x.de/j/90000000008?pwd=x'],
    ['zoom', 'https://zoom.us/wc/90000000009?pwd=q1w2'],
    ['zoom', 'https://zoom.us/j/90000000009/start?pwd=q1w2'],
    ['google_meet', meet],
    ['microsoft_teams', teams],
    ['microsoft_teams', teams.replace('meetup-join', 'message')],
    ['microsoft_teams', 'https://teams.microsoft.com/meet/2000000000001?p=aBcDeF'],
    ['microsoft_teams_live', 'https://teams.live.com/meet/9300000000001?p=aBcDeF'],
  ];
  for (const [platform, url] of taken) {
    it(`is recognised without a warning: ${url}`, () => {
      assert.deepEqual(readMeetingUrl(url), { kind: 'recognised', url, platform });
      assert.equal(findMeetingUrl(url), url);
    });
  }

  const doubted: readonly (readonly [Platform, string, RegExp])[] = [
    ['zoom', 'https://zoom.us/j/90000000001', /^This link has no passcode in it\./],
    ['zoom', 'https://acme.zoom.us/s/90000000003', /^This link has no passcode in it\./],
    ['microsoft_teams', 'https://teams.microsoft.com/meet/2000000000001', /^This link has no passcode/],
    ['zoom', 'https://events.zoom.us/ejl/xyz', /may not accept this kind of Zoom link/],
    [
      'microsoft_teams',
      'https://gov.teams.microsoft.us/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?context=%7b%7d',
      /may not accept this kind of Microsoft Teams link/,
    ],
    ['webex', 'https://acme.webex.com/acme/j.php?MTID=m0123456789', /credentials.* may not make an MP3/],
    ['webex', 'https://acme.webex.com/meet/room1', /may not accept this kind of Webex link.* MP3/],
    ['webex', 'https://acme.webex.com/join/room1', /may not accept this kind of Webex link.* MP3/],
    [
      'goto_meeting',
      'https://app.goto.com/meeting/600000001',
      /^Recall may not make an MP3 of meetings on GoTo/,
    ],
    ['goto_meeting', 'https://meet.goto.com/600000001', /may not accept this kind of GoTo Meeting link/],
    ['goto_meeting', 'https://global.gotomeeting.com/join/600000001', /may not accept this kind/],
    ['goto_meeting', 'https://www.gotomeet.me/acme', /may not accept this kind/],
  ];
  for (const [platform, url, warning] of doubted) {
    it(`is recognised with a warning: ${url}`, () => {
      const reading = readMeetingUrl(url);
      assert.deepEqual(reading, { kind: 'recognised', url, platform, warning: warningOf(url) });
      assert.match(warningOf(url) ?? '', warning);
      assert.equal(findMeetingUrl(url), url);
    });
  }

  const withoutBots: readonly (readonly [Platform, string, RegExp])[] = [
    ['zoom', 'https://acme.zoomgov.com/j/1600000001', /^Recall does not send bots to Zoom for Government\.$/],
    ['zoom', 'https://acme.zoom.us/meeting/register/tZAAA', /registration page/],
    ['google_meet', 'https://stream.meet.google.com/stream/abc', /live streams/],
    ['slack_huddle_observer', 'https://app.slack.com/huddle/T0EXAMPLE1/C0EXAMPLE1', /not by link\.$/],
  ];
  for (const [platform, url, warning] of withoutBots) {
    it(`says that no bot can come to ${url}, and does not offer it`, () => {
      assert.deepEqual(readMeetingUrl(url), { kind: 'recognised', url, platform, warning: warningOf(url) });
      assert.match(warningOf(url) ?? '', warning);
      assert.equal(findMeetingUrl(url), undefined);
    });
  }

  it('is completed with https', () => {
    assertRecognised('meet.google.com/kqz-mwvp-trb', meet);
    assertRecognised('us05web.ZOOM.us/j/90000000002?pwd=Ab3xYz.1', zoom);
    assertRecognised(`http://${meet.slice('https://'.length)}`, meet);
  });

  it('that opens an app is turned into the one for the browser', () => {
    assertRecognised(
      'zoommtg://zoom.us/join?action=join&confno=90000000007&pwd=q1w2&zc=0',
      'https://zoom.us/j/90000000007?pwd=q1w2',
    );
    assertRecognised(
      'zoomus://acme.zoom.us/join?confno=90000000007&tk=a%2Bb&zak=c',
      'https://acme.zoom.us/j/90000000007?tk=a%2Bb&zak=c',
    );
    assertRecognised(teams.replace('https://teams.microsoft.com', 'msteams:'), teams);
    assertRecognised(teams.replace('https:', 'msteams:'), teams);
  });

  it('from the address bar of a browser is turned into the one of the invitation', () => {
    assertRecognised(
      'https://app.zoom.us/wc/90000000006/start?pwd=q1w2',
      'https://app.zoom.us/wc/join/90000000006?pwd=q1w2',
    );
    // Marks that are no part of the link may stand before a fragment, too.
    for (const end of ['', '!', '#', '!#', '.#success', ')'])
      assertRecognised(`zoom.us/wc/90000000006/join${end}`, 'https://zoom.us/wc/join/90000000006');
    assertRecognised(`${zoom}#success`, zoom);
    assertRecognised(teams.replace('/l/', '/_#/l/'), teams);
    const launched = encodeURIComponent(teams.replace('https://teams.microsoft.com', '/_#'));
    assertRecognised(
      `https://teams.microsoft.com/dl/launcher/launcher.html?url=${launched}&type=meetup-join`,
      teams,
    );
  });

  it('keeps its one shape whatever the case, default port or dot of the host', () => {
    for (const host of ['MEET.Google.com', 'meet.google.com:443', 'meet.google.com.', 'ｍeet.google.com']) {
      assert.equal(urlOf(`https://${host}/kqz-mwvp-trb`), `recognised: ${meet}`, host);
    }
  });
});

describe('a wrapped meeting link', () => {
  const safe = (url: string, host = 'eur01.safelinks.protection.outlook.com'): string =>
    `https://${host}/?url=${encodeURIComponent(url)}&data=05%7C02%7Cx&sdata=y%3D&reserved=0`;
  const google = (url: string): string => `https://www.google.com/url?q=${encodeURIComponent(url)}&sa=D`;

  it('is taken out of Outlook safe links of any region', () => {
    for (const region of ['eur01', 'nam12', 'gbr01', 'apc01', 'can01', 'xyz99']) {
      for (const url of [zoom, meet, teams]) {
        assertRecognised(safe(url, `${region}.safelinks.protection.outlook.com`), url);
      }
    }
    assertRecognised(safe(zoom, 'usg01.safelinks.protection.office365.us'), zoom);
    assertRecognised(
      `https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=${encodeURIComponent(zoom)}`,
      zoom,
    );
  });

  it('is taken out of Google redirects', () => {
    assertRecognised(google(meet), meet);
    assertRecognised(`https://google.de/url?sa=t&url=${encodeURIComponent(zoom)}`, zoom);
  });

  it('is taken out of several wrappers', () => {
    assertRecognised(safe(google(safe(teams))), teams);
    assertRecognised(
      google(safe('https://app.zoom.us/wc/9/join?pwd=x')),
      'https://app.zoom.us/wc/join/9?pwd=x',
    );
  });

  it('is not looked for in wrappers without end', () => {
    let url = meet;
    for (let depth = 0; depth < 12; depth++) url = `https://www.google.com/url?q=${url}`;
    assert.deepEqual(readMeetingUrl(url), {
      kind: 'malformed',
      reason: 'This link is wrapped too often. Paste the meeting link itself.',
    });
    assert.equal(findMeetingUrl(url), undefined);
  });

  it('must be http or https', () => {
    for (const target of [
      'javascript:alert(1)',
      'zoommtg://zoom.us/join?confno=1',
      'file:///etc/passwd',
      '/j/1',
    ]) {
      const reading = readMeetingUrl(google(target));
      assert.equal(reading.kind, 'unrecognised', target);
      assert.match(warningOf(google(target)) ?? '', /^www\.google\.com is not known/);
    }
  });

  it('is only looked for in wrappers that are known', () => {
    const url = `https://evil.example/url?q=${encodeURIComponent(zoom)}`;
    assert.equal(urlOf(url), `unrecognised: ${url}`);
    assert.equal(findMeetingUrl(url), undefined);
    const nested = `https://evil.example/?u=${zoom}`;
    assert.equal(findMeetingUrl(nested), undefined);
  });

  it('gives the target when that is no meeting', () => {
    assert.equal(urlOf(safe('https://meet.example/room')), 'unrecognised: https://meet.example/room');
  });
});

describe('a meeting link in a text', () => {
  it('loses what stands around it', () => {
    for (const url of [zoom, meet, teams]) {
      const surroundings = [
        [' \n', '\t'],
        ['<', '>'],
        ['"', '"'],
        ["'", "'."],
        ['(', ')'],
        ['[Join](', ')'],
        ['**', '**'],
        ['Join: ', '.'],
        ['Join ', ', or call us!'],
        ['“', '”'],
        ['会议链接：', '，密码：1'],
        ['\u200b', '\u200b'],
        ['<a href="', '">Join the meeting</a>'],
        ['{"url":"', '","id":1}'],
        ['LOCATION:', '\\nMeeting ID: 1'],
        ['1,', ';2|3'],
        ['&lt;', '&gt;'],
      ] as const;
      for (const [before, after] of surroundings) assertRecognised(`${before}${url}${after}`, url);
    }
  });

  it('is read as HTML and JSON write it', () => {
    const url = 'https://zoom.us/w/90000000005?tk=tOkEn&pwd=q1w2';
    assertRecognised(url.replace('&', '&amp;'), url);
    assertRecognised(url.replace('&', '\\u0026').replaceAll('/', '\\/'), url);
    assertRecognised(
      'https://teams.microsoft.com/l/meetup-join/19:meeting_QUJD@thread.v2/0?context={"Tid":"t","Oid":"o"}',
      'https://teams.microsoft.com/l/meetup-join/19:meeting_QUJD@thread.v2/0?context=%7B%22Tid%22%3A%22t%22%2C%22Oid%22%3A%22o%22%7D',
    );
  });

  it('is the first one of an invitation', () => {
    const invitation = [
      'You are invited to a meeting. Details: https://wiki.example/agenda (see also zoom.us).',
      '',
      `Join the meeting: <${zoom}>`,
      'Find your local number: https://us05web.zoom.us/u/kexample',
      `Or meet us at ${meet}`,
    ].join('\r\n');
    assertRecognised(invitation, zoom);
    assertRecognised(`meet.google.com/kqz-mwvp-trb\n${zoom}`, meet);
  });

  it('is rather one to which a bot can come', () => {
    assertRecognised(`https://acme.zoomgov.com/j/1600000001 or ${meet}`, meet);
  });

  it('is never found in other links and texts', () => {
    for (const text of [
      '',
      'https://wiki.example/agenda',
      'Call 900 0000 0001',
      'zoom.us',
      'someone@zoom.us/j/1',
      'https://zoom.us/pricing',
      'https://meet.google.com/',
      'https://meet.google.com/new',
      'https://app.goto.com/',
      'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0',
      'https://www.google.com/search?q=meet.google.com/kqz-mwvp-trb',
      'ftp://zoom.us/j/1',
    ]) {
      assert.equal(findMeetingUrl(text), undefined, text);
    }
  });

  it('is looked for in the first 100,000 characters only, and never cut in two', () => {
    const filler = 'word '.repeat(20_000);
    assert.equal(findMeetingUrl(`${filler.slice(0, 99_000)}${meet} ${filler}`), meet);
    assert.equal(findMeetingUrl(`${filler}${meet}`), undefined);
    assert.equal(findMeetingUrl(`${filler.slice(0, 99_980)}https://zoom.us/j/90000000001?pwd=x`), undefined);
  });
});

describe('a link that only looks like one of a meeting', () => {
  const lookAlikes = [
    'https://zoom.us@evil.example/j/1',
    'https://zoom.us:pw@evil.example/j/1',
    'https://zoom.us%2Fj%2F1@evil.example/j/1',
    'https://zoom.us.evil.example/j/1',
    'https://evilzoom.us/j/1',
    'https://zoom-us.example/j/1',
    'https://evil.example/zoom.us/j/1',
    'https://evil.example/#https://zoom.us/j/1',
    'https://evil.example?zoom.us/j/1',
    'https://meet.google.com.evil.example/kqz-mwvp-trb',
    'https://notmeet.google.com/kqz-mwvp-trb',
    'https://zoom.us../j/1',
    'https://zoom.us:8443/j/1',
    'https://user@zoom.us/j/1',
    'https://user:pw@zoom.us/j/1',
    'https://zo\u043em.us/j/1',
    'https://zoom.u\u0455/j/1',
    'https://evil.example\\@zoom.us/j/1',
    'https://evil.example/\u202ehttps:zoom.us@x/j/1',
    'https://zoom.us/j/1x',
    'https://zoom.us/j/%31%0d',
    'https://zoom.us/redirect/j/1',
  ];
  for (const url of lookAlikes) {
    it(`is not recognised: ${encodeURI(url)}`, () => {
      assert.equal(findMeetingUrl(url), undefined);
      assert.notEqual(readMeetingUrl(url).kind, 'recognised');
    });
  }

  it('shows where it really leads', () => {
    assert.match(warningOf('https://zoom.us@evil.example/j/1') ?? '', /^This link leads to evil\.example,/);
    assert.match(warningOf('https://zo\u043em.us/j/1') ?? '', /^xn--zom-[a-z0-9]+\.us is not known/);
  });
});

describe('another link', () => {
  it('is kept, with a warning that names its host', () => {
    assert.deepEqual(readMeetingUrl(' <https://meet.example/room?x=1>. '), {
      kind: 'unrecognised',
      url: 'https://meet.example/room?x=1',
      warning: 'meet.example is not known here as a meeting platform. Recall may still accept the link.',
    });
    assert.equal(urlOf('meet.example:8443/room'), 'unrecognised: https://meet.example:8443/room');
    assert.equal(urlOf('See https://meet.example/room, please'), 'unrecognised: https://meet.example/room');
  });

  it('of a platform is said to be no meeting', () => {
    for (const [url, name] of [
      ['https://zoom.us/pricing', 'Zoom'],
      ['https://meet.google.com/new', 'Google Meet'],
      ['https://acme.webex.com/', 'Webex'],
    ] as const) {
      assert.equal(
        warningOf(url),
        `This is a link to ${name}, but not to a meeting as far as is known here. Recall may still accept it.`,
      );
    }
  });
});

describe('a text without a link', () => {
  const reasons: readonly (readonly [string, RegExp])[] = [
    ['', /^Paste the link of the meeting\.$/],
    [' \n ', /^Paste the link of the meeting\.$/],
    ['"."', /^Paste the link of the meeting\.$/],
    ['hello', /^This is not a link\./],
    ['someone@meet.example', /^This is not a link\./],
    ['https://localhost/j/1', /^This is not a link\./],
    ['let us meet at five', /^There is no meeting link in this text\./],
    ['900 0000 0001', /^This looks like a meeting number\./],
    ['mailto:someone@meet.example', /^Only links that start with https:/],
    ['javascript:alert(1)', /^Only links that start with https:/],
    ['ftp://zoom.us/j/1', /^Only links that start with https:/],
    ['https://', /^This link is incomplete or damaged\./],
    ['https://zoom us', /^(This is not a link|This link is)/],
    ['zoommtg://zoom.us/join?confno=abc', /^This link is incomplete or damaged\./],
    [`https://meet.example/${'a'.repeat(4000)}`, /^This link is too long/],
    [`https://meet.example/${'é'.repeat(1000)}`, /^This link is too long/],
  ];
  for (const [text, reason] of reasons) {
    it(`is refused with a reason: ${JSON.stringify(text.slice(0, 40))}`, () => {
      const reading = readMeetingUrl(text);
      assert.equal(reading.kind, 'malformed');
      assert.match(warningOf(text) ?? '', reason);
      assert.equal(findMeetingUrl(text), undefined);
    });
  }
});

describe('hostile text', () => {
  const length = 100_000;
  const pieces = [
    'a',
    '.',
    '-',
    'a.',
    'a-',
    '/',
    '\\',
    '\\/',
    '&',
    '&amp;',
    'amp;',
    '=',
    '%',
    '%3d',
    '?',
    '#',
    '@',
    ':',
    '<',
    '"',
    '(',
    '{',
    ' ',
    '\u0000',
    '\u200b',
    'http',
    'https:',
    'https://',
    'zoom.us/',
    'https://zoom.us/j/',
    'https://zoom.us/j/1',
    'https://www.google.com/url?q=',
    'https://a.safelinks.protection.outlook.com/?url=',
    'zoommtg://',
    'https://acme.webex.com/',
    'https://teams.microsoft.com/l/meetup-join/',
    'context={',
    'a/meetup-join/',
    '1',
    'xn--',
    '\ud800',
    'é',
  ];
  // Anything but linear time would take minutes here.
  for (const piece of pieces) {
    it(`is read at once: ${JSON.stringify(piece)} repeated`, () => {
      const text = piece.repeat(Math.ceil(length / piece.length));
      for (const hostile of [text, `${text} `, `https://${text}`, `https://zoom.us/${text}\n!`]) {
        assert.doesNotThrow(() => readMeetingUrl(hostile));
        assert.doesNotThrow(() => findMeetingUrl(hostile));
        assert.doesNotThrow(() => withoutSecrets(hostile));
      }
    });
  }

  const fragment = fc.constantFrom(
    ...pieces,
    zoom,
    meet,
    teams,
    encodeURIComponent(zoom),
    'zoom.us',
    'evil.example',
    'meet.google.com',
    '/j/',
    '/my/x',
    '?pwd=',
    '?p=',
    '?context=',
    '?MTID=m',
    '/j.php',
    '/acme',
    '#/l/meetup-join/',
    '/wc/1/join',
    'confno=1',
    '}',
    ')',
    ',',
    ';',
    '|',
    "'",
    '!',
    '\n',
    '\t',
    'u0026',
    '\\u0026',
    '&lt;',
    '。',
    '[::1]',
    '127.0.0.1',
  );
  const hostileText = fc.oneof(
    { weight: 4, arbitrary: fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
  );

  it('never makes the reading throw, and what is recognised is an https link to the platform', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const reading = readMeetingUrl(text);
        if (reading.kind !== 'recognised') return;
        const url = new URL(reading.url);
        assert.equal(url.protocol, 'https:');
        assert.equal(url.href, reading.url);
        assert.deepEqual([url.username, url.password, url.port, url.hash], ['', '', '', '']);
        assert.match(url.hostname, platformDomains[reading.platform] ?? /^never$/);
      }),
      { numRuns: 5000 },
    );
  });

  it('reads the same when the result is read again', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const reading = readMeetingUrl(text);
        if (reading.kind !== 'malformed') assertSameLink(reading);
      }),
      { numRuns: 5000 },
    );
  });

  it('reads the same again what was cut out or unwrapped', () => {
    for (const text of [
      'https:https://zoom.us/j/1[::1]\na',
      `https://teams.microsoft.com/"&amp;${teams}`,
      `https://www.google.com/url?q=${encodeURIComponent('https://zoom.us/j/1?pwd=a,b\\/c')}`,
      `https://www.google.com/url?q=${encodeURIComponent('https://meet.example/room?x=1).')}`,
    ]) {
      const reading = readMeetingUrl(text);
      assert.ok(reading.kind !== 'malformed');
      assertSameLink(reading);
    }
  });

  it('finds only what would be recognised', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const found = findMeetingUrl(text);
        if (found === undefined) return;
        assert.equal(urlOf(text), `recognised: ${found}`);
        assert.equal(findMeetingUrl(found), found);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a link without its secrets', () => {
  it('keeps the meeting and loses the rest', () => {
    for (const [url, shown] of [
      [meet, meet],
      [zoom, 'https://us05web.zoom.us/j/90000000002?pwd=***'],
      ['https://zoom.us/w/9?tk=a&pwd=b&zak=c#d', 'https://zoom.us/w/9?tk=***&pwd=***&zak=***'],
      [
        'https://teams.live.com/meet/9300000000001?p=aBcDeF',
        'https://teams.live.com/meet/9300000000001?p=***',
      ],
      [teams, 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?context=***'],
      ['https://x.example/a?secretname=1&secret&other=2', 'https://x.example/a?***'],
      ['https://user:pw@x.example/a', 'https://x.example/a'],
      ['https://us@er:pw@x.example', 'https://x.example'],
      ['https:\\\\user:pw@x.example/a', 'https:\\\\x.example/a'],
      ['user:pw@x.example/a', 'x.example/a'],
      ['zoom.us/j/9?pwd=a', 'zoom.us/j/9?pwd=***'],
      ['zoom.us/j/9&pwd=a', 'zoom.us/j/9&pwd=***'],
      ['https://zoom.us/j/9%3Fpwd%3Dabc', 'https://zoom.us/j/9%3Fpwd%3D***'],
      ['zoommtg://zoom.us/join?confno=9&pwd=a', 'zoommtg://zoom.us/join?confno=***&pwd=***'],
      ['https://x.example/#token=a', 'https://x.example/'],
      ['', ''],
    ] as const) {
      assert.equal(withoutSecrets(url), shown);
    }
  });

  it('never shows a secret, whatever surrounds it', () => {
    const secret = 'S3cr3t';
    const place = fc.constantFrom(
      '?pwd=',
      '&pwd=',
      '?tk=',
      '?a&p=',
      '?',
      '#',
      '?x=1#',
      '/a?context=%7b',
      '?q=https://y.example/?pwd=',
    );
    fc.assert(
      fc.property(fc.webUrl(), fc.constantFrom('', `${secret}:${secret}@`), place, (url, user, where) => {
        const text = `${url.replace('://', `://${user}`)}${where}${secret}`;
        assert.ok(!withoutSecrets(text).includes(secret), withoutSecrets(text));
        assert.equal(withoutSecrets(withoutSecrets(text)), withoutSecrets(text));
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof withoutSecrets(text) === 'string'));
  });
});

describe('a meeting label', () => {
  it('names the platform and the meeting', () => {
    assert.equal(meetingLabel('google_meet', 'kqz-mwvp-trb'), 'Google Meet kqz-mwvp-trb');
    assert.equal(meetingLabel('microsoft_teams', null), 'Microsoft Teams');
    assert.equal(meetingLabel('new_platform'), 'new_platform');
  });
});
