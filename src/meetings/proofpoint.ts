const v3Link =
  /https?:\/\/urldefense(?:\.proofpoint)?\.(?:com|us)\/v3\/__([^\s<>"]{1,4000}?)__;([\w+/=-]{0,2000})!{2}[^\s<>"'()]{0,4000}/gi;

/** How long a run of characters is that one letter behind two stars stands for: `A` for 2, `B` for 3, and so on. */
const runLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Takes links out of Proofpoint's URL Defense, version 3, wherever they are in a text: the link stands between two pairs
 * of underscores, with stars for the characters that are listed in base64 behind it.
 */
export function withoutProofpoint(text: string): string {
  return text.replace(v3Link, (_, link: string, replaced: string) => {
    const characters = Buffer.from(replaced, 'base64').toString('utf8').match(/./gsu) ?? [];
    let next = 0;
    const take = (count: number): string => {
      next += count;
      return characters.slice(next - count, next).join('');
    };
    const whole = link.replace(/\*(?:\*(.))?/g, (_star, letter?: string) =>
      take(letter === undefined ? 1 : runLetters.indexOf(letter) + 2),
    );
    // Some servers on the way make one slash of two.
    return ` ${whole.replace(/^(https?:\/)(?!\/)/i, '$1/')} `;
  });
}

/** The link in Proofpoint's URL Defense, version 1 or 2; undefined for another address. */
export function proofpointTarget({ hostname, pathname, searchParams, search }: URL): string | undefined {
  if (!/^urldefense(?:\.proofpoint)?\.com$/.test(hostname)) return undefined;
  if (pathname.startsWith('/v1/')) return searchParams.get('u') ?? undefined;
  if (!pathname.startsWith('/v2/')) return undefined;
  const coded = /[?&]u=([^&]*)/.exec(search)?.[1];
  return coded === undefined ? undefined : decoded(coded.replaceAll('-', '%').replaceAll('_', '/'));
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // What is not percent-encoded as it should be is no link of Proofpoint's.
    return undefined;
  }
}
