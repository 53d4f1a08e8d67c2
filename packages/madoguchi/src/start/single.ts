/** One `start` for a data folder: a second one says who holds it instead of failing on a port. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataFolder } from '@madoguchi/store';
import { CommandError } from '../cli/command.js';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Holds the folder until the returned function is called. A file left by a killed process is taken over. */
export async function holdFolder(dir: string): Promise<() => void> {
  const file = path.join(dataFolder(dir).dir, 'start.pid');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      if (Number.isInteger(holder) && holder > 0 && holder !== process.pid && isAlive(holder)) {
        throw new CommandError(
          'unavailable',
          `Madoguchi is already running on ${dir} (process ${holder}). Stop it first, or choose another folder with --data.`,
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new CommandError('unavailable', `${dir} is being started by another process.`);
}
