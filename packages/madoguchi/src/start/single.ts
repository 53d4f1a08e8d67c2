/** One `start` for a data folder: a second one says who holds it instead of failing on a port. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataFolder, isAlive, startMark } from '@madoguchi/store';
import { CommandError } from '../cli/command.js';

/** The process that holds the folder; undefined when it is gone (its number may belong to another one by now). */
function holderOf(file: string): number | undefined {
  try {
    const [pid, mark = ''] = readFileSync(file, 'utf8').split(' ');
    const holder = Number(pid);
    return Number.isInteger(holder) && holder > 0 && isAlive(holder) && startMark(holder) === mark
      ? holder
      : undefined;
  } catch {
    return undefined;
  }
}

/** Where the running one answers, for the sentence. */
function addressIn(dir: string): string {
  try {
    const addresses: unknown = JSON.parse(readFileSync(dataFolder(dir).addressesFile, 'utf8'));
    if (typeof addresses === 'object' && addresses !== null && 'portal' in addresses)
      return ` at ${String(addresses.portal)}`;
  } catch {
    // Not open yet.
  }
  return '';
}

/** Holds the folder until the returned function is called. A file left by a killed process is taken over. */
export function holdFolder(dir: string): () => void {
  const file = path.join(dataFolder(dir).dir, 'start.pid');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, `${process.pid} ${startMark(process.pid)}`, { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = holderOf(file);
    if (holder !== undefined) {
      throw new CommandError(
        'unavailable',
        `Madoguchi is already running on ${dir} (process ${holder})${addressIn(dir)}. Stop it first, or choose another folder with --data.`,
      );
    }
    try {
      // Moved away first: of two that see the same stale file only one succeeds.
      const aside = `${file}.${process.pid}`;
      renameSync(file, aside);
      rmSync(aside, { force: true });
    } catch {
      // Gone already.
    }
  }
  throw new CommandError('unavailable', `${dir} is being started by another process.`);
}
