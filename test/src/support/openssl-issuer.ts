import { createPublicKey, X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KeyName } from '@madoguchi/card';
import type { TestIssuer } from './issued-card.js';
import { run } from './pcsc-namespace.js';

/** OpenSSL as the authority: a card is judged without any of our own certificate code. */
export function opensslIssuer(folder: string): TestIssuer {
  return {
    authority: (name) => makeCa(folder, name),
    certify: (name, spki) => certify(folder, name, spki),
  };
}

async function openssl(folder: string, args: readonly string[]): Promise<void> {
  const done = await run('openssl', args, { cwd: folder });
  if (done.code !== 0) throw new Error(`openssl ${args[0]}: ${done.stderr}`);
}

const usages = {
  signature: 'critical,nonRepudiation',
  authentication: 'critical,digitalSignature',
} as const;

async function makeCa(folder: string, name: KeyName): Promise<Uint8Array> {
  const subject = `/C=JP/O=JPKI-DEMO/OU=JPKI for ${name === 'signature' ? 'digital signature' : 'user authentication'}`;
  await openssl(folder, [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-sha256', '-days', '3650', '-subj', subject],
    ...[
      '-addext',
      'keyUsage=critical,keyCertSign,cRLSign',
      '-keyout',
      `${name}-ca.key`,
      '-out',
      `${name}-ca.pem`,
    ],
  ]);
  return new X509Certificate(await readFile(path.join(folder, `${name}-ca.pem`))).raw;
}

async function certify(folder: string, name: KeyName, spki: Uint8Array): Promise<Uint8Array> {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  await writeFile(path.join(folder, `${name}.pub`), key.export({ type: 'spki', format: 'pem' }));
  await writeFile(path.join(folder, `${name}.ext`), `keyUsage=${usages[name]}\n`);
  await openssl(folder, [
    ...['x509', '-new', '-force_pubkey', `${name}.pub`, '-subj', '/C=JP/CN=20261122000000000000000000000'],
    ...['-CA', `${name}-ca.pem`, '-CAkey', `${name}-ca.key`, '-CAcreateserial', '-sha256', '-days', '365'],
    ...['-extfile', `${name}.ext`, '-out', `${name}.pem`],
  ]);
  return new X509Certificate(await readFile(path.join(folder, `${name}.pem`))).raw;
}
