/** The data folder of a command: its database, its keys, its authority; opened for the command's own duration. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Ca, openCa } from '@madoguchi/ca';
import { type Database, type Keystore, openDatabase } from '@madoguchi/store';
import { CommandError, type Values } from './command.js';
import { dataPath } from './data-path.js';
import { keystoreOf } from './keys.js';

export { imageKeyOf, keystoreOf } from './keys.js';

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

/** Looking must not make: a mistyped folder is told, not filled with a new database and new keys. */
export function existingFolder(values: Values): Values {
  const dir = dataPath(values);
  const outside = process.env.DATABASE_URL !== undefined && process.env.DATABASE_URL !== '';
  if (!outside && !existsSync(path.join(dir, 'database'))) {
    throw new CommandError(
      'unavailable',
      `There is no Madoguchi data in ${dir}. Choose the folder with --data, or make an authority there: madoguchi ca init --data DIR.`,
    );
  }
  return values;
}

/** The authority of the folder, using the server that runs there (`start`), else one of its own. */
export function withAuthority<T>(
  values: Values,
  work: (ca: Ca, folder: OpenFolder) => Promise<T>,
): Promise<T> {
  return withFolder(existingFolder(values), async (folder) => {
    const ca = await openCa({ sql: folder.database.sql, keystore: folder.keystore, clock: () => new Date() });
    return work(ca, folder);
  });
}
