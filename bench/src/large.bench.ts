// How much memory does it take to sign and to verify a file of 1 GB (or --megabytes N), in each format that is streamed?
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Row, report } from './report.js';
import { makeSubmission } from './submission.js';

const at = process.argv.indexOf('--megabytes');
const megabytes = at < 0 ? 1024 : Number(process.argv[at + 1]);
const folder = mkdtempSync(path.join(tmpdir(), 'bench-large-'));
const script = fileURLToPath(new URL('./large-file.js', import.meta.url));
const rows: Row[] = [];
try {
  const { leaf, pkcs8 } = await makeSubmission('rsa2048', { bytes: 10, revoked: 1 });
  writeFileSync(path.join(folder, 'leaf.der'), leaf);
  writeFileSync(path.join(folder, 'key.der'), pkcs8);
  const out = openSync(path.join(folder, 'content'), 'w');
  const block = randomBytes(1 << 20);
  for (let i = 0; i < megabytes; i++) writeSync(out, block);
  closeSync(out);
  for (const format of ['attached', 'detached', 'asic-e', 'asic-s']) {
    for (const verb of ['sign', 'verify']) {
      const word = `${verb} ${format}`;
      const hashing = await hashTime(path.join(folder, 'content'));
      const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', script, word, folder], {
        encoding: 'utf8',
      });
      if (stdout === '') throw new Error(stderr);
      const { milliseconds, added } = JSON.parse(stdout) as { milliseconds: number; added: number };
      rows.push({
        what: `${word}, ${megabytes} MB: memory added at the highest`,
        value: added / 1e6,
        unit: 'MB',
        yardstick: `took ${(milliseconds / 1000).toFixed(1)} s; reading and hashing the file alone ${(hashing / 1000).toFixed(1)} s`,
        target: { of: 'value', atMost: 60 },
      });
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
report('large', rows);

async function hashTime(file: string): Promise<number> {
  const start = performance.now();
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 18 })) hash.update(piece as Buffer);
  hash.digest();
  return performance.now() - start;
}
