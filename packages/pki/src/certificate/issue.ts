import { writeTime } from '../der/time.js';
import {
  bitString,
  boolean,
  explicit,
  integer,
  octetString,
  oid,
  sequence,
  unsignedInteger,
} from '../der/write.js';
import { signatureSchemes } from '../key/algorithm.js';
import type { Signer } from '../key/software.js';
import type { Extension } from './extensions.js';

/** Everything a certificate says, before it is signed. Names and key are DER; extensions keep their order. */
export interface CertificateTemplate {
  /** Unsigned, big-endian, 1 to 20 octets, not zero. */
  serial: Uint8Array;
  issuer: Uint8Array;
  subject: Uint8Array;
  notBefore: Date;
  notAfter: Date;
  /** SubjectPublicKeyInfo, DER. */
  publicKey: Uint8Array;
  extensions: Extension[];
}

/**
 * Signs a template (RFC 5280 4.1, version 3). Throws RangeError on a template that cannot be a certificate: that is a defect of the
 * caller, never somebody's input. What the signer throws passes through.
 */
export async function issueCertificate(template: CertificateTemplate, signer: Signer): Promise<Uint8Array> {
  const tbs = toBeSigned(template, signer.algorithm);
  return assembleCertificate(tbs, signer.algorithm, await signer.sign(tbs));
}

/** A certificate from its signed bytes and the signature over them. */
export function assembleCertificate(
  tbs: Uint8Array,
  algorithm: Signer['algorithm'],
  signature: Uint8Array,
): Uint8Array {
  return sequence(tbs, signatureSchemes[algorithm].identifier, bitString(signature));
}

/** TBSCertificate alone: the bytes an authority keeps before it signs. */
export function toBeSigned(template: CertificateTemplate, algorithm: Signer['algorithm']): Uint8Array {
  const serial = unsignedInteger(template.serial);
  if (serial.length > 22 || template.serial.every((octet) => octet === 0)) {
    throw new RangeError('a serial number is positive and has at most 20 octets');
  }
  if (template.notAfter < template.notBefore) throw new RangeError('a certificate ends after it begins');
  return sequence(
    explicit(0, integer(2)),
    serial,
    signatureSchemes[algorithm].identifier,
    template.issuer,
    sequence(writeTime(template.notBefore), writeTime(template.notAfter)),
    template.subject,
    template.publicKey,
    template.extensions.length === 0
      ? undefined
      : explicit(3, sequence(...template.extensions.map(writeExtension))),
  );
}

export function writeExtension({ oid: id, critical, value }: Extension): Uint8Array {
  return sequence(oid(id), critical ? boolean(true) : undefined, octetString(value));
}
