import { isWithin } from './domains.ts';
import { proofpointTarget } from './proofpoint.ts';

/** Something that puts itself around links: a mail gateway, or a redirect of a web page. */
interface Gateway {
  /** What people know it as; shown to them. */
  readonly name: string;
  readonly isIt: (url: URL) => boolean;
  /** The link inside as far as the address itself tells; left out where it does not. */
  readonly target?: (url: URL) => string | undefined;
}

const at =
  (...domains: readonly string[]) =>
  ({ hostname }: URL): boolean =>
    isWithin(hostname, domains);

/** The link is the value of a parameter; the first of these that there is. */
const inParameter =
  (...names: readonly string[]) =>
  ({ searchParams }: URL): string | undefined => {
    const values = [...searchParams].map(([name, value]) => ({ name: name.toLowerCase(), value }));
    return names
      .map((wanted) => values.find(({ name, value }) => name === wanted && isLink(value))?.value)
      .find((value) => value !== undefined);
  };

/** The link is the value of a parameter, in base64. */
const inBase64 =
  (name: string) =>
  ({ searchParams }: URL): string | undefined => {
    const text = Buffer.from(searchParams.get(name) ?? '', 'base64').toString('utf8');
    return isLink(text) ? text : undefined;
  };

/** The link is the end of the path, percent-encoded or as it is. */
const atEndOfPath = ({ href }: URL): string | undefined => {
  const start = href.slice(8).search(/https?(?::|%3a)/i);
  if (start < 0) return undefined;
  const rest = href.slice(8 + start);
  const text = /^https?:/i.test(rest) ? rest.replace(/^(https?:\/)(?!\/)/i, '$1/') : decodedOnce(rest);
  return text !== undefined && isLink(text) ? text : undefined;
};

/** Check Point writes the link as it is between three underscores. */
const betweenUnderscores = ({ href }: URL): string | undefined =>
  /\/v\d\/___(https?:\/\/.+)___(?:\.|$)/i.exec(href)?.[1];

