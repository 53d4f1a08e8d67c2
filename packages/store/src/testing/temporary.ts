import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Database, openDatabase } from '../database.js';

/** An embedded database in a folder of its own that goes away at `close`. For tests of this and other rooms. */
export async function temporaryDatabase(): Promise<Database & { readonly dir: string }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'madoguchi-'));
  const database = await openDatabase({ dataDir: dir });
  return {
    ...database,
    dir,
    close: async () => {
      await database.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
