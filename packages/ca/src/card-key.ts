import type { Keystore } from '@madoguchi/store';

/** The key by which the issuer is known to one card: derived from the issuer's master, so it is stored nowhere. `cardId` is any stable name. */
export function cardKeyFor(keystore: Keystore, cardId: string): Uint8Array {
  return keystore.derive(`card:${cardId}`);
}
