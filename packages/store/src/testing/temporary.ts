import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Database, openDatabase } from '../database.js';
import { dataFolder } from '../folder.js';

/**
 * Puts a database as it is after its first use into a new folder: `npm test` makes one for the whole run and names its folder in
 * MADOGUCHI_TEST_DATABASE, for to make one takes half a second of processor time, to copy it hardly any. Without that the folder stays as it is.
 */
export function copyPreparedDatabase(dir: string): void {
  const prepared = process.env.MADOGUCHI_TEST_DATABASE;
  if (prepared === undefined || !existsSync(prepared)) return;
  const [from, to] = [dataFolder(prepared), dataFolder(dir)];
  cpSync(from.passwordFile, to.passwordFile);
  // Thirteen hundred files: cpSync takes 0.4 s of processor time for them, cp 0.1.
  if (process.platform === 'win32') cpSync(from.databaseDir, to.databaseDir, { recursive: true });
  else execFileSync('cp', ['-R', from.databaseDir, to.databaseDir]);
}

/** An embedded database in a folder of its own that goes away at `close`. For tests of this and other rooms. */
export async function temporaryDatabase(): Promise<Database & { readonly dir: string }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'madoguchi-'));
  copyPreparedDatabase(dir);
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
