import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { StrayError, TestResult } from './result-reporter.js';

/*
 * A real pcscd with vpcd for one test file, in mount and network namespaces of its own: several files, and
 * several machines' worth of runs, go side by side. Inside, loopback is private too, so vpcd's open port is
 * reached by nobody else, and everything a journey starts (server, browser) runs in there with it.
 */
const inside = 'MADOGUCHI_PCSC_NAMESPACE';

/**
 * vpcd sends length and payload apart, so Nagle and delayed ACK cost 48 ms a command; quickack on the loopback
 * routes takes that away. The programs started die with the test run (pdeathsig), also when that is killed.
 */
const prelude = `set -e
mount -t tmpfs tmpfs /run/pcscd
ip link set lo up
ip route replace local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1 quickack 1
ip route replace local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1 quickack 1
exec "$@"`;

const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
const namespaceTools = ['unshare', 'setpriv', 'mount', 'ip', 'pcscd'];

function onPath(tool: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(path.join(folder, tool)));
}

/** Why such a namespace cannot be had here, or `undefined`. */
function noNamespaceReason(tools: readonly string[]): string | undefined {
  if (process.platform !== 'linux') return 'namespaces are a matter of Linux';
  if (process.getuid?.() !== 0) return 'only root may make namespaces with their own pcscd';
  const missing = [...namespaceTools, ...tools].filter((tool) => !onPath(tool));
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  if (!existsSync(driver)) return 'not installed: vsmartcard-vpcd';
  spawnSync('mkdir', ['-p', '/run/pcscd']);
  const tried = spawnSync('unshare', ['-m', '-n', 'sh', '-c', prelude, 'sh', 'true'], { encoding: 'utf8' });
  return tried.status === 0 ? undefined : `namespaces cannot be made here: ${tried.stderr.trim()}`;
}

/**
 * Runs the tests that `define` registers inside a fresh namespace with pcscd and two empty vpcd readers
 * (`Virtual PCD 00 00` on port 35963, `Virtual PCD 00 01` on 35964). Call it once at the top of a test file with
 * its `import.meta.url`; outside, the file is started again inside and each result is reported under its name.
 * Where that cannot be done the file is skipped by name with the reason. Programs run by the tests must not be
 * waited for synchronously: the card usually answers from this very process.
 */
export function inPcscNamespace(file: string, tools: readonly string[], define: () => void): void {
  if (process.env[inside] === file) {
    before(startDaemon);
    after(stopDaemon);
    define();
    return;
  }
  const name = `in a private PC/SC namespace: ${path.basename(fileURLToPath(file))}`;
  const skip = noNamespaceReason(tools);
  test(name, skip === undefined ? {} : { skip }, async (t) => {
    const { results, strays, code, output } = await runInside(file);
    for (const result of results.filter((one) => one.nesting === 0)) {
      await t.test(result.name, result.skip === undefined ? {} : { skip: result.skip }, () => {
        if (result.passed) return;
        const nested = results.filter((one) => one.nesting > 0 && !one.passed);
        throw new Error([result.fault, ...nested.map((one) => `${one.name}: ${one.fault}`)].join('\n'));
      });
    }
    const failed = results.some((result) => !result.passed);
    if (failed && output !== '') t.diagnostic(output);
    if ((code !== 0 && !failed) || results.length === 0)
      throw new Error([`The run inside ended with ${code}:`, ...strays, output].join('\n'));
  });
}

async function runInside(
  file: string,
): Promise<{ results: TestResult[]; strays: string[]; code: number | null; output: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mado-pcsc-'));
  const report = path.join(folder, 'results');
  const { NODE_TEST_CONTEXT: _ours, ...env } = process.env;
  const node = [
    process.execPath,
    '--enable-source-maps',
    `--test-reporter=${new URL('./result-reporter.js', import.meta.url).href}`,
    `--test-reporter-destination=${report}`,
    fileURLToPath(file),
  ];
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'TERM', 'unshare', '-m', '-n', 'sh', '-c', prelude, 'sh', ...node],
    { env: { ...env, [inside]: file }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text));
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const lines = (await readFile(report, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
    const told = lines.map((line) => JSON.parse(line) as TestResult | StrayError);
    return {
      results: told.filter((one): one is TestResult => 'name' in one),
      strays: told.flatMap((one) => ('stray' in one ? [one.stray] : [])),
      ...{ code, output },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Does something listen on this TCP port of the namespace? A probe by connecting would look like a card. */
async function listens(port: number): Promise<boolean> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const table = await readFile('/proc/self/net/tcp', 'utf8');
  return table.split('\n').some((line) => {
    const [, local, , state] = line.trim().split(/\s+/);
    return local?.endsWith(wanted) === true && state === '0A';
  });
}

/** The two vpcd slots. */
export const slots = [35963, 35964] as const;

let daemon: ChildProcess | undefined;

/** Starts the namespace's pcscd; the tests have it from the beginning, and again after `stopDaemon`. */
export async function startDaemon(): Promise<void> {
  daemon = await startPcscd();
}

/** Stops pcscd as an administrator would, and waits until it is gone. */
export async function stopDaemon(): Promise<void> {
  await stop(daemon);
  daemon = undefined;
}

/** Starts the namespace's own pcscd and waits until both readers are there. */
async function startPcscd(): Promise<ChildProcess> {
  const daemon = spawn('setpriv', ['--pdeathsig', 'KILL', '/usr/sbin/pcscd', '-f'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [daemon.stdout, daemon.stderr])
    stream.on('data', (text: Buffer) => {
      log = (log + text).slice(-4000);
    });
  while (!(await Promise.all(slots.map(listens))).every(Boolean)) {
    if (daemon.exitCode !== null) throw new Error(`pcscd ended with ${daemon.exitCode}: ${log}`);
    await pause(20);
  }
  return daemon;
}

/** Stops a process that was started here and waits until it is gone. */
async function stop(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, with what it printed. */
export async function run(
  program: string,
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<Outcome> {
  const child = spawn(program, args, {
    cwd: options?.cwd,
    env: { ...process.env, ...options?.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (bytes: Buffer) => (text.stdout += bytes));
  child.stderr.on('data', (bytes: Buffer) => (text.stderr += bytes));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, ...text };
}

/** Runs a program that talks: gives it `input`, keeps its standard input open until its output has `word`, then closes it. */
export async function runWithInput(
  program: string,
  args: readonly string[],
  input: string,
  word: string,
  env: NodeJS.ProcessEnv,
): Promise<Outcome> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (bytes: Buffer) => {
    text.stdout += bytes;
    if (text.stdout.includes(word)) child.stdin.end();
  });
  child.stderr.on('data', (bytes: Buffer) => (text.stderr += bytes));
  child.stdin.on('error', () => undefined);
  child.stdin.write(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, ...text };
}
