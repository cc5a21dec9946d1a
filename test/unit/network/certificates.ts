import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject, KeyPairKeyObjectResult } from 'node:crypto';

/** A private key and its certificate, both PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Somebody who signs certificates for others, as a network that inspects its traffic does. */
export interface CertificateAuthority {
  /** PEM; who trusts it trusts all that it issues. */
  readonly cert: string;
  /** Makes a certificate for some host names, valid now. */
  issue(hostNames: readonly string[]): KeyAndCertificate;
}

const HOUR_MS = 3_600_000;

const SEQUENCE = 0x30;
const SET = 0x31;
const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const DNS_NAME = 0x82;
const VERSION_FIELD = 0xa0;
const EXTENSIONS_FIELD = 0xa3;

// Object identifiers in DER: ecdsa-with-SHA256, commonName, subjectAltName, basicConstraints.
const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const SUBJECT_ALT_NAME = Buffer.from('0603551d11', 'hex');
const BASIC_CONSTRAINTS = Buffer.from('0603551d13', 'hex');

/** Makes a certificate for a host name, signed by itself and made anew at every call. */
export function makeSelfSignedCertificate(
  hostName: string,
  notBefore: Date,
  notAfter: Date,
): KeyAndCertificate {
  const { privateKey, publicKey } = newKeys();
  const cert = certificate({
    serial: 1,
    subject: hostName,
    publicKey,
    issuer: hostName,
    issuerKey: privateKey,
    validity: [notBefore, notAfter],
    extension: altNames([hostName]),
  });
  return { key: pemOf(privateKey), cert };
}

/** Makes an authority that nobody trusts yet, valid from an hour ago for a day. */
export function makeCertificateAuthority(name: string): CertificateAuthority {
  const { privateKey: issuerKey, publicKey } = newKeys();
  const now = Date.now();
  const validity = [new Date(now - HOUR_MS), new Date(now + 24 * HOUR_MS)] as const;
  const mayIssue = der(SEQUENCE, der(BOOLEAN, Buffer.of(0xff)));
  const isCritical = der(BOOLEAN, Buffer.of(0xff));
  const extension = der(SEQUENCE, BASIC_CONSTRAINTS, isCritical, der(OCTET_STRING, mayIssue));
  let serial = 1;
  return {
    cert: certificate({ serial, subject: name, publicKey, issuer: name, issuerKey, validity, extension }),
    issue: (hostNames) => {
      const keys = newKeys();
      const cert = certificate({
        serial: ++serial,
        subject: hostNames[0] ?? '',
        publicKey: keys.publicKey,
        issuer: name,
        issuerKey,
        validity,
        extension: altNames(hostNames),
      });
      return { key: pemOf(keys.privateKey), cert };
    },
  };
}

interface CertificateParts {
  readonly serial: number;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly issuer: string;
  readonly issuerKey: KeyObject;
  readonly validity: readonly [Date, Date];
  readonly extension: Buffer;
}

function certificate(parts: CertificateParts): string {
  const algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
  const toBeSigned = der(
    SEQUENCE,
    der(VERSION_FIELD, der(INTEGER, Buffer.of(2))),
    der(INTEGER, Buffer.of(parts.serial)),
    algorithm,
    nameOf(parts.issuer),
    der(SEQUENCE, ...parts.validity.map(utcTime)),
    nameOf(parts.subject),
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS_FIELD, der(SEQUENCE, parts.extension)),
  );
  const signature = der(BIT_STRING, Buffer.of(0), sign('sha256', toBeSigned, parts.issuerKey));
  const bytes = der(SEQUENCE, toBeSigned, algorithm, signature);
  return `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

function newKeys(): KeyPairKeyObjectResult {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function pemOf(privateKey: KeyObject): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

function nameOf(commonName: string): Buffer {
  const value = der(UTF8_STRING, Buffer.from(commonName));
  return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, value)));
}

function altNames(hostNames: readonly string[]): Buffer {
  const names = der(SEQUENCE, ...hostNames.map((name) => der(DNS_NAME, Buffer.from(name))));
  return der(SEQUENCE, SUBJECT_ALT_NAME, der(OCTET_STRING, names));
}

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag, ...derLength(content.length)), content]);
}

function derLength(length: number): number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/\D/g, '').slice(2, 14);
  return der(UTC_TIME, Buffer.from(`${digits}Z`));
}
