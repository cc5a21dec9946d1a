import { RecallError } from './errors.ts';
import { regionOfOrigin } from './regions.ts';

/** What the client needs of a refused request to put it in words. */
export interface RefusedAnswer {
  readonly status: number;
  readonly bodyText: string;
  /** The API origin that was asked. */
  readonly origin: string;
  readonly retryAfterMs: number | undefined;
}

const MAX_DETAIL_LENGTH = 300;

/** Turns a refused answer into the error that a user sees (Recall docs, "Errors"). */
export function refusal(answer: RefusedAnswer): RecallError {
  const body = parseJson(answer.bodyText);
  const apiCode = textField(body, 'code');
  const detail = errorDetail(body);
  const details = { status: answer.status, apiCode, retryAfterMs: answer.retryAfterMs };
  const said = detail === undefined ? '' : ` Recall says: ${detail}`;
  switch (answer.status) {
    case 400:
      return new RecallError('invalidRequest', `Recall refused the request.${said}`, details);
    case 401:
      return new RecallError('keyRefused', `${keyRefusedSentence(answer.origin)}${said}`, details);
    case 402:
      return new RecallError(
        'creditUsedUp',
        `The credit of this Recall account is used up. Top it up in the Recall dashboard.${said}`,
        details,
      );
    case 403:
      return new RecallError(
        'blocked',
        `The firewall of ${hostOf(answer.origin)} blocked the request. This can be due to the network you are in.${said}`,
        details,
      );
    case 404:
      return new RecallError(
        'notFound',
        `Recall does not know this in the workspace of your API key.${said}`,
        details,
      );
    case 405:
      return new RecallError('notAllowed', `Recall does not allow this now.${said}`, details);
    case 409:
      return new RecallError('conflict', `Recall is still working on the same request.${said}`, details);
    case 429:
      return new RecallError(
        'rateLimited',
        `Too many requests to Recall. Try again in ${waitWords(details)}.`,
        details,
      );
    case 507:
      return new RecallError(
        'noBotFree',
        'Recall has no free bot right now. Try again in a minute, or schedule the bot more than 10 minutes ahead.',
        details,
      );
    default:
      return answer.status >= 500
        ? new RecallError(
            'serverError',
            `Recall has trouble at the moment (status ${answer.status}).${said}`,
            details,
          )
        : new RecallError(
            'unexpectedAnswer',
            `Recall answered with status ${answer.status}.${said}`,
            details,
          );
  }
}

/** Says that a key was refused, and that keys belong to one region. */
export function keyRefusedSentence(origin: string): string {
  const region = regionOfOrigin(origin);
  return region === undefined
    ? `${hostOf(origin)} did not accept the API key.`
    : `The API key was not accepted in the region ${region}. A key belongs to one region.`;
}

function waitWords(details: { readonly retryAfterMs: number | undefined }): string {
  if (details.retryAfterMs === undefined) return 'a minute';
  const seconds = Math.ceil(details.retryAfterMs / 1000);
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

function hostOf(origin: string): string {
  return new URL(origin).host;
}

/** Parses text as JSON; undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Error pages are HTML or plain text: not being JSON is an answer here, not a failure.
    return undefined;
  }
}

function textField(body: unknown, field: string): string | undefined {
  if (typeof body !== 'object' || body === null || !(field in body)) return undefined;
  const value: unknown = (body as Record<string, unknown>)[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The human part of an error body in any of its known shapes, on one line and cut; undefined for HTML and the like. */
function errorDetail(body: unknown): string | undefined {
  const text =
    typeof body === 'string'
      ? body
      : (textField(body, 'detail') ??
        textField(body, 'message') ??
        textField(body, 'error') ??
        fieldMessages(body, 0));
  if (text === undefined) return undefined;
  const line = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  if (line === '') return undefined;
  return line.length > MAX_DETAIL_LENGTH ? `${line.slice(0, MAX_DETAIL_LENGTH)}…` : line;
}

/** `{"field": ["text", ...]}`, nested at most three deep, as `field: text`. */
function fieldMessages(body: unknown, depth: number): string | undefined {
  if (typeof body !== 'object' || body === null || depth > 3) return undefined;
  const messages = Object.entries(body)
    .slice(0, 5)
    .flatMap(([field, value]: [string, unknown]) => {
      const text = typeof value === 'string' ? value : fieldMessages(value, depth + 1);
      if (text === undefined) return [];
      return [
        /^\d+$/.test(field) || field === 'non_field_errors' || field === 'code' ? text : `${field}: ${text}`,
      ];
    });
  return messages.length === 0 ? undefined : messages.join(' ');
}
