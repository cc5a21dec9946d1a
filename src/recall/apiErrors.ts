import * as l10n from '@vscode/l10n';
import { formatIn } from '../language/formats.ts';
import { joinSentences, withCode } from '../language/sentences.ts';
import { fieldOf, parseJson } from '../network/json.ts';
import { RecallError } from './errors.ts';
import type { RecallErrorCode } from './errors.ts';
import { refusalSentence } from './refusalCodes.ts';
import { regionOfOrigin } from './regions.ts';
import { withWordsOfRecall } from './wordsOfRecall.ts';

/** What the client needs of a refused request to put it in words. */
export interface RefusedAnswer {
  readonly status: number;
  readonly bodyText: string;
  /** The API origin that was asked. */
  readonly origin: string;
  /** What was asked for, below `/api/v1`. */
  readonly path: string;
  readonly retryAfterMs: number | undefined;
  /** Takes secrets out of what the answer says before it gets into a sentence. */
  readonly redact: (text: string) => string;
}

const MAX_DETAIL_LENGTH = 300;
// An error body is for people; what lies behind this is not looked at.
const MAX_EXAMINED_LENGTH = 100_000;

/** Turns a refused answer into the error that a user sees (Recall docs, "Errors"). */
export function refusal(answer: RefusedAnswer): RecallError {
  const body = parseJson(answer.bodyText);
  const detail = errorDetail(body, answer.redact);
  const apiCode = apiCodeOf(body);
  const { code, sentence } = refusalInWords(answer, body, detail, apiCode);
  return new RecallError(code, sentence, {
    status: answer.status,
    apiCode,
    retryAfterMs: answer.retryAfterMs,
  });
}

interface Refusal {
  readonly code: RecallErrorCode;
  readonly sentence: string;
}

function refusalInWords(
  answer: RefusedAnswer,
  body: unknown,
  detail: string | undefined,
  apiCode: string | undefined,
): Refusal {
  const saying = (sentence: string): string => {
    // A code is no sentence, but it can be looked up.
    const own = detail === undefined && apiCode !== undefined ? withCode(sentence, apiCode) : sentence;
    return withWordsOfRecall(own, detail);
  };
  const host = hostOf(answer.origin);
  switch (answer.status) {
    case 400:
      return {
        code: 'invalidRequest',
        sentence: badRequest(body, apiCode, saying),
      };
    case 401:
      return { code: 'keyRefused', sentence: keyRefusedWithDetail(answer.origin, detail) };
    case 402:
      return {
        code: 'creditUsedUp',
        sentence: saying(
          l10n.t('The credit of this Recall account is used up. Top it up in the Recall dashboard.'),
        ),
      };
    case 403:
      // The firewall answers with HTML only.
      return body === undefined
        ? {
            code: 'blocked',
            sentence: l10n.t(
              'The firewall of {0} blocked the request. This can be due to the network you are in.',
              host,
            ),
          }
        : { code: 'blocked', sentence: saying(l10n.t('Recall refused access.')) };
    case 404:
      // Recall answers with JSON about an object that it does not know, and with HTML about a path.
      return body === undefined && answer.bodyText.trim() !== ''
        ? {
            code: 'unexpectedAnswer',
            sentence: l10n.t(
              '{0} does not know this part of the Recall API. Check the setting recall.apiBaseUrl.',
              host,
            ),
          }
        : {
            code: 'notFound',
            sentence: notKnown(answer),
          };
    case 405:
      return {
        code: 'notAllowed',
        sentence: (apiCode && refusalSentence(apiCode)) ?? saying(l10n.t('Recall does not allow this now.')),
      };
    case 409:
      return { code: 'conflict', sentence: saying(l10n.t('Recall is still working on the same request.')) };
    case 429:
      return {
        code: 'rateLimited',
        sentence: tooManyRequests(answer.retryAfterMs),
      };
    case 507:
      return {
        code: 'noBotFree',
        sentence: l10n.t(
          'Recall has no free bot right now. Try again in a minute, or schedule the bot more than 10 minutes ahead.',
        ),
      };
    default:
      return answer.status >= 500
        ? {
            code: 'serverError',
            sentence: saying(l10n.t('Recall has trouble at the moment (status {0}).', answer.status)),
          }
        : {
            code: 'unexpectedAnswer',
            sentence: saying(l10n.t('Recall answered with status {0}.', answer.status)),
          };
  }
}

function badRequest(
  body: unknown,
  apiCode: string | undefined,
  saying: (sentence: string) => string,
): string {
  const known = apiCode === undefined ? undefined : refusalSentence(apiCode);
  if (known !== undefined && apiCode !== undefined) return withCode(known, apiCode);
  return fieldOf(body, 'meeting_url') === undefined
    ? saying(l10n.t('Recall refused the request.'))
    : saying(l10n.t('Recall does not accept this meeting link. Copy the whole link from the invitation.'));
}

