/** Text beyond this many characters is not looked at. */
const longestText = 100_000;
const longestTitle = 300;

/**
 * The words for a meeting's subject before a colon, in lower case and without spaces: those of Zoom's invitations, and
 * those of mail headers in the languages of mail programs.
 */
const topicWords: ReadonlySet<string> = new Set(
  [
    ['topic', 'subject', 'title', 'meetingtopic', 'thema', 'betreff', 'sujet', 'objet', 'tema', 'asunto'],
    ['tópico', 'assunto', 'argomento', 'oggetto', 'onderwerp', 'ämne', 'emne', 'aihe', 'temat', 'předmět'],
    [
      'téma',
      'predmet',
      'tárgy',
      'subiect',
      'тема',
      'konu',
      'chủđề',
      'topik',
      'subjek',
      'หัวข้อ',
      'θέμα',
      'נושא',
    ],
    ['الموضوع', 'トピック', '件名', '主题', '主題', '주제', '제목'],
  ].flat(),
);

/** What Zoom writes below the title of a calendar entry; above it stands who invites. */
const zoomInvites: readonly RegExp[] = [
  /\bis inviting you to a(?: scheduled)? Zoom (?:meeting|webinar)/i,
  /\blädt Sie zu einem (?:geplanten )?Zoom[- ]Meeting ein/i,
  /\bvous invite à une réunion Zoom/i,
  /\b(?:lo|le|te) está invitando a una reunión/i,
  /\bestá convidando (?:você|o) para uma reunião/i,
  /\bsta invitando (?:a una|a un|Lei)/i,
  /\bnodigt u uit voor een (?:geplande )?Zoom/i,
  /\bbjuder in dig till ett (?:schemalagt )?Zoom/i,
  /\bzaprasza (?:Cię|Państwa) na (?:zaplanowane )?spotkanie/i,
  /приглашает вас на запланированную конференцию/i,
  /sizi (?:planlanmış|zamanlanmış) bir Zoom/i,
  /Zoom ミーティングに招待して/,
  /邀请您参加预先安排的|邀請您參加/,
  /Zoom 회의에 (?:귀하를 )?초대/,
];

/** What mail programs and calendars put before a subject. */
const prefix =
  /^(?:(?:re|aw|sv|vs|fwd?|wg|tr|rv|enc|antw|odp|回复|回覆|转发|轉寄)\s*[:：]|(?:(?:updated )?invitation(?: from an unknown sender)?|(?:aktualisierte )?einladung|invitation (?:modifiée|mise à jour)|invitación(?: actualizada)?|convite(?: atualizado)?|invito(?: aggiornato)?|accepted|tentative|canceled)\s*:)\s*/i;

/** When a calendar entry takes place, as Google writes it behind an at sign: `Weekly sync @ Mon Mar 2, 2026 9am`. */
const placedAt = / @ (?=[^@]{0,250}(?:\d[:.h]\d\d|\d\s?[ap]\.?m\b|\b(?:19|20)\d\d\b|\d年)).{3,250}$/i;
/** What turns the reading direction. */
const turns = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Words for a subject that no mail has, whose titles people begin as they like. */
const noMailWords: ReadonlySet<string> = new Set(['topic', 'title', 'meetingtopic', 'tópico', 'トピック']);
const twoTimes =
  /\d{1,2}(?:[:.h]\d{2})?\s?(?:[ap]\.?m\.?)?\s?(?:–|—|-|to|bis|à|〜|~)\s?\d{1,2}(?:[:.h]\d{2})?/i;
const googleMeetLink = /https:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}\b/;
const hasLink = /https?:\/\/|www\./i;

/**
 * Finds what an invitation says the meeting is about: the `SUMMARY` of a calendar file, the subject of a mail, the topic
 * in Zoom's invitations, the title that calendars put above the link. Looks at the first 100,000 characters.
 *
 * @returns one line, of at most 300 characters; undefined when the text does not say
 */
export function findMeetingTitle(text: string): string | undefined {
  const excerpt = text.slice(0, longestText).replace(turns, ' ');
  const lines = excerpt.split(/\r\n|[\r\n\u2028\u2029]/);
  return (
    calendarSummary(excerpt) ?? namedTopic(lines) ?? titleAboveZoom(lines) ?? titleAboveGoogleMeet(lines)
  );
}

