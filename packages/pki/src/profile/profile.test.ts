import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { serialHex } from '../certificate/parse.js';
import { nameToString } from '../name.js';
import { demoOids, extensionIds, keyPurposes } from '../oids.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import * as world from '../testing/world.js';
import { agencyCodeOf, agencyNameOf, hostsOf } from './agency.js';
import { readIdentity } from './identity.js';

const order = (party: world.Party): string[] =>
  party.certificate.extensions.map(({ oid, critical }) => {
    const name = Object.entries(extensionIds).find(([, id]) => id === oid)?.[0] ?? oid;
    return critical ? `${name}!` : name;
  });

suite('the JPKI profile', () => {
  let ca: world.Party;
  let holder: world.Party;
  before(async () => {
    ca = await world.citizenCa('signature');
    holder = await world.citizen(ca, Uint8Array.of(0x01, 0x32, 0xc4, 0xab));
  });

  test('an authority of citizens has the form of the J-LIS roots', () => {
    const { certificate } = ca;
    assert.equal(
      nameToString(certificate.subject),
      'C=JP, O=JPKI-DEMO, OU=JPKI for digital signature, OU=Japan Agency for Local Authority Information Systems',
    );
    assert.deepEqual(order(ca), [
      'keyUsage!',
      'subjectAltName',
      'basicConstraints!',
      'crlDistributionPoints',
      'subjectKeyIdentifier',
    ]);
    assert.deepEqual(certificate.keyUsage, ['keyCertSign', 'cRLSign']);
    assert.deepEqual(certificate.basicConstraints, { ca: true });
    assert.equal(certificate.authorityKeyIdentifier, undefined);
    const point = certificate.crlDistributionPoints?.[0]?.name;
    assert.ok(point !== undefined && 'fullName' in point && point.fullName[0]?.kind === 'directoryName');
    assert.deepEqual(Buffer.from(point.fullName[0].name.der), Buffer.from(certificate.subject.der));
  });

  test('a signature certificate says what the profile says, in its order', () => {
    const { certificate } = holder;
    assert.equal(serialHex(certificate), '0132C4AB');
    assert.equal(
      nameToString(certificate.subject),
      'C=JP, L=Mihon-ken, L=Mihon-shi, CN=2026010109000000000000000001',
    );
    assert.deepEqual(order(holder), [
      'keyUsage!',
      'subjectAltName',
      'certificatePolicies!',
      'issuerAltName',
      'crlDistributionPoints',
      'authorityKeyIdentifier',
      'subjectKeyIdentifier',
    ]);
    const usage = certificate.extensions[0]?.value ?? new Uint8Array();
    assert.equal(Buffer.from(usage).toString('hex'), '030206c0');
    assert.deepEqual(
      certificate.policies?.map(({ oid }) => oid),
      [demoOids.signature],
    );
    assert.equal(certificate.policies?.[0]?.qualifiers.length, 1);
    const point = certificate.crlDistributionPoints?.[0]?.name;
    assert.ok(point !== undefined && 'fullName' in point && point.fullName[0]?.kind === 'directoryName');
    assert.equal(
      nameToString(point.fullName[0].name),
      'C=JP, O=JPKI-DEMO, OU=JPKI for digital signature, OU=CRL Distribution Points, OU=Mihon-ken, CN=Mihon-shi CRLDP',
    );
    assert.deepEqual(certificate.issuerAltNames?.[0]?.kind, 'directoryName');
    assert.deepEqual(certificate.authorityKeyIdentifier?.serial, ca.certificate.serial);
    assert.equal(certificate.authorityKeyIdentifier?.issuer?.[0]?.kind, 'directoryName');
    assert.equal(certificate.extKeyUsage, undefined);
    assert.equal(certificate.authorityInfoAccess, undefined);
    assert.deepEqual(
      certificate.subjectAltNames?.map((name) =>
        name.kind === 'otherName' ? name.type.split('.').at(-1) : name.kind,
      ),
      ['1', '4', '3', '5', '2', '6'],
    );
    assert.deepEqual(readIdentity(certificate), { ok: true, value: world.taro });
  });

  test('an authentication certificate holds no personal data', async () => {
    const other = await world.citizenCa('authentication', 'p384');
    const { certificate } = await world.login(other, Uint8Array.of(9));
    assert.equal(nameToString(certificate.subject), 'C=JP, CN=0123456789ABCD99201003A');
    assert.deepEqual(certificate.keyUsage, ['digitalSignature']);
    assert.deepEqual(certificate.extKeyUsage, [keyPurposes.clientAuth]);
    assert.equal(certificate.subjectAltNames, undefined);
    assert.equal(readIdentity(certificate), undefined);
    assert.deepEqual(
      certificate.extensions.map(({ oid }) => oid),
      [
        extensionIds.keyUsage,
        extensionIds.extKeyUsage,
        extensionIds.certificatePolicies,
        extensionIds.issuerAltName,
        extensionIds.crlDistributionPoints,
        extensionIds.authorityInfoAccess,
        extensionIds.authorityKeyIdentifier,
        extensionIds.subjectKeyIdentifier,
      ],
    );
  });

  test('an agency certificate tells code, name and hosts; the encryption certificate has a usage that fits its key', async () => {
    const root = await world.agencyRoot();
    const { certificate } = await world.agency(root);
    assert.equal(agencyCodeOf(certificate), '99201');
    assert.equal(agencyNameOf(certificate), '見本市');
    assert.deepEqual(hostsOf(certificate), ['localhost', '127.0.0.1', '::1']);
    assert.deepEqual(certificate.keyUsage, ['digitalSignature', 'nonRepudiation']);
    assert.deepEqual((await world.encryption(root)).certificate.keyUsage, ['keyAgreement']);
    assert.deepEqual((await world.encryption(root, 'rsa3072')).certificate.keyUsage, ['keyEncipherment']);
    assert.deepEqual(hostsOf((await world.encryption(root)).certificate), []);
    const stamp = await world.tsa(root);
    assert.ok(
      stamp.certificate.extensions.some(({ oid, critical }) => oid === extensionIds.extKeyUsage && critical),
    );
  });

  test('openssl x509 reads the whole profile', { skip: opensslAbsent }, () => {
    withFiles({ 'leaf.pem': pem(holder.der), 'ca.pem': pem(ca.der) }, (folder) => {
      const { ok, text } = openssl(
        folder,
        'x509',
        '-in',
        'leaf.pem',
        '-noout',
        '-text',
        '-nameopt',
        'utf8,sep_comma_plus',
      );
      assert.ok(ok, text);
      for (const words of [
        'Digital Signature, Non Repudiation',
        '1.2.392.200149.8.5.5.1',
        demoOids.signature,
        'CRL Distribution Points',
        'DirName',
      ]) {
        assert.ok(text.includes(words), words);
      }
      const verify = openssl(
        folder,
        'verify',
        '-x509_strict',
        '-attime',
        `${world.now.getTime() / 1000}`,
        '-CAfile',
        'ca.pem',
        'leaf.pem',
      );
      assert.ok(verify.ok, verify.text);
    });
  });

  test('openssl verify takes every certificate we make, strictly and for its purpose', {
    skip: opensslAbsent,
  }, async () => {
    for (const key of ['p256', 'p384', 'rsa2048'] as const) {
      const root = await world.agencyRoot(key);
      const citizens = await world.citizenCa('authentication', key);
      const made: [world.Party, world.Party, string | undefined][] = [
        [await world.agency(root, key), root, 'smimesign'],
        [await world.encryption(root), root, undefined],
        [await world.tsa(root, key), root, 'timestampsign'],
        [await world.responder(root), root, 'ocsphelper'],
        [await world.login(citizens, Uint8Array.of(7), key), citizens, 'sslclient'],
        [await world.citizen(citizens, Uint8Array.of(8), key), citizens, undefined],
      ];
      if (key === 'p256') made.push([await world.encryption(root, 'rsa3072'), root, 'smimeencrypt']);
      for (const [party, issuer, purpose] of made) {
        withFiles({ 'leaf.pem': pem(party.der), 'ca.pem': pem(issuer.der) }, (folder) => {
          const wanted = purpose === undefined ? [] : ['-purpose', purpose];
          const at = ['-attime', `${world.now.getTime() / 1000}`];
          const { ok, text } = openssl(
            folder,
            'verify',
            '-x509_strict',
            ...wanted,
            ...at,
            '-CAfile',
            'ca.pem',
            'leaf.pem',
          );
          assert.ok(ok, `${key} ${purpose ?? ''}: ${text}`);
        });
      }
    }
  });
});
