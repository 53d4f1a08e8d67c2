import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { StoreError } from './error.js';
import type { DataFolder } from './folder.js';
import { commandLine, isAlive, pause } from './process.js';

/** What `postmaster.pid` says of a server. */
export interface Postmaster {
  readonly pid: number;
  readonly ready: boolean;
}

/** Reads `postmaster.pid` (PostgreSQL, miscadmin.h: line 1 the process, line 8 its state). */
export async function readPostmaster(folder: DataFolder): Promise<Postmaster | undefined> {
  try {
    const lines = (await readFile(path.join(folder.databaseDir, 'postmaster.pid'), 'utf8')).split('\n');
    const pid = Number(lines[0]);
    if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
    return { pid, ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/**
 * Makes way for a new server: a server whose owner is gone is ended, and a `postmaster.pid` that names a process which
 * is not our server is removed (after SIGKILL its number may belong to anybody, and PostgreSQL would refuse to start).
 */
export async function clearLeftovers(folder: DataFolder): Promise<void> {
  const left = await readPostmaster(folder);
  if (left === undefined) {
    await rm(path.join(folder.databaseDir, 'postmaster.pid'), { force: true });
    return;
  }
  if (isOurServer(left.pid, folder)) {
    await end(left.pid);
  }
  const now = await readPostmaster(folder);
  if (now?.pid === left.pid) await rm(path.join(folder.databaseDir, 'postmaster.pid'), { force: true });
}

/** Is this process the server of this folder? Where command lines cannot be read, being alive must do. */
export function isOurServer(pid: number, folder: DataFolder): boolean {
  if (!isAlive(pid)) return false;
  const words = commandLine(pid);
  // Where the command line cannot be read, the number alone must do.
  if (words === undefined) return process.platform !== 'linux';
  return words.includes(folder.databaseDir);
}

async function end(pid: number): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 10],
    ['SIGQUIT', 10],
    ['SIGKILL', 5],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      break;
    }
    for (let tried = 0; tried < seconds * 50; tried++) {
      if (!isAlive(pid)) return;
      await pause(20);
    }
  }
  throw new StoreError('store.busy', {
    ja: `このデータフォルダーのデータベース（プロセス ${pid}）を止められません。止めてから、もう一度始めてください。`,
    jaEasy: `データベースが まだ うごいています（プロセス ${pid}）。とめてから もう{一度|いちど} はじめてください。`,
    en: `A database server (process ${pid}) still holds this data folder and cannot be stopped. Stop it and start again.`,
  });
}