/** The summary of the first event (RFC 5545, 3.8.1.12); alarms and time zones have others. */
function calendarSummary(text: string): string | undefined {
  const event = /^BEGIN:VEVENT\r?$([\s\S]*?)^(?:BEGIN:VALARM|END:VEVENT|(?![\s\S]))/m.exec(text)?.[1];
  const summary = /^SUMMARY(?:;(?:[^":\r\n]|"[^"\r\n]*")*)?:(.*)$/m.exec(
    (event ?? '').replace(/\r?\n[ \t]/g, ''),
  )?.[1];
  return summary === undefined
    ? undefined
    : usable(
        summary.replace(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? ' ' : sign)),
        false,
      );
}

function namedTopic(lines: readonly string[]): string | undefined {
  for (const [at, line] of lines.entries()) {
    const [, word = '', rest = ''] =
      /^[\s>*_]*([\p{L}\p{M}][\p{L}\p{M} ]{0,20}?)[*_]*\s?[:：][*_]*(.*)$/u.exec(line) ?? [];
    const known = word.toLowerCase().replaceAll(' ', '').normalize('NFC');
    if (!topicWords.has(known)) continue;
    const title = usable(readableHeader(unfolded(rest, lines.slice(at + 1))), !noMailWords.has(known));
    if (title !== undefined) return title;
  }
  return undefined;
}

/** A long header goes on in lines that begin with a space (RFC 5322, 2.2.3). Text of people does so with less reason. */
function unfolded(rest: string, next: readonly string[]): string {
  if (!/^\s*=\?/.test(rest)) return rest;
  const end = next.findIndex((line) => !/^[ \t]+=\?/.test(line));
  return [rest, ...next.slice(0, end === -1 ? next.length : end)].join(' ');
}

/** Undoes the encoding of mail headers (RFC 2047). */
function readableHeader(text: string): string {
  const word = /=\?([\w-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,500})\?=/gi;
  return text
    .replace(/(\?=)[ \t]+(?==\?)/g, '$1')
    .replace(word, (whole, charset: string, encoding: string, content: string) => {
      const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : quotedBytes(content);
      return decoded(bytes, charset) ?? whole;
    });
}

function quotedBytes(content: string): Buffer {
  const text = content.replaceAll('_', ' ');
  const latin = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(latin, 'latin1');
}

function decoded(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A character set that is not known here: the word stays as it is.
    return undefined;
  }
}

/** The title of a calendar entry stands above Zoom's words, with nothing but an empty line between them. */
function titleAboveZoom(lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => zoomInvites.some((words) => words.test(line)));
  const above = lines.slice(0, Math.max(0, at)).filter((line) => line.trim() !== '');
  return usable(above.at(-1) ?? '');
}

/** What Google Calendar copies: the title, when it is, and the link below. */
function titleAboveGoogleMeet(lines: readonly string[]): string | undefined {
  const [title = '', when = ''] = lines.filter((line) => line.trim() !== '');
  const isCopied = twoTimes.test(when) && lines.some((line) => googleMeetLink.test(line));
  return isCopied ? usable(title) : undefined;
}

/**
 * A title on one line, without what calendars and mail programs add; undefined when nothing is left or it is a link.
 *
 * @param isOfMail whether a mail program may have put something before it
 */
function usable(text: string, isOfMail = true): string | undefined {
  let title = text
    .slice(0, 2000)
    .replace(/(?:(?![\u200c\u200d])[\s\p{Cc}\p{Cf}])+/gu, ' ')
    .trim();
  for (let before = ''; before !== title;) {
    before = title;
    title = (isOfMail ? title.replace(prefix, '') : title).replace(placedAt, '').trim();
  }
  title = withoutMarks(title);
  return title === '' || hasLink.test(title) ? undefined : title.slice(0, longestTitle);
}

/** Without marks of Markdown and quotes around all of it. What stands around a part of it stays. */
function withoutMarks(title: string): string {
  const plain = title
    .replace(/^([*_]+)([^*_].*)\1$/, '$2')
    .replace(/^[*_]+(?=[^*_]*$)|(?<=^[^*_]*)[*_]+$/g, '')
    .replace(/^["“„]([^"“„”]*)["”“]$/, '$1')
    .trim();
  return plain === title ? plain : withoutMarks(plain);
}
