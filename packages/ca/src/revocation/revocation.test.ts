import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { buildCrl, generateKeyPair, loadCrl, softwareSigner, validatePath } from '@madoguchi/pki';
import { type Keystore, openDatabase, openKeystore } from '@madoguchi/store';
import { openCa } from '../ca.js';
import { keyName } from '../context.js';
import { CaError } from '../error.js';
import { exportCrls } from '../export.js';
import type { Resident } from '../identity/resident.js';
import { initCa } from '../init.js';
import { demoResidents } from '../residents.js';
import { missing, openssl, startAuthority, type TestAuthority, writePem } from '../testing/authority.js';
import { crlFault, type ExpectedCrl } from './crl-check.js';
import { distributionPointName } from './shards.js';

let authority: TestAuthority;
before(async () => {
  authority = await startAuthority();
});
after(() => authority.close());

const [taro] = demoResidents as [Resident, ...Resident[]];
const elsewhere: Resident = { ...taro, municipality: '99301' };

async function issueSignature(resident: Resident = taro) {
  // Cards make RSA keys; here the lists are asked about, and EC keys are made at once.
  const { publicKey } = await generateKeyPair('p256');
  return authority.ca.issue({ profile: 'signature', publicKey, resident });
}

/** openssl verify of one certificate against our anchors and the lists named. */
async function judge(
  certificate: Uint8Array,
  kind: 'signature' | 'authentication' | 'agency' | 'tsa',
  crls: string[],
  ...options: string[]
) {
  const { dir } = authority;
  const anchors = (await authority.ca.anchors())[kind];
  const anchorFile = await writePem(path.join(dir, `${kind}.pem`), 'CERTIFICATE', anchors);
  const leaf = await writePem(path.join(dir, 'leaf.pem'), 'CERTIFICATE', [certificate]);
  const files = await Promise.all(
    crls.map(async (name) => {
      const [id = '', code = 'all'] = name.split(' ');
      const crl = await authority.ca.crl(id, code);
      assert.ok(crl, name);
      return writePem(path.join(dir, `${id}-${code}.pem`), 'X509 CRL', [crl.der]);
    }),
  );
  const crlOptions = files.flatMap((file) => ['-CRLfile', file]);
  return openssl('verify', '-x509_strict', ...options, '-CAfile', anchorFile, ...crlOptions, leaf);
}

test('openssl accepts a certificate with our CRL, and refuses it after revocation', {
  skip: missing('openssl'),
}, async () => {
  const issued = await issueSignature();
  const good = await judge(issued.certificate, 'signature', ['sign-g1 99201'], '-crl_check');
  assert.equal(good.code, 0, good.output);
  const all = await judge(
    issued.certificate,
    'signature',
    ['sign-g1 99201', 'sign-g1 arl'],
    '-crl_check_all',
  );
  assert.equal(all.code, 0, all.output);
  const revoked = await authority.ca.revoke({
    certificate: { serial: issued.serial },
    reason: 'keyCompromise',
  });
  assert.ok(revoked.crlNumber);
  const bad = await judge(issued.certificate, 'signature', ['sign-g1 99201'], '-crl_check');
  assert.notEqual(bad.code, 0);
  assert.match(bad.output, /certificate revoked/);
});

test('our own path validation agrees: passed with the lists, not after revocation, not by another place or generation', async () => {
  const other = await startAuthority();
  try {
    const issued = await issueSignature();
    const anchors = [...(await authority.ca.anchors()).signature];
    const time = new Date(authority.now.getTime() + 1000);
    const der = async (from: TestAuthority, code: string) => {
      const crl = await from.ca.crl('sign-g1', code);
      assert.ok(crl);
      return crl.der;
    };
    const verdict = (crls: Uint8Array[]) =>
      validatePath({ leaf: issued.certificate, anchors, crls, time, keyUsage: ['nonRepudiation'] });
    const good = verdict([await der(authority, '99201'), await der(authority, 'arl')]);
    assert.equal(good.indication, 'PASSED', good.reason);
    assert.notEqual(verdict([await der(authority, '99301')]).indication, 'PASSED');
    assert.notEqual(verdict([await der(other, '99201'), await der(other, 'arl')]).indication, 'PASSED');
    await authority.ca.revoke({ certificate: { serial: issued.serial }, reason: 'superseded' });
    const revoked = verdict([await der(authority, '99201'), await der(authority, 'arl')]);
    assert.ok(!revoked.valid);
    assert.match(String(revoked.subIndication), /REVOKED/);
  } finally {
    await other.close();
  }
});

