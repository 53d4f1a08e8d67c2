import { fail } from '../der/fault.js';
import { bytesOf, contentOf, inside, Reader, type Tlv, wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readBoolean, readInteger, readNamedBits, readOid, readSmallInteger } from '../der/values.js';
import { type NameAttribute, readRdn } from '../name.js';
import { anyPolicy } from '../oids.js';
import { type GeneralName, readGeneralName, readGeneralNames } from './general-name.js';

/** An extension as it stands in a certificate, CRL or request, not looked into. */
export interface Extension {
  oid: string;
  critical: boolean;
  /** The octets inside extnValue. */
  value: Uint8Array;
}

/** Key usages in the order of their bits (RFC 5280 4.2.1.3). */
export const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
/** A key usage by its name in RFC 5280 4.2.1.3. */
export type KeyUsage = (typeof keyUsages)[number];

/** RFC 5280 4.2.1.9; `pathLength`: how many authorities may follow below, absent for any number. */
export interface BasicConstraints {
  ca: boolean;
  pathLength?: number;
}

/** A certificate policy by its OID (RFC 5280 4.2.1.4). */
export interface PolicyInformation {
  oid: string;
  /** Each qualifier's type and its DER. */
  qualifiers: { oid: string; value: Uint8Array }[];
}

/** Which key of the issuer signed (RFC 5280 4.2.1.1): by its identifier, or by issuer and serial number of its certificate. */
export interface AuthorityKeyIdentifier {
  keyIdentifier?: Uint8Array;
  issuer?: GeneralName[];
  /** Content octets of the issuer's serial number. */
  serial?: Uint8Array;
}

/** DistributionPointName: full names, or one RDN to be put behind the CRL issuer's name. */
export type DistributionPointName = { fullName: GeneralName[] } | { relativeName: NameAttribute[] };

/** Where revocation information is found (RFC 5280 4.2.1.13). */
export interface DistributionPoint {
  name?: DistributionPointName;
  /** Bits of ReasonFlags (RFC 5280 4.2.1.13); absent means all. */
  reasons?: Set<number>;
  crlIssuer?: GeneralName[];
}

/** RFC 5280 4.2.2.1; `method` is an OID, such as that of OCSP. */
export interface AccessDescription {
  method: string;
  location: GeneralName;
}

export interface GeneralSubtree {
  base: GeneralName;
}

export interface NameConstraints {
  permitted: GeneralSubtree[];
  excluded: GeneralSubtree[];
}

export interface PolicyConstraints {
  requireExplicitPolicy?: number;
  inhibitPolicyMapping?: number;
}

/** More policies or mappings than this in one certificate are an attack on the policy graph. */
const maximumPolicies = 1000;

/** Extensions ::= SEQUENCE SIZE (1..MAX) of a certificate, CRL, entry or OCSP message; twice the same is refused (RFC 5280 4.2). */
export function readExtensions(reader: Reader): Extension[] {
  const extensions: Extension[] = [];
  if (!reader.more) fail('extension.none', reader.offset);
  while (reader.more) {
    const start = reader.offset;
    const parts = reader.sequence('extension.form');
    const oid = readOid(parts.next(tags.oid, 'extension.form'));
    const flag = parts.optional(tags.boolean);
    const critical = flag !== undefined && readBoolean(flag);
    // DER leaves a DEFAULT out.
    if (flag !== undefined && !critical) fail('extension.critical.default', flag.start);
    const value = contentOf(parts.next(tags.octetString, 'extension.form'));
    parts.close();
    if (extensions.some((each) => each.oid === oid)) fail('extension.twice', start);
    if (extensions.length >= 256) fail('extension.count', start);
    extensions.push({ oid, critical, value });
  }
  return extensions;
}

export function readKeyUsage(value: Uint8Array): KeyUsage[] {
  const tlv = expect(value, tags.bitString, 'keyUsage.form');
  const bits = readNamedBits(tlv);
  if (bits.size === 0) fail('keyUsage.none', tlv.start);
  return keyUsages.filter((_, bit) => bits.has(bit));
}

