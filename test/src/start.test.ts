// `npm start` as people run and stop it: the data stays, and nothing else does.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, readRun } from '@madoguchi/store';
import { copyTree } from './support/copy-tree.js';
import { freePorts } from './support/free-ports.js';
import { leftBehind, processesOf } from './support/left-behind.js';
import { type Addresses, madoguchi, repository } from './support/running-city.js';

// First starts as they are: what the run of the tests keeps ready (scripts/test-keys.mjs) does not reach them.
delete process.env.NODE_OPTIONS;

const linux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;
const base = mkdtempSync(path.join(os.tmpdir(), 'madoguchi-start-'));
chmodSync(base, 0o711);
after(() => rmSync(base, { recursive: true, force: true }));

const npm = ['npm', 'start', '--'] as const;
const bin = [process.execPath, madoguchi, 'start'] as const;

/** `start` needs two neighbours and one for the agent. */
interface StartPorts {
  port: number;
  agentPort: number;
}

async function startPorts(): Promise<StartPorts> {
  const port = await freePorts(3);
  return { port, agentPort: port + 2 };
}

const hardwareModule = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/local/lib/softhsm/libsofthsm2.so'].find(
  existsSync,
);
const inModule = hardwareModule === undefined ? '' : ', the authority’s keys in a hardware module';

/** A fresh token of SoftHSM2, and how `start` is told of it. */
function newToken(module: string): NodeJS.ProcessEnv {
  const tokens = path.join(base, 'tokens');
  mkdirSync(tokens);
  const env = {
    SOFTHSM2_CONF: path.join(base, 'softhsm2.conf'),
    MADOGUCHI_PKCS11_MODULE: module,
    MADOGUCHI_PKCS11_TOKEN: 'start',
    MADOGUCHI_PKCS11_PIN_FILE: path.join(base, 'token-pin'),
  };
  writeFileSync(env.SOFTHSM2_CONF, `directories.tokendir = ${tokens}\nlog.level = ERROR\n`);
  writeFileSync(env.MADOGUCHI_PKCS11_PIN_FILE, '8765\n', { mode: 0o600 });
  const init = ['--init-token', '--free', '--label', 'start', '--pin', '8765', '--so-pin', '1234'];
  execFileSync('softhsm2-util', init, { env: { ...process.env, ...env }, stdio: 'ignore' });
  return env;
}

interface Run {
  child: ChildProcess;
  mark: string;
  dir: string;
  ports: StartPorts;
  output: () => string;
  /** Until the output has the word, or the process has ended. */
  says: (word: string) => Promise<void>;
  ended: Promise<number | null>;
}

interface RunOptions {
  command?: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Goes before the command: another user. */
  as?: readonly string[];
  /** Default: `--data DIR`. */
  data?: readonly string[];
  /** What `start` is told of ports and browser; another command has its own words. */
  words?: (ports: StartPorts) => readonly string[];
  ports?: StartPorts;
}

const wordsOfStart = ({ port, agentPort }: StartPorts) => [
  ...['--port', String(port), '--agent-port', String(agentPort), '--no-open'],
];

