import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { generateKeyPair, importPublicKey, parseCertificate, verifySignature } from '@madoguchi/pki';
import {
  type Database,
  openDatabase,
  openKeystore,
  openToken,
  StoreError,
  type Token,
} from '@madoguchi/store';
import { type Ca, openCa } from '../ca.js';
import { initCa } from '../init.js';
import { demoResidents } from '../residents.js';
import { missing, openssl, writePem } from '../testing/authority.js';
import { tokenKeys } from './token-keys.js';

const module = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/local/lib/softhsm/libsofthsm2.so'].find(existsSync);
const skip = module === undefined ? 'SoftHSM2 is not installed' : false;

suite('keys in a hardware module (SoftHSM2, PKCS #11)', { skip }, () => {
  let dir: string;
  let tokens: string;
  let token: Token;
  let database: Database;
  let ca: Ca;
  const pin = '8765';
  const label = 'madoguchi test';

  before(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'madoguchi-hsm-'));
    tokens = path.join(dir, 'tokens');
    await mkdir(tokens);
    const config = path.join(dir, 'softhsm2.conf');
    await writeFile(
      config,
      `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`,
    );
    process.env.SOFTHSM2_CONF = config;
    const made = spawnSync('softhsm2-util', [
      '--init-token',
      '--free',
      '--label',
      label,
      '--pin',
      pin,
      '--so-pin',
      '1234',
    ]);
    assert.equal(made.status, 0, String(made.stderr));
    token = await openToken({ module: module ?? '', label, pin });
    database = await openDatabase({ dataDir: dir, connections: 6 });
    const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
    const keys = tokenKeys(token);
    await initCa({ sql: database.sql, keystore, keys, scheme: 'national', now: new Date() });
    ca = await openCa({ sql: database.sql, keystore, keys, clock: () => new Date() });
  });
  after(async () => {
    await token.close();
    await database.close();
    await rm(dir, { recursive: true, force: true });
  });

  const issue = async () => {
    const { publicKey } = await generateKeyPair('p256');
    return ca.issue({
      profile: 'signature',
      publicKey,
      resident: demoResidents[0] as (typeof demoResidents)[0],
    });
  };

  test('signatures by RSA and both curves verify', async () => {
    const keys = tokenKeys(token);
    for (const kind of ['rsa2048', 'p256', 'p384'] as const) {
      const signer = await keys.ensure(`try-${kind}`, kind);
      const key = importPublicKey(signer.publicKey);
      assert.ok(key.ok, kind);
      for (let round = 0; round < 5; round++) {
        const data = Buffer.from(`${kind} ${round}`);
        assert.ok(verifySignature(signer.algorithm, key.key, data, await signer.sign(data)), kind);
      }
      // Asked again it is the same key.
      assert.deepEqual((await tokenKeys(token).ensure(`try-${kind}`, kind)).publicKey, signer.publicKey);
    }
  });

  test('a whole authority: openssl accepts what its keys signed, certificate and list', async () => {
    const issued = await issue();
    const crl = await ca.crl('sign-g1', '99201');
    assert.ok(crl);
    const root = await writePem(path.join(dir, 'root.pem'), 'CERTIFICATE', issued.chain);
    const leaf = await writePem(path.join(dir, 'leaf.pem'), 'CERTIFICATE', [issued.certificate]);
    const list = await writePem(path.join(dir, 'list.pem'), 'X509 CRL', [crl.der]);
    const said = openssl('verify', '-x509_strict', '-crl_check', '-CRLfile', list, '-CAfile', root, leaf);
    assert.equal(said.code, 0, said.output);
    // No issuing key lies in the software store.
    const stored = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
    assert.deepEqual(await stored.list(), []);
  });

  test('a private key in the module is sensitive and cannot be taken out', {
    skip: missing('pkcs11-tool'),
  }, () => {
    const listed = spawnSync(
      'pkcs11-tool',
      ['--module', module ?? '', '--token-label', label, '--login', '--pin', pin, '-O'],
      {
        encoding: 'utf8',
      },
    );
    assert.match(listed.stdout, /Private Key Object; RSA/);
    assert.match(listed.stdout, /ca-sign-g1/);
    assert.match(listed.stdout, /Access:.*sensitive.*never extract/);
  });

  test('the module is gone: it is told in words, nothing is issued or lost, and work goes on when it is back', async () => {
    const good = await issue();
    const before = await ca.list();
    // A token that has vanished: its files are moved away and its session is closed, as when the module loses its power.
    const away = path.join(dir, 'away');
    await token.close();
    await rename(tokens, away);
    await mkdir(tokens);
    await assert.rejects(issue(), (error) => {
      assert.ok(error instanceof StoreError);
      assert.equal(error.exitCode, 69);
      assert.match(error.words.en, /module/);
      return true;
    });
    // A revocation needs no signature to count: the ledger has it, and the list follows.
    const done = await ca.revoke({ certificate: { serial: good.serial }, reason: 'cessationOfOperation' });
    assert.equal(done.crlNumber, undefined);
    await rm(tokens, { recursive: true });
    await rename(away, tokens);
    await ca.recover(0);
    const published = await ca.publishDue();
    assert.ok(
      published.some((crl) => crl.authority === 'sign-g1' && crl.code === '99201' && crl.entries >= 1),
    );
    const again = await issue();
    assert.ok(parseCertificate(again.certificate).ok);
    const after = await ca.list();
    // What was begun while the module was away is in the record, and is not valid.
    for (const record of after) {
      const wasThere = before.some((one) => one.serial === record.serial);
      if (!wasThere && record.serial !== again.serial) assert.notEqual(record.status, 'valid');
    }
    assert.ok((await ca.verifyAudit()).ok);
  });

  const processesOfModules = () =>
    spawnSync('pgrep', ['-P', String(process.pid), '-f', 'token-child'], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');

  test('the process that holds the module is killed: signatures come all the same', async () => {
    const signer = await tokenKeys(token).ensure('try-p256', 'p256');
    const key = importPublicKey(signer.publicKey);
    assert.ok(key.ok);
    const data = Buffer.from('after the fall');
    for (let round = 0; round < 3; round++) {
      // One that was killed after its last answer is started by the next question.
      await signer.sign(data);
      const [child] = processesOfModules();
      assert.ok(child, 'the module has a process of its own');
      const signing = signer.sign(data);
      process.kill(Number(child), 'SIGKILL');
      assert.ok(verifySignature(signer.algorithm, key.key, data, await signing));
    }
  });

  test('its process ends before the token is open, as by Ctrl-C at that moment: a second opens it', async () => {
    const before = new Set(processesOfModules());
    const opening = openToken({ module: module ?? '', label, pin });
    const [started] = processesOfModules().filter((child) => !before.has(child));
    process.kill(Number(started), 'SIGKILL');
    await (await opening).close();
  });

  test('a wrong PIN and a token that is not there are told apart', async () => {
    const rule = (name: string) => (error: unknown) => error instanceof StoreError && error.rule === name;
    await assert.rejects(openToken({ module: module ?? '', label: 'nothing', pin }), rule('token.absent'));
    await assert.rejects(openToken({ module: '/nowhere/lib.so', label, pin }), rule('token.module'));
  });
});
