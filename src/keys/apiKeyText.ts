import * as l10n from '@vscode/l10n';
import { isSendableKey } from '../recall/transport.ts';

/** What somebody pasted as an API key, read. */
export type ApiKeyReading =
  | { readonly kind: 'key'; readonly key: string }
  /** No key can be made out; `reason` says what to do. */
  | { readonly kind: 'problem'; readonly reason: string };

const QUOTES = `"'\`“”„‘’‚«»`;
const NAME = String.raw`["'\x60]?[\w.-]*(?:api|key|token|recall|auth|secret)[\w.-]*["'\x60]?`;
/** The name that a key is given in shells, files of settings and programs. */
const ASSIGNED = new RegExp(
  String.raw`^[\s>$#-]*(?:(?:export|set|setx|const|let|var|env)\s+)?(?:\$env:)?${NAME}\s*(?:=>|:=|[=:]|\s(?=\S+$))\s*(?=\S)`,
  'i',
);
const IN_HEADER = /authorization["'`]?\s*[:=]\s*(.*)$/i;
const SCHEME = /^(?:token|bearer)(?:\s+|$)/i;

/**
 * Takes the key out of what people paste: a line of a settings file, a header, a piece of a program, with quotes,
 * a semicolon or a comment. Looks at the line that names a key where there are several.
 */
export function readApiKey(pasted: string): ApiKeyReading {
  const line = lineWithKey(pasted.slice(0, 10_000).replace(/\p{Cf}/gu, ''));
  const text = IN_HEADER.exec(line)?.[1] ?? line.replace(ASSIGNED, '');
  const key = bare(bare(withoutComment(text)).replace(SCHEME, ''));
  if (/^[a-z]+:\/\//i.test(key) || /(?:^|\.)recall\.ai(?:\/|$)/i.test(key)) {
    return {
      kind: 'problem',
      reason: l10n.t('This is an address, not an API key. Paste the key that the dashboard shows there.'),
    };
  }
  if (/\s/.test(key)) {
    return {
      kind: 'problem',
      reason: l10n.t('There is a space in this, so it is not an API key. Paste the key alone.'),
    };
  }
  return isSendableKey(key)
    ? { kind: 'key', key }
    : {
        kind: 'problem',
        reason: l10n.t('This is not an API key. Paste it as the dashboard shows it.'),
      };
}

function lineWithKey(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const named = lines.filter((line) => IN_HEADER.test(line) || ASSIGNED.test(line));
  return (named.find((line) => /recall/i.test(line)) ?? named[0] ?? lines.join(' ')).trim();
}

function withoutComment(text: string): string {
  const first = text.trim().charAt(0);
  // In quotes, a comment is what comes behind the closing one.
  const quoted =
    QUOTES.includes(first) && first !== ''
      ? new RegExp(`^.[^${QUOTES}]*[${QUOTES}]`).exec(text.trim())?.[0]
      : undefined;
  return quoted ?? text.replace(/\s+(?:#|\/\/|;).*$/, '');
}

/** Without the quotes, brackets and signs around it. */
function bare(text: string): string {
  let start = 0;
  let end = text.length;
  const isAround = (sign: string): boolean =>
    /\s/.test(sign) || QUOTES.includes(sign) || '{}()[]<>,;\\'.includes(sign);
  while (start < end && isAround(text.charAt(start))) start++;
  while (end > start && isAround(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
