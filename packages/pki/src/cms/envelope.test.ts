import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { issueCertificate } from '../certificate/issue.js';
import { parseCertificate } from '../certificate/parse.js';
import { softwareDecrypter } from '../key/software.js';
import { mutations } from '../testing/mutate.js';
import { opensslAbsent, pem } from '../testing/outside.js';
import { runIn } from '../testing/programs.js';
import { type Holder, testLeaf, testRoot } from '../testing/small-pki.js';
import { openEnvelope, readEnvelopeRecipients } from './open-envelope.js';
import { sealEnvelope } from './seal-envelope.js';

const root = await testRoot();
const ec = await testLeaf(root, { kind: 'p256', encryption: true, serial: 10 });
const other = await testLeaf(root, { kind: 'p256', encryption: true, serial: 11 });
const rsa = await testLeaf(root, { kind: 'rsa3072', encryption: true, serial: 12 });
const content = Buffer.concat([Buffer.from('秘密'), randomBytes(50_000)]);

const open = (envelope: Uint8Array, holder: Holder) =>
  openEnvelope({ envelope, certificate: holder.certificate, decrypter: softwareDecrypter(holder.pkcs8) });

async function ruleOf(envelope: Uint8Array, holder: Holder): Promise<string> {
  const result = await open(envelope, holder);
  return result.ok ? 'accepted' : result.rule;
}

for (const [name, holder] of [
  ['P-256', ec],
  ['RSA-OAEP', rsa],
] as const) {
  test(`an envelope for a ${name} key opens here`, async () => {
    const result = await open(await sealEnvelope({ content, recipients: [holder.certificate] }), holder);
    assert.ok(result.ok);
    assert.deepEqual(Buffer.from(result.value), content);
  });

  test(`openssl cms -decrypt opens an envelope for a ${name} key`, {
    skip: opensslAbsent,
  }, async () => {
    const files = {
      'e.p7m': await sealEnvelope({ content, recipients: [holder.certificate] }),
      'key.pem': pem(holder.pkcs8, 'PRIVATE KEY'),
      'cert.pem': pem(holder.certificate),
    };
    const { status, output, file } = runIn(files, 'openssl', [
      ...[
        'cms',
        '-decrypt',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'e.p7m',
        '-inkey',
        'key.pem',
        '-recip',
        'cert.pem',
      ],
      ...['-out', 'out'],
    ]);
    assert.equal(status, 0, output);
    assert.deepEqual(file('out'), content);
  });
}

test('envelopes of OpenSSL open here, whole and streamed', { skip: opensslAbsent }, async () => {
  const encrypted: [Buffer, Holder][] = [
    [fromOpenssl(ec, ['-aes-256-gcm'], ['ecdh_kdf_md:sha256']), ec],
    [fromOpenssl(ec, ['-aes-256-gcm', '-stream'], ['ecdh_kdf_md:sha256']), ec],
    [fromOpenssl(ec, ['-aes-256-gcm', '-keyid'], ['ecdh_kdf_md:sha256']), ec],
    [fromOpenssl(rsa, ['-aes-256-gcm'], ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256']), rsa],
    [
      fromOpenssl(
        rsa,
        ['-aes-256-gcm', '-stream', '-keyid'],
        ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256'],
      ),
      rsa,
    ],
  ];
  for (const [envelope, holder] of encrypted) {
    const result = await open(envelope, holder);
    assert.ok(result.ok, result.ok ? '' : result.rule);
    assert.deepEqual(Buffer.from(result.value), content);
  }
});

/** What OpenSSL encrypts for a holder; it wants the options of the key behind the recipient. */
function fromOpenssl(holder: Holder, options: string[], keyOptions: string[]): Buffer {
  const files = { content, 'cert.pem': pem(holder.certificate) };
  const { status, output, file } = runIn(files, 'openssl', [
    ...['cms', '-encrypt', '-binary', '-outform', 'DER', '-in', 'content', '-out', 'out', ...options],
    ...['-recip', 'cert.pem', ...keyOptions.flatMap((option) => ['-keyopt', option])],
  ]);
  assert.equal(status, 0, output);
  return file('out');
}

test('what we do not take is refused with its own rule', { skip: opensslAbsent }, async () => {
  const sha256 = ['ecdh_kdf_md:sha256'];
  const cases: [string, Buffer, Holder][] = [
    ['envelope.recipient.padding', fromOpenssl(rsa, ['-aes-256-gcm'], []), rsa],
    ['envelope.recipient.padding', fromOpenssl(rsa, ['-aes-256-gcm'], ['rsa_padding_mode:oaep']), rsa],
    ['envelope.recipient.agreement', fromOpenssl(ec, ['-aes-256-gcm'], []), ec],
    ['envelope.cipher', fromOpenssl(ec, ['-aes-128-gcm'], sha256), ec],
    ['cms.contentType', fromOpenssl(ec, ['-aes-256-cbc'], sha256), ec],
    ['envelope.recipient', fromOpenssl(other, ['-aes-256-gcm'], sha256), ec],
  ];
  for (const [rule, envelope, holder] of cases) assert.equal(await ruleOf(envelope, holder), rule);
});

test('X25519 and other kinds of ephemeral keys are refused by name, and none is sealed for', async () => {
  const envelope = Buffer.from(await sealEnvelope({ content, recipients: [ec.certificate] }));
  const ecPublicKey = Buffer.from('06072a8648ce3d0201', 'hex');
  envelope[envelope.indexOf(ecPublicKey) + ecPublicKey.length - 1] = 0x0c;
  assert.equal(await ruleOf(envelope, ec), 'envelope.recipient.curve');

  const pair = generateKeyPairSync('x25519');
  const publicKey = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }));
  const template = parseCertificate(ec.certificate);
  assert.ok(template.ok);
  const { issuer, subject, notBefore, notAfter, extensions } = template.value;
  const names = { issuer: issuer.der, subject: subject.der, notBefore, notAfter, extensions };
  const certificate = await issueCertificate({ ...names, serial: Uint8Array.of(77), publicKey }, root.signer);
  await assert.rejects(sealEnvelope({ content, recipients: [certificate] }), TypeError);
});

