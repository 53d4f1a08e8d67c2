import { fail } from '../der/fault.js';
import { bytesOf, contentOf, inside, type Reader, type Tlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { readBitOctets, readOctetPieces, readOid, readSmallInteger } from '../der/values.js';
import { explicit, integer, octetString, oid, sequence } from '../der/write.js';
import { algorithms, digests } from '../oids.js';
import { contentTypes, envelopeAlgorithms } from './cms-oids.js';
import { type CertificateReference, readContentInfo, readIssuerAndSerial } from './content-info.js';

/** How the content key reaches one recipient. */
export type EnvelopeRecipient =
  | {
      readonly kind: 'ec';
      readonly reference: CertificateReference;
      readonly encryptedKey: Uint8Array;
      /** SPKI of the sender's ephemeral key, always on P-256. */
      readonly ephemeralKey: Uint8Array;
      readonly wrapAlgorithm: Uint8Array;
      readonly ukm: Uint8Array | undefined;
    }
  | { readonly kind: 'rsa'; readonly reference: CertificateReference; readonly encryptedKey: Uint8Array }
  | { readonly kind: 'unsupported'; readonly rule: string };

export interface Envelope {
  readonly recipients: readonly EnvelopeRecipient[];
  readonly nonce: Uint8Array;
  readonly tag: Uint8Array;
  /** The ciphertext, in its BER pieces. */
  readonly pieces: readonly Uint8Array[];
}

export const NONCE_LENGTH = 12;
export const TAG_LENGTH = 16;
const MAXIMUM_RECIPIENTS = 64;

const hashSha256 = sequence(oid(digests.sha256));
const mgfSha256 = sequence(oid(algorithms.mgf1), hashSha256);
/** RSAES-OAEP with SHA-256 for hash and MGF1 and the empty label (RFC 4055 section 4.1). */
export const oaepAlgorithm = sequence(
  oid(envelopeAlgorithms.rsaOaep),
  sequence(explicit(0, hashSha256), explicit(1, mgfSha256)),
);

const ecKeyAlgorithm = sequence(oid(algorithms.ecPublicKey), oid(algorithms.p256));

/** SPKI of a P-256 key from its BIT STRING element. */
function p256Spki(point: Uint8Array): Uint8Array {
  return sequence(ecKeyAlgorithm, point);
}

/** AES-256-GCM with the tag length written out: its DEFAULT is 12 (RFC 5084 section 3.2). */
export function gcmAlgorithm(nonce: Uint8Array): Uint8Array {
  return sequence(oid(envelopeAlgorithms.aes256Gcm), sequence(octetString(nonce), integer(TAG_LENGTH)));
}

/**
 * Reads an AuthEnvelopedData (RFC 5083) of the one kind we take: id-data inside, AES-256-GCM, 12-byte nonce, 16-byte tag, no
 * attributes. Recipients of other kinds are kept as `unsupported` with the rule. Throws DerFault.
 */
export function readEnvelope(bytes: Uint8Array): Envelope {
  const { reader: layer, content } = readContentInfo(bytes, contentTypes.authEnvelopedData);
  const reader = layer.inside(content);
  const version = reader.next(tags.integer, 'envelope.version');
  if (readSmallInteger(version) !== 0) fail('envelope.version', version.start);
  reader.optional(contextTag(0, true));
  const recipientInfos = reader.enter(tags.set, 'envelope.recipients');
  const recipients: EnvelopeRecipient[] = [];
  while (recipientInfos.more) {
    if (recipients.length >= MAXIMUM_RECIPIENTS) fail('envelope.recipients', recipientInfos.offset);
    recipients.push(...readRecipient(recipientInfos, recipientInfos.next()));
  }
  const encrypted = reader.sequence('envelope.content');
  const type = encrypted.next(tags.oid, 'envelope.content');
  if (readOid(type) !== contentTypes.data) fail('envelope.contentType', type.start);
  const nonce = readGcm(encrypted.sequence('envelope.cipher'));
  const body = encrypted.next();
  const pieces = readOctetPieces(encrypted, body, contextTag(0, false));
  encrypted.close('envelope.content');
  if (reader.peek() === contextTag(1, true)) fail('envelope.attributes', reader.offset);
  const mac = reader.next(tags.octetString, 'envelope.tag');
  if (reader.peek() === contextTag(2, true)) fail('envelope.attributes', reader.offset);
  reader.close('envelope.trailing');
  const tag = contentOf(mac);
  if (tag.length !== TAG_LENGTH) fail('envelope.tag', mac.start);
  return { recipients, nonce, tag, pieces };
}

function readGcm(algorithm: Reader): Uint8Array {
  const cipher = algorithm.next(tags.oid, 'envelope.cipher');
  if (readOid(cipher) !== envelopeAlgorithms.aes256Gcm) fail('envelope.cipher', cipher.start);
  const parameters = algorithm.sequence('envelope.cipher');
  algorithm.close('envelope.cipher');
  const nonce = contentOf(parameters.next(tags.octetString, 'envelope.nonce'));
  if (nonce.length !== NONCE_LENGTH) fail('envelope.nonce', cipher.start);
  const length = parameters.optional(tags.integer);
  if (length === undefined || readSmallInteger(length) !== TAG_LENGTH)
    fail('envelope.tagLength', cipher.start);
  parameters.close('envelope.cipher');
  return nonce;
}

function readRecipient(outer: Reader, tlv: Tlv): EnvelopeRecipient[] {
  const reader = outer.inside(tlv);
  if (tlv.tag === tags.sequence) return [readKeyTransport(reader)];
  if (tlv.tag === contextTag(1, true)) return readKeyAgreement(reader);
  // Pre-shared keys, passwords and others: another way of sharing keys than certificates.
  return [{ kind: 'unsupported', rule: 'envelope.recipient.kind' }];
}

function readKeyTransport(reader: Reader): EnvelopeRecipient {
  readSmallInteger(reader.next(tags.integer, 'envelope.recipient'));
  const keyIdentifier = reader.optional(contextTag(0, false));
  const reference: CertificateReference =
    keyIdentifier === undefined
      ? readIssuerAndSerial(reader.next(tags.sequence, 'envelope.recipient'))
      : { kind: 'keyIdentifier', keyIdentifier: contentOf(keyIdentifier) };
  const algorithm = reader.next(tags.sequence, 'envelope.recipient');
  const encryptedKey = contentOf(reader.next(tags.octetString, 'envelope.recipient'));
  reader.close('envelope.recipient');
  if (!isOaepSha256(inside(algorithm))) return { kind: 'unsupported', rule: 'envelope.recipient.padding' };
  return { kind: 'rsa', reference, encryptedKey };
}

/** OAEP with SHA-256 twice; the parameters of the hashes may be NULL or absent, the label only the empty default. */
function isOaepSha256(algorithm: Reader): boolean {
  if (readOid(algorithm.next(tags.oid)) !== envelopeAlgorithms.rsaOaep) return false;
  if (algorithm.peek() !== tags.sequence) return false;
  const parameters = algorithm.sequence();
  algorithm.close();
  const hash = parameters.optional(contextTag(0, true));
  const mask = parameters.optional(contextTag(1, true));
  if (hash === undefined || mask === undefined || parameters.more) return false;
  const mgf = inside(mask).sequence();
  return (
    readOid(mgf.next(tags.oid)) === algorithms.mgf1 &&
    isSha256(mgf.sequence()) &&
    isSha256(inside(hash).sequence())
  );
}

function isSha256(algorithm: Reader): boolean {
  const id = readOid(algorithm.next(tags.oid));
  algorithm.optional(tags.null);
  return id === digests.sha256 && !algorithm.more;
}

/** KeyAgreeRecipientInfo (RFC 5753): one ephemeral key, any number of recipients. */
function readKeyAgreement(reader: Reader): EnvelopeRecipient[] {
  readSmallInteger(reader.next(tags.integer, 'envelope.recipient'));
  const originator = reader.enter(contextTag(0, true), 'envelope.recipient').next();
  const given = reader.optional(contextTag(1, true));
  const ukm =
    given === undefined ? undefined : contentOf(reader.inside(given).next(tags.octetString, 'envelope.ukm'));
  const algorithm = inside(reader.next(tags.sequence, 'envelope.recipient'));
  const keys = reader.sequence('envelope.recipient');
  reader.close('envelope.recipient');
  const ephemeralKey =
    originator.tag === contextTag(1, true) ? readEphemeralKey(inside(originator)) : undefined;
  const wrapAlgorithm = readAgreementAlgorithm(algorithm);
  const recipients: EnvelopeRecipient[] = [];
  while (keys.more && recipients.length < MAXIMUM_RECIPIENTS) {
    const pair = keys.sequence('envelope.recipient');
    const reference = readAgreementReference(pair, pair.next());
    const encryptedKey = contentOf(pair.next(tags.octetString, 'envelope.recipient'));
    pair.close('envelope.recipient');
    if (ephemeralKey === undefined)
      recipients.push({ kind: 'unsupported', rule: 'envelope.recipient.curve' });
    else if (wrapAlgorithm === undefined)
      recipients.push({ kind: 'unsupported', rule: 'envelope.recipient.agreement' });
    else recipients.push({ kind: 'ec', reference, encryptedKey, ephemeralKey, wrapAlgorithm, ukm });
  }
  return recipients;
}

function readAgreementReference(pair: Reader, tlv: Tlv): CertificateReference {
  if (tlv.tag === tags.sequence) return readIssuerAndSerial(tlv);
  if (tlv.tag !== contextTag(0, true)) fail('envelope.recipient', tlv.start);
  const keyIdentifier = pair.inside(tlv).next(tags.octetString, 'envelope.recipient');
  return { kind: 'keyIdentifier', keyIdentifier: contentOf(keyIdentifier) };
}

/** OriginatorPublicKey on P-256; the curve may be left out, it is the recipient's (RFC 5753 section 3.1.1). */
function readEphemeralKey(reader: Reader): Uint8Array | undefined {
  const algorithm = reader.sequence('envelope.originator');
  const point = reader.next(tags.bitString, 'envelope.originator');
  reader.close('envelope.originator');
  const octets = readBitOctets(point);
  const id = readOid(algorithm.next(tags.oid, 'envelope.originator'));
  const curve = algorithm.peek() === tags.oid ? readOid(algorithm.next()) : undefined;
  if (curve === undefined) algorithm.optional(tags.null);
  algorithm.close('envelope.originator');
  if (id !== algorithms.ecPublicKey || (curve !== undefined && curve !== algorithms.p256)) return undefined;
  return octets.length === 65 && octets[0] === 0x04 ? p256Spki(bytesOf(point)) : undefined;
}

/** dhSinglePass-stdDH-sha256kdf with AES-256 key wrap; gives the wrap algorithm's bytes as they stand in the message. */
function readAgreementAlgorithm(algorithm: Reader): Uint8Array | undefined {
  const id = readOid(algorithm.next(tags.oid, 'envelope.recipient'));
  if (id !== envelopeAlgorithms.ecdhSha256 || algorithm.peek() !== tags.sequence) return undefined;
  const wrap = algorithm.next(tags.sequence);
  algorithm.close('envelope.recipient');
  const parameters = inside(wrap);
  if (readOid(parameters.next(tags.oid, 'envelope.recipient')) !== envelopeAlgorithms.aes256Wrap)
    return undefined;
  parameters.optional(tags.null);
  parameters.close('envelope.recipient');
  return bytesOf(wrap);
}