test('openssl refuses the list of another municipality as another scope', {
  skip: missing('openssl'),
}, async () => {
  const issued = await issueSignature(elsewhere);
  const own = await judge(issued.certificate, 'signature', ['sign-g1 99301'], '-crl_check');
  assert.equal(own.code, 0, own.output);
  const other = await judge(issued.certificate, 'signature', ['sign-g1 99201'], '-crl_check');
  assert.match(other.output, /scope/i);
});

test('a list of another generation’s key, of the same names, clears nothing', {
  skip: missing('openssl'),
}, async () => {
  const other = await startAuthority();
  try {
    const issued = await issueSignature();
    const anchors = [...(await authority.ca.anchors()).signature, ...(await other.ca.anchors()).signature];
    const foreign = await other.ca.crl('sign-g1', '99201');
    assert.ok(foreign);
    const file = (name: string) => path.join(authority.dir, name);
    const roots = await writePem(file('both.pem'), 'CERTIFICATE', anchors);
    const leaf = await writePem(file('leaf.pem'), 'CERTIFICATE', [issued.certificate]);
    const list = await writePem(file('foreign.pem'), 'X509 CRL', [foreign.der]);
    for (const extra of [[], ['-extended_crl']]) {
      const judged = openssl('verify', '-crl_check', ...extra, '-CAfile', roots, '-CRLfile', list, leaf);
      assert.notEqual(judged.code, 0, judged.output);
    }
  } finally {
    await other.close();
  }
});

test('an authority with the next card’s key (P-384) is accepted by openssl too', {
  skip: missing('openssl'),
}, async () => {
  const next = await startAuthority('p384');
  const first = authority;
  try {
    authority = next;
    const issued = await issueSignature();
    const judged = await judge(
      issued.certificate,
      'signature',
      ['sign-g1 99201', 'sign-g1 arl'],
      '-crl_check_all',
    );
    assert.equal(judged.code, 0, judged.output);
    assert.deepEqual(await next.ca.recheck(), []);
  } finally {
    authority = first;
    await next.close();
  }
});

test('initCa refuses a folder that has an authority, whatever the scheme', async () => {
  const input = { sql: authority.db.sql, keystore: authority.keystore, now: authority.now };
  await assert.rejects(initCa({ ...input, scheme: 'national' }), isRule('ca.exists'));
  await assert.rejects(initCa({ ...input, scheme: 'prefectures' }), isRule('ca.exists'));
});

test('an initialisation that was cut off is finished by the next one', async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'madoguchi-ca-'));
  const db = await openDatabase({ dataDir: dir, connections: 4 });
  try {
    const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
    const input = { sql: db.sql, scheme: 'national' as const, now: authority.now };
    for (const good of [0, 2, 2, 1]) {
      let puts = 0;
      const failing: Keystore = {
        ...keystore,
        put: async (name, key) => {
          if (puts++ >= good) throw new Error('disk full');
          await keystore.put(name, key);
        },
      };
      await assert.rejects(initCa({ ...input, keystore: failing }), /disk full/);
    }
    await assert.rejects(
      openCa({ sql: db.sql, keystore, clock: () => authority.now }),
      isRule('authority.absent'),
    );
    await initCa({ ...input, keystore });
    const ca = await openCa({ sql: db.sql, keystore, clock: () => authority.now });
    assert.equal((await ca.authorities()).length, 4);
    assert.deepEqual(await ca.recheck(), []);
    assert.ok((await ca.residents()).length >= 4);
  } finally {
    await db.close();
    await rm(dir, { recursive: true, force: true });
  }
});

