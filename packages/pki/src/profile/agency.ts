import { writeGeneralName } from '../certificate/general-name.js';
import type { CertificateTemplate } from '../certificate/issue.js';
import type { Certificate } from '../certificate/parse.js';
import { inside, wholeTlv } from '../der/read.js';
import { readOid } from '../der/values.js';
import { splitSpki } from '../key/import.js';
import { buildName, nameValues } from '../name.js';
import { algorithms, attributeTypes, demoOids, keyPurposes } from '../oids.js';
import {
  altName,
  authorityKey,
  caTrue,
  crlDistributionPoint,
  extKeyUsage,
  keyUsage,
  ocspAccess,
  ocspNoCheck,
  policy,
  subjectKey,
} from './extensions.js';
import { readHost, writeHost } from './host.js';

interface Validity {
  serial: Uint8Array;
  publicKey: Uint8Array;
  notBefore: Date;
  notAfter: Date;
}

/** The root of agencies or of time stamps: apart from each other and from the citizens' roots. `subject` is a Name in DER. */
export function rootTemplate(input: Validity & { subject: Uint8Array }): CertificateTemplate {
  return {
    ...validity(input),
    issuer: input.subject,
    subject: input.subject,
    extensions: [
      keyUsage('keyCertSign', 'cRLSign'),
      caTrue(),
      crlDistributionPoint(writeGeneralName.directory(input.subject)),
      subjectKey(input.publicKey),
    ],
  };
}

interface AgencyInput extends Validity {
  issuer: Certificate;
  /** Digits or letters of PrintableString, e.g. the municipality's `99201`. */
  agencyCode: string;
  /** E.g. `見本市`; the certificate is its head's: `見本市長`. */
  agencyName: string;
  crlUrl: string;
  ocspUrl: string;
  policyOid?: string;
}

/** What an agency signs requests and receipts with: its hosts (names or addresses, without ports) in subjectAltName, no extended usage. */
export function agencyTemplate(input: AgencyInput & { hosts: readonly string[] }): CertificateTemplate {
  return {
    ...issued(input),
    subject: agencySubject(input),
    extensions: [
      keyUsage('digitalSignature', 'nonRepudiation'),
      altName('subject', ...input.hosts.map(writeHost)),
      policy(input.policyOid ?? demoOids.agency),
      crlDistributionPoint(writeGeneralName.uri(input.crlUrl)),
      ocspAccess(input.ocspUrl),
      authorityKey(input.issuer),
      subjectKey(input.publicKey),
    ],
  };
}

/** What applications to an agency are encrypted for: a key pair of its own. EC keys agree, RSA keys encipher; no hosts. */
export function encryptionTemplate(input: AgencyInput): CertificateTemplate {
  return {
    ...issued(input),
    subject: agencySubject(input),
    extensions: [
      keyUsage(isRsa(input.publicKey) ? 'keyEncipherment' : 'keyAgreement'),
      policy(input.policyOid ?? demoOids.agencyEncryption),
      crlDistributionPoint(writeGeneralName.uri(input.crlUrl)),
      ocspAccess(input.ocspUrl),
      authorityKey(input.issuer),
      subjectKey(input.publicKey),
    ],
  };
}

/** Who answers OCSP for one authority and generation: issued directly by the key it speaks for, itself not to be checked. */
export function ocspResponderTemplate(input: Validity & { issuer: Certificate }): CertificateTemplate {
  return {
    ...issued(input),
    subject: below(input.issuer, 'OCSP Responder'),
    extensions: [
      keyUsage('digitalSignature'),
      extKeyUsage(false, keyPurposes.ocspSigning),
      ocspNoCheck(),
      authorityKey(input.issuer),
      subjectKey(input.publicKey),
    ],
  };
}

/** Who signs time stamps (RFC 3161 2.3): nothing but timeStamping, critical. */
export function tsaTemplate(
  input: Validity & { issuer: Certificate; crlUrl: string; ocspUrl: string },
): CertificateTemplate {
  return {
    ...issued(input),
    subject: below(input.issuer, 'Time Stamping Authority'),
    extensions: [
      keyUsage('digitalSignature'),
      extKeyUsage(true, keyPurposes.timeStamping),
      policy(demoOids.timeStamping),
      crlDistributionPoint(writeGeneralName.uri(input.crlUrl)),
      ocspAccess(input.ocspUrl),
      authorityKey(input.issuer),
      subjectKey(input.publicKey),
    ],
  };
}

function validity({ serial, publicKey, notBefore, notAfter }: Validity) {
  return { serial, publicKey, notBefore, notAfter };
}

function issued(input: Validity & { issuer: Certificate }) {
  return { ...validity(input), issuer: input.issuer.subject.der };
}

function below(issuer: Certificate, commonName: string): Uint8Array {
  const kept = issuer.subject.rdns.flat().filter(({ type }) => type !== attributeTypes.commonName);
  return buildName([...kept.map(({ type, value }): [string, string] => [type, value]), ['CN', commonName]]);
}

function agencySubject({ issuer, agencyCode, agencyName }: AgencyInput): Uint8Array {
  const organization = nameValues(issuer.subject, attributeTypes.organization)[0] ?? 'JPKI-DEMO';
  return buildName([
    ['C', 'JP'],
    ['O', organization],
    ['OU', agencyName],
    ['CN', `${agencyName}長`],
    ['serialNumber', agencyCode],
  ]);
}

function isRsa(spki: Uint8Array): boolean {
  const split = splitSpki(spki);
  return split.ok && readOid(inside(wholeTlv(split.value.algorithm)).next()) === algorithms.rsaEncryption;
}

/** The agency's code in an agency certificate: the one serialNumber of its subject; undefined where there is none or several. */
export function agencyCodeOf(certificate: Certificate): string | undefined {
  return only(nameValues(certificate.subject, attributeTypes.serialNumber));
}

/** The agency's name: the one OU of its subject. */
export function agencyNameOf(certificate: Certificate): string | undefined {
  return only(nameValues(certificate.subject, attributeTypes.organizationalUnit));
}

/** The hosts an agency certificate speaks for: names in lower case, addresses without brackets. */
export function hostsOf(certificate: Certificate): string[] {
  return (certificate.subjectAltNames ?? []).flatMap((name) => readHost(name) ?? []);
}

function only(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}
