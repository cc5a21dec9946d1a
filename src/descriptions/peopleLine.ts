import * as l10n from '@vscode/l10n';
import { formatCount, formatList } from '../language/formats.ts';

/** More names would push aside what else is said of a meeting. */
const MOST_NAMES = 3;

/** Who was in a meeting, such as "With Ana, Ben and 3 others"; undefined when no name is known. */
export function peopleLine(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const shown = names.length > MOST_NAMES ? names.slice(0, MOST_NAMES - 1) : names;
  const others = names.length - shown.length;
  return l10n.t({
    message: 'With {0}',
    args: [formatList(others === 0 ? shown : [...shown, l10n.t('{0} others', formatCount(others))])],
    comment: '{0} is a list of names',
  });
}
