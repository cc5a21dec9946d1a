/** A text as people paste it, and the link that a bot is to be sent to; undefined where it holds no meeting. */
export interface PastedLink {
  readonly text: string;
  readonly link: string | undefined;
}

const zoom = 'https://acme.zoom.us/j/90000000007?pwd=q1w2';
const meet = 'https://meet.google.com/kqz-mwvp-trb';
const teams = 'https://teams.microsoft.com/meet/2000000000001?p=aBcDeF';
const encoded = encodeURIComponent(zoom);

/** Links that a mail gateway or a redirect is around. */
export const wrapped: Readonly<Record<string, PastedLink>> = {
  'Proofpoint 3': {
    text: 'https://urldefense.com/v3/__https://acme.zoom.us/j/90000000007?pwd=q1w2__;!!Ab!Ef$',
    link: zoom,
  },
  'Proofpoint 3, with a character replaced': {
    text: 'Join <https://urldefense.com/v3/__https://teams.microsoft.com/l/meetup-join/19*3ameeting_QUJD*40thread.v2/0?context=*7b*22Tid*22*3a*22t*22*7d__;JSUlJSUlJSUl!!Ab!Ef-g_h$ >',
    link: 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d',
  },
  'Proofpoint 3, with a run replaced': {
    text: `https://urldefense.com/v3/__https://zoom.us/j/**Apwd=x__;${Buffer.from('9?').toString('base64')}!!Ab!Ef$`,
    link: 'https://zoom.us/j/9?pwd=x',
  },
  'Proofpoint 3, with one slash lost': {
    text: 'https://urldefense.us/v3/__https:/acme.zoom.us/j/90000000007?pwd=q1w2__;!!Ab!Ef$',
    link: zoom,
  },
  'Proofpoint 2': {
    text: 'https://urldefense.proofpoint.com/v2/url?u=https-3A__meet.google.com_kqz-2Dmwvp-2Dtrb&d=x',
    link: meet,
  },
  'Proofpoint 2, with a passcode': {
    text: 'https://urldefense.proofpoint.com/v2/url?u=https-3A__acme.zoom.us_j_90000000007-3Fpwd-3Dq1w2&d=DwMFaQ&c=x',
    link: zoom,
  },
  'Proofpoint 1': { text: `https://urldefense.proofpoint.com/v1/url?u=${encoded}&k=x`, link: zoom },
  Barracuda: {
    text: 'https://linkprotect.cudasvc.com/url?a=https%3a%2f%2facme.zoom.us%2fj%2f90000000007%3fpwd%3dq1w2&c=E,1,a',
    link: zoom,
  },
  'Google, in a calendar': {
    text: `https://meet.google.com/linkredirect?authuser=0&dest=${encoded}`,
    link: zoom,
  },
  'Google, on signing in': {
    text: `https://accounts.google.com/ServiceLogin?continue=${encodeURIComponent(meet)}&hl=de`,
    link: meet,
  },
  'Check Point': { text: `https://protect.checkpoint.com/v2/___${zoom}___.YXBzMTphY21lOmM6bzo`, link: zoom },
  Avanan: { text: `https://avanan.url-protection.com/v1/url?o=${encoded}&g=x&h=y`, link: zoom },
  Cisco: { text: `https://secure-web.cisco.com/1abcDEF-g_h/${encoded}`, link: zoom },
  Sophos: {
    text: `https://eu-west-1.protection.sophos.com?d=zoom.us&u=${Buffer.from(zoom).toString('base64').replaceAll('=', '')}&i=x`,
    link: zoom,
  },
  'Trend Micro': {
    text: `https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/query?url=${encoded}&umid=x`,
    link: zoom,
  },
  Trellix: { text: `https://protect2.fireeye.com/v1/url?k=1-2-3&q=1&e=x&u=${encoded}`, link: zoom },
  Symantec: { text: `https://clicktime.symantec.com/3AbCdEf?u=${encoded}`, link: zoom },
  Fortinet: { text: `https://mail.acme.example/fmlurlsvc/?fewReq=:B:x&url=${encoded}`, link: zoom },
  Libraesva: { text: `https://urlsand.esvalabs.com/?u=${encoded}&e=1&h=2&f=y&p=y`, link: zoom },
  Trustwave: { text: `https://scanmail.trustwave.com/?c=1&d=x&s=5&u=${encoded}`, link: zoom },
  GMX: { text: `https://deref-gmx.net/mail/client/abc-DEF/dereferrer/?redirectUrl=${encoded}`, link: zoom },
  'Outlook on the web': { text: `https://mail.acme.example/owa/redir.aspx?REF=x&URL=${encoded}`, link: zoom },
  LinkedIn: { text: `https://www.linkedin.com/safety/go?url=${encoded}&trk=x`, link: zoom },
  'one in another': {
    text: `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(`https://secure-web.cisco.com/1ab/${encoded}`)}&data=x`,
    link: zoom,
  },
};

/** Links to a mail gateway that keeps the meeting link to itself, by its name. */
export const hidden: Readonly<Record<string, string>> = {
  Mimecast: 'https://protect-eu.mimecast.com/s/AbCdEfGhIjKlMnOp?domain=zoom.us',
  Intermedia: 'https://url.emailprotection.link/?bAbCdEfGhIjKlMnOpQrStUvWxYz~~',
  Hornetsecurity: 'https://atpscan.global.hornetsecurity.com/index.php?atp_str=AbCdEf',
  'Check Point': 'https://protect.checkpoint.com/v2/r01/___mfyux://xyz___.YXBzMTphY21lOmM6bzo',
};

