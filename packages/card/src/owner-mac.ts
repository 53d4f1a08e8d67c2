import { createHmac } from 'node:crypto';

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