export function readBasicConstraints(value: Uint8Array): BasicConstraints {
  const reader = inside(expect(value, tags.sequence, 'basicConstraints.form'));
  const flag = reader.optional(tags.boolean);
  const ca = flag !== undefined && readBoolean(flag);
  if (flag !== undefined && !ca) fail('basicConstraints.default', flag.start);
  const length = reader.optional(tags.integer);
  reader.close();
  if (length === undefined) return { ca };
  return { ca, pathLength: readCount(length) };
}

function readCount(tlv: Tlv): number {
  const count = readSmallInteger(tlv);
  if (count < 0) fail('der.integer.negative', tlv.start);
  return count;
}

export function readExtKeyUsage(value: Uint8Array): string[] {
  const reader = inside(expect(value, tags.sequence, 'extKeyUsage.form'));
  const purposes: string[] = [];
  do {
    if (purposes.length >= maximumPolicies) fail('extKeyUsage.count', reader.offset);
    purposes.push(readOid(reader.next(tags.oid, 'extKeyUsage.form')));
  } while (reader.more);
  return purposes;
}

export function readPolicies(value: Uint8Array): PolicyInformation[] {
  const reader = inside(expect(value, tags.sequence, 'certificatePolicies.form'));
  const policies: PolicyInformation[] = [];
  const seen = new Set<string>();
  do {
    const start = reader.offset;
    const parts = reader.sequence('certificatePolicies.form');
    const oid = readOid(parts.next(tags.oid, 'certificatePolicies.form'));
    if (seen.has(oid)) fail('certificatePolicies.twice', start);
    if (seen.size >= maximumPolicies) fail('certificatePolicies.count', start);
    seen.add(oid);
    policies.push({ oid, qualifiers: readQualifiers(parts) });
  } while (reader.more);
  return policies;
}

function readQualifiers(parts: Reader): PolicyInformation['qualifiers'] {
  const qualifiers: PolicyInformation['qualifiers'] = [];
  if (!parts.more) return qualifiers;
  const list = parts.sequence('certificatePolicies.qualifiers');
  parts.close();
  do {
    if (qualifiers.length >= maximumPolicies) fail('certificatePolicies.count', list.offset);
    const pair = list.sequence('certificatePolicies.qualifiers');
    const oid = readOid(pair.next(tags.oid, 'certificatePolicies.qualifiers'));
    const value = bytesOf(pair.next());
    pair.close();
    qualifiers.push({ oid, value });
  } while (list.more);
  return qualifiers;
}

export function readPolicyMappings(value: Uint8Array): { issuer: string; subject: string }[] {
  const reader = inside(expect(value, tags.sequence, 'policyMappings.form'));
  const mappings: { issuer: string; subject: string }[] = [];
  do {
    if (mappings.length >= maximumPolicies) fail('policyMappings.count', reader.offset);
    const pair = reader.sequence('policyMappings.form');
    const issuer = readOid(pair.next(tags.oid, 'policyMappings.form'));
    const subject = readOid(pair.next(tags.oid, 'policyMappings.form'));
    pair.close();
    mappings.push({ issuer, subject });
  } while (reader.more);
  return mappings;
}

/** Whether a list of mappings touches anyPolicy, which RFC 5280 6.1.4 (a) forbids. */
export function mapsAnyPolicy(mappings: readonly { issuer: string; subject: string }[]): boolean {
  return mappings.some(({ issuer, subject }) => issuer === anyPolicy || subject === anyPolicy);
}

export function readPolicyConstraints(value: Uint8Array): PolicyConstraints {
  const whole = expect(value, tags.sequence, 'policyConstraints.form');
  const reader = inside(whole);
  const explicit = reader.optional(0x80);
  const mapping = reader.optional(0x81);
  reader.close();
  if (explicit === undefined && mapping === undefined) fail('policyConstraints.none', whole.start);
  return {
    ...(explicit === undefined ? {} : { requireExplicitPolicy: readCount(explicit) }),
    ...(mapping === undefined ? {} : { inhibitPolicyMapping: readCount(mapping) }),
  };
}

export function readInhibitAnyPolicy(value: Uint8Array): number {
  return readCount(expect(value, tags.integer, 'inhibitAnyPolicy.form'));
}

export function readSubjectKeyIdentifier(value: Uint8Array): Uint8Array {
  return contentOf(expect(value, tags.octetString, 'subjectKeyIdentifier.form'));
}