/** Other forms of the links of a platform, and what it reads of their query. */
export const otherForms: Readonly<Record<string, PastedLink>> = {
  'the page that offers Teams, for governments': {
    text: 'https://gov.teams.microsoft.us/dl/launcher/launcher.html?url=/_%23/meet/98765%3Fp%3Dabc&type=meet',
    link: 'https://gov.teams.microsoft.us/meet/98765?p=abc',
  },
  'Google Meet while it loads': {
    text: 'https://meet.google.com/_meet/kqz-mwvp-trb?ijlm=1&hs=187',
    link: meet,
  },
  'Google Meet with another account': {
    text: 'https://meet.google.com/kqz-mwvp-trb?authuser=1&pli=1',
    link: meet,
  },
  "Zoom's page to join": { text: 'https://acme.zoom.us/join?confno=90000000007&pwd=q1w2', link: zoom },
  "Zoom's web client, with parameters of its own": {
    text: 'https://app.zoom.us/wc/90000000009/join?_x_zm_rtaid=A.1.b&pwd=q1w2',
    link: 'https://app.zoom.us/wc/join/90000000009?pwd=q1w2',
  },
  'Zoom, with what others count': { text: `${zoom}&omn=123&from=addon&uname=Ana`, link: zoom },
  'Teams, with a parameter that ends like the passcode': {
    text: 'https://teams.microsoft.com/meet/2000000000001?p=aB&pp=z',
    link: 'https://teams.microsoft.com/meet/2000000000001?p=aB',
  },
  'Teams, with more than its context': {
    text: 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?anon=true&context=%7b%7d&deeplinkId=1',
    link: 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_QUJD%40thread.v2/0?context=%7b%7d',
  },
};

/** Links that programs or people damaged, and that can be put right for sure. */
export const damaged: Readonly<Record<string, PastedLink>> = {
  'folded in a calendar': {
    text: 'URL:https://acme.zoom.us/j/90000000007?pwd=q1w\r\n 2e3r',
    link: 'https://acme.zoom.us/j/90000000007?pwd=q1w2e3r',
  },
  'folded in a calendar, with a tab': {
    text: 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:Join\\nhttps://acme.zo\n\tom.us/j/90000000007?pwd=q1w2\\nSee you\nEND:VEVENT',
    link: zoom,
  },
  'quoted-printable': {
    text: 'Join: https://teams.microsoft.com/meet/2000000000001?p=3DaBcDeF\r\nContent-Transfer-Encoding: quoted-printable',
    link: teams,
  },
  'quoted-printable, with a soft end of line': {
    text: 'Join: https://teams.microsoft.com/meet/20000000=\r\n00001?p=3DaBcDeF',
    link: teams,
  },
  'in HTML': {
    text: '<a href="https:&#x2F;&#x2F;acme.zoom.us&#47;j/90000000007?pwd&equals;q1w2&amp;from=x">',
    link: zoom,
  },
  'percent-encoded': { text: encoded, link: zoom },
  'percent-encoded twice': { text: `Link: ${encodeURIComponent(encoded)}`, link: zoom },
  'with a character that nobody sees': { text: 'https://meet.google.com/\u200bkqz-mwvp-trb', link: meet },
  'with a soft hyphen': { text: 'https://acme.zo\u00adom.us/j/90000000007?pwd=q1w2', link: zoom },
  'behind a byte order mark': { text: `\ufeff${zoom}`, link: zoom },
};

/** Links that text touches. */
export const touched: Readonly<Record<string, PastedLink>> = {
  'Japanese behind it': { text: 'https://acme.zoom.us/j/90000000007?pwd=q1w2にご参加ください', link: zoom },
  'Chinese before and behind it': { text: `会议：${meet}，请准时`, link: meet },
  arrows: { text: '→https://meet.google.com/kqz-mwvp-trb←', link: meet },
  emoji: { text: `👉${zoom}👈🏽`, link: zoom },
  'a sentence behind its full stop': { text: `${meet}.Please be on time`, link: meet },
  'a word before it': { text: `Link:${teams} (Teams)`, link: teams },
};

/** Two links of one meeting. */
export const sameMeeting: Readonly<Record<string, PastedLink>> = {
  'the passcode in the second': {
    text: `Where: https://acme.zoom.us/j/90000000007\nJoin: ${zoom}`,
    link: zoom,
  },
  'the passcode in the first': { text: `${zoom}\nhttps://us02web.zoom.us/j/90000000007`, link: zoom },
  'the passcode in the web client': {
    text: 'https://zoom.us/j/90000000007 or https://zoom.us/wc/90000000007/join?pwd=q1w2',
    link: 'https://zoom.us/wc/join/90000000007?pwd=q1w2',
  },
};

/** Links of the platforms that lead to no meeting. */
export const noMeetings: readonly string[] = [
  'https://teams.microsoft.com/l/message/19:a@unq.gbl.spaces/1700?context=%7B%22contextType%22%3A%22chat%22%7D',
  'https://teams.microsoft.com/l/message/19:b@thread.tacv2/1700?tenantId=t&context=%7B%7D',
  'https://teams.microsoft.com/meetingOptions/?organizerId=o&tenantId=t&threadId=19_meeting_x',
  'https://acme.webex.com/webappng/sites/acme/dashboard',
  'https://acme.webex.com/webappng/sites/acme/meeting/home',
  'https://acme.webex.com/webappng/sites/acme/recording/play/0123456789abcdef',
  'https://acme.webex.com/recordingservice/sites/acme/recording/0123456789abcdef/playback',
  'https://meet.goto.com/install',
  'https://app.goto.com/settings',
  'https://zoom.us/rec/share/AbCdEf',
  'https://zoom.us/u/kexample',
  'https://zoom.us/profile',
  'https://meet.google.com/landing',
  'https://app.slack.com/client/T0123456/C0123456',
];
