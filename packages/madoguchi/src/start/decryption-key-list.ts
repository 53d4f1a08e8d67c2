/** The list of an agency's decryption keys, `encryption.json` beside their certificates; the keys themselves lie in the key store. */
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Keystore, writeFileAtomically } from '@madoguchi/store';
import { z } from 'zod';
import { CommandError } from '../cli/command.js';

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
export type KeyEntry = z.infer<typeof listSchema>['keys'][number];

export interface DecryptionKeyList {
  /** Tells one state of the file from another: as long as it is the same, so is the list. */
  mark(): string;
  /** Oldest first. @throws CommandError defect where the file is damaged */
  read(): Promise<KeyEntry[]>;
  write(keys: readonly KeyEntry[]): Promise<void>;
}

export function decryptionKeyList(place: {
  folder: string;
  agencyCode: string;
  keystore: Keystore;
  clock: () => Date;
}): DecryptionKeyList {
  const { folder, agencyCode, keystore, clock } = place;
  const file = path.join(folder, 'encryption.json');
  return {
    mark: () => (existsSync(file) ? statSync(file, { bigint: true }).mtimeNs.toString() : ''),
    async read() {
      if (existsSync(file)) {
        const list = listSchema.safeParse(jsonOf(await readFile(file, 'utf8')));
        if (list.success) return list.data.keys;
        throw new CommandError('defect', `${file} is damaged: ${list.error.issues[0]?.message ?? ''}.`);
      }
      // A folder from before keys were rotated: its one key.
      const former = { id: 'g1', certificate: 'encryption.cer', key: `agency.${agencyCode}.encryption` };
      const isThere =
        existsSync(path.join(folder, former.certificate)) && (await keystore.get(former.key)) !== undefined;
      return isThere ? [{ ...former, madeAt: clock().toISOString() }] : [];
    },
    write: (keys) => writeFileAtomically(file, `${JSON.stringify({ keys }, null, 2)}\n`),
  };
}

/** Undefined where it is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
