import { createHash } from 'node:crypto';
import { ocspResponseInfo } from '../cms/cms-oids.js';
import { attempt, fail, type Parsed } from '../der/fault.js';
import { wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { implicit, oid, sequence } from '../der/write.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import type { MessageImprint } from '../tsp/imprint.js';
import { openTimeStamp } from '../tsp/verify.js';
import { archiveDigest } from './archive-digest.js';
import { indexOf, writeHashIndex } from './hash-index.js';
import { cadesAttributeIds } from './oids.js';
import {
  type RawSignedData,
  readRawSignedData,
  withUnsigned,
  writeRawSignedData,
} from './raw-signed-data.js';

/** Asks an authority for a time stamp over a digest; gives the token (ContentInfo, DER). */
export type Stamp = (imprint: MessageImprint) => Promise<Uint8Array>;

interface StampOptions {
  readonly stamp: Stamp;
  /** Digest of the imprint; default SHA-256. */
  readonly algorithm?: DigestAlgorithm;
  /** Number of the signer in the message; default every signer, one after the other. */
  readonly signer?: number;
}

/**
 * From B-B to B-T (ETSI EN 319 122-1): a signature time stamp over each signature value, as an unsigned attribute. No signed octet
 * changes. A message that cannot be read, or a token that is not over what was asked, comes back as a broken rule.
 */
export function addSignatureTimeStamp(cms: Uint8Array, options: StampOptions): Promise<Parsed<Uint8Array>> {
  return onSigners(cms, options, async (raw, index, algorithm) => {
    const { signature } = at(raw, index);
    const token = await ask(options.stamp, {
      algorithm,
      digest: createHash(algorithm).update(signature).digest(),
    });
    if (!token.ok) return token;
    const attribute = { type: cadesAttributeIds.signatureTimeStamp, values: [token.value] };
    return { ok: true, value: withUnsigned(raw, index, attribute) };
  });
}

/** What a verifier needs later: every certificate of every path, and what cleared it. */
export interface ValidationValues {
  readonly certificates?: readonly Uint8Array[];
  readonly crls?: readonly Uint8Array[];
  readonly ocspResponses?: readonly Uint8Array[];
}

/**
 * To B-LT: certificates and revocation information into SignedData.certificates and SignedData.crls, OCSP responses in the form of
 * RFC 5940. What is there already is not doubled. Values that are no DER SEQUENCE come back as a broken rule.
 */
export function addValidationValues(cms: Uint8Array, values: ValidationValues): Parsed<Uint8Array> {
  return attempt(() => {
    const raw = readRawSignedData(cms);
    const { certificates = [], crls = [], ocspResponses = [] } = values;
    for (const value of [...certificates, ...crls, ...ocspResponses]) {
      if (wholeTlv(value).tag !== tags.sequence) fail('cades.value', 0);
    }
    const responses = ocspResponses.map((response) => implicit(1, sequence(oid(ocspResponseInfo), response)));
    return writeRawSignedData({
      ...raw,
      certificates: distinct([...raw.certificates, ...certificates]),
      revocation: distinct([...raw.revocation, ...crls, ...responses]),
    });
  });
}

const distinct = (all: readonly Uint8Array[]): Uint8Array[] => [
  ...new Map(all.map((bytes) => [Buffer.from(bytes).toString('latin1'), bytes])).values(),
];

/**
 * To B-LTA, and again whenever the newest archive time stamp grows old: an archive-time-stamp-v3 over the signature, the content and
 * everything that is in the message now, listed in its ats-hash-index-v3. Before renewing, add the values that prove
 * the time stamp before. `content`: detached content.
 */
export function addArchiveTimeStamp(
  cms: Uint8Array,
  options: StampOptions & { readonly content?: Uint8Array },
): Promise<Parsed<Uint8Array>> {
  return onSigners(cms, options, async (raw, number, algorithm) => {
    const content = raw.content ?? options.content;
    if (content === undefined) return { ok: false, rule: 'cades.content.missing', offset: 0 };
    const signer = at(raw, number);
    const index = writeHashIndex(indexOf(raw, signer, algorithm));
    const contentDigest = createHash(algorithm).update(content).digest();
    const digest = archiveDigest({ raw, signer, index, contentDigest, algorithm });
    const token = await ask(options.stamp, { algorithm, digest });
    if (!token.ok) return token;
    const opened = attempt(() => readRawSignedData(token.value));
    if (!opened.ok) return opened;
    const hashIndex = { type: cadesAttributeIds.atsHashIndexV3, values: [index] };
    const value = writeRawSignedData(withUnsigned(opened.value, 0, hashIndex));
    const attribute = { type: cadesAttributeIds.archiveTimeStampV3, values: [value] };
    return { ok: true, value: withUnsigned(raw, number, attribute) };
  });
}

async function onSigners(
  cms: Uint8Array,
  { signer, algorithm = 'sha256' }: StampOptions,
  step: (raw: RawSignedData, index: number, algorithm: DigestAlgorithm) => Promise<Parsed<RawSignedData>>,
): Promise<Parsed<Uint8Array>> {
  const read = attempt(() => readRawSignedData(cms));
  if (!read.ok) return read;
  let raw = read.value;
  const wanted = raw.signers
    .map((_, index) => index)
    .filter((index) => signer === undefined || signer === index);
  if (wanted.length === 0) return { ok: false, rule: 'cades.signer.none', offset: 0 };
  for (const index of wanted) {
    const next = await step(raw, index, algorithm);
    if (!next.ok) return next;
    raw = next.value;
  }
  return { ok: true, value: writeRawSignedData(raw) };
}

function at(raw: RawSignedData, index: number): RawSignedData['signers'][number] {
  const signer = raw.signers[index];
  if (signer === undefined) throw new RangeError('no such signer');
  return signer;
}

/** A token that cannot be opened, or is over something else, must not get into a message that is kept for decades. */
async function ask(stamp: Stamp, imprint: MessageImprint): Promise<Parsed<Uint8Array>> {
  const token = await stamp(imprint);
  const opened = openTimeStamp(token);
  if (!opened.ok) return { ...opened, offset: 0 };
  const given = opened.token.info.imprint;
  const isOver = given.algorithm === imprint.algorithm && Buffer.compare(given.digest, imprint.digest) === 0;
  return isOver ? { ok: true, value: token } : { ok: false, rule: 'cades.stamp.over', offset: 0 };
}