test('openssl accepts agency, encryption and time stamp certificates with their lists', {
  skip: missing('openssl'),
}, async () => {
  const names = { agencyCode: '99201', agencyName: '見本市' };
  const { publicKey } = await generateKeyPair('p256');
  const agency = await authority.ca.issue({
    profile: 'agency',
    publicKey,
    ...names,
    hosts: ['city.mihon.example', '127.0.0.1', '::1'],
  });
  const encryption = await authority.ca.issue({
    profile: 'encryption',
    publicKey: (await generateKeyPair('p256')).publicKey,
    ...names,
  });
  const tsaKey = await generateKeyPair('p256');
  const tsa = await authority.ca.issue({ profile: 'tsa', publicKey: tsaKey.publicKey });
  const stamped = await judge(
    tsa.certificate,
    'tsa',
    ['tsa-g1 all'],
    '-crl_check_all',
    '-purpose',
    'timestampsign',
  );
  assert.equal(stamped.code, 0, stamped.output);
  for (const { certificate } of [agency, encryption]) {
    const judged = await judge(certificate, 'agency', ['agency-g1 all'], '-crl_check_all');
    assert.equal(judged.code, 0, judged.output);
  }
  await authority.ca.revoke({ certificate: { serial: agency.serial }, reason: 'cessationOfOperation' });
  const revoked = await judge(agency.certificate, 'agency', ['agency-g1 all'], '-crl_check');
  assert.match(revoked.output, /certificate revoked/);
});

test('a list carries the reason, leaves "unspecified" out, and its number rises', {
  skip: missing('openssl'),
}, async () => {
  const names = ['superseded', 'unspecified', 'certificateHold'] as const;
  let number = 0n;
  for (const reason of names) {
    const issued = await issueSignature();
    const { crlNumber } = await authority.ca.revoke({ certificate: { serial: issued.serial }, reason });
    assert.ok(crlNumber && crlNumber > number);
    number = crlNumber;
    const published = await authority.ca.crl('sign-g1', '99201');
    assert.ok(published);
    const loaded = loadCrl(published.der);
    assert.ok(loaded.ok);
    const entry = loaded.crl.lookup(Buffer.from(issued.serial, 'hex'));
    assert.ok(entry);
    const file = path.join(authority.dir, 'one.crl');
    await writeFile(file, published.der);
    const text = openssl('crl', '-inform', 'DER', '-in', file, '-noout', '-text').output;
    const at = text.indexOf(issued.serial.toUpperCase());
    assert.ok(at >= 0, text);
    const line = text.slice(at);
    const until = line.indexOf('Serial Number', 20);
    const own = until < 0 ? line : line.slice(0, until);
    assert.equal(/CRL Reason Code/.test(own), reason !== 'unspecified', own);
  }
});

test('a certificate is revoked once: a hold is never released nor replaced', async () => {
  const issued = await issueSignature();
  const revoke = (reason: string) => authority.ca.revoke({ certificate: { serial: issued.serial }, reason });
  await revoke('certificateHold');
  await assert.rejects(revoke('keyCompromise'), isRule('revocation.already'));
  await assert.rejects(revoke('removeFromCRL'), isRule('revocation.reason'));
});

test('what is unknown, in the future or no reason is refused in words', async () => {
  const issued = await issueSignature();
  const serial = { serial: issued.serial };
  const cases: [Parameters<typeof authority.ca.revoke>[0], string][] = [
    [{ certificate: { serial: '01' }, reason: 'superseded' }, 'revocation.unknown'],
    [{ certificate: { serial: 'not hex' }, reason: 'superseded' }, 'revocation.unknown'],
    [{ certificate: { alias: "'; drop table" }, reason: 'superseded' }, 'revocation.unknown'],
    [{ certificate: serial, reason: 'because' }, 'revocation.reason'],
    [
      { certificate: serial, reason: 'superseded', at: new Date(authority.now.getTime() + 60_000) },
      'revocation.time',
    ],
    [{ certificate: serial, reason: 'superseded', at: new Date(0) }, 'revocation.time'],
  ];
  for (const [input, rule] of cases) await assert.rejects(authority.ca.revoke(input), isRule(rule), rule);
  // Case, colons and leading zeros of a serial number do not count.
  const spelled = `0x00${issued.serial.toLowerCase().replace(/(..)(?=.)/g, '$1:')}`;
  await authority.ca.revoke({ certificate: { serial: spelled }, reason: 'superseded' });
});

test('a certificate for a leaked key is refused', async () => {
  const { publicKey } = await generateKeyPair('p256');
  const issued = await authority.ca.issue({ profile: 'signature', publicKey, resident: taro });
  await authority.ca.revoke({ certificate: { serial: issued.serial }, reason: 'keyCompromise' });
  const again = authority.ca.issue({ profile: 'signature', publicKey, resident: taro });
  await assert.rejects(again, isRule('key.leaked'));
});

