import { createHash, createHmac } from 'node:crypto';
import { type KeyName, spareFiles } from './files.js';

/** EXTERNAL AUTHENTICATE accepts no shorter challenge. */
export const ownerChallengeLength = 16;

/**
 * What the owner sends with EXTERNAL AUTHENTICATE:
 * HMAC-SHA256(card key, "madoguchi-owner-1" ‖ AID ‖ challenge). The AID binds it to one application.
 */
export function ownerMac(cardKey: Uint8Array, aid: Uint8Array, challenge: Uint8Array): Uint8Array {
  return createHmac('sha256', cardKey).update('madoguchi-owner-1').update(aid).update(challenge).digest();
}

/**
 * The issuer's word that one PIN may be set once, whatever it becomes:
 * HMAC-SHA256(card key, "madoguchi-pin-1" ‖ AID ‖ P2 of the PIN ‖ challenge). Nothing else of the card is opened by it.
 */
export function pinWord(
  cardKey: Uint8Array,
  pin: { readonly aid: Uint8Array; readonly reference: number },
  challenge: Uint8Array,
): Uint8Array {
  return createHmac('sha256', cardKey)
    .update('madoguchi-pin-1')
    .update(pin.aid)
    .update(Uint8Array.of(pin.reference))
    .update(challenge)
    .digest();
}

/**
 * The card's proof that it made this key itself:
 * HMAC-SHA256(card key, "madoguchi-key-1" ‖ challenge of this session ‖ P2 of the command ‖ public part).
 */
export function keyProof(
  cardKey: Uint8Array,
  challenge: Uint8Array,
  reference: number,
  publicPart: Uint8Array,
): Uint8Array {
  return createHmac('sha256', cardKey)
    .update('madoguchi-key-1')
    .update(challenge)
    .update(Uint8Array.of(reference))
    .update(publicPart)
    .digest();
}

/** Length of the nonce that the proof of a spare key is made over. */
export const spareNonceLength = 32;

const referenceOf: Readonly<Record<KeyName, number>> = { signature: 0x9a, authentication: 0x97 };

/**
 * The card's proof to its issuer that the spare key was made inside:
 * HMAC-SHA256(card key, "madoguchi-spare-1" ‖ P2 of the key ‖ nonce of 32 bytes ‖ SubjectPublicKeyInfo).
 */
export function spareProof(
  cardKey: Uint8Array,
  key: KeyName,
  nonce: Uint8Array,
  spki: Uint8Array,
): Uint8Array {
  return createHmac('sha256', cardKey)
    .update('madoguchi-spare-1')
    .update(Uint8Array.of(referenceOf[key]))
    .update(nonce)
    .update(spki)
    .digest();
}

/** What comes into use with one activation. Bytes of the files, or the certificates' alone: what is missing to the file's size is FF. */
export interface SpareContent {
  readonly spki: Uint8Array;
  readonly certificate: Uint8Array;
  /** The authority's certificate where it is written anew; absent, the one on the card stays. */
  readonly issuer?: Uint8Array;
}

/**
 * The issuer's word that a spare key and its certificates come into use:
 * HMAC-SHA256(card key, "madoguchi-activate-1" ‖ P2 of the key ‖ SHA-256 of SubjectPublicKeyInfo ‖ SHA-256 of each whole file).
 */
export function activationMac(cardKey: Uint8Array, key: KeyName, content: SpareContent): Uint8Array {
  const { certificate, issuer } = spareFiles[key];
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  const whole = (size: number, bytes: Uint8Array) => {
    const file = Buffer.alloc(Math.max(size, bytes.length), 0xff);
    file.set(bytes);
    return digest(file);
  };
  return createHmac('sha256', cardKey)
    .update('madoguchi-activate-1')
    .update(Uint8Array.of(referenceOf[key]))
    .update(digest(content.spki))
    .update(whole(certificate.size, content.certificate))
    .update(whole(issuer.size, content.issuer ?? new Uint8Array(0)))
    .digest();
}
