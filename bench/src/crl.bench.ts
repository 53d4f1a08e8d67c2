// How fast does a CRL of a million entries (and of five) load, and how does that compare with openssl?
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCrl, type Certificate, keyIdentifier, loadCrl, type Signer } from '@madoguchi/pki';
import { best, median, type Row, report } from './report.js';
import { makeSubmission } from './submission.js';

const day = 86_400_000;
const now = new Date();
const million = 1_000_000;

/** Serial numbers spread over their range, none twice: odd factors shuffle the numbers below 2^23. */
function serialOf(index: number, octets: number): Buffer {
  const serial = Buffer.alloc(octets, 0x11);
  serial.writeUInt32BE((0x40000000 | ((Math.imul(index, 0x9e3779b1) & 0x7fffff) << 6)) >>> 0, octets - 4);
  return serial;
}

function* entries(count: number, octets: number) {
  for (let i = 0; i < count; i++) {
    const date = new Date(now.getTime() - (i % 1000) * day);
    yield { serial: serialOf(i, octets), date, reason: 'superseded' as const };
  }
}

function build(ca: Certificate, signer: Signer, count: number, octets: number): Promise<Uint8Array> {
  return buildCrl(
    {
      issuer: ca.subject.der,
      issuerKeyIdentifier: keyIdentifier(ca.spki),
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + day),
      number: 1n,
      entries: entries(count, octets),
    },
    signer,
  );
}

interface Loaded {
  milliseconds: number;
  added: number;
  peak: number;
  size: number;
}

/** The list loaded by us and by openssl, turn and turn about, each time in a fresh process. */
function load(folder: string, rounds: number): { ours: Loaded[]; openssl: number[] } {
  const script = fileURLToPath(new URL('./crl-load.js', import.meta.url));
  const ours: Loaded[] = [];
  const openssl: number[] = [];
  const args = ['crl', '-inform', 'DER', '-in', 'a.crl', '-CAfile', 'ca.pem', '-noout'];
  for (let round = 0; round < rounds; round++) {
    const one = spawnSync(process.execPath, ['--expose-gc', script, 'a.crl', 'key.der'], {
      cwd: folder,
      encoding: 'utf8',
    });
    ours.push(JSON.parse(one.stdout) as Loaded);
    const start = performance.now();
    const { status } = spawnSync('openssl', args, { cwd: folder });
    if (status === 0) openssl.push(performance.now() - start);
  }
  return { ours, openssl };
}

/** The lists of every municipality of one authority, one after the other as an agency takes them in. */
async function manyPartitions(): Promise<Row> {
  const municipalities = 1892;
  const size = 10_000;
  const list = await build(ca, caSigner, size, 4);
  const copies = Array.from({ length: 32 }, () => Uint8Array.from(list));
  const turns = Math.ceil(municipalities / copies.length);
  const hashing = best(2, () => {
    for (let turn = 0; turn < turns; turn++)
      for (const copy of copies) createHash('sha256').update(copy).digest();
  });
  const loading = best(2, () => {
    for (let turn = 0; turn < turns; turn++)
      for (const copy of copies) {
        const loaded = loadCrl(copy);
        if (!loaded.ok || !loaded.crl.verify(ca.spki)) throw new Error('not our CRL');
      }
  });
  return {
    what: `${municipalities} lists of ${size} entries: index and verify (${((turns * copies.length * list.length) / 1e6).toFixed(0)} MB)`,
    value: loading,
    unit: 'ms',
    yardstick: `SHA-256 of the same bytes ${hashing.toFixed(0)} ms`,
    ratio: hashing / loading,
    target: { of: 'ratio', atLeast: 0.2 },
  };
}

const { ca, caSigner } = await makeSubmission('rsa2048', { bytes: 10, revoked: 1 });
const rows: Row[] = [];
for (const { count, octets, rounds } of [
  { count: million, octets: 4, rounds: 5 },
  { count: million, octets: 8, rounds: 3 },
  { count: million, octets: 20, rounds: 3 },
  { count: 5 * million, octets: 4, rounds: 3 },
]) {
  const start = performance.now();
  const der = await build(ca, caSigner, count, octets);
  const building = performance.now() - start;
  const hashing = best(3, () => createHash('sha256').update(der).digest());
  const megabytes = der.length / 1e6;
  const which = `${count / million} M entries, ${octets}-octet serial numbers`;
  rows.push({
    what: `${which}: build and sign (${megabytes.toFixed(1)} MB)`,
    value: building,
    unit: 'ms',
    yardstick: `SHA-256 of it ${hashing.toFixed(0)} ms`,
    ratio: hashing / building,
    ...(count === million && octets === 4 ? { target: { of: 'value', atMost: 1000 } as const } : {}),
  });

  const folder = mkdtempSync(path.join(tmpdir(), 'bench-crl-'));
  writeFileSync(path.join(folder, 'a.crl'), der);
  writeFileSync(path.join(folder, 'key.der'), ca.spki);
  const body = Buffer.from(ca.der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  const pem = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  writeFileSync(path.join(folder, 'ca.pem'), pem);
  const { ours, openssl } = load(folder, rounds);
  rmSync(folder, { recursive: true });
  const took = median(ours.map(({ milliseconds }) => milliseconds));
  const judge = openssl.length > 0 ? median(openssl) : undefined;
  rows.push({
    what: `${which}: read, index and verify`,
    value: took,
    unit: 'ms',
    ...(judge === undefined
      ? {}
      : { yardstick: `openssl crl -CAfile ${judge.toFixed(0)} ms`, ratio: judge / took }),
    target: { of: 'ratio', atLeast: 8 },
  });
  const added = median(ours.map((each) => each.added)) / 1e6;
  const peak = median(ours.map((each) => each.peak)) / 1e6;
  rows.push({
    what: `${which}: memory added to the process, file included`,
    value: added,
    unit: 'MB',
    yardstick: `file ${megabytes.toFixed(1)} MB; while loading ${peak.toFixed(0)} MB`,
    ...(count === million && octets === 4 ? { target: { of: 'value', atMost: 70 } as const } : {}),
  });

  const index = loadCrl(der);
  if (!index.ok) throw new Error(index.rule);
  const { crl } = index;
  const asked = Array.from({ length: 200_000 }, (_, i) => serialOf(Math.imul(i, 7) % count, octets));
  const lookups = best(5, () => {
    for (const serial of asked) if (crl.lookup(serial) === undefined) throw new Error('not found');
  });
  rows.push({
    what: `${which}: look up a serial number`,
    value: (1000 * lookups) / asked.length,
    unit: 'µs',
    target: { of: 'value', atMost: 1 },
  });
}
rows.push(await manyPartitions());
report('crl', rows);
