import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a test needs from outside; the reason to skip by name where it is absent. */
export const opensslAbsent: string | false =
  spawnSync('openssl', ['version']).status === 0 ? false : 'the openssl command line is not installed';

const pkits = '/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data';
export const pkitsFolder = pkits;
export const vectorsFolder = path.resolve(pkits, '../..');
export const pkitsAbsent: string | false = existsSync(path.join(pkits, 'certs'))
  ? false
  : "NIST PKITS (Debian's python3-cryptography-vectors) is not installed";

/** A folder of files for one call of a program, gone afterwards. */
export function withFiles<T>(files: Record<string, Uint8Array | string>, use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'pki-test-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  let result: T;
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
    result = use(folder);
  } catch (error) {
    remove();
    throw error;
  }
  if (result instanceof Promise) return result.finally(remove) as T;
  remove();
  return result;
}

/** `openssl …` in a folder; both outputs together, and whether it succeeded. */
export function openssl(folder: string, ...args: string[]): { ok: boolean; text: string; stdout: Buffer } {
  const run = spawnSync('openssl', args, { cwd: folder });
  return { ok: run.status === 0, text: `${run.stdout}${run.stderr}`, stdout: run.stdout };
}

export function pem(der: Uint8Array, label = 'CERTIFICATE'): string {
  const lines = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
