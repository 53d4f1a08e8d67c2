import { createHash } from 'node:crypto';
import { attempt, type Parsed } from '../der/fault.js';
import { type DigestAlgorithm, type SignatureAlgorithm, signatureSchemes } from '../key/algorithm.js';
import { sha256Hex } from '../key/digest.js';
import { openTimeStamp, stampsData, type TimeStampToken } from '../tsp/verify.js';
import { archiveDigest } from './archive-digest.js';
import {
  type HashIndex,
  hashAttribute,
  hashAttributeValue,
  hashElement,
  readHashIndex,
} from './hash-index.js';
import { cadesAttributeIds } from './oids.js';
import {
  type RawSignedData,
  type RawSigner,
  readRawSignedData,
  valueOfRevocation,
} from './raw-signed-data.js';

/** A time stamp found on a signature, its mathematics checked; whether its authority is trusted is open. */
export interface FoundTimeStamp {
  readonly kind: 'signature' | 'archive';
  /** SHA-256 of the token as it stands in the message, hexadecimal. */
  readonly sha256: string;
  /** Absent where the token could not be opened. */
  readonly token?: TimeStampToken;
  /** Why it does not count: not a good token, over other data, or an index that names what is not there. */
  readonly rule?: string;
  /** Archive only: SHA-256 of the tokens, certificates, CRLs and OCSP responses in its index. */
  readonly covers: readonly string[];
}

/** Everything we can compute is computed: what is too weak by now is asked of a policy, at the time that is proven. */
const everything = {
  algorithms: Object.keys(signatureSchemes) as SignatureAlgorithm[],
  keys: { minimumRsaBits: 1024, maximumRsaBits: 8192 },
};

/** Of each kind; a stamp that is not looked at proves nothing. */
const maximum = 32;

/** Whether a signer carries time stamps at all: most do not, and then nothing has to be taken apart again. */
export function hasTimeStamps(attributes: readonly { readonly type: string }[]): boolean {
  return attributes.some(
    ({ type }) =>
      type === cadesAttributeIds.signatureTimeStamp || type === cadesAttributeIds.archiveTimeStampV3,
  );
}

/**
 * The time stamps of one signer, signature time stamps first, each with what it covers. `content`: the signed content. Never throws on
 * hostile input.
 */
export function findTimeStamps(
  cms: Uint8Array,
  signerNumber: number,
  content: Uint8Array | undefined,
  certificates: readonly Uint8Array[],
): FoundTimeStamp[] {
  const read = attempt(() => readRawSignedData(cms));
  const signer = read.ok ? read.value.signers[signerNumber] : undefined;
  if (!read.ok || signer === undefined) return [];
  const raw = read.value;
  const valuesOf = (wanted: string) =>
    signer.unsigned.flatMap(({ type, values }) => (type === wanted ? values : []));
  return [
    ...valuesOf(cadesAttributeIds.signatureTimeStamp)
      .slice(0, maximum)
      .map((token) => stampOver(token, signer.signature, certificates)),
    ...valuesOf(cadesAttributeIds.archiveTimeStampV3)
      .slice(0, maximum)
      .map((token) => onArchive({ raw, signer, content }, token, certificates)),
  ];
}

/** A signature time stamp over these bytes: the signature value, whatever form it stands in. */
export function stampOver(
  der: Uint8Array,
  stamped: Uint8Array,
  certificates: readonly Uint8Array[],
): FoundTimeStamp {
  const base = { kind: 'signature', sha256: sha256Hex(der), covers: [] } as const;
  const opened = openTimeStamp(der, certificates, everything);
  if (!opened.ok) return { ...base, rule: opened.rule };
  const { token } = opened;
  return stampsData(token.info, stamped)
    ? { ...base, token }
    : { ...base, token, rule: 'tsp.imprint.differs' };
}

interface Archived {
  readonly raw: RawSignedData;
  readonly signer: RawSigner;
  readonly content: Uint8Array | undefined;
}

function onArchive(archived: Archived, der: Uint8Array, certificates: readonly Uint8Array[]): FoundTimeStamp {
  const base = { kind: 'archive', sha256: sha256Hex(der), covers: [] } as const;
  const opened = openTimeStamp(der, certificates, everything);
  if (!opened.ok) return { ...base, rule: opened.rule };
  const { token } = opened;
  const refuse = (rule: string): FoundTimeStamp => ({ ...base, token, rule });
  const index = readIndexOf(der);
  if (!index.ok) return refuse(index.rule);
  const { algorithm, digest } = token.info.imprint;
  if (index.value.read.algorithm !== algorithm) return refuse('archive.index.algorithm');
  const content = archived.raw.content ?? archived.content;
  if (content === undefined) return refuse('archive.content.missing');
  const contentDigest = createHash(algorithm).update(content).digest();
  const computed = archiveDigest({ ...archived, index: index.value.der, contentDigest, algorithm });
  if (Buffer.compare(computed, digest) !== 0) return refuse('archive.imprint.differs');
  const covered = coveredBy(archived, index.value.read, algorithm);
  return covered === undefined ? refuse('archive.index.unmatched') : { ...base, token, covers: covered };
}

const indexTypes = new Set<string>([cadesAttributeIds.atsHashIndexV3, cadesAttributeIds.atsHashIndex]);

