import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import {
  demoOids,
  generateKeyPair,
  nameToString,
  parseCertificate,
  serialHex,
  validatePath,
} from '@madoguchi/pki';
import { crlPath } from '../export.js';
import { prefectures } from '../prefectures.js';
import { demoResidents } from '../residents.js';
import { missing, openssl, startAuthority, type TestAuthority, writePem } from '../testing/authority.js';
import { newCard } from '../testing/card.js';

let authority: TestAuthority;
let holder: Uint8Array;
let official: Uint8Array;
before(async () => {
  authority = await startAuthority('p384', 'prefectures');
  const [taro] = demoResidents;
  assert.ok(taro);
  const tokyo = { ...taro, municipality: '13299', address: '東京都見本市中央一丁目２番３号' };
  const { publicKey } = await generateKeyPair('p256');
  holder = (await authority.ca.issue({ profile: 'signature', publicKey, resident: tokyo })).certificate;
  const office = await generateKeyPair('p256');
  const agency = { agencyCode: '8301', agencyName: '見本省', hosts: ['ministry.example'] };
  official = (
    await authority.ca.issue({
      profile: 'agency',
      publicKey: office.publicKey,
      authority: 'ministry-g1',
      ...agency,
    })
  ).certificate;
});
after(() => authority.close());

async function own(id: string): Promise<Uint8Array> {
  const found = (await authority.ca.authorities()).find((one) => one.id === id);
  assert.ok(found, id);
  return found.certificate.der;
}

async function cross(issuer: string, subject: string): Promise<Uint8Array> {
  const found = (await authority.ca.mutualCertificates()).findLast(
    (one) => one.issuer === issuer && one.subject === subject,
  );
  assert.ok(found, `${issuer} for ${subject}`);
  return found.certificate;
}

const toHolder = ['ministry-g1', 'gpki-g1', 'bridge-g1', 'sign-g1-13'];
const toOfficial = ['sign-g1-13', 'bridge-g1', 'gpki-g1', 'ministry-g1'];

/** The certificates by which each authority of a way vouches for the next. */
async function way(ids: readonly string[]): Promise<Uint8Array[]> {
  return Promise.all(ids.slice(1).map((id, index) => cross(ids[index] ?? '', id)));
}

async function judge(
  leaf: Uint8Array,
  ids: readonly string[],
  lists: readonly string[],
  ...options: string[]
) {
  const { dir } = authority;
  const anchor = await writePem(path.join(dir, 'anchor.pem'), 'CERTIFICATE', [await own(ids[0] ?? '')]);
  const between = await writePem(path.join(dir, 'between.pem'), 'CERTIFICATE', await way(ids));
  const file = await writePem(path.join(dir, 'leaf.pem'), 'CERTIFICATE', [leaf]);
  const ders = await Promise.all(
    lists.map(async (name) => {
      const [id = '', code = ''] = name.split(' ');
      const crl = await authority.ca.crl(id, code);
      assert.ok(crl, name);
      return crl.der;
    }),
  );
  const crls = await writePem(path.join(dir, 'lists.pem'), 'X509 CRL', ders);
  const withLists = lists.length === 0 ? [] : ['-CRLfile', crls];
  const to = ['-CAfile', anchor, '-untrusted', between, ...withLists, file];
  return openssl('verify', '-x509_strict', ...options, ...to);
}

const explicit = (policy: string) => ['-policy_check', '-explicit_policy', '-policy', policy];

test('47 governors and 見本県 have an authority each, which says that it is reconstructed', async () => {
  const all = await authority.ca.authorities();
  assert.equal(all.filter((one) => one.kind === 'sign').length, prefectures.length);
  assert.equal(prefectures.length, 48);
  const tokyo = all.find((one) => one.id === 'sign-g1-13');
  assert.equal(
    tokyo && nameToString(tokyo.certificate.subject),
    'C=JP, O=JPKI-DEMO, OU=Tokyo-to, OU=Governor of Tokyo-to (reconstructed)',
  );
  assert.equal(all.filter((one) => one.kind === 'auth').length, 0);
  assert.deepEqual(await authority.ca.recheck(), []);
});

test('a governor’s certificate lives three years and names the prefecture’s list', async () => {
  const parsed = parseCertificate(holder);
  assert.ok(parsed.ok);
  const { notBefore, notAfter, policies, crlDistributionPoints } = parsed.value;
  assert.equal(notAfter.getUTCFullYear() - notBefore.getUTCFullYear(), 3);
  assert.deepEqual(
    policies?.map(({ oid }) => oid),
    [demoOids.prefectureSignature],
  );
  const place = crlDistributionPoints?.[0]?.name;
  assert.ok(place && 'fullName' in place && place.fullName[0]?.kind === 'directoryName');
  assert.equal(
    nameToString(place.fullName[0].name),
    'C=JP, O=JPKI-DEMO, OU=Tokyo-to, OU=CRL Distribution Points, CN=Tokyo-to CRLDP',
  );
  assert.equal(crlPath('sign-g1-13', '13'), 'crl/sign-g1-13.crl');
});

