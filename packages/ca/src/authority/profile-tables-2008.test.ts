// Every kind of certificate, field by field, as OpenSSL prints it, against the tables of the profile: what is asked stands in testing/profile-tables.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { demoResidents } from '../residents.js';
import { missing, startAuthority, type TestAuthority } from '../testing/authority.js';
import { type Fields, fieldsOf } from '../testing/certificate-fields.js';
import {
  agencySubject,
  aki,
  arc,
  certified,
  citizenPolicy,
  common,
  ec,
  governorRoot,
  identity,
  japaneseOf,
  keyOf,
  masked,
  names,
  ocsp,
  office,
  officeRoot,
  place,
  policy,
  root,
  ski,
} from '../testing/profile-tables.js';

suite('the scheme of 2008', { skip: missing('openssl') }, () => {
  let authority: TestAuthority;
  before(async () => {
    authority = await startAuthority('rsa2048', 'prefectures');
  });
  after(() => authority.close());
  const fields = (der: Uint8Array) => masked(fieldsOf(authority.dir, der));

  test('governors, bridges and the government’s side, and who certifies whom', async () => {
    const all = new Map((await authority.ca.authorities()).map((one) => [one.id, one.certificate]));
    const expected: [string, Fields][] = [
      ['sign-g1-13', governorRoot(names.tokyo)],
      ['bridge-g1', governorRoot(names.bridge)],
      ['gpki-g1', officeRoot(names.gpki, 10)],
      ['ministry-g1', officeRoot(names.ministry, 10)],
    ];
    for (const [id, table] of expected)
      assert.deepEqual(fields(all.get(id)?.der ?? new Uint8Array()), table, id);
    assert.match(
      (japaneseOf(all.get('sign-g1-13')?.subjectAltNames) ?? []).join(),
      /OU=東京都, OU=東京都知事.*見本/,
    );
    assert.match(
      (japaneseOf(all.get('bridge-g1')?.subjectAltNames) ?? []).join(),
      /OU=都道府県協議会, OU=ブリッジ認証局.*見本/,
    );

    const [ours, theirs] = [`${arc}.2.1.20`, `${arc}.3.1.10`];
    const mapped = (from: string, to: string) => [
      `Certificate Policies!: Policy: ${from}`,
      `Policy Mappings!: ${from}:${to}`,
    ];
    const crosses: [string, string, Fields][] = [
      ['bridge-g1', 'sign-g1-13', certified(names.bridge, names.tokyo, 10, policy('2.1.20'))],
      ['sign-g1-13', 'bridge-g1', certified(names.tokyo, names.bridge, 10, policy('2.1.20'))],
      ['gpki-g1', 'bridge-g1', certified(names.gpki, names.bridge, 10, ...mapped(theirs, ours))],
      ['bridge-g1', 'gpki-g1', certified(names.bridge, names.gpki, 10, ...mapped(ours, theirs))],
      ['ministry-g1', 'gpki-g1', certified(names.ministry, names.gpki, 10, policy('3.1.10'))],
      ['gpki-g1', 'ministry-g1', certified(names.gpki, names.ministry, 10, policy('3.1.10'))],
    ];
    const mutual = await authority.ca.mutualCertificates();
    for (const [issuer, subject, table] of crosses) {
      const found = mutual.find((one) => one.issuer === issuer && one.subject === subject);
      assert.deepEqual(fields(found?.certificate ?? new Uint8Array()), table, `${issuer} for ${subject}`);
    }
  });

  test('a governor’s holder lives three years under the prefecture’s list; a certificate of office stands under the ministry', async () => {
    const [taro] = demoResidents;
    assert.ok(taro);
    const address = '東京都見本市中央一丁目２番３号';
    const resident = { ...taro, municipality: '13299', address };
    const holder = await authority.ca.issue({
      profile: 'signature',
      publicKey: await keyOf('rsa2048'),
      resident,
    });
    assert.deepEqual(fields(holder.certificate), {
      ...root,
      issuer: names.tokyo,
      subject: 'C = P:JP, L = Tokyo-to, L = Mihon-shi, CN = <28 digits>',
      life: '3 years, 14:59:59',
      extensions: [
        'Key Usage!: Digital Signature, Non Repudiation',
        identity(address),
        citizenPolicy('2.1.20'),
        'Issuer Alternative Name: JAPANESE',
        place('C = JP, O = JPKI-DEMO, OU = Tokyo-to, OU = CRL Distribution Points, CN = Tokyo-to CRLDP'),
        aki,
        ski,
      ],
    });
    const official = await authority.ca.issue({
      profile: 'agency',
      authority: 'ministry-g1',
      publicKey: await keyOf('p256'),
      agencyCode: '8301',
      agencyName: '見本省',
      hosts: ['ministry.example'],
    });
    assert.deepEqual(fields(official.certificate), {
      ...common,
      key: ec,
      issuer: names.ministry,
      subject: agencySubject('見本省', '8301'),
      life: '3 years, 14:59:59',
      extensions: [
        'Key Usage!: Digital Signature, Non Repudiation',
        'Subject Alternative Name: DNS:ministry.example',
        policy('3.1.10'),
        office('ministry-g1'),
        ocsp,
        aki,
        ski,
      ],
    });
  });
});
