import { link, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { aborted } from './embedded.js';
import { StoreError } from './error.js';
import type { DataFolder } from './folder.js';
import { isAlive, pause, startMark } from './process.js';

/**
 * Runs `work` while no other process looks for or starts the server of this folder. A lock whose holder is gone
 * (SIGKILL, power failure) is taken over.
 */
export async function whileStarting<T>(
  folder: DataFolder,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const mine = `${process.pid} ${startMark(process.pid)}`;
  await take(folder.startingFile, mine, signal);
  try {
    return await work();
  } finally {
    await rm(folder.startingFile, { force: true });
  }
}

async function take(file: string, mine: string, signal: AbortSignal | undefined): Promise<void> {
  for (;;) {
    if (signal?.aborted) throw aborted();
    try {
      if (await create(file, mine)) return;
    } catch (error) {
      throw cannotWrite(file, error);
    }
    await dropWhenStale(file);
    await pause(25);
  }
}

/** Makes the lock with its text in one step, so that nobody meets an empty one; false when it is there already. */
async function create(file: string, text: string): Promise<boolean> {
  const own = `${file}.${text.replace(' ', '-')}`;
  await writeFile(own, text, { mode: 0o600 });
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    return createInTwoSteps(file, text);
  } finally {
    await rm(own, { force: true });
  }
}

/** For file systems without hard links. */
async function createInTwoSteps(file: string, text: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(text);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function dropWhenStale(file: string): Promise<void> {
  try {
    const held = await readFile(file, 'utf8');
    const [pid, mark] = held.split(' ');
    const holder = Number(pid);
    if (holder > 0) {
      if (isAlive(holder) && startMark(holder) === (mark ?? '')) return;
    } else if (Date.now() - (await stat(file)).mtimeMs < 5000) {
      // Just made, not yet written.
      return;
    }
    // Moved away first: of two that see the same stale lock only one succeeds.
    const aside = `${file}.${process.pid}`;
    await rename(file, aside);
    await rm(aside, { force: true });
  } catch {
    // Gone already.
  }
}

function cannotWrite(file: string, cause: unknown): StoreError {
  return new StoreError(
    'store.start',
    {
      ja: `データフォルダーに書けません（${file}）。`,
      jaEasy: `データの フォルダーに {書|か}けません（${file}）。`,
      en: `The data folder cannot be written (${file}).`,
    },
    { cause, exitCode: 77 },
  );
}
