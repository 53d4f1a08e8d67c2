import { createPrivateKey } from 'node:crypto';
import { generateKeyPair, type KeyKind, type Signer, softwareSigner } from '@madoguchi/pki/certificates';
import type { Keystore } from '@madoguchi/store';
import { CaError } from '../error.js';
import { SigningLine } from './signing-line.js';

/** Where the authority's keys are. Nothing above knows whether that is a sealed file or a hardware module. */
export interface KeyProvider {
  /** The signer of a key by its name. Throws CaError where there is none, or where the place of the keys does not answer. */
  signer(name: string): Promise<Signer>;
  /** The same; a key that is not there yet is made. */
  ensure(name: string, kind: KeyKind): Promise<Signer>;
}

/** Keys sealed in the key store, opened once a process. */
export function softwareKeys(keystore: Keystore): KeyProvider {
  const opened = new Map<string, Promise<Signer>>();
  const signer = (name: string): Promise<Signer> => {
    const known = opened.get(name) ?? openKey(keystore, name);
    opened.set(name, known);
    known.catch(() => opened.delete(name));
    return known;
  };
  return {
    signer,
    async ensure(name, kind) {
      if ((await keystore.get(name)) === undefined) {
        await keystore.put(name, (await generateKeyPair(kind)).pkcs8);
      }
      return signer(name);
    },
  };
}

async function openKey(keystore: Keystore, name: string): Promise<Signer> {
  const pkcs8 = await keystore.get(name);
  if (pkcs8 === undefined) throw keyAbsent(name);
  const signer = softwareSigner(pkcs8);
  if (signer.algorithm !== 'rsa-sha256') return signer;
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return { ...signer, signInLine: (data) => line.sign(key, data, signer.sign) };
}

/** One for all keys of this process: beside the thread that prepares certificates it has just enough to do. */
const line = new SigningLine();

export function keyAbsent(name: string): CaError {
  return new CaError(
    'keystore.absent',
    {
      ja: `鍵「${name}」が鍵の保管場所にありません。データと同じ鍵の保管場所を使っているか確かめてください。`,
      jaEasy: `かぎ「${name}」が ありません。`,
      en: `The key "${name}" is not in the key store. Check that the key store belongs to this data.`,
    },
    69,
  );
}
