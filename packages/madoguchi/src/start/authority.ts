/** The demo authority of a data folder: made on the first start, opened on every other. */
import { readFile } from 'node:fs/promises';
import {
  type Ca,
  CaError,
  demoRegister,
  importRegister,
  initCa,
  type KeyProvider,
  openCa,
} from '@madoguchi/ca';
import type { Database, Keystore } from '@madoguchi/store';

export async function demoAuthority(input: {
  database: Database;
  keystore: Keystore;
  clock: () => Date;
  publicUrl: string;
  renewalDays?: number;
  /** Issuing keys in a hardware module; default: sealed in the key store. */
  keys?: KeyProvider;
}): Promise<Ca> {
  const { database, keystore, clock, publicUrl, renewalDays } = input;
  const keys = input.keys === undefined ? {} : { keys: input.keys };
  const open = () =>
    openCa({
      ...{ sql: database.sql, keystore, clock, publicUrl, ...keys },
      ...(renewalDays === undefined ? {} : { renewalDays }),
    });
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof CaError) || error.rule !== 'authority.absent') throw error;
    await initCa({ sql: database.sql, keystore, scheme: 'national', now: clock(), publicUrl, ...keys });
    const ca = await open();
    // The demo city's people; who wants others takes them in with `ca register`.
    await importRegister(ca.context, await readFile(demoRegister), 'ca');
    return ca;
  }
}
