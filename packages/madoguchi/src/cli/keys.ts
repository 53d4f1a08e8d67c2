/** The key store of a data folder, without its database. */
import { dataFolder, type Keystore, openKeystore } from '@madoguchi/store';

/** Keys at rest of a data folder. This version makes demo authorities only, so the master key may lie beside its data. */
export function keystoreOf(dir: string): Promise<Keystore> {
  return openKeystore({ dir: dataFolder(dir).keysDir, demo: true });
}

/** The key that seals card images of this folder's key store. */
export function imageKeyOf(keystore: Keystore): Uint8Array {
  return keystore.derive('card-image');
}
