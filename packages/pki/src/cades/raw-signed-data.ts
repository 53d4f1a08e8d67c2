import { contentTypes } from '../cms/cms-oids.js';
import { buildContentInfo } from '../cms/content-info.js';
import { readSignedDataFrame } from '../cms/signed-data-frame.js';
import { attempt, fail } from '../der/fault.js';
import { bytesOf, Reader, type Tlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { readOctetPieces, readOid } from '../der/values.js';
import { constructed, explicit, integer, octetString, oid, sequence, setOf, sorted } from '../der/write.js';

/** An unsigned attribute with the DER of its values. */
export interface RawAttribute {
  readonly type: string;
  readonly values: readonly Uint8Array[];
}

/** A SignerInfo whose signed parts stay the octets they were. */
export interface RawSigner {
  /** version, sid, digestAlgorithm, signedAttrs (if any), signatureAlgorithm: whole elements, in this order. */
  readonly head: readonly Uint8Array[];
  /** The signature value, without its header. */
  readonly signature: Uint8Array;
  /** OID of the digest algorithm. */
  readonly digestOid: string;
  readonly unsigned: readonly RawAttribute[];
}

/** A SignedData cut so that it can be put together again with more in it and no signed octet changed. */
export interface RawSignedData {
  readonly version: number;
  /** SET OF digest algorithms, whole. */
  readonly digestAlgorithms: Uint8Array;
  readonly contentType: string;
  readonly content: Uint8Array | undefined;
  /** CertificateChoices and RevocationInfoChoices, whole elements. */
  readonly certificates: readonly Uint8Array[];
  readonly revocation: readonly Uint8Array[];
  readonly signers: readonly RawSigner[];
}

const limits = { signers: 32, choices: 512, attributes: 64 };

/** Cuts a SignedData (RFC 5652 section 5) into its raw parts; BER is read in the outer layers. Throws DerFault. */
export function readRawSignedData(bytes: Uint8Array): RawSignedData {
  const { reader, signerInfos, ...frame } = readSignedDataFrame(bytes);
  const signers: RawSigner[] = [];
  while (signerInfos.more) {
    if (signers.length >= limits.signers) fail('cms.signers.size', signerInfos.offset);
    signers.push(readRawSigner(signerInfos.sequence('cms.signer')));
  }
  const { version, digestAlgorithms, contentType, body } = frame;
  return {
    ...{ version, digestAlgorithms, contentType, signers },
    content: body && joinPieces(body),
    certificates: readChoices(reader, frame.certificates),
    revocation: readChoices(reader, frame.revocation),
  };
}

function joinPieces(reader: Reader): Uint8Array {
  return Buffer.concat(readOctetPieces(reader, reader.next()));
}

function readChoices(outer: Reader, field: Tlv | undefined): Uint8Array[] {
  if (field === undefined) return [];
  const reader = outer.inside(field);
  const choices: Uint8Array[] = [];
  while (reader.more) {
    if (choices.length >= limits.choices) fail('cms.choices.size', reader.offset);
    choices.push(bytesOf(reader.next()));
  }
  return choices;
}

function readRawSigner(reader: Reader): RawSigner {
  const version = reader.next(tags.integer, 'cms.signer.version');
  const sid = reader.next();
  const digest = reader.next(tags.sequence, 'cms.signer.digestAlgorithm');
  const signed = reader.optional(contextTag(0, true));
  const algorithm = reader.next(tags.sequence, 'cms.signer.signatureAlgorithm');
  const signature = joinPieces(reader);
  const unsigned = reader.optional(contextTag(1, true));
  reader.close('cms.signer.trailing');
  const head = [version, sid, digest, signed, algorithm].flatMap((tlv) =>
    tlv === undefined ? [] : [bytesOf(tlv)],
  );
  return {
    head,
    signature,
    digestOid: readOid(reader.inside(digest).next(tags.oid, 'cms.signer.digestAlgorithm')),
    unsigned: unsigned === undefined ? [] : readUnsigned(reader.inside(unsigned)),
  };
}

function readUnsigned(reader: Reader): RawAttribute[] {
  const attributes: RawAttribute[] = [];
  while (reader.more) {
    if (attributes.length >= limits.attributes) fail('cms.attributes.size', reader.offset);
    const pair = reader.sequence('cms.attribute');
    const type = readOid(pair.next(tags.oid, 'cms.attribute'));
    const set = pair.enter(tags.set, 'cms.attribute');
    pair.close('cms.attribute');
    const values: Uint8Array[] = [];
    while (set.more) {
      if (values.length >= limits.attributes) fail('cms.attributes.size', set.offset);
      values.push(bytesOf(set.next()));
    }
    attributes.push({ type, values });
  }
  return attributes;
}

/** RFC 5652 5.1: version 5 where a RevocationInfoChoice is of another kind than a CRL. */
const OTHER_REVOCATION = contextTag(1, true);

/** The message, in definite lengths. The signers keep their order: what points at them by number stays right. */
export function writeRawSignedData(raw: RawSignedData): Uint8Array {
  const { certificates, revocation, content } = raw;
  const hasOther = revocation.some((choice) => choice[0] === OTHER_REVOCATION);
  return buildContentInfo(
    contentTypes.signedData,
    sequence(
      integer(hasOther ? 5 : raw.version),
      raw.digestAlgorithms,
      sequence(oid(raw.contentType), content === undefined ? undefined : explicit(0, octetString(content))),
      certificates.length === 0 ? undefined : constructed(contextTag(0, true), sorted(certificates)),
      revocation.length === 0 ? undefined : constructed(OTHER_REVOCATION, sorted(revocation)),
      constructed(tags.set, raw.signers.map(writeRawSigner)),
    ),
  );
}

function writeRawSigner({ head, signature, unsigned }: RawSigner): Uint8Array {
  const attributes = unsigned.map(({ type, values }) => sequence(oid(type), setOf(...values)));
  return sequence(
    ...head,
    octetString(signature),
    attributes.length === 0 ? undefined : constructed(contextTag(1, true), sorted(attributes)),
  );
}

/** The message with further unsigned attributes on one signer. */
export function withUnsigned(raw: RawSignedData, index: number, ...added: RawAttribute[]): RawSignedData {
  const signers = raw.signers.map((signer, at) =>
    at === index ? { ...signer, unsigned: [...signer.unsigned, ...added] } : signer,
  );
  return { ...raw, signers };
}

/** The CRL itself, or the OCSP response out of its wrapping (RFC 5940): what their digests elsewhere are over. */
export function valueOfRevocation(choice: Uint8Array): Uint8Array {
  if (choice[0] !== OTHER_REVOCATION) return choice;
  const read = attempt(() => {
    const reader = new Reader(choice, 0, choice.length, 'ber').enter(OTHER_REVOCATION);
    reader.next(tags.oid);
    return bytesOf(reader.next());
  });
  return read.ok ? read.value : choice;
}
