/** An agency's decryption keys: one that applications are encrypted for now, and retired ones for envelopes that are still on their way. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Ca } from '@madoguchi/ca';
import {
  type Decrypter,
  generateKeyPair,
  parseCertificate,
  softwareDecrypter,
} from '@madoguchi/pki/certificates';
import { type Keystore, writeFileAtomically } from '@madoguchi/store';
import { CommandError } from '../cli/command.js';
import { decryptionKeyList, type KeyEntry } from './decryption-key-list.js';

/** A request lives half an hour, its ticket an hour longer: after that no envelope can come for the key it named. A day, to be on the safe side. */
const stillOnTheirWayMs = 24 * 3600_000;

interface DecryptionKey {
  readonly id: string;
  readonly certificate: Uint8Array;
  readonly decrypter: Decrypter;
  readonly madeAt: string;
  readonly retiredAt?: string | undefined;
}

export interface DecryptionKeys {
  /** Read anew where another process has changed them. */
  current(): DecryptionKey;
  all(): Promise<readonly DecryptionKey[]>;
  /** A new key and certificate from now on; the one before is retired, and kept. */
  rotate(): Promise<DecryptionKey>;
  /** Destroys retired keys that no envelope can need any more: retired for a day, and nothing waits to be opened. Gives their ids. */
  prune(waits: boolean): Promise<string[]>;
}

interface Place {
  ca: Pick<Ca, 'issue'>;
  keystore: Keystore;
  folder: string;
  agency: { code: string; name: string };
  clock: () => Date;
  /** Told once when the list cannot be read any more, and again only after it could be read in between: the keys of before count on. */
  onFault?: ((error: unknown) => void) | undefined;
}

/** Opens them; makes the first on the first start, and a new one where the current certificate ends within `renewBeforeMs`. */
export async function decryptionKeys(place: Place, renewBeforeMs: number): Promise<DecryptionKeys> {
  const { keystore, agency, clock } = place;
  const folder = path.join(place.folder, agency.code);
  const list = decryptionKeyList({ folder, agencyCode: agency.code, keystore, clock });
  let loaded: DecryptionKey[] = [];
  let loadedMark = '';
  let askedAt = Number.NaN;
  let isFailing = false;

  async function load(): Promise<DecryptionKey[]> {
    const seen = list.mark();
    if (loaded.length > 0 && seen === loadedMark) return loaded;
    const entries = await list.read();
    const keys = await Promise.all(entries.map((entry) => openKey(entry, folder, keystore)));
    loaded = keys.filter((key) => key !== undefined);
    loadedMark = seen;
    return loaded;
  }

  async function lookAgain(): Promise<void> {
    try {
      await load();
      isFailing = false;
    } catch (error) {
      if (!isFailing) place.onFault?.(error);
      isFailing = true;
    }
  }

  async function rotate(): Promise<DecryptionKey> {
    const entries = await list.read();
    const number = 1 + Math.max(0, ...entries.map(({ id }) => Number(id.slice(1))));
    const entry = await makeKey(place, folder, `g${number}`);
    const retired = entries.map((one) => ({ ...one, retiredAt: one.retiredAt ?? entry.madeAt }));
    await list.write([...retired, entry]);
    const made = (await load()).at(-1);
    if (made?.id !== entry.id) throw new CommandError('defect', 'The new key is not in the list of keys.');
    return made;
  }

  async function prune(waits: boolean): Promise<string[]> {
    if (waits) return [];
    const entries = await list.read();
    const isOver = ({ retiredAt }: KeyEntry) =>
      retiredAt !== undefined && clock().getTime() - Date.parse(retiredAt) > stillOnTheirWayMs;
    const over = entries.filter(isOver);
    if (over.length === 0) return [];
    // The list first: a key that is gone must not be looked for.
    await list.write(entries.filter((entry) => !isOver(entry)));
    await load();
    for (const { key, certificate } of over) {
      await keystore.remove(key);
      await rm(path.join(folder, certificate), { force: true });
    }
    return over.map(({ id }) => id);
  }

  await load();
  const last = loaded.at(-1);
  if (last === undefined || !lasts(last.certificate, clock(), renewBeforeMs)) await rotate();
  return {
    current() {
      // Asked at every request: another process may have made a new key. At most once a second, and in the background.
      const now = performance.now();
      if (!(now - askedAt < 1000)) {
        askedAt = now;
        void lookAgain();
      }
      const key = loaded.at(-1);
      if (key === undefined) throw new CommandError('defect', 'The agency has no decryption key.');
      return key;
    },
    all: load,
    rotate,
    prune,
  };
}

/** Undefined where the key store does not have it any more. */
async function openKey(
  { id, certificate, key, madeAt, retiredAt }: KeyEntry,
  folder: string,
  keystore: Keystore,
): Promise<DecryptionKey | undefined> {
  const pkcs8 = await keystore.get(key);
  if (pkcs8 === undefined) return undefined;
  const der = new Uint8Array(await readFile(path.join(folder, certificate)));
  return { id, certificate: der, decrypter: softwareDecrypter(pkcs8), madeAt, retiredAt };
}

/** Makes a key and has it certified. It counts from the moment in which it stands in the list, which is the caller's. */
async function makeKey({ ca, keystore, agency, clock }: Place, folder: string, id: string) {
  const entry = {
    id,
    certificate: `encryption-${id}.cer`,
    key: `agency.${agency.code}.encryption-${id}`,
    madeAt: clock().toISOString(),
  };
  const pair = await generateKeyPair('p256');
  const names = { agencyCode: agency.code, agencyName: agency.name };
  const issued = await ca.issue({ publicKey: pair.publicKey, profile: 'encryption', ...names });
  await mkdir(folder, { recursive: true });
  await keystore.put(entry.key, pair.pkcs8);
  await writeFileAtomically(path.join(folder, entry.certificate), issued.certificate);
  return entry;
}

function lasts(der: Uint8Array, now: Date, marginMs: number): boolean {
  const certificate = parseCertificate(der);
  return certificate.ok && certificate.value.notAfter.getTime() - now.getTime() > marginMs;
}
