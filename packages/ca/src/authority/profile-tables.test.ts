// Every kind of certificate, field by field, as OpenSSL prints it, against the tables of the profile (reference of the profile, sections
// 2 to 5, 10 and 11; where the demo differs by decision: organisation JPKI-DEMO, the demo arc of policies, 見本 in Japanese names).
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Certificate, generateKeyPair, nameToString } from '@madoguchi/pki';
import { demoResidents } from '../residents.js';
import { missing, startAuthority, type TestAuthority } from '../testing/authority.js';
import { certificateOf, type Fields, fieldsOf } from '../testing/certificate-fields.js';

const skip = missing('openssl');

const japaneseOf = (names: Certificate['subjectAltNames']) =>
  names?.map((name) => (name.kind === 'directoryName' ? nameToString(name.name) : name.kind));

const rsa = 'rsaEncryption 2048';
const ec = 'id-ecPublicKey 256';
const common = { version: '3', algorithm: 'sha256WithRSAEncryption' };
const root = { ...common, key: rsa };
const certSign = 'Key Usage!: Certificate Sign, CRL Sign';
const isCa = 'Basic Constraints!: CA:TRUE';
const ski = 'Subject Key Identifier: ID';
const aki = 'Authority Key Identifier: ID';
const place = (name: string) => `CRL Distribution Points: Full Name: DirName:${name}`;
const office = (id: string) => `CRL Distribution Points: Full Name: URI:http://127.0.0.1:8081/crl/${id}.crl`;
const ocsp = 'Authority Information Access: OCSP - URI:http://127.0.0.1:8081/ocsp';
const arc = '1.3.6.1.4.1.32473.8.5';
const policy = (tail: string) => `Certificate Policies!: Policy: ${arc}.${tail}`;
const citizenPolicy = (tail: string) => `${policy(tail)} CPS: http://cps.jpki-demo.example/`;
const plain = (name: string) => name.replace('P:', '');

const identity = (address: string) =>
  [
    'Subject Alternative Name: othername: 1.2.392.200149.8.5.5.1::総務\u3000太郎',
    '1.2.392.200149.8.5.5.4::319750401',
    '1.2.392.200149.8.5.5.3::1',
    `1.2.392.200149.8.5.5.5::${address}`,
    '1.2.392.200149.8.5.5.2::00000',
    `1.2.392.200149.8.5.5.6::${'0'.repeat(address.length)}`,
  ].join(', othername: ');

const agencySubject = (name: string, code: string) =>
  `C = P:JP, O = JPKI-DEMO, OU = ${name}, CN = ${name}長, serialNumber = P:${code}`;

const names = {
  sign: 'C = P:JP, O = JPKI-DEMO, OU = JPKI for digital signature, OU = Japan Agency for Local Authority Information Systems',
  auth: 'C = P:JP, O = JPKI-DEMO, OU = JPKI for user authentication, OU = Japan Agency for Local Authority Information Systems',
  agency: 'C = P:JP, O = JPKI-DEMO, OU = Demo Agency Root',
  tsa: 'C = P:JP, O = JPKI-DEMO, OU = Demo Time Stamping Root',
  tokyo: 'C = P:JP, O = JPKI-DEMO, OU = Tokyo-to, OU = Governor of Tokyo-to (reconstructed)',
  bridge: 'C = P:JP, O = JPKI-DEMO, OU = Prefectural Association For JPKI, OU = BridgeCA (reconstructed)',
  gpki: 'C = P:JP, O = JPKI-DEMO, OU = Demo Government Bridge CA',
  ministry: 'C = P:JP, O = JPKI-DEMO, OU = Demo Ministry CA',
} as const;

/** Section 3: the self-signed roots of citizens' authorities. */
const citizenRoot = (name: string): Fields => ({
  ...root,
  issuer: name,
  subject: name,
  life: '10 years, 14:59:59',
  extensions: [certSign, 'Subject Alternative Name: JAPANESE', isCa, place(plain(name)), ski],
});

/** Section 2.2: the bridge of 2003, and the governors' authorities reconstructed from it. */
const governorRoot = (name: string): Fields => ({
  ...citizenRoot(name),
  extensions: [certSign, isCa, place(plain(name)), 'Subject Alternative Name: JAPANESE', ski],
});

