import {
  constants,
  createECDH,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type ECDH,
  generateKeyPair as generate,
  type KeyObject,
  privateDecrypt,
  type SignKeyObjectInput,
  sign,
} from 'node:crypto';
import { type SignatureAlgorithm, signatureSchemes } from './algorithm.js';
import { importPublicKey, splitSpki } from './import.js';

/** Kinds of keys that are made here. */
export type KeyKind = 'rsa2048' | 'rsa3072' | 'p256' | 'p384';

/** Whoever can sign: a key in memory, a token, a card. Signatures of ECDSA are DER. */
export interface Signer {
  readonly algorithm: SignatureAlgorithm;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  sign(data: Uint8Array): Promise<Uint8Array>;
  /**
   * Where a signature takes no longer than handing it to another thread would (P-256 in memory): signs at once. For whoever signs tens of
   * thousands a second; everybody else takes `sign`.
   */
  readonly signNow?: (data: Uint8Array) => Uint8Array;
  /** Where there is one: signs beside others' work, one after another. For whoever has hundreds to sign; everybody else takes `sign`. */
  readonly signInLine?: (data: Uint8Array) => Promise<Uint8Array>;
}

/** Whoever can open an envelope: ECDH for EC keys, RSA-OAEP (SHA-256, MGF1-SHA-256) for RSA keys. Both reject what they cannot open. */
export interface Decrypter {
  readonly publicKey: Uint8Array;
  deriveSharedSecret(peerSpki: Uint8Array): Promise<Uint8Array>;
  decryptOaepSha256(ciphertext: Uint8Array): Promise<Uint8Array>;
}

/** A fresh key pair: PKCS#8 and SubjectPublicKeyInfo, both DER. RSA has the exponent 65537. */
export async function generateKeyPair(kind: KeyKind): Promise<{ pkcs8: Uint8Array; publicKey: Uint8Array }> {
  const pair = await make(kind);
  return {
    pkcs8: pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
    publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }),
  };
}

function make(kind: KeyKind): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, publicKey: KeyObject, privateKey: KeyObject): void => {
      if (error === null) resolve({ publicKey, privateKey });
      else reject(error);
    };
    switch (kind) {
      case 'rsa2048':
      case 'rsa3072':
        return generate(
          'rsa',
          { modulusLength: kind === 'rsa2048' ? 2048 : 3072, publicExponent: 65537 },
          done,
        );
      case 'p256':
      case 'p384':
        return generate('ec', { namedCurve: kind === 'p256' ? 'P-256' : 'P-384' }, done);
    }
  });
}

/** A signer over a PKCS#8 key in memory. Throws on a key that is none; the algorithm defaults to the family's usual one. */
export function softwareSigner(pkcs8: Uint8Array, algorithm?: SignatureAlgorithm): Signer {
  const { key, publicKey } = open(pkcs8);
  const chosen = algorithm ?? usualAlgorithm(key);
  const { family, digest, length } = signatureSchemes[chosen];
  if ((family === 'ecdsa') !== (key.asymmetricKeyType === 'ec')) {
    throw new RangeError(`${chosen} does not go with this key`);
  }
  const options =
    family === 'ecdsa'
      ? { key, dsaEncoding: 'der' as const }
      : family === 'pss'
        ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: length }
        : { key, padding: constants.RSA_PKCS1_PADDING };
  return {
    algorithm: chosen,
    publicKey,
    sign: (data) => signInPool(digest, data, options),
    ...(key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
      ? // The key alone is read quicker than options, and DER is what it means.
        { signNow: (data: Uint8Array) => sign(digest, data, key) }
      : {}),
  };
}

/** Signs on the thread pool: a server goes on answering meanwhile. */
function signInPool(digest: string, data: Uint8Array, key: SignKeyObjectInput): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    sign(digest, data, key, (error, signature) => {
      if (error === null) resolve(signature);
      else reject(error);
    });
  });
}

function usualAlgorithm(key: KeyObject): SignatureAlgorithm {
  if (key.asymmetricKeyType === 'rsa') return 'rsa-sha256';
  return key.asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'ecdsa-sha384' : 'ecdsa-sha256';
}

/** A decrypter over a PKCS#8 key in memory. Throws on a key that is none. */
export function softwareDecrypter(pkcs8: Uint8Array): Decrypter {
  const { key, publicKey } = open(pkcs8);
  const p256 = p256Agreement(key);
  return {
    publicKey,
    async deriveSharedSecret(peerSpki) {
      const point = p256Point(peerSpki);
      if (p256 !== undefined && point !== undefined) return p256.computeSecret(point);
      const peer = importPublicKey(peerSpki);
      if (!peer.ok) throw new RangeError(`the other side's key is refused: ${peer.rule}`);
      return diffieHellman({ privateKey: key, publicKey: peer.key.object });
    },
    async decryptOaepSha256(ciphertext) {
      return privateDecrypt(
        { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
        ciphertext,
      );
    },
  };
}

/** The agreement without a key object for each ephemeral key, which takes about as long as the agreement; a point off the curve is refused as well. */
function p256Agreement(key: KeyObject): ECDH | undefined {
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined;
  const agreement = createECDH('prime256v1');
  agreement.setPrivateKey(key.export({ format: 'jwk' }).d ?? '', 'base64url');
  return agreement;
}

const p256Algorithm = Buffer.from('301306072a8648ce3d020106082a8648ce3d030107', 'hex');

/** The uncompressed point of a key on P-256; undefined for every other key. */
function p256Point(spki: Uint8Array): Uint8Array | undefined {
  const parts = splitSpki(spki);
  if (!parts.ok || Buffer.compare(parts.value.algorithm, p256Algorithm) !== 0) return undefined;
  const { key } = parts.value;
  return key.length === 65 && key[0] === 4 ? key : undefined;
}

function open(pkcs8: Uint8Array): { key: KeyObject; publicKey: Uint8Array } {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return { key, publicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }) };
}
