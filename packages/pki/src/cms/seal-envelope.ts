import {
  constants,
  createCipheriv,
  diffieHellman,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { attempt } from '../der/fault.js';
import { contextTag } from '../der/tags.js';
import {
  bitString,
  constructed,
  explicit,
  integer,
  octetString,
  oid,
  primitive,
  sequence,
  setOf,
} from '../der/write.js';
import { importPublicKey, type PublicKey, splitSpki } from '../key/import.js';
import { algorithms } from '../oids.js';
import { type CertificateOutline, outlineCertificate } from './certificate-outline.js';
import { contentTypes, envelopeAlgorithms } from './cms-oids.js';
import { buildContentInfo, buildIssuerAndSerial } from './content-info.js';
import { gcmAlgorithm, NONCE_LENGTH, oaepAlgorithm } from './envelope-format.js';
import { aes256WrapAlgorithm, deriveKeyEncryptionKey, wrapKey } from './key-agreement.js';

/** RSA recipients need this many bits: the envelope outlives the key's signatures. */
const MINIMUM_RSA_BITS = 3072;

/**
 * Encrypts bytes for the holders of encryption certificates: CMS AuthEnvelopedData with AES-256-GCM (RFC 5083, 5084). A P-256
 * key gets an ephemeral-static key agreement (RFC 5753), an RSA key of 3072 bits or more OAEP with SHA-256 (RFC 4055).
 * `openssl cms -decrypt` opens it. Rejects with TypeError when there is no recipient, or a certificate's key is not of these
 * kinds; whether a certificate may be trusted the caller has found out before.
 */
export async function sealEnvelope(input: {
  content: Uint8Array;
  recipients: readonly Uint8Array[];
}): Promise<Uint8Array> {
  if (input.recipients.length === 0) throw new TypeError('An envelope needs a recipient.');
  const contentKey = randomBytes(32);
  const recipientInfos = input.recipients.map((der) => buildRecipient(der, contentKey));
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', contentKey, nonce);
  const encrypted = Buffer.concat([cipher.update(input.content), cipher.final()]);
  contentKey.fill(0);
  const encryptedContent = primitive(contextTag(0, false), encrypted);
  return buildContentInfo(
    contentTypes.authEnvelopedData,
    sequence(
      integer(0),
      setOf(...recipientInfos),
      sequence(oid(contentTypes.data), gcmAlgorithm(nonce), encryptedContent),
      octetString(cipher.getAuthTag()),
    ),
  );
}

function buildRecipient(der: Uint8Array, contentKey: Uint8Array): Uint8Array {
  const outline = attempt(() => outlineCertificate(der));
  if (!outline.ok) throw new TypeError(`The recipient's certificate cannot be read (${outline.rule}).`);
  const imported = importPublicKey(outline.value.spki, { minimumRsaBits: MINIMUM_RSA_BITS });
  if (!imported.ok) throw new TypeError(`The recipient's key cannot be used (${imported.rule}).`);
  switch (imported.key.kind) {
    case 'rsa':
      return buildKeyTransport(outline.value, imported.key, contentKey);
    case 'p256':
      return buildKeyAgreement(outline.value, imported.key, contentKey);
    case 'p384':
      throw new TypeError("The recipient's key cannot be used: encryption keys are P-256 or RSA.");
  }
}

/** KeyTransRecipientInfo (RFC 5652 section 6.2.1). */
function buildKeyTransport(
  recipient: CertificateOutline,
  key: PublicKey,
  contentKey: Uint8Array,
): Uint8Array {
  const padding = { key: key.object, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return sequence(
    integer(0),
    buildIssuerAndSerial(recipient),
    oaepAlgorithm,
    octetString(publicEncrypt(padding, contentKey)),
  );
}

/** KeyAgreeRecipientInfo (RFC 5652 section 6.2.2) with a key of its own for this recipient and this message. */
function buildKeyAgreement(
  recipient: CertificateOutline,
  key: PublicKey,
  contentKey: Uint8Array,
): Uint8Array {
  const ephemeral = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const secret = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: key.object });
  const wrapped = wrapKey(deriveKeyEncryptionKey(secret, aes256WrapAlgorithm), contentKey);
  const spki = ephemeral.publicKey.export({ format: 'der', type: 'spki' });
  const split = splitSpki(spki);
  if (!split.ok) throw new Error('node:crypto wrote a public key that is none');
  const originatorKey = constructed(contextTag(1, true), [
    sequence(oid(algorithms.ecPublicKey)),
    bitString(split.value.key),
  ]);
  return constructed(contextTag(1, true), [
    integer(3),
    explicit(0, originatorKey),
    sequence(oid(envelopeAlgorithms.ecdhSha256), aes256WrapAlgorithm),
    sequence(sequence(buildIssuerAndSerial(recipient), octetString(wrapped))),
  ]);
}
