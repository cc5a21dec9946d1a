import { beginningOf } from '../language/oneLine.ts';
import type { Log } from './log.ts';

/** Takes out of a text what must not be in a log or an error. */
export interface Redactor {
  /** From now on `value` is hidden wherever it occurs, also URL-encoded. Values of less than 4 characters are ignored. */
  addSecret(value: string): void;
  /**
   * One line without the secrets, the credentials of headers, the query, fragment and log-in of every URL, and
   * meeting passwords. Control and bidirectional characters come out as escapes, so that no text can forge a log line.
   * At most 10,000 characters; the time it takes grows evenly with the length of the text. Never throws.
   */
  redact(text: string): string;
}

const HIDDEN = '[hidden]';
const MIN_SECRET_LENGTH = 4;
const MAX_LENGTH = 10_000;
// Patterns are tried on this much only. What lies behind it could hardly move into the first 10,000 characters.
const MAX_EXAMINED_LENGTH = 100_000;

/** Makes a redactor that knows no exact secret yet. */
export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  let longestFirst: readonly string[] = [];
  return {
    addSecret: (value) => {
      if (value.length < MIN_SECRET_LENGTH) return;
      for (const form of writtenForms(value)) secrets.add(form);
      longestFirst = [...secrets].toSorted((a, b) => b.length - a.length);
    },
    redact: (text) => {
      const withoutSecrets = longestFirst.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
      return cut(escapeInvisible(redactPatterns(withoutSecrets.slice(0, MAX_EXAMINED_LENGTH))));
    },
  };
}

/** A log whose every line passes the redactor before it reaches `log`. */
export function redactingLog(log: Log, redactor: Redactor): Log {
  return {
    trace: (message) => {
      log.trace(redactor.redact(message));
    },
    debug: (message) => {
      log.debug(redactor.redact(message));
    },
    info: (message) => {
      log.info(redactor.redact(message));
    },
    warn: (message) => {
      log.warn(redactor.redact(message));
    },
    error: (message) => {
      log.error(redactor.redact(message));
    },
  };
}

function writtenForms(secret: string): string[] {
  const encoded = encodeURIComponent(secret.toWellFormed());
  const lowerCaseEscapes = encoded.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
  return [secret, encoded, lowerCaseEscapes, JSON.stringify(secret).slice(1, -1)];
}

// None of these patterns begins with a repetition, and what is repeated in them ends where it cannot go on: each
// looks at every character a fixed number of times.
const NAMED_SECRET =
  /((?:password|passcode|download_url|api_?key)\\*["']?\s{0,20}[:=]\s{0,20})("(?:[^"\\]|\\[^])*"?|'(?:[^'\\]|\\[^])*'?|\\+["'][^"\\]*|[^\s"]+)/gi;
const URL_AFTER_SCHEME = /:\\?\/\\?\/[^\s"<>]+/g;
const QUERY_SECRET =
  /((?:[?&;#]|%3f|%26)(?:(?:[a-z]{1,20}[_-]?)?(?:token|secret|signature|password|passcode|jwt)|pwd|tk|zak|p|sig|auth|code|session|(?:api[_-]?)?key|awsaccesskeyid|x-amz-[a-z-]{1,40})(?:=|%3d))[^\s&"<>]+/gi;
// Without a question mark before it, and in JSON.
const BARE_SECRET = /((?<![\w%.-])(?:[a-z]{1,20}[_-])?(?:token|secret|signature|jwt|pwd|zak)=)[^\s&"<>]+/gi;
const QUOTED_SECRET = /((?:token|secret|jwt|pwd|zak)\\*"\s{0,20}:\s{0,20}\\*")[^"\\]+/gi;
const CREDENTIAL_HEADER =
  /((?:authorization|cookie|api-key)\\*["']?[^\S\r\n]{0,20}[:=]\s{0,20}\\*["']?)(?!\[hidden\])[^\s"'\\]+(?:[^\S\r\n]+[^\s"'\\]+)?/gi;
const SCHEME_AND_CREDENTIAL = /\b((?:token|bearer|basic)(?:[^\S\r\n]{1,20}|%20|\+))([^\s"'\\,;<>()]+)/gi;

function redactPatterns(text: string): string {
  return text
    .replace(NAMED_SECRET, hideNamedValue)
    .replace(URL_AFTER_SCHEME, hideUrlSecrets)
    .replace(QUERY_SECRET, '$1…')
    .replace(BARE_SECRET, '$1…')
    .replace(QUOTED_SECRET, `$1${HIDDEN}`)
    .replace(CREDENTIAL_HEADER, `$1${HIDDEN}`)
    .replace(SCHEME_AND_CREDENTIAL, (whole, scheme: string, word: string) =>
      isPlainWord(word) ? whole : `${scheme}${HIDDEN}`,
    );
}

function hideNamedValue(whole: string, name: string, value: string): string {
  if (/^null\b/.test(value)) return whole;
  const opening = /^\\*["']?/.exec(value)?.[0] ?? '';
  const closing = opening.length === 1 && value.length > 1 && value.endsWith(opening) ? opening : '';
  return `${name}${opening}${HIDDEN}${closing}`;
}

/** Hides the log-in, the query and the fragment in the part of a URL that follows the scheme. */
function hideUrlSecrets(afterScheme: string): string {
  const tailAt = afterScheme.search(/[?#]/);
  const place = tailAt < 0 ? afterScheme : afterScheme.slice(0, tailAt);
  const [slashes = ''] = /^:\\?\/\\?\//.exec(place) ?? [];
  const rest = place.slice(slashes.length);
  const pathAt = rest.search(/[\\/]/);
  const authority = pathAt < 0 ? rest : rest.slice(0, pathAt);
  const logInEnd = authority.lastIndexOf('@');
  const host = logInEnd < 0 ? authority : `${HIDDEN}${authority.slice(logInEnd)}`;
  const path = pathAt < 0 ? '' : rest.slice(pathAt);
  return `${slashes}${host}${path}${tailAt < 0 ? '' : `${afterScheme.charAt(tailAt)}…`}`;
}

/** Whether a word after "token" is prose ("the token was refused") and not a credential. */
function isPlainWord(word: string): boolean {
  return /^[A-Za-z]?[a-z]{0,14}[.:!?]?$/.test(word);
}

function escapeInvisible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

function cut(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  return `${beginningOf(text, MAX_LENGTH - 1)}…`;
}
