import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Where things lie in the data folder (データフォルダ). */
export interface DataFolder {
  readonly dir: string;
  /** Cluster of the embedded server. */
  readonly databaseDir: string;
  /** Password of the embedded server, mode 0600. */
  readonly passwordFile: string;
  readonly logFile: string;
  /** Held while a process looks for the server or starts it. */
  readonly startingFile: string;
  readonly runFile: string;
  readonly addressesFile: string;
  /** Sealed keys of the rooms. */
  readonly keysDir: string;
}

/** The server that runs in a data folder; the password is not in it. */
export interface Run {
  readonly port: number;
  /** Process that started the server and will stop it. */
  readonly owner: number;
  /** The server's own process. */
  readonly server: number;
  readonly startedAt: string;
}

/** Names the files of a data folder and makes the folder (0700) when it is not there. */
export function dataFolder(dir: string): DataFolder {
  const full = path.resolve(dir);
  mkdirSync(full, { recursive: true, mode: 0o700 });
  return {
    dir: full,
    databaseDir: path.join(full, 'database'),
    passwordFile: path.join(full, 'database.password'),
    logFile: path.join(full, 'database.log'),
    startingFile: path.join(full, 'starting.lock'),
    runFile: path.join(full, 'run.json'),
    addressesFile: path.join(full, 'addresses.json'),
    keysDir: path.join(full, 'keys'),
  };
}

/**
 * Writes a file so that a reader sees the old bytes or the new ones, never a part: a sibling is written, synced and
 * renamed over it. Mode is 0600.
 */
export async function writeFileAtomically(file: string, bytes: Uint8Array | string): Promise<void> {
  const sibling = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    const handle = await open(sibling, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(sibling, file);
  } catch (error) {
    await rm(sibling, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** Without this a power failure can undo the rename; Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function writeRun(folder: DataFolder, run: Run): Promise<void> {
  await writeFileAtomically(folder.runFile, `${JSON.stringify(run, null, 2)}\n`);
}

/** `run.json` of a data folder, or undefined when it is missing or not what `writeRun` writes. */
export async function readRun(dir: string): Promise<Run | undefined> {
  try {
    const run: unknown = JSON.parse(await readFile(dataFolder(dir).runFile, 'utf8'));
    if (typeof run !== 'object' || run === null) return undefined;
    const { port, owner, server, startedAt } = run as Record<string, unknown>;
    if (!isPositive(port) || !isPositive(owner) || !isPositive(server)) return undefined;
    return { port, owner, server, startedAt: typeof startedAt === 'string' ? startedAt : '' };
  } catch {
    return undefined;
  }
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** Writes `addresses.json`: where the rooms listen and the one-time links. Any JSON object will do. */
export async function writeAddresses(dir: string, addresses: Record<string, unknown>): Promise<void> {
  await writeFileAtomically(dataFolder(dir).addressesFile, `${JSON.stringify(addresses, null, 2)}\n`);
}