/** The one index of a token: it is not signed, but the imprint is over it. */
function readIndexOf(token: Uint8Array): Parsed<{ der: Uint8Array; read: HashIndex }> {
  const raw = attempt(() => readRawSignedData(token));
  if (!raw.ok) return raw;
  const values = raw.value.signers.flatMap(({ unsigned }) =>
    unsigned.flatMap(({ type, values: each }) =>
      indexTypes.has(type) ? each.map((value) => ({ type, value })) : [],
    ),
  );
  const [found, ...others] = values;
  if (found === undefined || others.length > 0) return { ok: false, rule: 'archive.index.one', offset: 0 };
  const { type, value: der } = found;
  const read = attempt(() => readHashIndex(der, type === cadesAttributeIds.atsHashIndex ? 1 : 3));
  return read.ok ? { ok: true, value: { der, read: read.value } } : read;
}

/** What the index names, found in the message; undefined where something it names is gone. What it does not name has no proof from it. */
function coveredBy(
  { raw, signer }: Archived,
  index: HashIndex,
  algorithm: DigestAlgorithm,
): string[] | undefined {
  const covered: string[] = [];
  const match = (
    hashes: readonly Uint8Array[],
    here: readonly (readonly [Uint8Array, string[]])[],
  ): boolean => {
    const known = new Map(here.map(([hash, proves]) => [Buffer.from(hash).toString('hex'), proves]));
    return hashes.every((hash) => {
      const found = known.get(Buffer.from(hash).toString('hex'));
      if (found !== undefined) covered.push(...found);
      return found !== undefined;
    });
  };
  const isComplete =
    match(
      index.certificates,
      raw.certificates.map((each) => [hashElement(algorithm, each), [sha256Hex(each)]]),
    ) &&
    match(
      index.revocation,
      raw.revocation.map((each) => [hashElement(algorithm, each), [sha256Hex(valueOfRevocation(each))]]),
    ) &&
    match(
      index.attributes,
      signer.unsigned.flatMap(({ type, values }) =>
        index.version === 1
          ? [[hashAttribute(algorithm, type, values), values.flatMap(proven)] as const]
          : values.map((value) => [hashAttributeValue(algorithm, type, value), proven(value)] as const),
      ),
    );
  return isComplete ? [...new Set(covered)].sort() : undefined;
}

/** SHA-256 of a SignedData and of everything in it: what a time stamp over it proves to have been there. */
export const proven = (value: Uint8Array): string[] => [sha256Hex(value), ...contentsOf(value)];

/** Tokens in messages in containers: deeper nothing of ours goes. */
const deepest = 3;

/**
 * SHA-256 of everything that has been there when these bytes of a SignedData have: its certificates, CRLs and OCSP responses, and its
 * unsigned attributes with what is in them. Empty where it cannot be read.
 */
function contentsOf(signedData: Uint8Array, depth = 0): string[] {
  const read = attempt(() => readRawSignedData(signedData));
  if (!read.ok || depth >= deepest) return [];
  const { certificates, revocation, signers } = read.value;
  return [
    ...certificates.map(sha256Hex),
    ...revocation.map((each) => sha256Hex(valueOfRevocation(each))),
    ...signers.flatMap(({ unsigned }) =>
      unsigned.flatMap(({ values }) =>
        values.flatMap((value) => [sha256Hex(value), ...contentsOf(value, depth + 1)]),
      ),
    ),
  ];
}

/** A document time stamp of a PDF over `data`, which holds the signature; `covers` is what was in the file with it. */
export function findDocumentStamp(
  stamp: {
    readonly token: Uint8Array;
    readonly data: Uint8Array;
    readonly covers: readonly string[];
    /** What is wrong with the place where it stands. */
    readonly rule?: string;
  },
  certificates: readonly Uint8Array[],
): FoundTimeStamp {
  const base = { kind: 'archive', sha256: sha256Hex(stamp.token), covers: [] } as const;
  const opened = openTimeStamp(stamp.token, certificates, everything);
  if (!opened.ok) return { ...base, rule: opened.rule };
  const { token } = opened;
  if (stamp.rule !== undefined) return { ...base, token, rule: stamp.rule };
  if (!stampsData(token.info, stamp.data)) return { ...base, token, rule: 'tsp.imprint.differs' };
  return { ...base, token, covers: [...new Set(stamp.covers)].sort() };
}

/** An archive time stamp over the manifest of a container: `covered` are the files the manifest names, `broken` one it names wrongly. */
export function findContainerStamp(
  archive: {
    readonly manifest: Uint8Array;
    readonly token: Uint8Array;
    readonly covered: ReadonlyMap<string, Uint8Array>;
    readonly broken?: string;
  },
  signature: Uint8Array,
  certificates: readonly Uint8Array[],
): FoundTimeStamp {
  const base = { kind: 'archive', sha256: sha256Hex(archive.token), covers: [] } as const;
  const opened = openTimeStamp(archive.token, certificates, everything);
  if (!opened.ok) return { ...base, rule: opened.rule };
  const { token } = opened;
  if (!stampsData(token.info, archive.manifest)) return { ...base, token, rule: 'tsp.imprint.differs' };
  if (archive.broken !== undefined) return { ...base, token, rule: 'archive.manifest.digest' };
  const files = [...archive.covered.values()];
  if (!files.some((bytes) => Buffer.compare(bytes, signature) === 0)) {
    return { ...base, token, rule: 'archive.manifest.signature' };
  }
  return { ...base, token, covers: [...new Set(files.flatMap(proven))].sort() };
}