/** Runs `start` in a process group of its own, as a shell does. */
async function run(dir: string, options: RunOptions = {}): Promise<Run> {
  const ports = options.ports ?? (await startPorts());
  const mark = `MADOGUCHI_TEST_MARK=${randomUUID()}`;
  const [program = '', ...words] = [
    ...(options.as ?? []),
    ...(options.command ?? npm),
    ...(options.data ?? ['--data', dir]),
    ...(options.words ?? wordsOfStart)(ports),
  ];
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.env, MADOGUCHI_TEST_MARK: mark.split('=')[1] };
  // A run below `npm test` must not take this npm for its parent.
  for (const key of Object.keys(env)) if (/^npm_(?!config_cache)/i.test(key)) delete env[key];
  const child = spawn(program, words, {
    cwd: options.cwd ?? repository,
    env: { ...env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  after(() => {
    for (const line of processesOf(mark, dir)) {
      try {
        process.kill(Number(line.split(' ')[0]), 'SIGKILL');
      } catch {
        // Ended by itself.
      }
    }
  });
  return {
    child,
    mark,
    dir,
    ports,
    ended,
    output: () => output,
    says: async (word) => {
      while (!output.includes(word) && child.exitCode === null && child.signalCode === null) await pause(20);
    },
  };
}

async function open(dir: string, options: RunOptions = {}): Promise<Run & { addresses: Addresses }> {
  const started = await run(dir, options);
  await started.says('Ctrl-C');
  assert.match(started.output(), /Ctrl-C/, `start did not open:\n${started.output()}`);
  const addresses = JSON.parse(readFileSync(path.join(dir, 'addresses.json'), 'utf8')) as Addresses;
  return { ...started, addresses };
}

async function nothingLeft(started: Run, database?: number): Promise<void> {
  const { port, agentPort } = started.ports;
  const ports = [port, port + 1, agentPort, ...(database === undefined ? [] : [database])];
  assert.deepEqual(
    await leftBehind(started.mark, started.dir, ports),
    { processes: [], ports: [] },
    started.output(),
  );
  assert.ok(!existsSync(path.join(started.dir, 'run.json')), 'run.json names a server that is gone');
  assert.ok(!existsSync(path.join(started.dir, 'start.pid')), 'start.pid names a process that is gone');
}

function signal(started: Run, name: NodeJS.Signals, to: 'group' | 'child'): void {
  const pid = started.child.pid ?? 0;
  assert.ok(pid > 1);
  process.kill(to === 'group' ? -pid : pid, name);
}

/** The serial numbers the authority has issued, by the command line. */
function certificates(dir: string, command: readonly string[] = [process.execPath, madoguchi]): string[] {
  const [program = '', ...words] = command;
  const done = spawnSync(program, [...words, 'ca', 'list', '--data', dir, '--json'], { encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return (JSON.parse(done.stdout) as { serial: string }[]).map(({ serial }) => serial).sort();
}

async function answers(addresses: Addresses): Promise<void> {
  for (const url of [
    addresses.portal,
    addresses.agency,
    `${addresses.ca}/healthz`,
    `${addresses.ca}/readyz`,
  ]) {
    assert.equal((await fetch(url)).status, 200, url);
  }
}

const stops: { how: string; command: readonly string[]; stop: (started: Run) => void }[] = [
  { how: 'Ctrl-C', command: npm, stop: (started) => signal(started, 'SIGINT', 'group') },
  { how: 'SIGTERM to npm alone', command: npm, stop: (started) => signal(started, 'SIGTERM', 'child') },
  { how: 'SIGTERM to the group', command: npm, stop: (started) => signal(started, 'SIGTERM', 'group') },
  { how: 'SIGKILL of npm', command: npm, stop: (started) => signal(started, 'SIGKILL', 'child') },
  { how: 'a closed terminal', command: npm, stop: (started) => signal(started, 'SIGHUP', 'group') },
  {
    how: 'SIGTERM to the command itself',
    command: bin,
    stop: (started) => signal(started, 'SIGTERM', 'child'),
  },
];

describe('start and stop', { skip: linux ? false : 'processes and ports are looked up in /proc' }, () => {
  const dir = path.join(base, 'data');
  let issued: string[] = [];

  for (const [round, { how, command, stop }] of stops.entries()) {
    it(`start ${round + 1} on the same folder finds its data; ${how} leaves no process and no port`, async () => {
      const started = await open(dir, { command });
      await answers(started.addresses);
      const server = await readRun(dir);
      assert.ok(server);
      const now = certificates(dir);
      assert.ok(now.length >= 4, 'the agency and the resident have certificates');
      if (round > 0) assert.deepEqual(now, issued, 'a restart issues nothing again and forgets nothing');
      issued = now;
      stop(started);
      await started.ended;
      await nothingLeft(started, server.port);
      if (how.startsWith('SIGTERM to the command')) assert.equal(await started.ended, 0);
    });
  }

  it('`npm run serve` ends with its npm, as `npm start` does', async () => {
    const served = await run(dir, {
      command: ['npm', 'run', 'serve', '--', 'ca'],
      words: ({ port }) => ['--port', String(port)],
    });
    await served.says('authority:');
    const server = await readRun(dir);
    assert.ok(server);
    signal(served, 'SIGTERM', 'child');
    await served.ended;
    await nothingLeft(served, server.port);
  });

  it('SIGKILL of node: PostgreSQL ends too, and the next start recovers', async () => {
    const killed = await open(dir, { command: bin });
    const server = await readRun(dir);
    assert.ok(server);
    signal(killed, 'SIGKILL', 'child');
    const { port, agentPort } = killed.ports;
    const left = await leftBehind(killed.mark, dir, [port, port + 1, agentPort, server.port]);
    assert.deepEqual(left, { processes: [], ports: [] });
    assert.ok(!isAlive(server.server));
    const next = await open(dir, { command: bin });
    assert.deepEqual(certificates(dir), issued);
    await answers(next.addresses);
    signal(next, 'SIGINT', 'group');
    await next.ended;
    await nothingLeft(next);
  });

  it('a second start on the same folder says who holds it and exits 69; the first goes on', async () => {
    const first = await open(dir, { command: bin });
    const second = await run(dir, { command: bin });
    assert.equal(await second.ended, 69, second.output());
    assert.match(second.output(), new RegExp(`already running on .*process ${first.addresses.pid}\\b`));
    assert.ok(second.output().includes(first.addresses.portal), 'it names the address to open');
    await answers(first.addresses);
    signal(first, 'SIGTERM', 'group');
    await first.ended;
    await nothingLeft(first);
  });

  it('a taken port is named in a sentence with the way out, exit 69, nothing left', async () => {
    for (const offset of [0, 1, 2]) {
      const ports = await startPorts();
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(ports.port + offset, '127.0.0.1', resolve));
      try {
        const started = await run(dir, { command: bin, ports });
        assert.equal(await started.ended, 69, started.output());
        const option = offset === 2 ? '--agent-port' : '--port';
        assert.match(
          started.output(),
          new RegExp(`Port ${ports.port + offset} \\(.*\\) is taken by another program.*${option}`),
        );
        assert.deepEqual(processesOf(started.mark, dir), []);
      } finally {
        await new Promise((resolve) => other.close(resolve));
      }
    }
  });

  it(`Ctrl-C while starting leaves nothing, and the next start is as if nothing had been${inModule}`, async () => {
    const fresh = path.join(base, 'interrupted');
    const env = hardwareModule === undefined ? {} : newToken(hardwareModule);
    for (const moment of ['database', 'authority', 'card']) {
      const started = await run(fresh, { command: bin, env });
      await started.says(`(${moment === 'authority' ? 'demo authority' : moment})`);
      signal(started, 'SIGINT', 'group');
      assert.equal(await started.ended, 0, started.output());
      assert.doesNotMatch(started.output(), /defect|Error|at .*\.js/);
      await nothingLeft(started);
    }
    const whole = await open(fresh, { command: bin, env });
    await answers(whole.addresses);
    const issuingKeys = readdirSync(path.join(fresh, 'keys')).filter((name) => name.startsWith('ca-'));
    assert.equal(issuingKeys.length === 0, hardwareModule !== undefined, issuingKeys.join());
    signal(whole, 'SIGINT', 'group');
    await whole.ended;
    await nothingLeft(whole);
  });
});

describe('start elsewhere', { skip: linux ? false : 'processes and ports are looked up in /proc' }, () => {
  it('in a root-only home, under a path with spaces and Japanese characters', async () => {
    const home = path.join(base, '見本 の 家');
    mkdirSync(home, { mode: 0o700 });
    const tree = path.join(home, '窓口 テスト');
    copyTree(repository, tree);
    const dir = path.join(tree, '.madoguchi');
    for (let round = 0; round < 2; round += 1) {
      const started = await open(dir, { cwd: tree, env: { HOME: home }, data: [] });
      await answers(started.addresses);
      signal(started, 'SIGINT', 'group');
      await started.ended;
      await nothingLeft(started);
    }
  });

  const other =
    isRoot && spawnSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', 'true']).status === 0;
  it('as a plain user', {
    skip: other || !isRoot ? false : 'setpriv cannot change the user here',
  }, async () => {
    const home = path.join(base, 'plain-user');
    mkdirSync(home, { mode: 0o755 });
    const tree = path.join(home, 'madoguchi');
    copyTree(repository, tree);
    if (isRoot) {
      // node_modules are hard links: their owner stays.
      execFileSync('chown', ['65534:65534', home, tree]);
      chownSync(path.join(tree, 'packages'), 65534, 65534);
    }
    const as = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] : [];
    const dir = path.join(tree, '.madoguchi');
    const started = await open(dir, { cwd: tree, env: { HOME: home }, as, data: [] });
    await answers(started.addresses);
    const [owner] =
      readFileSync(`/proc/${started.addresses.pid}/status`, 'utf8')
        .match(/Uid:\s+(\d+)/)
        ?.slice(1) ?? [];
    assert.notEqual(owner, '0');
    signal(started, 'SIGINT', 'group');
    await started.ended;
    await nothingLeft(started);
  });

  it('a bare clone installs what is missing', async (t) => {
    const clone = path.join(base, '写し の 見本');
    const cloned = spawnSync('git', ['clone', '-q', repository, clone], { encoding: 'utf8' });
    if (cloned.status !== 0) return t.skip(`not a git checkout: ${cloned.stderr}`);
    const dir = path.join(clone, '.madoguchi');
    const started = await run(dir, {
      cwd: clone,
      data: [],
      env: { npm_config_prefer_offline: 'true', npm_config_fetch_retries: '1' },
    });
    await started.says('Ctrl-C');
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENOTCACHED|ETIMEDOUT/.test(started.output())) {
      return t.skip('no package registry can be reached');
    }
    assert.match(started.output(), /Installing packages …[\s\S]*Ctrl-C/, started.output());
    const addresses = JSON.parse(readFileSync(path.join(dir, 'addresses.json'), 'utf8')) as Addresses;
    await answers(addresses);
    const status = spawnSync('git', ['status', '--porcelain'], { cwd: clone, encoding: 'utf8' });
    assert.equal(status.stdout, '', 'installing, building and starting leave the checkout clean');
    assert.ok(
      certificates(dir, ['npx', '--no', '--prefix', clone, 'madoguchi']).length >= 4,
      'npx madoguchi works',
    );
    signal(started, 'SIGINT', 'group');
    await started.ended;
    await nothingLeft(started);
  });
});
