import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CardError } from './errors.js';

/** Who holds a lock. `started` tells a process from a later one with the same id (Linux only, else empty). */
interface Holder {
  readonly pid: number;
  readonly started: string;
  readonly token: string;
}

export interface ImageLock {
  /** Rejects when the lock was lost: then nothing may be written any more. */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** Tokens of the locks this very process holds: a lock with our pid that is not here is from an earlier life. */
const ours = new Set<string>();

/** Boot and start time of a process, so that a process id used again after a restart is not taken for its holder. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name in parentheses may itself hold spaces and parentheses; start time is the 20th field after it.
    return `${boot}/${fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
  } catch {
    return '';
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid) return ours.has(holder.token);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return holder.started === '' || holder.started === startOf(holder.pid);
}

function parseHolder(text: string): Holder | undefined {
  const [pid, started, token] = text.split('\n');
  if (!/^[0-9]{1,10}$/.test(pid ?? '') || started === undefined || !token) return undefined;
  return { pid: Number(pid), started, token };
}

function isHeld(text: string): boolean {
  const holder = parseHolder(text);
  return holder !== undefined && isAlive(holder);
}

async function readOrUndefined(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** `link` is the atomic "create if absent, with content": no reader ever sees an empty lock. */
async function tryTake(lockFile: string, text: string, token: string): Promise<boolean> {
  const own = `${lockFile}.${token}`;
  try {
    await writeFile(own, text, { mode: 0o600 });
    await link(own, lockFile);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (codeOf(error) === 'ENOENT')
      throw new CardError('absent', `There is no such folder: ${path.dirname(lockFile)}`);
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(String(codeOf(error)))) throw error;
  } finally {
    await rm(own, { force: true });
  }
  // A file system without hard links.
  try {
    await writeFile(lockFile, text, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes a lock whose holder is dead. Two that find it at once must not both remove: the slower one would
 * remove the lock the faster one has just taken. So the right to remove this very lock is a lock of its own,
 * named by the content; inside it the content is read again. When the holder of that right has died too, the
 * same is done to it.
 */
async function removeStale(
  lockFile: string,
  stale: string,
  own: { text: string; token: string },
): Promise<void> {
  const right = `${lockFile}.${createHash('sha256').update(stale).digest('hex').slice(0, 16)}`;
  if (!(await tryTake(right, own.text, own.token))) {
    const found = await readOrUndefined(right);
    if (found !== undefined && !isHeld(found)) await removeStale(right, found, own);
    return;
  }
  try {
    if ((await readOrUndefined(lockFile)) === stale) await rm(lockFile, { force: true });
  } finally {
    await rm(right, { force: true });
  }
}

/**
 * Takes the lock of an image (`FILE.lock`, holding a process id), or says who has it. A lock whose process is
 * gone is taken over. It guards processes of one machine that see each other's ids, not shared folders.
 */
export async function lockImage(file: string): Promise<ImageLock> {
  const lockFile = `${path.resolve(file)}.lock`;
  const token = randomBytes(8).toString('hex');
  const text = `${process.pid}\n${startOf(process.pid)}\n${token}\n`;
  ours.add(token);
  try {
    return await take();
  } catch (error) {
    ours.delete(token);
    throw error;
  }

  async function take(): Promise<ImageLock> {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      if (await tryTake(lockFile, text, token)) return { check, release };
      const found = await readOrUndefined(lockFile);
      const holder = found === undefined ? undefined : parseHolder(found);
      if (holder && isAlive(holder)) {
        throw new CardError('locked', `The card image is open in process ${holder.pid}: ${file}`);
      }
      if (found !== undefined) await removeStale(lockFile, found, { text, token });
      // Somebody else may be removing it right now.
      if (attempt > 0) await pause(10);
    }
    throw new CardError('locked', `The lock of the card image could not be taken: ${lockFile}`);
  }

  async function check(): Promise<void> {
    if ((await readOrUndefined(lockFile)) !== text)
      throw new CardError('locked', `The lock was lost: ${lockFile}`);
  }
  async function release(): Promise<void> {
    if ((await readOrUndefined(lockFile)) === text) await rm(lockFile, { force: true });
    ours.delete(token);
  }
}
