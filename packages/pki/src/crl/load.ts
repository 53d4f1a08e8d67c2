import {
  type AuthorityKeyIdentifier,
  type DistributionPoint,
  type DistributionPointName,
  type Extension,
  readAuthorityKeyIdentifier,
  readDistributionPointName,
  readDistributionPoints,
  readExtensions,
} from '../certificate/extensions.js';
import { attempt, DerFault, fail } from '../der/fault.js';
import { bytesOf, inside, type Reader, refusePem, type Tlv, wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readTime } from '../der/time.js';
import {
  readBigInteger,
  readBitOctets,
  readBoolean,
  readNamedBits,
  readSmallInteger,
} from '../der/values.js';
import { readSignatureAlgorithm, type SignatureAlgorithm } from '../key/algorithm.js';
import { importPublicKey, type KeyPolicy, type PublicKey } from '../key/import.js';
import { verifySignature } from '../key/verify.js';
import { type Name, parseName, readName } from '../name.js';
import { extensionIds } from '../oids.js';
import type { Revocation } from './entry.js';
import { indexEntries } from './table.js';

/** issuingDistributionPoint (RFC 5280 5.2.5): what a CRL speaks about. */
export interface IssuingDistributionPoint {
  name?: DistributionPointName;
  onlyContainsUserCerts: boolean;
  onlyContainsCaCerts: boolean;
  onlyContainsAttributeCerts: boolean;
  onlySomeReasons?: Set<number>;
  indirectCrl: boolean;
}

/** A CRL ready for questions. Its bytes are kept; its entries are not objects. */
export interface CrlIndex {
  readonly der: Uint8Array;
  readonly issuer: Name;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly number?: bigint;
  /** keyIdentifier of the authorityKeyIdentifier. */
  readonly authorityKeyIdentifier?: Uint8Array;
  /** The directory name (DER) of the issuing distribution point, where it has one. */
  readonly distributionPoint?: Uint8Array;
  readonly issuingDistributionPoint?: IssuingDistributionPoint;
  /** The number of the complete CRL this delta CRL is based on. */
  readonly deltaBase?: bigint;
  readonly freshestCrl?: DistributionPoint[];
  /** From when on expired certificates stay in the list. */
  readonly expiredCertsOnCrl?: Date;
  readonly signatureAlgorithm?: SignatureAlgorithm;
  /** Every extension as it stands, those we know and others. */
  readonly extensions: readonly Extension[];
  /** Entries in the list. */
  readonly size: number;
  /** Whether this key (SubjectPublicKeyInfo) signed the CRL. */
  verify(issuerSpki: Uint8Array, policy?: KeyPolicy): boolean;
  verifyWith(key: PublicKey): boolean;
  /** `serial`: content octets. `issuer` (Name or its DER): the certificate's issuer, where the CRL is indirect. */
  lookup(serial: Uint8Array, issuer?: Name | Uint8Array): Revocation | undefined;
}

/**
 * Reads a CRL (RFC 5280 5) and indexes its entries: one pass, some 8 bytes an entry beside the file. Strict DER; a critical extension
 * it does not know, in the CRL or in any entry, makes the CRL unusable, so it is refused. The signature is **not** checked: call `verify`.
 */
export function loadCrl(
  der: Uint8Array,
): { ok: true; crl: CrlIndex } | { ok: false; rule: string; offset: number } {
  const read = attempt(() => readCrl(der));
  return read.ok ? { ok: true, crl: read.value } : read;
}

function readCrl(der: Uint8Array): CrlIndex {
  refusePem(der);
  const outer = inside(wholeTlv(der));
  const tbs = outer.next(tags.sequence, 'crl.tbs');
  const algorithm = outer.next(tags.sequence, 'crl.signatureAlgorithm');
  const signature = readBitOctets(outer.next(tags.bitString, 'crl.signature'));
  outer.close();

  const reader = outer.inside(tbs);
  const version = reader.optional(tags.integer);
  if (version !== undefined && readSmallInteger(version) !== 1) fail('crl.version', version.start);
  const innerAlgorithm = reader.next(tags.sequence, 'crl.algorithm');
  if (Buffer.compare(bytesOf(innerAlgorithm), bytesOf(algorithm)) !== 0)
    fail('crl.algorithm.differs', innerAlgorithm.start);
  const issuer = readName(reader.next(tags.sequence, 'crl.issuer'));
  const thisUpdate = readTime(reader.next());
  const hasNext = reader.peek() === tags.utcTime || reader.peek() === tags.generalizedTime;
  const nextUpdate = hasNext ? readTime(reader.next()) : undefined;
  const list = reader.optional(tags.sequence);
  if (list !== undefined && list.content === list.contentEnd) fail('crl.entries.empty', list.start);
  const wrapper = reader.optional(0xa0);
  reader.close();
  if (version === undefined && wrapper !== undefined) fail('crl.extensions.version', wrapper.start);

  const all = wrapper === undefined ? [] : listExtensions(reader, wrapper);
  const extensions = understandExtensions(all, der);
  const indirect = extensions.issuingDistributionPoint?.indirectCrl === true;
  const table =
    list === undefined ? undefined : indexEntries(der, list.content, list.contentEnd, issuer, indirect);
  const signatureAlgorithm = readSignatureAlgorithm(algorithm);
  const verifyWith = rememberingVerifier(signatureAlgorithm, bytesOf(tbs), signature);
  const { keyIdentifier } = extensions.authority ?? {};
  const directory = directoryOf(extensions.issuingDistributionPoint);
  const { authority: _, ...known } = extensions;
  return {
    der,
    issuer,
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    ...known,
    ...(keyIdentifier === undefined ? {} : { authorityKeyIdentifier: keyIdentifier }),
    ...(directory === undefined ? {} : { distributionPoint: directory }),
    ...(signatureAlgorithm === undefined ? {} : { signatureAlgorithm }),
    extensions: all,
    size: table?.size ?? 0,
    verifyWith,
    verify(issuerSpki, policy) {
      const imported = importPublicKey(issuerSpki, policy);
      return imported.ok && verifyWith(imported.key);
    },
    lookup(serial, of) {
      if (table === undefined) return undefined;
      if (!(of instanceof Uint8Array)) return table.lookup(serial, of);
      const parsed = parseName(of);
      return parsed.ok ? table.lookup(serial, parsed.value) : undefined;
    },
  };
}

