/** An agency's decryption keys: one that applications are encrypted for now, and retired ones for envelopes that are still on their way. */
import { existsSync, statSync } from 'node:fs';
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
import { z } from 'zod';
import { CommandError } from '../cli/command.js';

/** A request lives half an hour, its ticket an hour longer: after that no envelope can come for the key it named. A day, to be on the safe side. */
const stillOnTheirWayMs = 24 * 3600_000;

const listSchema = z.object({
  keys: z
    .array(
      z.object({
        id: z.string(),
        /** File of the certificate, beside this one. */
        certificate: z.string(),
        /** Name in the key store. */
        key: z.string(),
        madeAt: z.iso.datetime(),
        retiredAt: z.iso.datetime().optional(),
      }),
    )
    .min(1),
});
type KeyEntry = z.infer<typeof listSchema>['keys'][number];

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
}

/** Opens them; makes the first on the first start, and a new one where the current certificate ends within `renewBeforeMs`. */
export async function decryptionKeys(place: Place, renewBeforeMs: number): Promise<DecryptionKeys> {
  const { ca, keystore, agency, clock } = place;
  const folder = path.join(place.folder, agency.code);
  const listFile = path.join(folder, 'encryption.json');
  let loaded: DecryptionKey[] = [];
  let readAt = Number.NaN;

  async function readList(): Promise<KeyEntry[]> {
    if (existsSync(listFile)) {
      const list = listSchema.safeParse(JSON.parse(await readFile(listFile, 'utf8')));
      if (list.success) return list.data.keys;
      throw new CommandError('defect', `${listFile} is damaged: ${list.error.issues[0]?.message ?? ''}.`);
    }
    // A folder from before keys were rotated: its one key.
    const former = { id: 'g1', certificate: 'encryption.cer', key: `agency.${agency.code}.encryption` };
    const isThere =
      existsSync(path.join(folder, former.certificate)) && (await keystore.get(former.key)) !== undefined;
    return isThere ? [{ ...former, madeAt: clock().toISOString() }] : [];
  }

  const mark = () => (existsSync(listFile) ? statSync(listFile, { bigint: true }).mtimeNs.toString() : '');
  let lastMark = '';
  async function load(): Promise<DecryptionKey[]> {
    const seen = mark();
    if (loaded.length > 0 && seen === lastMark) return loaded;
    const entries = await readList();
    const keys = await Promise.all(
      entries.map(async ({ id, certificate, key, madeAt, retiredAt }) => {
        const pkcs8 = await keystore.get(key);
        if (pkcs8 === undefined) return [];
        const der = new Uint8Array(await readFile(path.join(folder, certificate)));
        return [{ id, certificate: der, decrypter: softwareDecrypter(pkcs8), madeAt, retiredAt }];
      }),
    );
    loaded = keys.flat();
    lastMark = seen;
    return loaded;
  }

  async function writeList(keys: readonly KeyEntry[]): Promise<void> {
    await writeFileAtomically(listFile, `${JSON.stringify({ keys }, null, 2)}\n`);
    await load();
  }

  async function rotate(): Promise<DecryptionKey> {
    const entries = await readList();
    const number = 1 + Math.max(0, ...entries.map(({ id }) => Number(id.slice(1))));
    const id = `g${number}`;
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
    // Key and certificate first; the list is the moment from which they count.
    await keystore.put(entry.key, pair.pkcs8);
    await writeFileAtomically(path.join(folder, entry.certificate), issued.certificate);
    await writeList([...entries.map((one) => ({ ...one, retiredAt: one.retiredAt ?? entry.madeAt })), entry]);
    const made = loaded.at(-1);
    if (made?.id !== id) throw new CommandError('defect', 'The new key is not in the list of keys.');
    return made;
  }

  async function prune(waits: boolean): Promise<string[]> {
    if (waits) return [];
    const entries = await readList();
    const isOver = ({ retiredAt }: KeyEntry) =>
      retiredAt !== undefined && clock().getTime() - Date.parse(retiredAt) > stillOnTheirWayMs;
    const over = entries.filter(isOver);
    if (over.length === 0) return [];
    // The list first: a key that is gone must not be looked for.
    await writeList(entries.filter((entry) => !isOver(entry)));
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
      if (!(now - readAt < 1000)) {
        readAt = now;
        void load().catch(() => undefined);
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

function lasts(der: Uint8Array, now: Date, marginMs: number): boolean {
  const certificate = parseCertificate(der);
  return certificate.ok && certificate.value.notAfter.getTime() - now.getTime() > marginMs;
}
