import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { portalApp } from './index.js';
import { sampleOptions } from './testing/sample.js';
import { versions } from './versions.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'madoguchi-downloads-'));
after(() => rmSync(folder, { recursive: true }));
const content = Buffer.from('not a real package');
for (const name of ['madoguchi-client-0.1.0.tgz', 'madoguchi-client-0.1.0-linux-x64.tar.gz', 'secret.txt'])
  writeFileSync(path.join(folder, name), content);
mkdirSync(path.join(folder, 'madoguchi-client-0.2.0.tgz'));
symlinkSync('/nowhere', path.join(folder, 'madoguchi-client-0.3.0.tgz'));

const app = portalApp({ ...sampleOptions, downloads: folder });

test('the client’s packages are handed out with the checksum that OpenSSL finds too', async (t) => {
  const html = await (await app.request('/client')).text();
  const sums = [...html.matchAll(/<code>([0-9a-f]{64})<\/code>/g)].map((match) => match[1]);
  assert.equal(sums.length, 2);
  const answer = await app.request('/client/files/madoguchi-client-0.1.0.tgz');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/);
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), content);
  const judged = spawnSync('openssl', ['dgst', '-sha256', '-r', 'madoguchi-client-0.1.0.tgz'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (judged.error !== undefined) t.skip('openssl is not here');
  else assert.equal(judged.stdout.split(' ')[0], sums[0]);
});

test('the visitor’s own system comes first', async () => {
  const linux = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36' };
  const html = await (await app.request('/client', { headers: linux })).text();
  assert.match(html, /button-primary" href="\/client\/files\/madoguchi-client-0\.1\.0-linux-x64\.tar\.gz"/);
});

test('nothing else of the folder is handed out', async () => {
  for (const name of [
    'secret.txt',
    'madoguchi-client-0.2.0.tgz',
    'madoguchi-client-0.3.0.tgz',
    '..%2Fx',
    '%00',
  ])
    assert.equal((await app.request(`/client/files/${name}`)).status, 404, name);
});

test('without packages the page says so, and still tells how to check and install', async () => {
  for (const options of [sampleOptions, { ...sampleOptions, downloads: '/nowhere' }]) {
    const html = await (await portalApp(options).request('/client')).text();
    assert.match(html, /まだ配るファイルがありません/);
    assert.match(html, /Get-FileHash/);
  }
});

test('a package that could not be read once is handed out when it can be', {
  skip: process.platform !== 'linux' && 'a file that no one can read, not even root, stands in /proc',
}, async () => {
  const own = mkdtempSync(path.join(os.tmpdir(), 'madoguchi-downloads-'));
  try {
    const file = path.join(own, 'madoguchi-client-0.1.0.tgz');
    symlinkSync('/proc/self/mem', file);
    const portal = portalApp({ ...sampleOptions, downloads: own });
    assert.equal((await portal.request('/client')).status, 500);
    rmSync(file);
    writeFileSync(file, content);
    assert.equal((await portal.request('/client')).status, 200);
    assert.equal((await portal.request('/client/files/madoguchi-client-0.1.0.tgz')).status, 200);
  } finally {
    rmSync(own, { recursive: true });
  }
});

test('what changed is told for the client’s own version', () => {
  const manifest = readFileSync(new URL('../../client/package.json', import.meta.url), 'utf8');
  assert.equal(versions[0]?.version, (JSON.parse(manifest) as { version: string }).version);
});
