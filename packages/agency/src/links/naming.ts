import { createHmac } from 'node:crypto';
import { type Certificate, serialHex } from '@madoguchi/pki/certificates';
import type { MatchedField } from '../matching/index.js';

/**
 * Names a certificate without telling its serial number (発行の番号): HMAC-SHA-256 under the agency's secret over the issuer's key identifier and the
 * serial, both hexadecimal. The same for an import that has the two numbers and for a certificate at hand.
 */
export function certificateName(
  secret: Uint8Array,
  agency: string,
  numbers: { issuerKeyId: string; serial: string },
): Buffer {
  const serial = numbers.serial.toLowerCase().replace(/^(00)+(?=.)/, '');
  return named(secret, ['certificate', agency, numbers.issuerKeyId.toLowerCase(), serial]);
}

/** The numbers of a certificate; the issuer is empty where it does not say whose key it was. */
export function numbersOf(certificate: Certificate): { issuerKeyId: string; serial: string } {
  const issuer = certificate.authorityKeyIdentifier?.keyIdentifier;
  return {
    issuerKeyId: issuer === undefined ? '' : Buffer.from(issuer).toString('hex'),
    serial: serialHex(certificate),
  };
}

/** Names one item as it stands in a certificate and in the record: a decision about it holds for these two values only. */
export function pairName(
  secret: Uint8Array,
  agency: string,
  pair: { field: MatchedField; certificate: string; record: string },
): string {
  return named(secret, ['pair', agency, pair.field, pair.certificate, pair.record]).toString('base64url');
}

function named(secret: Uint8Array, parts: readonly string[]): Buffer {
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest();
}
