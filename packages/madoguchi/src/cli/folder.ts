/** The data folder of a command: its database, its keys, its authority; opened for the command's own duration. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Ca, KeyProvider } from '@madoguchi/ca/authority';
import { type Database, type Keystore, openDatabase, openToken } from '@madoguchi/store';
import { CommandError, type Values } from './command.js';
import { dataPath } from './data-path.js';
import { readInput } from './input.js';
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

/**
 * Issuing keys in a hardware module, where one is configured: `MADOGUCHI_PKCS11_MODULE` (file of the module), `MADOGUCHI_PKCS11_TOKEN`
 * (its label), `MADOGUCHI_PKCS11_PIN_FILE` (a file with the PIN, mode 0600). Undefined: they are sealed in the key store.
 */
export async function issuingKeys(): Promise<{ keys: KeyProvider; close: () => Promise<void> } | undefined> {
  const module = process.env.MADOGUCHI_PKCS11_MODULE;
  if (module === undefined || module === '') return undefined;
  const label = process.env.MADOGUCHI_PKCS11_TOKEN;
  const pinFile = process.env.MADOGUCHI_PKCS11_PIN_FILE;
  if (!label || !pinFile) {
    throw new CommandError(
      'usage',
      'MADOGUCHI_PKCS11_MODULE is set: set MADOGUCHI_PKCS11_TOKEN (the label) and MADOGUCHI_PKCS11_PIN_FILE too.',
    );
  }
  const pin = Buffer.from(readInput(pinFile)).toString('utf8').trim();
  const token = await openToken({ module, label, pin });
  const { tokenKeys } = await import('@madoguchi/ca/authority');
  return { keys: tokenKeys(token), close: () => token.close() };
}

export interface OpenFolder {
  /** Issuing keys in a hardware module; undefined: they are in the key store. */
  keys: KeyProvider | undefined;
  dir: string;
  database: Database;
  keystore: Keystore;
}

export async function withFolder<T>(values: Values, work: (folder: OpenFolder) => Promise<T>): Promise<T> {
  const dir = dataPath(values);
  const keystore = await keystoreOf(dir);
  const hardware = await issuingKeys();
  const database = await databaseOf(dir);
  try {
    return await work({ dir, database, keystore, keys: hardware?.keys });
  } finally {
    await database.close();
    await hardware?.close();
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
    const { database, keystore, keys } = folder;
    // Not with this file: most commands over a data folder have nothing to do with its authority.
    const { openCa } = await import('@madoguchi/ca/authority');
    const ca = await openCa({
      sql: database.sql,
      keystore,
      clock: () => new Date(),
      ...(keys === undefined ? {} : { keys }),
    });
    return work(ca, folder);
  });
}
