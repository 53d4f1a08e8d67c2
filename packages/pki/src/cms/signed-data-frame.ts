import { bytesOf, type Reader, type Tlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { readOid, readSmallInteger } from '../der/values.js';
import { contentTypes } from './cms-oids.js';
import { readContentInfo } from './content-info.js';

/** A SignedData (RFC 5652 section 5) cut into its fields, nothing inside them looked at. */
interface SignedDataFrame {
  /** Cursor that gave the fields out: enter them with its `inside`, so that encoding and depth stay counted. */
  readonly reader: Reader;
  /** Where the content begins in the message. */
  readonly start: number;
  readonly version: number;
  /** SET OF digest algorithms, whole. */
  readonly digestAlgorithms: Uint8Array;
  readonly contentType: string;
  /** Cursor at the content's OCTET STRING, which may be in BER pieces; absent when detached. */
  readonly body: Reader | undefined;
  readonly certificates: Tlv | undefined;
  readonly revocation: Tlv | undefined;
  /** Cursor at the first SignerInfo. */
  readonly signerInfos: Reader;
}

/** Reads a ContentInfo with SignedData; BER is read in the outer layers. Throws DerFault. */
export function readSignedDataFrame(bytes: Uint8Array): SignedDataFrame {
  const { reader: layer, content } = readContentInfo(bytes, contentTypes.signedData);
  const reader = layer.inside(content);
  const version = readSmallInteger(reader.next(tags.integer, 'cms.version'));
  const digestAlgorithms = bytesOf(reader.next(tags.set, 'cms.digestAlgorithms'));
  const encapsulated = reader.sequence('cms.encapsulatedContent');
  const contentType = readOid(encapsulated.next(tags.oid, 'cms.encapsulatedContent'));
  const body = encapsulated.optional(contextTag(0, true));
  encapsulated.close('cms.encapsulatedContent');
  const certificates = reader.optional(contextTag(0, true));
  const revocation = reader.optional(contextTag(1, true));
  const signerInfos = reader.enter(tags.set, 'cms.signers');
  reader.close('cms.trailing');
  // Written out: an object made by spreading others takes longer than all that is read here.
  return {
    reader,
    start: content.start,
    version,
    digestAlgorithms,
    contentType,
    body: body && encapsulated.inside(body),
    certificates,
    revocation,
    signerInfos,
  };
}
