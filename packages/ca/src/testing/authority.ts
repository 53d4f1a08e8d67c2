import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Database, type Keystore, openDatabase, openKeystore } from '@madoguchi/store';
import { copyPreparedDatabase } from '@madoguchi/store/testing';
import { type Ca, openCa } from '../ca.js';
import type { IssueStep } from '../context.js';
import { initCa } from '../init.js';
import type { SchemeName } from '../schemes.js';

/** A whole authority on a database and key store of its own, for one test file. */
export interface TestAuthority {
  readonly ca: Ca;
  readonly db: Database;
  readonly keystore: Keystore;
  readonly dir: string;
  /** The authority's clock: tests move it. */
  now: Date;
  /** Called before each step of an issuance. */
  onStep: (step: IssueStep) => void | Promise<void>;
  close(): Promise<void>;
}

export async function startAuthority(
  key: 'rsa2048' | 'p384' = 'rsa2048',
  scheme: SchemeName = 'national',
): Promise<TestAuthority> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'madoguchi-ca-'));
  copyPreparedDatabase(dir);
  const db = await openDatabase({ dataDir: dir, connections: 5 });
  const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
  const self: Omit<TestAuthority, 'ca'> & { ca?: Ca } = {
    db,
    keystore,
    dir,
    // Real time: openssl judges by its own clock where it is not told otherwise.
    now: new Date(),
    onStep: () => undefined,
    async close() {
      await db.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
  await initCa({ sql: db.sql, keystore, scheme, now: self.now, key });
  const ca = await openCa({
    sql: db.sql,
    keystore,
    clock: () => self.now,
    onStep: (step) => self.onStep(step),
  });
  return Object.assign(self, { ca });
}

/** False where the program is installed; else the reason a test is skipped with. */
export function missing(program: string): string | false {
  const found = spawnSync(program, ['version'], { stdio: 'ignore' });
  return found.error === undefined ? false : `${program} is not installed`;
}

export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs openssl; standard output and error together. */
export function openssl(...args: string[]): Ran {
  const ran = spawnSync('openssl', args, { encoding: 'utf8' });
  return { code: ran.status ?? -1, output: ran.stdout + ran.stderr };
}

/** Writes DER as PEM, which some of openssl's options demand. */
export async function writePem(file: string, label: string, ders: readonly Uint8Array[]): Promise<string> {
  const pem = ders.map(
    (der) =>
      `-----BEGIN ${label}-----\n${(
        Buffer.from(der)
          .toString('base64')
          .match(/.{1,64}/g) ?? []
      ).join('\n')}\n-----END ${label}-----\n`,
  );
  await writeFile(file, pem.join(''));
  return file;
}

/** A PKCS#10 request made by openssl. */
export function makeRequest(
  dir: string,
  name: string,
  ...keyOptions: string[]
): { csr: string; key: string } {
  const csr = path.join(dir, `${name}.csr`);
  const key = path.join(dir, `${name}.key`);
  execFileSync(
    'openssl',
    ['req', '-new', '-nodes', ...keyOptions, '-keyout', key, '-subj', '/CN=ignored', '-out', csr],
    { stdio: 'ignore' },
  );
  return { csr, key };
}