test('several recipients open the same envelope, a stranger does not', async () => {
  const envelope = await sealEnvelope({ content, recipients: [ec.certificate, rsa.certificate] });
  for (const holder of [ec, rsa]) assert.equal(await ruleOf(envelope, holder), 'accepted');
  assert.equal(await ruleOf(envelope, other), 'envelope.recipient');
  const recipients = readEnvelopeRecipients(envelope);
  assert.ok(recipients.ok);
  assert.deepEqual(recipients.value.map(({ kind }) => kind).sort(), ['ec', 'rsa']);
});

test('the right certificate with the wrong key does not open it', async () => {
  const envelope = await sealEnvelope({ content, recipients: [ec.certificate] });
  const decrypter = softwareDecrypter(other.pkcs8);
  const result = await openEnvelope({ envelope, certificate: ec.certificate, decrypter });
  assert.deepEqual(result, { ok: false, rule: 'envelope.decrypt', offset: 0 });
});

test('a damaged share is refused, a token that is away is an error', async () => {
  for (const holder of [ec, rsa]) {
    const envelope = Buffer.from(
      await sealEnvelope({ content: Buffer.from('x'), recipients: [holder.certificate] }),
    );
    const share = envelope.lastIndexOf(Buffer.from('300b06092a864886f70d010701', 'hex').subarray(4)) - 40;
    envelope[share] = (envelope[share] ?? 0) ^ 1;
    assert.equal(await ruleOf(envelope, holder), 'envelope.decrypt');
  }
  const away = {
    ...softwareDecrypter(ec.pkcs8),
    deriveSharedSecret: () => Promise.reject(new Error('token is away')),
  };
  const envelope = await sealEnvelope({ content, recipients: [ec.certificate] });
  await assert.rejects(
    openEnvelope({ envelope, certificate: ec.certificate, decrypter: away }),
    /token is away/,
  );
});

test('the end of an envelope cannot be changed bit by bit without being noticed', async () => {
  const small = await sealEnvelope({ content: Buffer.from('x'.repeat(40)), recipients: [ec.certificate] });
  for (let at = small.length - 58; at < small.length; at += 1) {
    const changed = Uint8Array.from(small);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.notEqual(await ruleOf(changed, ec), 'accepted', `byte ${at}`);
  }
});

test('two envelopes of the same content share no ephemeral key, nonce or ciphertext', async () => {
  const [a, b] = await Promise.all([1, 2].map(() => sealEnvelope({ content, recipients: [ec.certificate] })));
  assert.notDeepEqual(a?.subarray(-100), b?.subarray(-100));
});

test('keys that are not for this are refused by the sealer', async () => {
  const p384 = await testLeaf(root, { kind: 'p384' });
  const short = await testLeaf(root, { kind: 'rsa2048' });
  for (const recipients of [[], [p384.certificate], [short.certificate], [Buffer.from('no certificate')]]) {
    await assert.rejects(sealEnvelope({ content, recipients }), TypeError);
  }
});

test('damage is answered, never thrown, and never opens', async () => {
  const envelope = await sealEnvelope({
    content: Buffer.from('x'.repeat(100)),
    recipients: [ec.certificate],
  });
  for (const damaged of mutations(envelope, 3000, 7)) {
    readEnvelopeRecipients(damaged);
    const result = await open(damaged, ec);
    if (result.ok) assert.deepEqual(Buffer.from(result.value), Buffer.from('x'.repeat(100)));
  }
});
