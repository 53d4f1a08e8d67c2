/** `madoguchi start` as a person runs it: a process of its own over a data folder, with the addresses it writes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { copyPreparedDatabase } from '@madoguchi/store/testing';

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const madoguchi = path.join(repository, 'packages', 'madoguchi', 'bin', 'madoguchi.mjs');

export interface Addresses {
  portal: string;
  agency: string;
  ca: string;
  agent: string;
  agentHome: string;
  desk: string;
  others: {
    name: string;
    agency: string;
    desk: string;
    offices: { office: string; name: string; officer: string; desk: string }[];
  }[];
  counter: string;
  admin: string;
  helpdesk: string;
  card: { kind: 'reader' | 'image'; file: string };
  pid: number;
}

export interface RunningCity {
  dir: string;
  addresses: Addresses;
  process: ChildProcess;
  output: () => string;
  /** Stops it with the signal, waits for its end, gives the exit code. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** A folder of its own for a city, its database made: what a first start does with an empty folder is start.test's. */
export async function temporaryFolder(name: string): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(path.join(os.tmpdir(), `madoguchi-${name}-`));
  copyPreparedDatabase(dir);
  // What was killed a moment ago may still write its last file.
  return { dir, remove: () => rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }) };
}

export interface StartCity {
  dir: string;
  args?: readonly string[];
  env?: NodeJS.ProcessEnv;
  command?: readonly [string, ...string[]];
  cwd?: string;
}

/** Starts and waits until the addresses of this very process are written. */
export async function startCity(options: StartCity): Promise<RunningCity> {
  const { dir } = options;
  const [program, ...before] = options.command ?? [process.execPath, madoguchi, 'start'];
  const child = spawn(program, [...before, '--data', dir, '--no-open', ...(options.args ?? [])], {
    cwd: options.cwd ?? repository,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output = (output + text).slice(-20_000);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const began = Date.now();
  const file = path.join(dir, 'addresses.json');
  while (!output.includes('Ctrl-C')) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`start ended with ${child.exitCode}:\n${output}`);
    if (Date.now() - began > 300_000) {
      child.kill('SIGKILL');
      throw new Error(`start did not finish:\n${output}`);
    }
    await pause(50);
  }
  if (!existsSync(file)) throw new Error(`start wrote no addresses:\n${output}`);
  return {
    dir,
    addresses: JSON.parse(readFileSync(file, 'utf8')) as Addresses,
    process: child,
    output: () => output,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return ended;
    },
  };
}
