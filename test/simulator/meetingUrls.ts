/** A meeting link as the API shows it in its answers. */
export interface ParsedMeetingUrl {
  readonly platform: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Reads a link that the API would accept; undefined for any other. */
export function parseMeetingUrl(text: string): ParsedMeetingUrl | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
  return zoom(url) ?? meet(url) ?? teams(url) ?? webex(url) ?? goTo(url);
}

/** A made-up link of the platform that {@link parseMeetingUrl} reads. `number` makes it distinct. */
export function sampleMeetingUrl(platform: string, number: number): string {
  const digits = String(number).padStart(4, '0');
  switch (platform) {
    case 'google_meet':
      return `https://meet.google.com/kqz-${letters(number)}-trb`;
    case 'microsoft_teams':
      return `https://teams.microsoft.com/meet/200000000${digits}?p=aBcDeF`;
    case 'microsoft_teams_live':
      return `https://teams.live.com/meet/930000000${digits}?p=aBcDeF`;
    case 'webex':
      return `https://acme.webex.com/acme/j.php?MTID=m012345${digits}`;
    case 'goto_meeting':
      return `https://app.goto.com/meeting/60000${digits}`;
    default:
      return `https://us05web.zoom.us/j/9000000${digits}?pwd=Ab3xYz.1`;
  }
}

function letters(number: number): string {
  return [0, 1, 2, 3]
    .map((place) => String.fromCharCode(97 + (Math.floor(number / 26 ** place) % 26)))
    .join('');
}

function zoom(url: URL): ParsedMeetingUrl | undefined {
  if (!/(^|\.)zoom\.(us|com)$/.test(url.hostname)) return undefined;
  const id =
    /^\/(?:j|s|wc\/join)\/(\d+)/.exec(url.pathname)?.[1] ?? /^\/(?:my|w)\/(\w+)/.exec(url.pathname)?.[1];
  if (id === undefined) return undefined;
  return {
    platform: 'zoom',
    json: { meeting_id: id, meeting_password: url.searchParams.get('pwd'), platform: 'zoom' },
  };
}

function meet(url: URL): ParsedMeetingUrl | undefined {
  const id = /^\/(\w{3}-\w{4}-\w{3})$/.exec(url.pathname)?.[1];
  if (url.hostname !== 'meet.google.com' || id === undefined) return undefined;
  return { platform: 'google_meet', json: { meeting_id: id, platform: 'google_meet' } };
}

function teams(url: URL): ParsedMeetingUrl | undefined {
  const thread = /(?:meetup-join|message)\/([^/]+)\/(\d+)/.exec(url.pathname);
  if (thread && url.search !== '') {
    const context = /"Tid":"([^"]*)"/.exec(url.searchParams.get('context') ?? '');
    return teamsMeeting('microsoft_teams', {
      thread_id: decodeURIComponent(thread[1] ?? ''),
      message_id: thread[2] ?? null,
      tenant_id: context?.[1] ?? null,
    });
  }
  const id = /^\/meet\/(\d+)/.exec(url.pathname)?.[1];
  if (id === undefined) return undefined;
  const password = url.searchParams.get('p');
  if (url.hostname === 'teams.live.com') {
    return teamsMeeting('microsoft_teams_live', { meeting_id: id, meeting_password: password });
  }
  if (url.hostname !== 'teams.microsoft.com') return undefined;
  return teamsMeeting('microsoft_teams', { business_meeting_id: id, business_meeting_password: password });
}

function teamsMeeting(platform: string, known: Readonly<Record<string, string | null>>): ParsedMeetingUrl {
  return {
    platform,
    json: {
      meeting_id: null,
      meeting_password: null,
      organizer_id: null,
      tenant_id: null,
      message_id: null,
      thread_id: null,
      business_meeting_id: null,
      business_meeting_password: null,
      ...known,
      platform,
    },
  };
}

function webex(url: URL): ParsedMeetingUrl | undefined {
  const subdomain = /^(.+)\.webex\.com$/.exec(url.hostname)?.[1];
  const path = /^\/(.+)\/j\.php$/.exec(url.pathname)?.[1];
  const mtid = url.searchParams.get('MTID');
  if (subdomain === undefined || path === undefined || mtid === null) return undefined;
  return {
    platform: 'webex',
    json: { meeting_subdomain: subdomain, meeting_mtid: mtid, meeting_path: path, platform: 'webex' },
  };
}

function goTo(url: URL): ParsedMeetingUrl | undefined {
  const id = /(\d+)\/?$/.exec(url.pathname)?.[1];
  if (url.hostname !== 'app.goto.com' || id === undefined) return undefined;
  return { platform: 'goto_meeting', json: { meeting_id: id, platform: 'goto_meeting' } };
}
