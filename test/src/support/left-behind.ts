/** What a run left on this machine: processes by their command line, working folder and environment; ports from /proc/net/tcp. Linux only. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function folderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function isZombie(pid: string): boolean {
  const stat = read(`/proc/${pid}/stat`);
  return stat === '' || stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}

/** Processes that carry the mark in their environment, or name the folder, or stand in it (PostgreSQL's children do). */
export function processesOf(mark: string, folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && !isZombie(name))
    .filter(
      (pid) =>
        read(`/proc/${pid}/environ`).includes(mark) ||
        read(`/proc/${pid}/cmdline`).includes(folder) ||
        folderOf(pid).startsWith(folder),
    )
    .map((pid) => `${pid} ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()}`);
}

/** TCP ports that somebody listens on. */
function listeningPorts(): Set<number> {
  const ports = new Set<number>();
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of read(file).split('\n').slice(1)) {
      const [, local, , state] = line.trim().split(/\s+/);
      if (state === '0A') ports.add(Number.parseInt(local?.split(':')[1] ?? '', 16));
    }
  }
  return ports;
}

export interface LeftBehind {
  processes: string[];
  ports: number[];
}

/** Waits until nothing is left; after the patience gives what still is. */
export async function leftBehind(
  mark: string,
  folder: string,
  ports: readonly number[],
  patienceMs = 60_000,
): Promise<LeftBehind> {
  const began = Date.now();
  for (;;) {
    const listening = listeningPorts();
    const left = {
      processes: processesOf(mark, folder),
      ports: ports.filter((port) => listening.has(port)),
    };
    if (left.processes.length + left.ports.length === 0 || Date.now() - began > patienceMs) return left;
    await pause(50);
  }
}
