import * as l10n from '@vscode/l10n';
import { formatFirst } from '../language/formats.ts';

/** More names would push aside what else is said of a meeting. */
const MOST_NAMES = 3;

/** Who was in a meeting, such as "With Ana, Ben and 3 others"; undefined when no name is known. */
export function peopleLine(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  // "And 1 other" would be no shorter than the name.
  const most = names.length > MOST_NAMES ? MOST_NAMES - 1 : MOST_NAMES;
  return l10n.t({
    message: 'With {0}',
    args: [formatFirst(names, most)],
    comment: '{0} is a list of names',
  });
}
