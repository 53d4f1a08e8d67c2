import { attempt, DerFault, fail, type Parsed } from '../der/fault.js';
import {
  asBuffer,
  bytesOf,
  inside,
  type Reader,
  refusePem,
  sameBytes,
  type Tlv,
  wholeTlv,
} from '../der/read.js';
import { tags } from '../der/tags.js';
import { readTime } from '../der/time.js';
import { readBitOctets, readBitString, readInteger, readSmallInteger } from '../der/values.js';
import { readSignatureAlgorithm, type SignatureAlgorithm } from '../key/algorithm.js';
import { type Name, readCommonName, readName } from '../name.js';
import { extensionIds } from '../oids.js';
import {
  type AccessDescription,
  type AuthorityKeyIdentifier,
  type BasicConstraints,
  type DistributionPoint,
  type Extension,
  type KeyUsage,
  type NameConstraints,
  type PolicyConstraints,
  type PolicyInformation,
  readAltNames,
  readAuthorityInfoAccess,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readDistributionPoints,
  readExtensions,
  readExtKeyUsage,
  readInhibitAnyPolicy,
  readKeyUsage,
  readNameConstraints,
  readPolicies,
  readPolicyConstraints,
  readPolicyMappings,
  readSubjectKeyIdentifier,
} from './extensions.js';
import type { GeneralName } from './general-name.js';

/** What the extensions say, each under its own name; absent where the certificate has none. */
interface CertificateExtensions {
  keyUsage?: KeyUsage[];
  basicConstraints?: BasicConstraints;
  extKeyUsage?: string[];
  policies?: PolicyInformation[];
  policyMappings?: { issuer: string; subject: string }[];
  policyConstraints?: PolicyConstraints;
  inhibitAnyPolicy?: number;
  nameConstraints?: NameConstraints;
  subjectKeyIdentifier?: Uint8Array;
  authorityKeyIdentifier?: AuthorityKeyIdentifier;
  subjectAltNames?: GeneralName[];
  issuerAltNames?: GeneralName[];
  crlDistributionPoints?: DistributionPoint[];
  freshestCrl?: DistributionPoint[];
  authorityInfoAccess?: AccessDescription[];
}

/** A certificate taken apart; all byte fields are views of `der`. Nothing in it is verified. */
export interface Certificate extends CertificateExtensions {
  der: Uint8Array;
  /** TBSCertificate: what the signature is over. */
  tbs: Uint8Array;
  version: 1 | 2 | 3;
  /** Content octets of the serial number, two's complement. */
  serial: Uint8Array;
  issuer: Name;
  subject: Name;
  notBefore: Date;
  notAfter: Date;
  /** SubjectPublicKeyInfo, DER; see importPublicKey. */
  spki: Uint8Array;
  /** Absent where the algorithm is none of ours. */
  signatureAlgorithm?: SignatureAlgorithm;
  signature: Uint8Array;
  extensions: Extension[];
}

/** Larger than any certificate with a photograph in it. */
const maximumSize = 1 << 20;

/**
 * Takes a certificate apart (RFC 5280 4.1), strictly: DER, no extension twice, the algorithm inside equal to the one outside, serial
 * number of at most 20 octets (a negative one passes: some old CAs wrote them), every extension we know well-formed.
 */
export function parseCertificate(der: Uint8Array): Parsed<Certificate> {
  return attempt(() => readCertificate(asBuffer(der)));
}

function readCertificate(der: Buffer): Certificate {
  if (der.length > maximumSize) fail('certificate.size', 0);
  refusePem(der);
  const whole = wholeTlv(der);
  if (whole.tag !== tags.sequence) fail('certificate.form', 0);
  const outer = inside(whole);
  const tbs = outer.next(tags.sequence, 'certificate.tbs');
  const algorithm = outer.next(tags.sequence, 'certificate.signatureAlgorithm');
  const signature = readBitOctets(outer.next(tags.bitString, 'certificate.signature'));
  outer.close();

  const reader = outer.inside(tbs);
  const version = readVersion(reader);
  const serialTlv = reader.next(tags.integer, 'certificate.serial');
  const serial = readInteger(serialTlv);
  if (serial.length > 20) fail('certificate.serial.length', serialTlv.start);
  const innerAlgorithm = reader.next(tags.sequence, 'certificate.algorithm');
  if (!sameBytes(innerAlgorithm, algorithm)) {
    fail('certificate.algorithm.differs', innerAlgorithm.start);
  }
  const issuer = readCommonName(reader.next(tags.sequence, 'certificate.issuer'));
  const validity = reader.sequence('certificate.validity');
  const notBefore = readTime(validity.next());
  const notAfter = readTime(validity.next());
  validity.close();
  const subject = readName(reader.next(tags.sequence, 'certificate.subject'));
  const spki = bytesOf(reader.next(tags.sequence, 'certificate.key'));
  for (const tag of [0x81, 0x82]) {
    const identifier = reader.optional(tag);
    if (identifier === undefined) continue;
    if (version === 1) fail('certificate.uniqueId.version', identifier.start);
    readBitString(identifier);
  }
  const wrapper = reader.optional(0xa3);
  reader.close();
  const certificate: Certificate = {
    der,
    tbs: bytesOf(tbs),
    version,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    spki,
    signature,
    extensions: wrapper === undefined ? [] : readWrapped(reader, wrapper, version),
  };
  const signatureAlgorithm = readSignatureAlgorithm(algorithm);
  if (signatureAlgorithm !== undefined) certificate.signatureAlgorithm = signatureAlgorithm;
  understand(certificate);
  return certificate;
}

