import { makeCertificateAuthority, type KeyAndCertificate } from '../unit/network/certificates.ts';

/** The host names of a Recall that only the proxy knows. */
export const apiHost = 'api.recall.test';
export const mediaHost = 'media.recall.test';
export const hostNames = [apiHost, mediaHost];

/**
 * A certificate for both names from the authority that this computer trusts during the run; undefined where none could
 * be put into the system's store.
 */
export const trustedIdentity: KeyAndCertificate | undefined = readIdentity(process.env.RECALL_TEST_IDENTITY);

/** A certificate for both names from an authority that nobody trusts. */
export const untrustedIdentity: KeyAndCertificate =
  makeCertificateAuthority('Nobody in particular').issue(hostNames);

/** A suite that needs a certificate which the system trusts. The runner says so where it cannot run. */
export function withTrustedAuthority(title: string, suite: () => void): void {
  if (trustedIdentity !== undefined) describe(title, suite);
}

/** A test of something that the oldest supported VS Code cannot do yet. */
export function inCurrentVersion(title: string, test: () => Promise<void>): void {
  if (process.env.RECALL_TEST_VERSION === 'current') it(title, test);
}

function readIdentity(text: string | undefined): KeyAndCertificate | undefined {
  return text === undefined || text === '' ? undefined : (JSON.parse(text) as KeyAndCertificate);
}
