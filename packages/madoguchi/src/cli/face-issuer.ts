import { type FaceIssuer, makeFaceIssuer } from '@madoguchi/card';
import type { Keystore } from '@madoguchi/store';

const names = { rootKey: 'card-face-root', signerKey: 'card-face-signer' } as const;

/** Who vouches for what stands on the cards of this folder: two keys in its key store, made for its first card. */
export async function faceIssuerOf(keystore: Keystore): Promise<FaceIssuer> {
  const rootKey = await keystore.get(names.rootKey);
  const signerKey = await keystore.get(names.signerKey);
  if (rootKey !== undefined && signerKey !== undefined) return { rootKey, signerKey };
  const made = await makeFaceIssuer();
  await keystore.put(names.rootKey, made.rootKey);
  await keystore.put(names.signerKey, made.signerKey);
  return made;
}
