// Every kind of certificate, field by field, as OpenSSL prints it, against the tables of the profile: what is asked stands in testing/profile-tables.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import { newNonce } from '../holder/nonce.js';
import { demoRegister } from '../register/demo.js';
import { findResidents } from '../register/find.js';
import { importRegister } from '../register/import.js';
import { demoResidents } from '../residents.js';
import { missing, startAuthority, type TestAuthority } from '../testing/authority.js';
import { certificateOf, fieldsOf } from '../testing/certificate-fields.js';
import {
  agencySubject,
  aki,
  certified,
  citizenPolicy,
  citizenRoot,
  common,
  ec,
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
  rsa,
  ski,
} from '../testing/profile-tables.js';
import { issueToken } from '../tokens/issue-token.js';
import type { Owner } from '../tokens/owner.js';

suite('the national scheme', { skip: missing('openssl') }, () => {
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
      assert.deepEqual(
        fields(certificate.der),
        citizenRoot(names[kind], id === 'sign-g2' ? '4 octets' : '01'),
        id,
      );
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

  test('a smartphone’s certificates and their roots: the class of its own (section 7), with policies of its own and the end of the card’s', async () => {
    const { ca } = authority;
    await importRegister(ca.context, await readFile(demoRegister), 'operator');
    const [found] = (await findResidents(ca.context, { municipality: '99201', words: '総務 太郎' })).found;
    assert.ok(found);
    const { alias } = await ca.issue({
      ...{ profile: 'signature', publicKey: await keyOf('rsa2048'), resident: found },
    });
    const record = await ca.show({ alias });
    const card = { ...record, resident: found.id } as Owner['card'];
    const wanted = {
      ...({ action: 'issue', medium: 'android', replace: false } as const),
      ...{
        nonce: newNonce(ca.context).nonce,
        signKey: await keyOf('rsa2048'),
        authKey: await keyOf('rsa2048'),
      },
    };
    const given = await issueToken(ca.context, { card, resident: found }, wanted, new Uint8Array(1));
    assert.deepEqual(fields(given.signIssuer), citizenRoot(names.phoneSign));
    assert.deepEqual(fields(given.authIssuer), citizenRoot(names.phoneAuth));
    const places = (use: string) =>
      place(
        `C = JP, O = JPKI-DEMO, OU = ${use}, OU = CRL Distribution Points, OU = Mihon-ken, CN = Mihon-shi CRLDP`,
      );
    const authorityKey = (use: string) =>
      `Authority Key Identifier: keyid:ID DirName:/C=JP/O=JPKI-DEMO/OU=${use}/OU=Japan Agency for Local Authority Information Systems serial`;
    const [sign, auth] = [
      'JPKI for digital signature on mobile devices',
      'JPKI for user authentication on mobile devices',
    ] as const;
    assert.deepEqual(fields(given.sign, found.birthDate.slice(5)), {
      ...root,
      issuer: names.phoneSign,
      subject: 'C = P:JP, L = Mihon-ken, L = Mihon-shi, CN = <28 digits>',
      life: 'birthday 5, 14:59:59',
      extensions: [
        'Key Usage!: Digital Signature, Non Repudiation',
        identity(found.address),
        citizenPolicy('1.1.40'),
        'Issuer Alternative Name: JAPANESE',
        places(sign),
        authorityKey(sign),
        ski,
      ],
    });
    assert.deepEqual(fields(given.auth, found.birthDate.slice(5)), {
      ...root,
      issuer: names.phoneAuth,
      subject: 'C = P:JP, CN = <14>99201<4>',
      life: 'birthday 5, 14:59:59',
      extensions: [
        'Key Usage!: Digital Signature',
        'Extended Key Usage: TLS Web Client Authentication',
        citizenPolicy('1.3.50'),
        'Issuer Alternative Name: JAPANESE',
        places(auth),
        ocsp,
        authorityKey(auth),
        ski,
      ],
    });
    const end = (der: Uint8Array) => certificateOf(der).notAfter.getTime();
    assert.deepEqual([end(given.sign), end(given.auth)], [card.notAfter.getTime(), card.notAfter.getTime()]);
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
