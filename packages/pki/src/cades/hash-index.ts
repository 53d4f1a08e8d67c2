import { createHash } from 'node:crypto';
import { digestOfOid } from '../cms/signature-algorithms.js';
import { fail } from '../der/fault.js';
import { contentOf, inside, type Reader, readTlv, wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readOid } from '../der/values.js';
import { octetString, oid, sequence, setOf } from '../der/write.js';
import { type DigestAlgorithm, digestLength } from '../key/algorithm.js';
import { digests } from '../oids.js';
import type { RawSignedData, RawSigner } from './raw-signed-data.js';

/** What an archive time stamp covers beside the signature itself, by digest (ats-hash-index-v3, ETSI EN 319 122-1 5.5.2). */
export interface HashIndex {
  /** 3; 1 is that of ETSI TS 101 733, which has one digest for a whole attribute. */
  readonly version: 1 | 3;
  readonly algorithm: DigestAlgorithm;
  readonly certificates: readonly Uint8Array[];
  readonly revocation: readonly Uint8Array[];
  /** One for each value of each unsigned attribute. */
  readonly attributes: readonly Uint8Array[];
}

/** Far above what a message of ours may hold. */
const maximumHashes = 2048;

/** The digest that stands in the index for one value of an unsigned attribute: over type and value, both whole elements. */
export function hashAttributeValue(algorithm: DigestAlgorithm, type: string, value: Uint8Array): Uint8Array {
  return createHash(algorithm).update(oid(type)).update(value).digest();
}

/** In version 1 of the index: over the whole attribute. */
export function hashAttribute(
  algorithm: DigestAlgorithm,
  type: string,
  values: readonly Uint8Array[],
): Uint8Array {
  return hashElement(algorithm, sequence(oid(type), setOf(...values)));
}

export function hashElement(algorithm: DigestAlgorithm, element: Uint8Array): Uint8Array {
  return createHash(algorithm).update(element).digest();
}

/** The index of everything that is in the message now. */
export function indexOf(raw: RawSignedData, signer: RawSigner, algorithm: DigestAlgorithm): HashIndex {
  return {
    version: 3,
    algorithm,
    certificates: raw.certificates.map((each) => hashElement(algorithm, each)),
    revocation: raw.revocation.map((each) => hashElement(algorithm, each)),
    attributes: signer.unsigned.flatMap(({ type, values }) =>
      values.map((value) => hashAttributeValue(algorithm, type, value)),
    ),
  };
}

export function writeHashIndex({ algorithm, certificates, revocation, attributes }: HashIndex): Uint8Array {
  const list = (hashes: readonly Uint8Array[]) => sequence(...hashes.map((hash) => octetString(hash)));
  return sequence(sequence(oid(digests[algorithm])), list(certificates), list(revocation), list(attributes));
}

/** Reads an ATSHashIndexV3, or of version 1 an ATSHashIndex, whose algorithm is SHA-256 where it is left out. Strict DER. Throws DerFault. */
export function readHashIndex(der: Uint8Array, version: 1 | 3 = 3): HashIndex {
  const whole = wholeTlv(der);
  if (whole.tag !== tags.sequence) fail('archive.index', 0);
  const reader = inside(whole);
  const algorithm = readAlgorithm(reader, version);
  if (algorithm === undefined) return fail('archive.index.algorithm', whole.content);
  const read = {
    version,
    algorithm,
    certificates: readHashes(reader, algorithm),
    revocation: readHashes(reader, algorithm),
    attributes: readHashes(reader, algorithm),
  };
  reader.close('archive.index');
  return read;
}

function readAlgorithm(parent: Reader, version: 1 | 3): DigestAlgorithm | undefined {
  // The lists are SEQUENCEs too: an algorithm is told from a list by the OID in it.
  const tlv = readTlv(parent.bytes, parent.offset, parent.limit);
  if (version === 1 && inside(tlv).peek() !== tags.oid) return 'sha256';
  const identifier = parent.sequence('archive.index.algorithm');
  const algorithm = digestOfOid(readOid(identifier.next(tags.oid, 'archive.index.algorithm')));
  identifier.optional(tags.null);
  identifier.close('archive.index.algorithm');
  return algorithm;
}

function readHashes(parent: Reader, algorithm: DigestAlgorithm): Uint8Array[] {
  const reader = parent.sequence('archive.index');
  const hashes: Uint8Array[] = [];
  while (reader.more) {
    const tlv = reader.next(tags.octetString, 'archive.index');
    const hash = contentOf(tlv);
    if (hash.length !== digestLength(algorithm)) fail('archive.index.length', tlv.start);
    if (hashes.length >= maximumHashes) fail('archive.index.size', tlv.start);
    hashes.push(hash);
  }
  return hashes;
}