/** Sections 10 and 11.1: roots of offices; in the scheme of 2008 the government's side. */
const officeRoot = (name: string, years: number, bits = 2048): Fields => ({
  ...root,
  key: `rsaEncryption ${bits}`,
  issuer: name,
  subject: name,
  life: `${years} years, 14:59:59`,
  extensions: [certSign, isCa, place(plain(name)), ski],
});

/** Section 10: one key certified by another; the list is the issuer's. */
const certified = (issuer: string, subject: string, years: number, ...policies: string[]): Fields => ({
  ...root,
  issuer,
  subject,
  life: `${years} years, 14:59:59`,
  extensions: [certSign, isCa, ...policies, place(plain(issuer)), aki, ski],
});

const masked = (fields: Fields): Fields => ({
  ...fields,
  subject: fields.subject
    .replace(/CN = \d{28}$/, 'CN = <28 digits>')
    .replace(/CN = [0-9A-Z]{14}99201[0-9A-F]{4}$/, 'CN = <14>99201<4>'),
});

const keyOf = async (kind: 'rsa2048' | 'p256') => (await generateKeyPair(kind)).publicKey;

suite('the national scheme', { skip }, () => {
  let authority: TestAuthority;
  before(async () => {
    authority = await startAuthority();
    await authority.ca.rollOver({ kind: 'sign' });
  });
  after(() => authority.close());

  const [taro] = demoResidents;
  const fields = (der: Uint8Array, birthday?: string) => masked(fieldsOf(authority.dir, der, birthday));
  const own = async (id: string) => {
    const found = (await authority.ca.authorities()).find((one) => one.id === id);
    assert.ok(found, id);
    return found;
  };
  const issue = async (
    input: Omit<Parameters<TestAuthority['ca']['issue']>[0], 'publicKey'>,
    kind: 'rsa2048' | 'p256',
  ) =>
    (
      await authority.ca.issue({ ...input, publicKey: await keyOf(kind) } as Parameters<
        TestAuthority['ca']['issue']
      >[0])
    ).certificate;

  test('roots, both generations of one name, and their Japanese names', async () => {
    for (const id of ['sign-g1', 'sign-g2', 'auth-g1'] as const) {
      const { certificate } = await own(id);
      const kind = id.startsWith('sign') ? 'sign' : 'auth';
      assert.deepEqual(fields(certificate.der), citizenRoot(names[kind]), id);
      const use = kind === 'sign' ? '署名用' : '利用者証明用';
      const [japanese = ''] = japaneseOf(certificate.subjectAltNames) ?? [];
      assert.match(
        japanese,
        new RegExp(`^C=JP, O=公的個人認証サービス.*, OU=公的個人認証サービス${use}.*, OU=.*見本`),
      );
    }
    assert.deepEqual(fields((await own('agency-g1')).certificate.der), officeRoot(names.agency, 20, 3072));
    assert.deepEqual(fields((await own('tsa-g1')).certificate.der), officeRoot(names.tsa, 20, 3072));
  });

  test('link certificates between the generations', async () => {
    const links = await authority.ca.mutualCertificates();
    assert.equal(links.length, 2);
    for (const { certificate } of links)
      assert.deepEqual(fields(certificate), certified(names.sign, names.sign, 10));
  });

  test('signature and authentication certificates (sections 4 and 5)', async () => {
    assert.ok(taro);
    const life = 'birthday 5, 14:59:59';
    const birthday = taro.birthDate.slice(5);
    const signature = await issue({ profile: 'signature', resident: taro } as never, 'rsa2048');
    const address = taro.address;
    assert.deepEqual(fields(signature, birthday), {
      ...root,
      issuer: names.sign,
      subject: 'C = P:JP, L = Mihon-ken, L = Mihon-shi, CN = <28 digits>',
      life,
      extensions: [
        'Key Usage!: Digital Signature, Non Repudiation',
        identity(address),
        citizenPolicy('1.1.20'),
        'Issuer Alternative Name: JAPANESE',
        place(
          'C = JP, O = JPKI-DEMO, OU = JPKI for digital signature, OU = CRL Distribution Points, OU = Mihon-ken, CN = Mihon-shi CRLDP',
        ),
        'Authority Key Identifier: keyid:ID DirName:/C=JP/O=JPKI-DEMO/OU=JPKI for digital signature/OU=Japan Agency for Local Authority Information Systems serial',
        ski,
      ],
    });
    const issuer = (await own('sign-g2')).certificate;
    const read = certificateOf(signature);
    assert.deepEqual(read.authorityKeyIdentifier?.keyIdentifier, issuer.subjectKeyIdentifier);
    assert.deepEqual(read.authorityKeyIdentifier?.serial, issuer.serial);
    assert.deepEqual(japaneseOf(read.issuerAltNames), japaneseOf(issuer.subjectAltNames));
    assert.equal(read.serial.length, 4);

    const authentication = await issue({ profile: 'authentication', resident: taro } as never, 'rsa2048');
    assert.deepEqual(fields(authentication, birthday), {
      ...root,
      issuer: names.auth,
      subject: 'C = P:JP, CN = <14>99201<4>',
      life,
      extensions: [
        'Key Usage!: Digital Signature',
        'Extended Key Usage: TLS Web Client Authentication',
        citizenPolicy('1.3.30'),
        'Issuer Alternative Name: JAPANESE',
        place(
          'C = JP, O = JPKI-DEMO, OU = JPKI for user authentication, OU = CRL Distribution Points, OU = Mihon-ken, CN = Mihon-shi CRLDP',
        ),
        ocsp,
        'Authority Key Identifier: keyid:ID DirName:/C=JP/O=JPKI-DEMO/OU=JPKI for user authentication/OU=Japan Agency for Local Authority Information Systems serial',
        ski,
      ],
    });
  });

  test('certificates that are not citizens’ (section 11.2): agency, encryption by EC and RSA, responder, time stamps', async () => {
    const agency = { agencyCode: '99201', agencyName: '見本市' };
    const signing = { profile: 'agency', ...agency, hosts: ['city.example', '127.0.0.1'] };
    const office3 = {
      ...common,
      issuer: names.agency,
      subject: agencySubject('見本市', '99201'),
      life: '3 years, 14:59:59',
    };
    const tail = [office('agency-g1'), ocsp, aki, ski];
    assert.deepEqual(fields(await issue(signing as never, 'p256')), {
      ...office3,
      key: ec,
      extensions: [
        'Key Usage!: Digital Signature, Non Repudiation',
        'Subject Alternative Name: DNS:city.example, IP Address:127.0.0.1',
        policy('1.9.10'),
        ...tail,
      ],
    });
    for (const [kind, key, usage] of [
      ['p256', ec, 'Key Agreement'],
      ['rsa2048', rsa, 'Key Encipherment'],
    ] as const) {
      assert.deepEqual(fields(await issue({ profile: 'encryption', ...agency } as never, kind)), {
        ...office3,
        key,
        extensions: [`Key Usage!: ${usage}`, policy('1.9.20'), ...tail],
      });
    }
    const { responder } = await own('sign-g1');
    assert.ok(responder);
    assert.deepEqual(fields(responder.certificate), {
      ...common,
      key: ec,
      issuer: names.sign,
      subject: `${names.sign}, CN = OCSP Responder`,
      life: '5 years, 14:59:59',
      extensions: [
        'Key Usage!: Digital Signature',
        'Extended Key Usage: OCSP Signing',
        'OCSP No Check:',
        aki,
        ski,
      ],
    });
    assert.deepEqual(fields(await issue({ profile: 'tsa' } as never, 'p256')), {
      ...common,
      key: ec,
      issuer: names.tsa,
      subject: `${names.tsa}, CN = Time Stamping Authority`,
      life: '5 years, 14:59:59',
      extensions: [
        'Key Usage!: Digital Signature',
        'Extended Key Usage!: Time Stamping',
        policy('1.9.30'),
        office('tsa-g1'),
        ocsp,
        aki,
        ski,
      ],
    });
  });
});

suite('the scheme of 2008', { skip }, () => {
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