/** A long list is asked many questions but hashed once: the key it has verified with is remembered. */
function rememberingVerifier(
  algorithm: SignatureAlgorithm | undefined,
  tbs: Uint8Array,
  signature: Uint8Array,
): (key: PublicKey) => boolean {
  let signer: Uint8Array | undefined;
  return (key) => {
    if (signer !== undefined && Buffer.compare(signer, key.spki) === 0) return true;
    const good = algorithm !== undefined && verifySignature(algorithm, key, tbs, signature);
    if (good) signer = Uint8Array.from(key.spki);
    return good;
  };
}

function directoryOf(idp: IssuingDistributionPoint | undefined): Uint8Array | undefined {
  if (idp?.name === undefined || !('fullName' in idp.name)) return undefined;
  const directory = idp.name.fullName.find((name) => name.kind === 'directoryName');
  return directory?.kind === 'directoryName' ? directory.name.der : undefined;
}

interface CrlExtensions {
  number?: bigint;
  authority?: AuthorityKeyIdentifier;
  issuingDistributionPoint?: IssuingDistributionPoint;
  deltaBase?: bigint;
  freshestCrl?: DistributionPoint[];
  expiredCertsOnCrl?: Date;
}

const readers = new Map<string, (value: Uint8Array) => CrlExtensions>([
  [extensionIds.crlNumber, (value) => ({ number: readNumber(value) })],
  [extensionIds.authorityKeyIdentifier, (value) => ({ authority: readAuthorityKeyIdentifier(value) })],
  [extensionIds.issuingDistributionPoint, (value) => ({ issuingDistributionPoint: readIssuingPoint(value) })],
  [extensionIds.deltaCrlIndicator, (value) => ({ deltaBase: readNumber(value) })],
  [extensionIds.freshestCrl, (value) => ({ freshestCrl: readDistributionPoints(value) })],
  [extensionIds.expiredCertsOnCrl, (value) => ({ expiredCertsOnCrl: readTime(wholeTlv(value)) })],
]);

function listExtensions(reader: Reader, wrapper: Tlv): Extension[] {
  const inner = reader.inside(wrapper);
  const list = readExtensions(inner.sequence('crl.extensions'));
  inner.close();
  return list;
}

function understandExtensions(list: readonly Extension[], der: Uint8Array): CrlExtensions {
  const known: CrlExtensions = {};
  for (const { oid, critical, value } of list) {
    const read = readers.get(oid);
    const offset = value.byteOffset - der.byteOffset;
    if (read === undefined) {
      if (critical && oid !== extensionIds.issuerAltName) fail('crl.extension.critical', offset);
      continue;
    }
    try {
      Object.assign(known, read(value));
    } catch (fault) {
      if (fault instanceof DerFault) fail(fault.rule, fault.offset + offset);
      throw fault;
    }
  }
  return known;
}

function readNumber(value: Uint8Array): bigint {
  const tlv = wholeTlv(value);
  if (tlv.tag !== tags.integer) fail('crl.number', tlv.start);
  const number = readBigInteger(tlv, 21);
  if (number < 0n) fail('crl.number', tlv.start);
  return number;
}

function readIssuingPoint(value: Uint8Array): IssuingDistributionPoint {
  const whole = wholeTlv(value);
  if (whole.tag !== tags.sequence) fail('crl.issuingDistributionPoint', whole.start);
  const reader = inside(whole);
  const flag = (tag: number): boolean => {
    const tlv = reader.optional(tag);
    if (tlv === undefined) return false;
    if (!readBoolean(tlv)) fail('crl.issuingDistributionPoint.default', tlv.start);
    return true;
  };
  const name = reader.optional(0xa0);
  const onlyContainsUserCerts = flag(0x81);
  const onlyContainsCaCerts = flag(0x82);
  const some = reader.optional(0x83);
  const indirectCrl = flag(0x84);
  const onlyContainsAttributeCerts = flag(0x85);
  reader.close();
  if (Number(onlyContainsUserCerts) + Number(onlyContainsCaCerts) + Number(onlyContainsAttributeCerts) > 1) {
    fail('crl.issuingDistributionPoint.only', whole.start);
  }
  return {
    ...(name === undefined ? {} : { name: readDistributionPointName(name) }),
    onlyContainsUserCerts,
    onlyContainsCaCerts,
    onlyContainsAttributeCerts,
    ...(some === undefined ? {} : { onlySomeReasons: readNamedBits(some) }),
    indirectCrl,
  };
}
