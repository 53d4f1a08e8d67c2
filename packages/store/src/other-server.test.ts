import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { appendAudit, verifyAudit } from './audit.js';
import { openDatabase } from './database.js';
import { enqueue, startJobs } from './jobs.js';
import { findLauncher, serverEnvironment } from './launch.js';
import { pause } from './process.js';

const bin = '/usr/lib/postgresql/15/bin';

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** A Debian server of version 15, as an operator would bring one. */
async function debianServer(settings: string[]) {
  const dir = await mkdtemp(path.join(tmpdir(), 'madoguchi-pg15-'));
  const data = path.join(dir, 'data');
  const passwordFile = path.join(dir, 'pw');
  await writeFile(passwordFile, 'secret', { mode: 0o600 });
  const launcher = findLauncher();
  const initdb = launcher.command(
    `${bin}/initdb`,
    [
      '-D',
      data,
      '-E',
      'UTF8',
      '--locale=C',
      '-A',
      'scram-sha-256',
      '-U',
      'operator',
      `--pwfile=${passwordFile}`,
    ],
    true,
  );
  execFileSync(...initdb, { stdio: 'ignore', env: serverEnvironment() });
  const port = await freePort();
  const options = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings];
  const command = launcher.command(
    `${bin}/postgres`,
    ['-D', data, ...options.flatMap((one) => ['-c', one])],
    true,
  );
  const server = spawn(...command, { stdio: 'ignore', env: serverEnvironment() });
  const isReady = async () =>
    (await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[7]?.trim() ===
    'ready';
  while (!(await isReady())) await pause(20);
  return {
    url: `postgres://operator:secret@127.0.0.1:${port}/postgres`,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const skip = existsSync(`${bin}/postgres`) ? false : 'needs the Debian package postgresql-15';

test('a PostgreSQL 15 of one’s own does everything the embedded one does', { skip }, async () => {
  const server = await debianServer([]);
  const database = await openDatabase({ databaseUrl: server.url });
  assert.equal(database.embedded, false);
  const done: unknown[] = [];
  const jobs = await startJobs({
    url: server.url,
    tasks: {
      'test.note': async (payload) => {
        done.push(payload);
      },
    },
  });
  await database.sql.begin(async (tx) => {
    await enqueue(tx, 'test.note', { n: 1 });
    await appendAudit(tx, 'x', { at: new Date(0), actor: 'system', action: 'test', subject: '1' });
  });
  while (done.length === 0) await pause(10);
  assert.equal((await verifyAudit(database.sql, 'x')).ok, true);
  await jobs.stop();
  await database.close();
  await server.stop();
});

test('a server that does not sync is refused by the setting’s name', { skip }, async () => {
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    const server = await debianServer([`${setting}=off`]);
    await assert.rejects(openDatabase({ databaseUrl: server.url }), (error: Error) => {
      assert.match(error.message, new RegExp(`${setting} = off`));
      return true;
    });
    await server.stop();
  }
});