function readVersion(reader: Reader): 1 | 2 | 3 {
  const wrapper = reader.optional(0xa0);
  if (wrapper === undefined) return 1;
  const inner = reader.inside(wrapper);
  const value = readSmallInteger(inner.next(tags.integer, 'certificate.version'));
  inner.close();
  if (value === 1) return 2;
  if (value === 2) return 3;
  return fail('certificate.version', wrapper.start);
}

function readWrapped(reader: Reader, wrapper: Tlv, version: number): Extension[] {
  if (version !== 3) fail('certificate.extensions.version', wrapper.start);
  const inner = reader.inside(wrapper);
  const extensions = readExtensions(inner.sequence('certificate.extensions'));
  inner.close();
  return extensions;
}

/** What each extension says goes into the certificate under its own name. */
const readers = new Map<string, (value: Uint8Array, into: CertificateExtensions) => void>([
  [extensionIds.keyUsage, (value, into) => (into.keyUsage = readKeyUsage(value))],
  [extensionIds.basicConstraints, (value, into) => (into.basicConstraints = readBasicConstraints(value))],
  [extensionIds.extKeyUsage, (value, into) => (into.extKeyUsage = readExtKeyUsage(value))],
  [extensionIds.certificatePolicies, (value, into) => (into.policies = readPolicies(value))],
  [extensionIds.policyMappings, (value, into) => (into.policyMappings = readPolicyMappings(value))],
  [extensionIds.policyConstraints, (value, into) => (into.policyConstraints = readPolicyConstraints(value))],
  [extensionIds.inhibitAnyPolicy, (value, into) => (into.inhibitAnyPolicy = readInhibitAnyPolicy(value))],
  [extensionIds.nameConstraints, (value, into) => (into.nameConstraints = readNameConstraints(value))],
  [
    extensionIds.subjectKeyIdentifier,
    (value, into) => (into.subjectKeyIdentifier = readSubjectKeyIdentifier(value)),
  ],
  [
    extensionIds.authorityKeyIdentifier,
    (value, into) => (into.authorityKeyIdentifier = readAuthorityKeyIdentifier(value)),
  ],
  [extensionIds.subjectAltName, (value, into) => (into.subjectAltNames = readAltNames(value))],
  [extensionIds.issuerAltName, (value, into) => (into.issuerAltNames = readAltNames(value))],
  [
    extensionIds.crlDistributionPoints,
    (value, into) => (into.crlDistributionPoints = readDistributionPoints(value)),
  ],
  [extensionIds.freshestCrl, (value, into) => (into.freshestCrl = readDistributionPoints(value))],
  [
    extensionIds.authorityInfoAccess,
    (value, into) => (into.authorityInfoAccess = readAuthorityInfoAccess(value)),
  ],
]);

/** Extensions this reader takes apart: the ones path validation can act on. */
export function isUnderstood(oid: string): boolean {
  return readers.has(oid);
}

function understand(certificate: Certificate): void {
  for (const { oid, value } of certificate.extensions) {
    try {
      readers.get(oid)?.(value, certificate);
    } catch (fault) {
      // The extension was read as a buffer of its own; the reader's caller counts from the start of the certificate.
      if (fault instanceof DerFault)
        fail(fault.rule, fault.offset + value.byteOffset - certificate.der.byteOffset);
      throw fault;
    }
  }
}

/** The serial number in hexadecimal, as `openssl x509 -serial` prints it for positive numbers. Never log it: it is the issue number (発行の番号). */
export function serialHex(certificate: Pick<Certificate, 'serial'>): string {
  const octets = certificate.serial;
  const magnitude = octets.length > 1 && octets[0] === 0 ? octets.subarray(1) : octets;
  return Buffer.from(magnitude).toString('hex').toUpperCase();
}
