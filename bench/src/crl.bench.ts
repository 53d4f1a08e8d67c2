// How fast does a CRL of a million entries load, and how does that compare with openssl?
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  buildCrl,
  citizenCaTemplate,
  generateKeyPair,
  issueCertificate,
  keyIdentifier,
  loadCrl,
  parseCertificate,
  softwareSigner,
} from '@madoguchi/pki';
import { best, type Row, report } from './report.js';

const count = 1_000_000;
const day = 86_400_000;
const now = new Date();

function* entries(octets: number) {
  for (let i = 0; i < count; i++) {
    // Odd factors shuffle the numbers below 2^20, so that serial numbers are spread and none comes twice.
    const serial = Buffer.alloc(octets, 0x11);
    serial.writeUInt32BE(0x40000000 | ((Math.imul(i, 0x9e3779b1) & 0xfffff) << 9), octets - 4);
    yield { serial, date: new Date(now.getTime() - (i % 1000) * day), reason: 'superseded' as const };
  }
}

const { pkcs8, publicKey } = await generateKeyPair('rsa2048');
const signer = softwareSigner(pkcs8);
const ca = await issueCertificate(
  citizenCaTemplate({
    kind: 'signature',
    serial: Uint8Array.of(1),
    publicKey,
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + 3650 * day),
    organization: 'JPKI-DEMO',
  }),
  signer,
);
const parsed = parseCertificate(ca);
if (!parsed.ok) throw new Error(parsed.rule);
const issuer = parsed.value.subject.der;

const rows: Row[] = [];
for (const octets of [4, 8, 20]) {
  const start = performance.now();
  const der = await buildCrl(
    {
      issuer,
      issuerKeyIdentifier: keyIdentifier(publicKey),
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + day),
      number: 1n,
      entries: entries(octets),
    },
    signer,
  );
  const building = performance.now() - start;
  const hashing = best(3, () => createHash('sha256').update(der).digest());
  rows.push({
    what: `build, ${octets}-octet serial numbers (${(der.length / 1e6).toFixed(1)} MB)`,
    value: building,
    unit: 'ms',
    yardstick: `SHA-256 of it ${hashing.toFixed(0)} ms`,
    ratio: hashing / building,
    target: '< 1000 ms',
  });

  const folder = mkdtempSync(path.join(tmpdir(), 'bench-crl-'));
  writeFileSync(path.join(folder, 'a.crl'), der);
  const body = Buffer.from(ca).toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  writeFileSync(
    path.join(folder, 'ca.pem'),
    `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
  );
  const args = ['crl', '-inform', 'DER', '-in', 'a.crl', '-CAfile', 'ca.pem', '-noout'];
  let known = true;
  const openssl = best(3, () => {
    known = spawnSync('openssl', args, { cwd: folder }).status === 0 && known;
  });
  rmSync(folder, { recursive: true });

  globalThis.gc?.();
  const before = process.memoryUsage();
  let index: ReturnType<typeof loadCrl> | undefined;
  const loading = best(5, () => {
    index = loadCrl(der);
    if (!index.ok || !index.crl.verify(publicKey)) throw new Error('not our CRL');
  });
  globalThis.gc?.();
  const after = process.memoryUsage();
  rows.push({
    what: `load, verify and index, ${octets}-octet serial numbers`,
    value: loading,
    unit: 'ms',
    ...(known ? { yardstick: `openssl crl ${openssl.toFixed(0)} ms`, ratio: openssl / loading } : {}),
    target: '≥ 8 ×, < 200 ms',
  });
  rows.push({
    what: 'memory beside the file',
    value: (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6,
    unit: 'MB',
    target: '< 33 MB (70 with the file)',
  });
  if (index?.ok !== true) throw new Error('not our CRL');
  const { crl } = index;
  const asked = [...entries(octets)].slice(0, 200_000).map(({ serial }) => serial);
  const lookups = best(3, () => {
    for (const serial of asked) if (crl.lookup(serial) === undefined) throw new Error('not found');
  });
  rows.push({
    what: 'look up a serial number',
    value: (1000 * lookups) / asked.length,
    unit: 'µs',
    target: '< 1 µs',
  });
}
report('crl', rows);