test('openssl: from a ministry through both bridges to a holder, with every list and an explicit policy', {
  skip: missing('openssl'),
}, async () => {
  const lists = ['ministry-g1 arl', 'gpki-g1 arl', 'bridge-g1 arl', 'sign-g1-13 13'];
  const good = await judge(
    holder,
    toHolder,
    lists,
    '-crl_check_all',
    '-extended_crl',
    ...explicit(demoOids.official),
  );
  assert.equal(good.code, 0, good.output);
  // The holder's policy is one of the ministry's only by mapping.
  const unmapped = await judge(holder, toHolder, [], ...explicit(demoOids.official), '-inhibit_map');
  assert.notEqual(unmapped.code, 0);
  const other = await judge(holder, toHolder, [], ...explicit(demoOids.timeStamping));
  assert.notEqual(other.code, 0);
  // Another prefecture's list says nothing about Tokyo's holders.
  const wrong = await judge(holder, toHolder, ['sign-g1-14 14'], '-crl_check');
  assert.notEqual(wrong.code, 0);
});

test('openssl: from a governor through both bridges to a certificate of office', {
  skip: missing('openssl'),
}, async () => {
  const lists = ['sign-g1-13 arl', 'bridge-g1 arl', 'gpki-g1 arl', 'ministry-g1 all'];
  const options = ['-crl_check_all', '-extended_crl', ...explicit(demoOids.prefectureSignature)];
  const good = await judge(official, toOfficial, lists, ...options);
  assert.equal(good.code, 0, good.output);
});

test('our own path validation agrees in both directions, mapping forbidden included', async () => {
  const crls = (await authority.ca.crls()).map((crl) => crl.der);
  const between = (await authority.ca.mutualCertificates()).map((one) => one.certificate);
  const check = async (leaf: Uint8Array, anchor: string, policy: string, inhibitPolicyMapping = false) =>
    validatePath({
      leaf,
      intermediates: between,
      anchors: [await own(anchor)],
      crls,
      time: authority.now,
      initialPolicies: [policy],
      requireExplicitPolicy: true,
      inhibitPolicyMapping,
    });
  const forward = await check(holder, 'ministry-g1', demoOids.official);
  assert.equal(forward.indication, 'PASSED', forward.reason);
  assert.equal(forward.path.length, 5);
  const back = await check(official, 'sign-g1-13', demoOids.prefectureSignature);
  assert.equal(back.indication, 'PASSED', back.reason);
  assert.ok(!(await check(holder, 'ministry-g1', demoOids.official, true)).valid);
  assert.ok(!(await check(holder, 'ministry-g1', demoOids.timeStamping)).valid);
  // One governor's holders are found from another's through the bridge.
  assert.ok((await check(holder, 'sign-g1-27', demoOids.prefectureSignature)).valid);
});

test('a card gets the signature certificate alone', async () => {
  const [taro] = demoResidents;
  assert.ok(taro);
  const { card, cardKey } = await newCard(authority, taro);
  try {
    const done = await authority.ca.issueToCard({ transmit: card.transmit, cardKey, resident: taro });
    assert.equal(done.authSerial, undefined);
    const record = await authority.ca.show({ serial: done.signSerial ?? '' });
    assert.equal(record?.authority, 'sign-g1-99');
  } finally {
    card.reset();
    await card.close();
  }
});

test('a cross-certificate that is revoked stands in the list of its issuer, and the way is closed', {
  skip: missing('openssl'),
}, async () => {
  const parsed = parseCertificate(await cross('gpki-g1', 'bridge-g1'));
  assert.ok(parsed.ok);
  await authority.ca.revoke({
    certificate: { serial: serialHex(parsed.value) },
    reason: 'cessationOfOperation',
  });
  const arl = await authority.ca.crl('gpki-g1', 'arl');
  assert.equal(arl?.entries, 1);
  const lists = ['ministry-g1 arl', 'gpki-g1 arl', 'bridge-g1 arl', 'sign-g1-13 13'];
  const closed = await judge(holder, toHolder, lists, '-crl_check_all', '-extended_crl');
  assert.match(closed.output, /certificate revoked/);
  // A holder is not revoked by it: within JPKI nothing has changed.
  const inside = ['sign-g1-27', 'bridge-g1', 'sign-g1-13'];
  const open = await judge(
    holder,
    inside,
    ['sign-g1-27 arl', 'bridge-g1 arl', 'sign-g1-13 13'],
    '-crl_check_all',
  );
  assert.equal(open.code, 0, open.output);
});
