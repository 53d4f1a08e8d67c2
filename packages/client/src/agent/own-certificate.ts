import {
  type Certificate,
  type Identity,
  namesEqual,
  parseCertificate,
  readIdentity,
  validatePath,
} from '@madoguchi/pki';
import { dayWords } from './date-words.js';
import { type Trouble, trouble } from './trouble.js';

/**
 * Was the card issued under one of our anchors? Judged by the authority's certificate that the card hands out freely (EF 0002), so that a
 * real card under demo anchors (or a demo card under real ones) is refused before anybody types a PIN.
 */
export function isKnownIssuer(caCertificate: Uint8Array, anchors: readonly Uint8Array[], now: Date): boolean {
  const ca = parseCertificate(caCertificate);
  if (!ca.ok) return false;
  for (const der of anchors) {
    const anchor = parseCertificate(der);
    if (!anchor.ok) continue;
    if (
      namesEqual(anchor.value.subject, ca.value.subject) &&
      Buffer.from(anchor.value.spki).equals(ca.value.spki)
    )
      return true;
  }
  // An authority below an anchor, or one after a key change that a link certificate joins to it.
  const { valid } = validatePath({
    leaf: caCertificate,
    anchors: [...anchors],
    time: now,
    checkRevocation: false,
    keyUsage: ['keyCertSign'],
  });
  return valid;
}

export type OwnCertificate =
  | { ok: true; certificate: Certificate; identity: Identity }
  | { ok: false; trouble: Trouble };

/**
 * Is the signature certificate fit to sign with now? Told before signing, in words. Revocation is the agency's question: it
 * has the lists, and asks again when the application arrives.
 */
export function checkOwnCertificate(
  der: Uint8Array,
  anchors: readonly Uint8Array[],
  intermediates: readonly Uint8Array[],
  now: Date,
): OwnCertificate {
  const parsed = parseCertificate(der);
  if (!parsed.ok) return { ok: false, trouble: trouble('certificate-faulty') };
  const certificate = parsed.value;
  if (now > certificate.notAfter)
    return { ok: false, trouble: trouble('certificate-expired', { date: dayWords(certificate.notAfter) }) };
  if (now < certificate.notBefore)
    return { ok: false, trouble: trouble('certificate-not-yet', { date: dayWords(certificate.notBefore) }) };
  const path = validatePath({
    leaf: der,
    anchors: [...anchors],
    intermediates: [...intermediates],
    time: now,
    checkRevocation: false,
    keyUsage: ['nonRepudiation'],
  });
  const identity = readIdentity(certificate);
  if (!path.valid || identity === undefined || !identity.ok)
    return { ok: false, trouble: trouble('certificate-faulty') };
  return { ok: true, certificate, identity: identity.value };
}
