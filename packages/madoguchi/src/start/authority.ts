/** The demo authority of a data folder: made on the first start, opened on every other. */
import { type Ca, CaError, initCa, openCa } from '@madoguchi/ca';
import type { Database, Keystore } from '@madoguchi/store';

export async function demoAuthority(input: {
  database: Database;
  keystore: Keystore;
  clock: () => Date;
  publicUrl: string;
}): Promise<Ca> {
  const { database, keystore, clock, publicUrl } = input;
  const open = () => openCa({ sql: database.sql, keystore, clock, publicUrl });
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof CaError) || error.rule !== 'authority.absent') throw error;
    await initCa({ sql: database.sql, keystore, scheme: 'national', now: clock(), publicUrl });
    return open();
  }
}