export function readAuthorityKeyIdentifier(value: Uint8Array): AuthorityKeyIdentifier {
  const whole = expect(value, tags.sequence, 'authorityKeyIdentifier.form');
  const reader = inside(whole);
  const key = reader.optional(0x80);
  const issuer = reader.optional(0xa1);
  const serial = reader.optional(0x82);
  reader.close();
  if ((issuer === undefined) !== (serial === undefined)) fail('authorityKeyIdentifier.pair', whole.start);
  const identifier: AuthorityKeyIdentifier = {};
  if (key !== undefined) identifier.keyIdentifier = contentOf(key);
  if (issuer !== undefined) identifier.issuer = readGeneralNames(issuer);
  if (serial !== undefined) identifier.serial = readInteger(serial);
  return identifier;
}

export function readAltNames(value: Uint8Array): GeneralName[] {
  return readGeneralNames(expect(value, tags.sequence, 'altName.form'));
}

export function readDistributionPoints(value: Uint8Array): DistributionPoint[] {
  const reader = inside(expect(value, tags.sequence, 'distributionPoints.form'));
  const points: DistributionPoint[] = [];
  do {
    if (points.length >= maximumPolicies) fail('distributionPoints.count', reader.offset);
    const start = reader.offset;
    const parts = reader.sequence('distributionPoints.form');
    const name = parts.optional(0xa0);
    const reasons = parts.optional(0x81);
    const crlIssuer = parts.optional(0xa2);
    parts.close();
    if (name === undefined && crlIssuer === undefined) fail('distributionPoints.empty', start);
    const point: DistributionPoint = {};
    if (name !== undefined) point.name = readDistributionPointName(name);
    if (reasons !== undefined) point.reasons = readNamedBits(reasons);
    if (crlIssuer !== undefined) point.crlIssuer = readGeneralNames(crlIssuer);
    points.push(point);
  } while (reader.more);
  return points;
}

/** The CHOICE inside an explicit [0]. */
export function readDistributionPointName(wrapper: Tlv): DistributionPointName {
  const reader = new Reader(wrapper.bytes, wrapper.content, wrapper.contentEnd);
  const choice = reader.next();
  reader.close();
  if (choice.tag === 0xa0) return { fullName: readGeneralNames(choice) };
  if (choice.tag === 0xa1) return { relativeName: readRdn(choice) };
  return fail('distributionPoints.name', choice.start);
}

export function readAuthorityInfoAccess(value: Uint8Array): AccessDescription[] {
  const reader = inside(expect(value, tags.sequence, 'authorityInfoAccess.form'));
  const list: AccessDescription[] = [];
  do {
    if (list.length >= maximumPolicies) fail('authorityInfoAccess.count', reader.offset);
    const pair = reader.sequence('authorityInfoAccess.form');
    const method = readOid(pair.next(tags.oid, 'authorityInfoAccess.form'));
    const location = readGeneralName(pair.next());
    pair.close();
    list.push({ method, location });
  } while (reader.more);
  return list;
}

export function readNameConstraints(value: Uint8Array): NameConstraints {
  const whole = expect(value, tags.sequence, 'nameConstraints.form');
  const reader = inside(whole);
  const permitted = reader.optional(0xa0);
  const excluded = reader.optional(0xa1);
  reader.close();
  if (permitted === undefined && excluded === undefined) fail('nameConstraints.none', whole.start);
  return { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) };
}

function readSubtrees(list: Tlv | undefined): GeneralSubtree[] {
  if (list === undefined) return [];
  const subtrees: GeneralSubtree[] = [];
  const reader = inside(list);
  do {
    if (subtrees.length >= maximumPolicies) fail('nameConstraints.count', reader.offset);
    const parts = reader.sequence('nameConstraints.form');
    const base = readGeneralName(parts.next());
    // minimum is 0 by default and maximum absent in every use of RFC 5280 4.2.1.10.
    parts.close('nameConstraints.distance');
    subtrees.push({ base });
  } while (reader.more);
  return subtrees;
}

function expect(value: Uint8Array, tag: number, rule: string): Tlv {
  const tlv = wholeTlv(value);
  if (tlv.tag !== tag) fail(rule, tlv.start);
  return tlv;
}
