import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAsic, writeAsic } from '../asic/asic.js';
import type { SignatureAlgorithm } from '../key/algorithm.js';
import type { KeyKind } from '../key/software.js';
import { demoOids } from '../oids.js';
import { opensslAbsent, pem } from '../testing/outside.js';
import { runIn } from '../testing/programs.js';
import { type Holder, testLeaf, testRoot } from '../testing/small-pki.js';
import { signCades } from './sign-cades.js';
import { cadesPolicy, verifySignedData } from './verify-signed-data.js';

const content = Buffer.from('窓口\r\nline ends stay as they are\n');
const signingTime = new Date('2026-06-01T01:02:03.456Z');
const root = await testRoot();
const rsa = await testLeaf(root, { kind: 'rsa2048' });

const sign = (holder: Holder, detached = true, algorithm: SignatureAlgorithm = holder.signer.algorithm) =>
  signCades({
    content,
    detached,
    signerCertificate: holder.certificate,
    certificates: [root.certificate],
    signingTime,
    algorithm,
    sign: (bytes) => holder.signer.sign(bytes),
  });

const kinds: [KeyKind, SignatureAlgorithm][] = [
  ['rsa2048', 'rsa-sha256'],
  ['rsa2048', 'rsa-sha512'],
  ['rsa2048', 'pss-sha256'],
  ['p256', 'ecdsa-sha256'],
  ['p384', 'ecdsa-sha384'],
];

for (const [kind, algorithm] of kinds) {
  test(`a ${algorithm} signature with ${kind} verifies here and in OpenSSL`, {
    skip: opensslAbsent,
  }, async () => {
    const holder = algorithm === 'rsa-sha256' ? rsa : await testLeaf(root, { kind, algorithm });
    const cms = await sign(holder);
    const result = verifySignedData({ cms, content, policy: cadesPolicy });
    assert.deepEqual([result.ok, result.indication, result.rule], [true, 'PASSED', undefined]);
    const [signer] = result.signers;
    assert.equal(signer?.signatureAlgorithm, algorithm);
    assert.equal(signer?.signingTime?.toISOString(), '2026-06-01T01:02:03.000Z');
    assert.deepEqual(Buffer.from(signer?.certificate ?? []), Buffer.from(holder.certificate));
    assert.equal(result.certificates.length, 2);
    const files = { 's.p7s': cms, content, 'ca.pem': pem(root.certificate) };
    const { status, output } = runIn(files, 'openssl', [
      ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', 's.p7s', '-content', 'content'],
      ...['-CAfile', 'ca.pem', '-purpose', 'any', '-out', 'out', '-cades'],
    ]);
    assert.equal(status, 0, output);
  });
}

test('a signature with its content inside carries it, and OpenSSL gives it back', {
  skip: opensslAbsent,
}, async () => {
  const cms = await sign(rsa, false);
  const result = verifySignedData({ cms });
  assert.equal(result.ok, true);
  assert.deepEqual(Buffer.from(result.content ?? []), content);
  const files = { 's.p7m': cms, 'ca.pem': pem(root.certificate) };
  const { status, output, file } = runIn(files, 'openssl', [
    ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', 's.p7m', '-CAfile', 'ca.pem', '-out', 'out'],
  ]);
  assert.equal(status, 0, output);
  assert.deepEqual(file('out'), content);
});

test('content that is no plain data says so in the message and under the signature; nobody takes it for a signed file, or a file for it', {
  skip: opensslAbsent,
}, async () => {
  const contentType = demoOids.holderRequest;
  const cms = await signCades({
    ...{ content, contentType, detached: false, signerCertificate: rsa.certificate, signingTime },
    algorithm: 'rsa-sha256',
    sign: (bytes) => rsa.signer.sign(bytes),
  });
  assert.equal(verifySignedData({ cms, policy: { ...cadesPolicy, contentType } }).ok, true);
  assert.equal(verifySignedData({ cms, policy: cadesPolicy }).rule, 'signature.contentType.unexpected');
  const file = verifySignedData({ cms: await sign(rsa, false), policy: { ...cadesPolicy, contentType } });
  assert.equal(file.ok, false);
  const files = { 's.p7m': cms, 'ca.pem': pem(root.certificate) };
  const { status, output } = runIn(files, 'openssl', [
    ...['cms', '-verify', '-binary', '-inform', 'DER', '-in', 's.p7m', '-CAfile', 'ca.pem', '-partial_chain'],
    ...['-purpose', 'any', '-out', 'out', '-cades'],
  ]);
  assert.equal(status, 0, output);
  const printed = runIn(files, 'openssl', [
    'cms',
    '-cmsout',
    '-print',
    '-inform',
    'DER',
    '-in',
    's.p7m',
    '-noout',
  ]);
  assert.match(printed.output, /version: 3[\s\S]*eContentType: [^\n]*1\.3\.6\.1\.4\.1\.32473\.8\.5\.4\.2/);
});

test('the signed attributes are those of CAdES B-B, in the order of a DER SET', {
  skip: opensslAbsent,
}, async () => {
  const { output } = runIn({ 's.p7s': await sign(rsa) }, 'openssl', [
    'asn1parse',
    '-inform',
    'DER',
    '-in',
    's.p7s',
  ]);
  const attributes = [
    ...output.matchAll(/OBJECT +:(contentType|messageDigest|signingTime|id-smime-aa-\S+)/g),
  ].map(([, name]) => name);
  assert.deepEqual(attributes.sort(), [
    'contentType',
    'id-smime-aa-signingCertificateV2',
    'messageDigest',
    'signingTime',
  ]);
  assert.match(output, /rsaEncryption/);
  assert.equal(verifySignedData({ cms: await sign(rsa), content }).signers[0]?.attributesOrdered, true);
});

test('the judge of the container accepts the signature over its manifest', {
  skip: opensslAbsent,
}, async () => {
  const container = await writeAsic({
    files: [{ name: 'application.json', bytes: content }],
    sign: (manifest) =>
      signCades({
        content: manifest,
        detached: true,
        signerCertificate: rsa.certificate,
        signingTime,
        algorithm: 'rsa-sha256',
        sign: (bytes) => rsa.signer.sign(bytes),
      }),
  });
  const asic = readAsic(container);
  assert.ok(asic.ok);
  const result = verifySignedData({
    cms: asic.value.signature,
    content: asic.value.manifest,
    policy: cadesPolicy,
  });
  assert.equal(result.ok, true);
  const script = `unzip -q c.asice && openssl cms -verify -binary -inform DER -in META-INF/signature.p7s -content META-INF/ASiCManifest.xml -CAfile ca.pem -out out`;
  const files = { 'c.asice': container, 'ca.pem': pem(root.certificate) };
  const { status, output } = runIn(files, 'sh', ['-c', script]);
  assert.equal(status, 0, output);
});

test('nothing is signed with SHA-1 or for a certificate that is none', async () => {
  await assert.rejects(sign(rsa, true, 'rsa-sha1'), TypeError);
  await assert.rejects(sign({ ...rsa, certificate: Uint8Array.of(0x30, 0) }), TypeError);
});
