// A login token is judged by OpenSSL alone: the hashes, the signature and the certificate, without a line of ours.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { loginWorld } from '@madoguchi/testing';
import { buildLoginToken } from './token.js';

const installed = spawnSync('openssl', ['version']).status === 0;
const origin = 'https://city.mihon.example';
const nonce = Buffer.alloc(32, 9).toString('base64');

for (const [kind, hash, part] of [
  ['rsa2048', 'sha256', undefined],
  ['p384', 'sha384', 48],
] as const)
  test(`OpenSSL finds the signature of a ${kind} card over hash(origin) and hash(nonce), and the certificate fit for a client`, {
    skip: !installed && 'openssl is not installed',
  }, async () => {
    const { ca, holder } = await loginWorld(kind);
    const token = JSON.parse(
      JSON.stringify(
        await buildLoginToken({
          certificate: holder.der,
          origin,
          nonce,
          appVersion: 'https://madoguchi.example/agent/0.1.0',
          sign: (input) => holder.signer.sign(input),
        }),
      ),
    ) as Record<string, string>;
    const folder = mkdtempSync(path.join(tmpdir(), 'mado-login-'));
    const file = (name: string) => path.join(folder, name);
    const openssl = (args: string[], input?: Uint8Array): Buffer => {
      const run = spawnSync('openssl', args, { input });
      assert.equal(run.status, 0, `openssl ${args.join(' ')}: ${run.stderr}${run.stdout}`);
      return run.stdout;
    };
    try {
      const certificate = Buffer.from(token.unverifiedCertificate ?? '', 'base64');
      writeFileSync(file('ca.pem'), openssl(['x509', '-inform', 'DER'], ca.der));
      writeFileSync(file('holder.pem'), openssl(['x509', '-inform', 'DER'], certificate));
      writeFileSync(file('key.pem'), openssl(['x509', '-in', file('holder.pem'), '-pubkey', '-noout']));
      const hashed = [origin, nonce].map((text) =>
        openssl(['dgst', `-${hash}`, '-binary'], Buffer.from(text)),
      );
      writeFileSync(file('signed'), Buffer.concat(hashed));
      const signature = Buffer.from(token.signature ?? '', 'base64');
      if (part === undefined) writeFileSync(file('signature'), signature);
      else {
        const integer = (half: Buffer) => `INTEGER:0x${half.toString('hex')}`;
        writeFileSync(
          file('asn1'),
          `asn1=SEQUENCE:s\n[s]\nr=${integer(signature.subarray(0, part))}\ns=${integer(signature.subarray(part))}\n`,
        );
        openssl(['asn1parse', '-genconf', file('asn1'), '-noout', '-out', file('signature')]);
      }
      const verdict = openssl([
        'dgst',
        `-${hash}`,
        '-verify',
        file('key.pem'),
        '-signature',
        file('signature'),
        file('signed'),
      ]);
      assert.match(verdict.toString(), /Verified OK/);
      const at = String(Math.floor(Date.parse('2026-11-22T00:00:00Z') / 1000));
      openssl([
        'verify',
        '-attime',
        at,
        '-purpose',
        'sslclient',
        '-CAfile',
        file('ca.pem'),
        file('holder.pem'),
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
