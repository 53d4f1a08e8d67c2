// The client as a holder gets it: an npm package in an empty folder, and a single executable; at login, by madoguchi:, and gone again.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildName, generateKeyPair, issueCertificate, rootTemplate, softwareSigner } from '@madoguchi/pki';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A root for agencies: whom this agent would believe. */
async function agencyAnchor(): Promise<{ root: Uint8Array }> {
  const { pkcs8, publicKey } = await generateKeyPair('p256');
  const template = rootTemplate({
    serial: Uint8Array.of(1),
    publicKey,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
    subject: buildName([['O', 'JPKI-DEMO']]),
  });
  return { root: await issueCertificate(template, softwareSigner(pkcs8)) };
}

interface Ended {
  code: number;
  out: string;
  err: string;
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const all = { ...process.env, MADOGUCHI_LANG: 'ja', ...env };
    execFile(program, args, { cwd, env: all, maxBuffer: 1 << 26 }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err }),
    );
  });
}

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'madoguchi 梱包 '));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function tree(below: string): string[] {
  if (!existsSync(below)) return [];
  return readdirSync(below, { recursive: true }).map(String).sort();
}

/** What every way of installing must be able to do. */
async function works(madoguchi: (words: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Ended>) {
  assert.match((await madoguchi(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
  const help = await madoguchi(['--help']);
  assert.match(help.out, /madoguchi sign [\s\S]*madoguchi agent install/);
  assert.doesNotMatch(help.out, /madoguchi ca |card create/);
  const readers = await madoguchi(['readers', '--json']);
  assert.ok(['running', 'stopped', 'absent-library'].includes(JSON.parse(readers.out).service), readers.err);
  if (existsSync('/usr/lib/x86_64-linux-gnu/libpcsclite.so.1'))
    assert.notEqual(JSON.parse(readers.out).service, 'absent-library', 'the addon loads');
  const doctor = await madoguchi(['doctor', '--json', '--agent-port', '9']);
  assert.ok(JSON.parse(doctor.out).checks.length >= 10, doctor.err);
  const verify = await madoguchi(['verify', path.join(root, 'LICENSE')]);
  assert.doesNotMatch(verify.err, /defect of ours|Cannot find/);
}

/** Installs at login into an empty home, looks, and takes it away: the home is as before. */
async function comesAndGoes(
  madoguchi: (words: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Ended>,
  home: string,
) {
  await mkdir(path.join(home, 'Documents'), { recursive: true });
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: '',
    XDG_DATA_HOME: '',
    XDG_RUNTIME_DIR: '',
    DBUS_SESSION_BUS_ADDRESS: '',
  };
  const tree0 = tree(home);
  const installed = await madoguchi(['agent', 'install', '--json'], env);
  assert.equal(installed.code, 0, installed.err);
  const { made } = JSON.parse(installed.out) as { made: string[] };
  for (const file of made) assert.ok(file.startsWith(home) && existsSync(file), file);
  const state = JSON.parse((await madoguchi(['agent', 'status', '--json', '--agent-port', '9'], env)).out);
  assert.deepEqual([state.running, state.autostart, state.scheme, state.current], [false, true, true, true]);
  const gone = await madoguchi(['agent', 'uninstall'], env);
  assert.equal(gone.code, 0, gone.err);
  assert.deepEqual(tree(home), tree0);
}

describe('the client from npm pack', () => {
  let tarball: string;
  before(async () => {
    const packed = await run(
      process.execPath,
      [path.join(root, 'scripts', 'pack-client.mjs'), '--out', folder],
      root,
    );
    assert.equal(packed.code, 0, packed.err);
    tarball = packed.out.trim();
  });

  test('is one package whose only dependency is published, with the licences of what it holds', async () => {
    const list = await run('tar', ['tzf', tarball], folder);
    assert.deepEqual(list.out.trim().split('\n').sort(), [
      'package/LICENSE',
      'package/README.md',
      'package/THIRD-PARTY.txt',
      'package/bin/madoguchi.mjs',
      'package/package.json',
    ]);
    const { out } = await run('tar', ['xzfO', tarball, 'package/package.json'], folder);
    assert.deepEqual(Object.keys(JSON.parse(out).dependencies), ['pcsc-mini']);
    const third = await run('tar', ['xzfO', tarball, 'package/THIRD-PARTY.txt'], folder);
    for (const name of ['hono', 'zod', 'pcsc-mini']) assert.match(third.out, new RegExp(`^${name} `, 'm'));
  });

  test('works from an empty folder, and comes and goes without a trace', async (t) => {
    const empty = path.join(folder, 'empty');
    await mkdir(empty);
    await writeFile(path.join(empty, 'package.json'), '{"private": true}\n');
    const npm = await run('npm', ['install', tarball, '--prefer-offline', '--no-audit', '--no-fund'], empty);
    if (npm.code !== 0 && /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENETUNREACH/.test(npm.err)) {
      t.skip('npm reaches no registry and has pcsc-mini in no cache');
      return;
    }
    assert.equal(npm.code, 0, npm.err);
    const bin = path.join(empty, 'node_modules', '.bin', 'madoguchi');
    const madoguchi = (words: readonly string[], env?: NodeJS.ProcessEnv) => run(bin, words, empty, env);
    await works(madoguchi);
    await comesAndGoes(madoguchi, path.join(folder, 'home'));
  });
});

describe('the client as a single executable', {
  skip: process.platform === 'linux' ? false : 'tried on Linux only; docs/install.md has the recipes',
}, () => {
  let place: string;
  const madoguchi = (words: readonly string[], env?: NodeJS.ProcessEnv) =>
    run(path.join(place, 'madoguchi'), words, place, env);
  before(async () => {
    place = path.join(folder, 'single');
    const made = await run(
      process.execPath,
      [path.join(root, 'scripts', 'client-executable.mjs'), '--out', place],
      root,
    );
    assert.equal(made.code, 0, made.err);
  });

  test('works without Node and npm, and its sums are right', async () => {
    await works(madoguchi);
    const lines = readFileSync(path.join(place, 'SHA256SUMS'), 'utf8').trim().split('\n');
    assert.equal(lines.length, 4);
    for (const line of lines) {
      const [sum, name = ''] = line.split('  ');
      assert.equal(
        createHash('sha256')
          .update(readFileSync(path.join(place, name)))
          .digest('hex'),
        sum,
        name,
      );
    }
    await comesAndGoes(madoguchi, path.join(folder, 'home of the single'));
  });

  test('woken by an address it takes nothing from it: no option, no file, no other port', async () => {
    // Somebody answers on the agent's port as an agent would: then waking has nothing to start.
    const server = createServer((_, answer) =>
      answer.end(JSON.stringify({ name: 'madoguchi-agent', version: '9.9.9' })),
    );
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(24787, '127.0.0.1', () => resolve(true));
    });
    try {
      for (const words of [
        ['madoguchi://evil.example/?x=1'],
        ['--port', '1', '--trust', '/evil'],
        ['--help'],
        ['; touch /tmp/x', '$(id)'],
      ]) {
        const { code, out, err } = await madoguchi(['agent', 'wake', ...words]);
        assert.equal(code, 0, err);
        assert.match(out, free ? /^agent: http:\/\/127\.0\.0\.1:24787 \(9\.9\.9\)\n$/ : /24787/);
        assert.doesNotMatch(out + err, /evil|touch|Usage/);
      }
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('an address wakes an agent that did not run: it starts by itself, for its own files only', async (t) => {
    // In namespaces of its own: the agent's port is free there, and whatever was started ends with them.
    const script =
      'ip link set lo up && ./madoguchi agent install --trust "$1" && ./madoguchi agent wake "$2" && ./madoguchi agent status --json';
    const home = path.join(folder, 'home that wakes');
    await mkdir(path.join(folder, 'trust', 'agency'), { recursive: true });
    const { root: anchor } = await agencyAnchor();
    await writeFile(path.join(folder, 'trust', 'agency', 'root.cer'), anchor);
    await mkdir(home);
    const spaces = ['-n', '-p', '-f', '--mount-proc', '--kill-child'];
    const possible = await run('unshare', [...spaces, 'ip', 'link', 'set', 'lo', 'up'], place);
    if (possible.code !== 0) {
      t.skip('namespaces cannot be made here');
      return;
    }
    const words = ['sh', '-c', script, 'sh', path.join(folder, 'trust'), 'madoguchi://x?--port=1'];
    const env = { HOME: home, XDG_CONFIG_HOME: '', XDG_DATA_HOME: '' };
    const { code, out, err } = await run('unshare', [...spaces, ...words], place, env);
    assert.equal(code, 0, err + out);
    const state = JSON.parse(out.slice(out.indexOf('{')));
    assert.deepEqual([state.running, state.autostart, state.scheme, state.trust], [true, true, true, true]);
  });
});