/** What was asked for, by its place in the API, and where it may be instead. */
function notKnown({ origin, path }: RefusedAnswer): string {
  const place = regionOfOrigin(origin) ?? hostOf(origin);
  const [, kind, id] = /^\/([a-z_]{1,40})\/([\w-]{1,100})\//.exec(path) ?? [];
  const elsewhere = l10n.t('It may belong to another region or workspace than your API key.');
  if (kind === 'bot' && id !== undefined) {
    return joinSentences(l10n.t('Recall does not know the bot {0} in {1}.', id, place), elsewhere);
  }
  return id === undefined
    ? joinSentences(l10n.t('Recall does not know this in {0}.', place), elsewhere)
    : joinSentences(l10n.t('Recall does not know the recording {0} in {1}.', id, place), elsewhere);
}

/** Says that a key was refused, and that keys belong to one region. */
export function keyRefusedSentence(origin: string): string {
  const region = regionOfOrigin(origin);
  return region === undefined
    ? l10n.t('{0} did not accept the API key.', hostOf(origin))
    : l10n.t('The API key was not accepted in the region {0}. A key belongs to one region.', region);
}

function keyRefusedWithDetail(origin: string, detail: string | undefined): string {
  const sentence = keyRefusedSentence(origin);
  // That the key is invalid or of another region is what the sentence says already.
  return detail === undefined || /^invalid (api )?token\./i.test(detail)
    ? sentence
    : withWordsOfRecall(sentence, detail);
}

function tooManyRequests(retryAfterMs: number | undefined): string {
  if (retryAfterMs === undefined) return l10n.t('Too many requests to Recall. Try again in a minute.');
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  if (seconds > 24 * 3600) return l10n.t('Too many requests to Recall. Try again later.');
  return l10n.t({
    message: 'Too many requests to Recall. Try again {0}.',
    args: [waitInWords(seconds)],
    comment: '{0} is "in 5 minutes" or the like',
  });
}

function waitInWords(seconds: number): string {
  if (seconds <= 120) return formatIn(seconds, 'second');
  if (seconds <= 2 * 3600) return formatIn(Math.ceil(seconds / 60), 'minute');
  return formatIn(Math.ceil(seconds / 3600), 'hour');
}

function hostOf(origin: string): string {
  return new URL(origin).host;
}

function apiCodeOf(body: unknown): string | undefined {
  const code = textField(body, 'code') ?? textField(fieldOf(body, 'error'), 'code');
  return code !== undefined && /^[\w.-]{1,100}$/.test(code) ? code : undefined;
}

function textField(body: unknown, field: string): string | undefined {
  const value = fieldOf(body, field);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The human part of an error body in any of its known shapes, on one line and cut; undefined for HTML and the like. */
function errorDetail(body: unknown, redact: (text: string) => string): string | undefined {
  const text =
    typeof body === 'string'
      ? body
      : (textField(body, 'detail') ??
        textField(body, 'message') ??
        textField(body, 'error') ??
        textField(fieldOf(body, 'error'), 'message') ??
        fieldMessages(body, 0));
  if (text === undefined || isMarkup(text.slice(0, MAX_EXAMINED_LENGTH)) || isCode(text)) return undefined;
  const line = redact(onOneLine(text.slice(0, MAX_EXAMINED_LENGTH)))
    // VS Code makes links, even ones that run commands, of [text](address) in a notification.
    .replaceAll('](', '] (');
  return line === '' ? undefined : withFullStop(cut(line));
}

/** A word such as `cannot_delete_bot` says something to programs only. */
function isCode(text: string): boolean {
  return /^\s*[a-z0-9]+(?:[_-][a-z0-9]+)+\.?\s*$/i.test(text);
}

function isMarkup(text: string): boolean {
  return /<[a-z!/?]/i.test(text);
}

function onOneLine(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
}

function cut(line: string): string {
  if (line.length <= MAX_DETAIL_LENGTH) return line;
  return `${line.slice(0, MAX_DETAIL_LENGTH).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function withFullStop(line: string): string {
  return /[\p{L}\p{N}]$/u.test(line) ? `${line}.` : line;
}

// Names that say nothing about which part of the request is meant.
const UNLABELLED = new Set(['', 'non_field_errors', 'code', 'detail', 'message', 'error', 'errors']);

/** `{"field": ["text", ...]}`, nested at most three deep, as `field: text`. */
function fieldMessages(body: unknown, depth: number): string | undefined {
  if (typeof body !== 'object' || body === null || depth > 3) return undefined;
  const messages = Object.entries(body)
    .slice(0, 5)
    .flatMap(([field, value]: [string, unknown]) => {
      const text =
        typeof value === 'string'
          ? onOneLine(value.slice(0, MAX_EXAMINED_LENGTH))
          : fieldMessages(value, depth + 1);
      if (text === undefined || text === '') return [];
      return [Array.isArray(body) || UNLABELLED.has(field.trim()) ? text : `${field}: ${text}`];
    });
  return messages.length === 0 ? undefined : messages.join(' ');
}