const gateways: readonly Gateway[] = [
  {
    name: 'Outlook',
    isIt: at(
      'safelinks.protection.outlook.com',
      'safelinks.protection.office365.us',
      'safelinks.protection.partner.outlook.cn',
    ),
    target: inParameter('url'),
  },
  {
    name: 'Outlook',
    isIt: ({ hostname, pathname }) =>
      hostname === 'statics.teams.cdn.office.net' && pathname.endsWith('/atp-safelinks.html'),
    target: inParameter('url'),
  },
  {
    name: 'Outlook',
    isIt: ({ pathname }) => pathname.toLowerCase().endsWith('/owa/redir.aspx'),
    target: inParameter('url'),
  },
  {
    name: 'Google',
    isIt: ({ hostname, pathname }) =>
      /^(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?$/.test(hostname) && pathname === '/url',
    target: inParameter('q', 'url'),
  },
  {
    name: 'Google',
    isIt: ({ hostname, pathname }) =>
      isWithin(hostname, ['google.com']) && pathname.toLowerCase().endsWith('/linkredirect'),
    target: inParameter('dest', 'url', 'q'),
  },
  {
    name: 'Google',
    isIt: at('accounts.google.com'),
    target: inParameter('continue', 'followup'),
  },
  {
    name: 'Proofpoint',
    isIt: at('urldefense.com', 'urldefense.proofpoint.com', 'urldefense.us'),
    target: proofpointTarget,
  },
  {
    name: 'Barracuda',
    isIt: at('cudasvc.com', 'barracudanetworks.com'),
    target: inParameter('a', 'url', 'u'),
  },
  {
    name: 'Check Point',
    isIt: at('protect.checkpoint.com', 'avanan.click', 'url-protection.com'),
    target: (url) => betweenUnderscores(url) ?? inParameter('o', 'u', 'url')(url),
  },
  {
    name: 'Cisco',
    isIt: ({ hostname }) =>
      isWithin(hostname, ['secure-web.cisco.com']) || /^secure-web\..*cisco\.com$/.test(hostname),
    target: atEndOfPath,
  },
  {
    name: 'Sophos',
    isIt: at('protection.sophos.com'),
    target: (url) => inBase64('u')(url) ?? inParameter('u')(url),
  },
  { name: 'Trend Micro', isIt: at('trendmicro.com'), target: inParameter('url', 'u') },
  { name: 'Trellix', isIt: at('fireeye.com', 'trellix.com'), target: inParameter('u', 'url') },
  {
    name: 'Symantec',
    isIt: at('clicktime.symantec.com', 'clicktime.cloud.postoffice.net'),
    target: inParameter('u', 'url'),
  },
  {
    name: 'Fortinet',
    isIt: ({ pathname }) => pathname.toLowerCase().includes('/fmlurlsvc'),
    target: inParameter('url', 'u'),
  },
  {
    name: 'Libraesva',
    isIt: at('urlsand.esvalabs.com', 'urlsand.com', 'esvalabs.com'),
    target: inParameter('u', 'url'),
  },
  { name: 'TitanHQ', isIt: at('linklock.titanhq.com'), target: inParameter('url') },
  { name: 'Trustwave', isIt: at('scanmail.trustwave.com'), target: inParameter('u') },
  { name: 'EdgePilot', isIt: at('edgepilot.com'), target: inParameter('u') },
  { name: 'Menlo Security', isIt: at('menlosecurity.com'), target: atEndOfPath },
  { name: 'Zscaler', isIt: at('isolation.zscaler.com', 'zscaler.net'), target: inParameter('url', 'u') },
  {
    name: 'Facebook',
    isIt: at('l.facebook.com', 'l.workplace.com', 'lm.facebook.com'),
    target: inParameter('u'),
  },
  {
    name: 'LinkedIn',
    isIt: ({ hostname, pathname }) =>
      isWithin(hostname, ['linkedin.com']) && /^\/(?:safety\/go|redir\/|redirect)/.test(pathname),
    target: inParameter('url'),
  },
  { name: 'Slack', isIt: at('slack-redir.net'), target: inParameter('url') },
  {
    name: 'GMX',
    isIt: at('deref-gmx.net', 'deref-gmx.com', 'deref-web.de', 'deref-mail.com', 'deref-1und1.de'),
    target: inParameter('redirecturl', 'url'),
  },
  { name: 'Mimecast', isIt: at('mimecast.com', 'mimecastprotect.com'), target: inParameter('u', 'url') },
  {
    name: 'Hornetsecurity',
    isIt: at('hornetsecurity.com', 'cloud-security.net'),
    target: inParameter('url', 'u'),
  },
  { name: 'Egress', isIt: at('egress.com'), target: inParameter('url', 'u') },
  { name: 'Intermedia', isIt: at('emailprotection.link'), target: inParameter('url', 'u') },
];

/** What is around a link. */
export type Wrapping =
  | { readonly kind: 'none' }
  | { readonly kind: 'wrapped'; readonly target: URL }
  /** Only a request to the gateway would tell. */
  | { readonly kind: 'hidden'; readonly gateway: string };

/** Looks whether a mail gateway or a redirect is around a link. Only http and https links count as inside. */
export function wrappingOf(url: URL): Wrapping {
  const gateway = gateways.find(({ isIt }) => isIt(url));
  if (!gateway) return { kind: 'none' };
  const target = URL.parse(gateway.target?.(url) ?? '');
  if (target && /^https?:$/.test(target.protocol)) return { kind: 'wrapped', target };
  return hidesLinks(url) ? { kind: 'hidden', gateway: gateway.name } : { kind: 'none' };
}

/** The front page of a gateway, or the search of a search engine, hides nothing. */
function hidesLinks({ pathname, search, hostname }: URL): boolean {
  return (
    pathname.length + search.length > 10 &&
    !/(?:^|\.)(?:google\.\w+(?:\.\w+)?|facebook\.com|linkedin\.com)$/.test(hostname)
  );
}

function isLink(text: string): boolean {
  return /^https?:/i.test(text);
}

function decodedOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that stands for itself: then this is no link in another.
    return undefined;
  }
}