test('the publisher refuses a list of another key, place, number or size', async () => {
  const sign = (await authority.ca.authorities()).find((one) => one.id === 'sign-g1');
  assert.ok(sign);
  const place = distributionPointName(sign, '99201');
  const now = new Date(Math.floor(authority.now.getTime() / 1000) * 1000);
  const pkcs8 = await authority.keystore.get(keyName('sign-g1'));
  assert.ok(pkcs8);
  const own = softwareSigner(pkcs8);
  const other = softwareSigner((await generateKeyPair('rsa2048')).pkcs8);
  const entry = { serial: Uint8Array.of(1, 2, 3, 4), date: now };
  const input = {
    issuer: sign.certificate.subject.der,
    issuerKeyIdentifier: sign.keyId,
    thisUpdate: now,
    nextUpdate: new Date(now.getTime() + 86400_000),
    number: 7n,
    ...(place === undefined ? {} : { distributionPoint: place }),
    entries: [entry],
  };
  const expected = {
    issuerSpki: sign.certificate.spki,
    issuerKeyId: sign.keyId,
    distributionPoint: place,
    number: 7n,
    previousNumber: 6n,
    previousUpdate: now,
    serials: [entry.serial],
    previous: undefined,
    ended: [],
    deltaBase: undefined,
    auditHead: undefined,
    now,
  };
  const good = await buildCrl(input, own);
  assert.equal(crlFault(good, expected), undefined);
  // A list signed by another generation's key under the same name never passes for this one.
  assert.equal(crlFault(await buildCrl(input, other), expected), 'crl.signature');
  const before = loadCrl(
    await buildCrl({ ...input, entries: [entry, { serial: Uint8Array.of(5), date: now }] }, own),
  );
  assert.ok(before.ok);
  const cases: [Partial<ExpectedCrl>, string][] = [
    [{ number: 8n }, 'crl.number'],
    [{ previousNumber: 7n }, 'crl.number.rises'],
    [{ issuerKeyId: new Uint8Array(20) }, 'crl.aki'],
    [{ distributionPoint: distributionPointName(sign, '99301') }, 'crl.idp'],
    [{ serials: [] }, 'crl.size'],
    [{ serials: [Uint8Array.of(9)] }, 'crl.entries'],
    [{ previous: before.crl }, 'crl.shrinks'],
    [{ now: new Date(now.getTime() - 1000) }, 'crl.thisUpdate'],
    [{ previousUpdate: new Date(now.getTime() + 1000) }, 'crl.thisUpdate'],
    [{ now: new Date(now.getTime() + 86400_000) }, 'crl.nextUpdate'],
    [{ deltaBase: 3n }, 'crl.delta'],
    [{ auditHead: { seq: 1n, hash: '00'.repeat(32) } }, 'crl.auditHead'],
  ];
  for (const [change, rule] of cases) assert.equal(crlFault(good, { ...expected, ...change }), rule);
  // A certificate that has ended may leave.
  assert.equal(crlFault(good, { ...expected, previous: before.crl, ended: [Uint8Array.of(5)] }), undefined);
  assert.notEqual(crlFault(good.slice(0, -1), expected), undefined);
});

test('publishDue makes nothing new until a day has passed, or a list is behind the ledger', async () => {
  await authority.ca.publishAll();
  assert.deepEqual(await authority.ca.publishDue(), []);
  authority.now = new Date(authority.now.getTime() + 25 * 3600_000);
  assert.equal((await authority.ca.publishDue()).length, (await authority.ca.crls()).length);
});

test('lists of two processes that publish at once stay in order', async () => {
  const done = await Promise.all(Array.from({ length: 5 }, () => authority.ca.publishAll()));
  const numbers = done.flat().filter((crl) => crl.authority === 'sign-g1' && crl.code === '99201');
  assert.equal(new Set(numbers.map((crl) => crl.number)).size, numbers.length);
});

test('an export writes the lists under their names, all or one', async () => {
  const dir = path.join(authority.dir, 'out');
  const all = await exportCrls(authority.ca.context, dir);
  assert.ok(all.some((file) => path.basename(file) === 'sign-g1-99201.crl'));
  assert.ok(all.some((file) => path.basename(file) === 'agency-g1.crl'));
  const one = await exportCrls(authority.ca.context, dir, 'auth-g1-99301');
  assert.deepEqual(
    one.map((file) => path.basename(file)),
    ['auth-g1-99301.crl'],
  );
  await assert.rejects(exportCrls(authority.ca.context, dir, 'nowhere'), isRule('crl.partition'));
});

function isRule(rule: string) {
  return (error: unknown) => error instanceof CaError && error.rule === rule;
}
