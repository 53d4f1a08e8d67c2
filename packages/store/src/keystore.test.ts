import assert from 'node:assert/strict';
import { chmodSync, existsSync, statSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { openKeystore } from './keystore.js';

const folders: string[] = [];
async function folder(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'madoguchi-'));
  folders.push(dir);
  return dir;
}
after(async () => {
  for (const dir of folders) await rm(dir, { recursive: true, force: true });
});

const key = new TextEncoder().encode('a private key');
const MASTER = '07'.repeat(32);

test('in demo a key survives being put, and its file shows nothing of it', async () => {
  const dir = path.join(await folder(), 'keys');
  const store = await openKeystore({ dir, demo: true, env: {} });
  await store.put('ca-sign-g1', key);
  const again = await openKeystore({ dir, demo: true, env: {} });
  assert.deepEqual(await again.get('ca-sign-g1'), key);
  assert.equal(await again.get('other'), undefined);
  assert.deepEqual(await again.list(), ['ca-sign-g1']);
  const sealed = await readFile(path.join(dir, 'ca-sign-g1.key.sealed'));
  assert.equal(sealed.includes(Buffer.from(key)), false);
  assert.equal(statSync(path.join(dir, 'ca-sign-g1.key.sealed')).mode & 0o777, 0o600);
  assert.equal(statSync(path.join(dir, 'master.key')).mode & 0o777, 0o600);
});

test('subkeys are the same for a label after a restart, and differ by label and by store', async () => {
  const env = { MADOGUCHI_KEYSTORE: MASTER };
  const [a, b] = [path.join(await folder(), 'keys'), path.join(await folder(), 'keys')];
  const one = (await openKeystore({ dir: a, demo: false, env })).derive('card issuer');
  assert.equal(one.length, 32);
  assert.deepEqual((await openKeystore({ dir: a, demo: false, env })).derive('card issuer'), one);
  assert.notDeepEqual((await openKeystore({ dir: a, demo: false, env })).derive('tickets'), one);
  assert.notDeepEqual((await openKeystore({ dir: b, demo: false, env })).derive('card issuer'), one);
});

test('a changed, cut or exchanged file is not opened', async () => {
  const dir = await folder();
  const store = await openKeystore({ dir, demo: true, env: {} });
  await store.put('a', key);
  const file = path.join(dir, 'a.key.sealed');
  const good = await readFile(file);
  for (let at = 0; at < good.length; at++) {
    const bad = Buffer.from(good);
    bad.writeUInt8(bad.readUInt8(at) ^ 1, at);
    await writeFile(file, bad);
    await assert.rejects(store.get('a'), { rule: 'keystore.sealed' }, `byte ${at}`);
    await writeFile(file, good.subarray(0, at));
    await assert.rejects(store.get('a'), { rule: 'keystore.sealed' }, `cut at ${at}`);
  }
  await writeFile(file, good);
  await copyFile(file, path.join(dir, 'b.key.sealed'));
  await assert.rejects(store.get('b'), { rule: 'keystore.sealed' });
});

test('a name that would leave the folder is refused', async () => {
  const store = await openKeystore({ dir: await folder(), demo: true, env: {} });
  for (const name of ['../a', 'A', '', '.hidden', 'a/b', 'a\0b']) {
    await assert.rejects(store.put(name, key), { rule: 'keystore.name' }, name);
  }
});

test('a wrong or missing master key is told before any key is read, and no new one is made for old keys', async () => {
  const dir = path.join(await folder(), 'keys');
  await openKeystore({ dir, demo: false, env: { MADOGUCHI_KEYSTORE: MASTER } });
  await assert.rejects(openKeystore({ dir, demo: false, env: { MADOGUCHI_KEYSTORE: '08'.repeat(32) } }), {
    rule: 'keystore.wrong',
    exitCode: 77,
  });
  const config = await folder();
  await assert.rejects(openKeystore({ dir, demo: false, env: { XDG_CONFIG_HOME: config } }), {
    rule: 'keystore.master',
  });
  await assert.rejects(
    openKeystore({
      dir: path.join(await folder(), 'keys'),
      demo: false,
      env: { MADOGUCHI_KEYSTORE: 'short' },
    }),
    {
      rule: 'keystore.master',
    },
  );
});

test('outside demo the key lies in the user’s configuration, closed to others', async () => {
  const config = await folder();
  const env = { XDG_CONFIG_HOME: config };
  const dir = path.join(await folder(), 'keys');
  await (await openKeystore({ dir, demo: false, env })).put('a', key);
  const file = path.join(config, 'madoguchi', 'keystore.key');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(existsSync(path.join(dir, 'master.key')), false);
  assert.deepEqual(await (await openKeystore({ dir, demo: false, env })).get('a'), key);
  chmodSync(file, 0o644);
  await assert.rejects(openKeystore({ dir, demo: false, env }), { rule: 'keystore.permissions' });
});

test('outside demo a key beside its data is refused, also by a roundabout path', async () => {
  const data = await folder();
  const dir = path.join(data, 'keys');
  await openKeystore({ dir, demo: true, env: {} });
  await assert.rejects(openKeystore({ dir, demo: false, env: { MADOGUCHI_KEYSTORE: MASTER } }), {
    rule: 'keystore.beside',
  });
  const other = await folder();
  await writeFile(path.join(other, 'k'), MASTER, { mode: 0o600 });
  await assert.rejects(
    openKeystore({
      dir: path.join(other, 'keys'),
      demo: false,
      env: { MADOGUCHI_KEYSTORE: path.join(other, 'keys', '..', 'k') },
    }),
    { rule: 'keystore.beside' },
  );
  await assert.rejects(
    openKeystore({ dir: path.join(other, 'keys'), demo: false, env: { XDG_CONFIG_HOME: other } }),
    {
      rule: 'keystore.beside',
    },
  );
});
