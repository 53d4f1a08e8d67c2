/** The data folder of a command: its database, its keys, its authority; opened for the command's own duration. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ca, openCa } from '@madoguchi/ca';
import { type Database, dataFolder, type Keystore, openDatabase, openKeystore } from '@madoguchi/store';
import { optional, type Values } from './command.js';

export const dataOption = { data: { type: 'string' } } as const;

const besideThePackage = fileURLToPath(new URL('../../../../.madoguchi', import.meta.url));

/** `--data`, else `MADOGUCHI_DATA`, else `.madoguchi` beside the clone's package.json. */
export function dataPath(values: Values): string {
  return path.resolve(optional(values, 'data') ?? process.env.MADOGUCHI_DATA ?? besideThePackage);
}

/** Keys at rest of a data folder. This version makes demo authorities only, so the master key may lie beside its data. */
export function keystoreOf(dir: string): Promise<Keystore> {
  return openKeystore({ dir: dataFolder(dir).keysDir, demo: true });
}

/** `DATABASE_URL` goes before the embedded server of the folder. */
export function databaseOf(dir: string, own = false, signal?: AbortSignal): Promise<Database> {
  const url = process.env.DATABASE_URL;
  return openDatabase({
    dataDir: dir,
    own,
    ...(signal === undefined ? {} : { signal }),
    ...(url === undefined || url === '' ? {} : { databaseUrl: url }),
  });
}

export interface OpenFolder {
  dir: string;
  database: Database;
  keystore: Keystore;
}

export async function withFolder<T>(values: Values, work: (folder: OpenFolder) => Promise<T>): Promise<T> {
  const dir = dataPath(values);
  const keystore = await keystoreOf(dir);
  const database = await databaseOf(dir);
  try {
    return await work({ dir, database, keystore });
  } finally {
    await database.close();
  }
}

/** The authority of the folder, using the server that runs there (`start`), else one of its own. */
export function withAuthority<T>(
  values: Values,
  work: (ca: Ca, folder: OpenFolder) => Promise<T>,
): Promise<T> {
  return withFolder(values, async (folder) => {
    const ca = await openCa({ sql: folder.database.sql, keystore: folder.keystore, clock: () => new Date() });
    return work(ca, folder);
  });
}

/** The key that seals card images of this folder's key store. */
export function imageKeyOf(keystore: Keystore): Uint8Array {
  return keystore.derive('card-image');
}
