/** The command line as a person runs it: a process of its own, what it prints, and how it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/madoguchi.mjs', import.meta.url));

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

interface Options {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

function start(words: readonly string[], options: Options): ChildProcess {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: '',
    MADOGUCHI_DATA: '',
    // The terminal's own language decides the words otherwise.
    MADOGUCHI_LANG: 'ja',
    ...options.env,
  };
  return spawn(process.execPath, [bin, ...words], { env, cwd: options.cwd ?? os.tmpdir() });
}

function collect(child: ChildProcess): { out: () => string; err: () => string } {
  const texts = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    texts.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    texts.err += text;
  });
  return { out: () => texts.out, err: () => texts.err };
}

/** Runs one command to its end; standard input is empty and no terminal. */
export async function cli(words: readonly string[], options: Options = {}): Promise<Ended> {
  const child = start(words, options);
  child.stdin?.end();
  const texts = collect(child);
  const code = await new Promise<number | null>((resolve) =>
    child.once('close', (status) => resolve(status)),
  );
  return { code, out: texts.out(), err: texts.err() };
}

export interface Running {
  out: () => string;
  err: () => string;
  /** SIGTERM; the exit code. */
  stop: () => Promise<number | null>;
}

/** Runs a command that lasts, until its output has the word. It ends with this process at the latest. */
export async function lasting(
  words: readonly string[],
  word: string,
  options: Options = {},
): Promise<Running> {
  const child = start(words, options);
  const texts = collect(child);
  const ended = new Promise<number | null>((resolve) => child.once('close', (status) => resolve(status)));
  process.once('exit', () => child.kill('SIGKILL'));
  while (!texts.out().includes(word)) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`${words.join(' ')} ended with ${child.exitCode}: ${texts.out()}${texts.err()}`);
    await pause(20);
  }
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { ...texts, stop };
}

/** A folder that is gone after the tests. */
export function temporary(name: string): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), `madoguchi-cli-${name}-`));
  after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The first of three free ports in a row, below those that the system hands out by itself. */
export async function freePort(): Promise<number> {
  const isFree = (port: number) =>
    new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false));
      probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
    });
  for (;;) {
    const first = 10_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all([first, first + 1, first + 2].map(isFree));
    if (free.every(Boolean)) return first;
  }
}
