/** `backup` and `restore`: everything of a data folder in one file, and back into an empty folder. */
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { agencyMigrations } from '@madoguchi/agency/desk';
import { caMigrations } from '@madoguchi/ca/authority';
import { portalMigrations } from '@madoguchi/portal';
import { restoreBackup, writeBackup } from '@madoguchi/store';
import { type Command, CommandError, type ExitName } from '../cli/command.js';
import { dataOption, dataPath } from '../cli/data-path.js';
import { existingFolder, withFolder } from '../cli/folder.js';

function fileOf(words: readonly string[]): string {
  const [file] = words;
  if (file === undefined)
    throw new CommandError('usage', 'Which file? Give one name (- for standard input or output).');
  return file;
}

export const backup: Command = {
  options: { ...dataOption, json: { type: 'boolean' } },
  run: async ({ values, words, print, printJson }) => {
    const file = fileOf(words);
    return withFolder<ExitName>(existingFolder(values), async ({ database, dir }) => {
      const clock = () => new Date();
      if (file === '-') {
        await writeBackup({ database, dir, clock, to: process.stdout });
        return 'good';
      }
      const target = path.resolve(file);
      // Beside its place first: an interrupted backup never passes for a whole one.
      const beside = `${target}.new`;
      let done: Awaited<ReturnType<typeof writeBackup>>;
      try {
        done = await writeBackup({ database, dir, clock, to: createWriteStream(beside, { mode: 0o600 }) });
        await chmod(beside, 0o600);
        await rename(beside, target);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
      const withMaster = existsSync(path.join(dir, 'keys', 'master.key'));
      if (values.json === true) printJson({ file: target, ...done, at: done.at.toISOString(), withMaster });
      else {
        print(
          `${target}: ${done.rows} rows of ${done.tables} tables and ${done.files} files, as of ${done.at.toISOString()}.`,
        );
        print(
          withMaster
            ? 'It holds the demo’s master key beside the sealed keys: whoever has the file can sign as this authority.'
            : 'The master key (MADOGUCHI_KEYSTORE) is not in it. Keep it elsewhere: without it the sealed keys stay closed.',
        );
      }
      return 'good';
    });
  },
};

export const restore: Command = {
  options: { ...dataOption, json: { type: 'boolean' } },
  run: async ({ values, words, print, printJson }) => {
    const file = fileOf(words);
    if (file !== '-' && !existsSync(file)) {
      throw new CommandError('unavailable', `The file ${path.resolve(file)} does not exist.`);
    }
    const dir = dataPath(values);
    const url = process.env.DATABASE_URL;
    const done = await restoreBackup({
      from: file === '-' ? process.stdin : createReadStream(file),
      dir,
      migrations: [caMigrations, agencyMigrations, portalMigrations],
      ...(url === undefined || url === '' ? {} : { databaseUrl: url }),
    });
    if (values.json === true) printJson({ dir, ...done, at: done.at.toISOString() });
    else {
      print(`${dir}: ${done.rows} rows and ${done.files} files, as of ${done.at.toISOString()}.`);
      print(
        'Check it before you rely on it: madoguchi audit verify --data DIR --head LIST.crl, with a list published later.',
      );
    }
    return 'good';
  },
};
