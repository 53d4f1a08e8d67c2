import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  type Certificate,
  type CertificateTemplate,
  citizenCaTemplate,
  demoOids,
  der,
  generateKeyPair,
  issueCertificate,
  parseCertificate,
  type Signer,
  signatureTemplate,
  softwareSigner,
} from '@madoguchi/pki';
import { prepare, signLinted } from '../issuance/linted.js';
import { lint } from './lint.js';
import { profiles } from './profiles.js';
import { lintRules } from './rules.js';

const notBefore = new Date('2026-11-22T03:00:00Z');
const notAfter = new Date('2031-04-01T14:59:59Z');
let signer: Signer;
let ca: Certificate;
let good: CertificateTemplate;

function read(bytes: Uint8Array): Certificate {
  const parsed = parseCertificate(bytes);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value;
}

before(async () => {
  signer = softwareSigner((await generateKeyPair('rsa2048')).pkcs8);
  const template = citizenCaTemplate({
    kind: 'signature',
    serial: Uint8Array.of(1),
    publicKey: signer.publicKey,
    notBefore,
    notAfter: new Date('2036-11-21T14:59:59Z'),
    organization: 'JPKI-DEMO',
  });
  ca = read(await issueCertificate(template, signer));
  good = signatureTemplate({
    serial: Uint8Array.of(1, 0, 0, 1),
    publicKey: (await generateKeyPair('rsa2048')).publicKey,
    issuer: ca,
    identity: {
      name: '総務　太郎',
      nameSubstitution: '00000',
      address: '見本県見本市中央一丁目２番３号',
      addressSubstitution: '0'.repeat(15),
      birthDate: '1975-04-01',
      sex: 'male',
    },
    prefectureRomaji: 'Mihon-ken',
    municipalityRomaji: 'Mihon-shi',
    commonName: '2026112212000000000000000001',
    notBefore,
    notAfter,
    policyOid: demoOids.signature,
  });
});

async function faults(change: Partial<CertificateTemplate>): Promise<string[]> {
  const certificate = read(await issueCertificate({ ...good, ...change }, signer));
  return lint(certificate, 'signature', ca).map((fault) => fault.rule);
}

test('a good certificate and a good root break no rule', async () => {
  assert.deepEqual(await faults({}), []);
  assert.deepEqual(lint(ca, 'citizen-ca', 'self'), []);
});

test('each planted fault is found by its rule', async () => {
  const without = (oid: string) => good.extensions.filter((extension) => extension.oid !== oid);
  const replaced = (oid: string, change: Partial<(typeof good.extensions)[number]>) =>
    good.extensions.map((extension) => (extension.oid === oid ? { ...extension, ...change } : extension));
  const [first, second, ...rest] = good.extensions;
  assert.ok(first && second);
  const weak = await generateKeyPair('rsa2048');
  const cases: [Partial<CertificateTemplate>, string][] = [
    [{ serial: new Uint8Array(5).fill(1) }, 'serial'],
    [{ issuer: good.subject }, 'issuer'],
    [{ notAfter: new Date('2032-12-31T00:00:00Z') }, 'validity.length'],
    [{ notAfter: new Date('2050-01-01T00:00:00Z') }, 'validity.issuer'],
    [{ notBefore: new Date('2020-01-01T00:00:00Z') }, 'validity.issuer'],
    [{ extensions: without('2.5.29.31') }, 'extensions.list'],
    [{ extensions: [second, first, ...rest] }, 'extensions.list'],
    [{ extensions: replaced('2.5.29.15', { critical: false }) }, 'extensions.critical'],
    [{ extensions: replaced('2.5.29.15', { value: der.namedBits([0]) }) }, 'keyUsage'],
    [
      {
        extensions: replaced('2.5.29.32', {
          value: der.sequence(der.sequence(der.oid('1.2.392.200149.8.5.1.1.20'))),
        }),
      },
      'demo.policy',
    ],
    [{ extensions: replaced('2.5.29.14', { value: der.octetString(new Uint8Array(20)) }) }, 'ski'],
    [{ publicKey: weak.publicKey }, 'ski'],
    [{ extensions: replaced('2.5.29.35', { value: der.sequence() }) }, 'aki'],
    [{ extensions: without('2.5.29.17') }, 'signature.identity'],
    [{ subject: ca.subject.der }, 'subject.shape'],
  ];
  for (const [change, rule] of cases) {
    const found = await faults(change);
    assert.ok(found.includes(rule), `${rule}: ${found.join(' ')}`);
  }
});

test('a certificate of one profile is not one of another', async () => {
  const certificate = read(await issueCertificate(good, signer));
  for (const name of Object.keys(profiles) as (keyof typeof profiles)[]) {
    if (name !== 'signature') assert.notDeepEqual(lint(certificate, name, ca), [], name);
  }
});

test('every rule says what it asks and where that is written, under a name of its own', () => {
  assert.equal(new Set(lintRules.map((rule) => rule.id)).size, lintRules.length);
  for (const rule of lintRules) assert.ok(rule.description.length > 10 && rule.citation.length > 3, rule.id);
});

test('what does not pass the lint cannot be signed, and what passes is signed once', async () => {
  const bad = await prepare({ ...good, serial: new Uint8Array(6).fill(1) }, 'signature', ca, signer);
  assert.ok(!bad.ok);
  const prepared = await prepare(good, 'signature', ca, signer);
  assert.ok(prepared.ok);
  const certificate = read(await signLinted(prepared.linted, signer));
  assert.deepEqual(Buffer.from(certificate.tbs), Buffer.from(prepared.linted.tbs));
  await assert.rejects(signLinted(prepared.linted, signer), /used twice/);
});

test('a signer that signs something else, or badly, is caught', async () => {
  const other = softwareSigner((await generateKeyPair('rsa2048')).pkcs8);
  const lying: Signer = { ...signer, sign: (data) => other.sign(data) };
  const prepared = await prepare(good, 'signature', ca, signer);
  assert.ok(prepared.ok);
  await assert.rejects(
    signLinted(prepared.linted, { ...lying, publicKey: signer.publicKey }),
    /does not verify/,
  );
});
