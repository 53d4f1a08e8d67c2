import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { tags } from '../der/tags.js';
import { constructed, nullValue, octetString, oid, sequence, setOf, utf8String } from '../der/write.js';
import { mutations } from '../testing/mutate.js';
import { opensslAbsent, pem } from '../testing/outside.js';
import { runIn } from '../testing/programs.js';
import { attribute, goodAttributes, type MessageOptions, signedMessage } from '../testing/signed-message.js';
import { type Holder, testLeaf, testRoot } from '../testing/small-pki.js';
import { attributeIds } from './cms-oids.js';
import type { SignatureResult, SignatureRule } from './signature-result.js';
import { cadesPolicy, type SignaturePolicy, verifySignedData } from './verify-signed-data.js';

const content = Buffer.from('application');
const root = await testRoot();
const holder = await testLeaf(root);
const twin = await testLeaf(root);
const stranger = await testLeaf(root, { serial: 99 });
const good = goodAttributes(content, holder);
const all = Object.values(good);
const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest();

const make = (options: Partial<MessageOptions> = {}) =>
  signedMessage({ content, holder, attributes: all, ...options });

async function verdict(options: Partial<MessageOptions>, policy?: SignaturePolicy): Promise<string> {
  const result = verifySignedData({ cms: await make(options), content, ...(policy && { policy }) });
  return outcome(result);
}

function outcome(result: SignatureResult): string {
  assert.equal(result.ok, result.indication === 'PASSED');
  return [result.indication, result.subIndication, result.rule]
    .filter((part) => part !== undefined)
    .join(' ');
}

test('an intact signature passes, with and without attributes, and under the CAdES policy', async () => {
  assert.equal(await verdict({}), 'PASSED');
  assert.equal(await verdict({}, cadesPolicy), 'PASSED');
  const { attributes: _, ...direct } = { attributes: all, content, holder };
  assert.equal(outcome(verifySignedData({ cms: await signedMessage(direct), content })), 'PASSED');
  assert.equal(
    outcome(verifySignedData({ cms: await signedMessage(direct), content, policy: cadesPolicy })),
    'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.attributes.absent',
  );
});

test('changed content is a hash failure, also when it is signed directly', async () => {
  const cms = await make();
  assert.equal(
    outcome(verifySignedData({ cms, content: Buffer.from('Application') })),
    'FAILED HASH_FAILURE signature.digest',
  );
  const inside = await make({ inside: true });
  assert.equal(outcome(verifySignedData({ cms: inside })), 'PASSED');
  assert.equal(
    outcome(verifySignedData({ cms: inside, content: Buffer.from('other') })),
    'FAILED HASH_FAILURE signature.content.differs',
  );
  assert.equal(
    outcome(verifySignedData({ cms })),
    'INDETERMINATE SIGNED_DATA_NOT_FOUND signature.content.missing',
  );
});

test('each lie in a message has its own rule', async () => {
  const time = (text: string) =>
    attribute(attributeIds.signingTime, constructed(tags.utcTime, [Buffer.from(text)]));
  const essV1 = (certificate: Uint8Array) =>
    attribute(attributeIds.signingCertificate, sequence(sequence(sequence(octetString(sha1(certificate))))));
  const essV2 = (certificate: Uint8Array) => goodAttributes(content, { ...holder, certificate }).certificate;
  const rsaWithSha512 = sequence(oid('1.2.840.10045.4.3.4'));
  const cases: [string, Partial<MessageOptions>, SignaturePolicy?][] = [
    ['PASSED', { attributes: [...all, time('260601000000Z')] }],
    ['PASSED', { attributes: [good.type, good.digest] }],
    ['PASSED', { attributes: [good.type, good.digest, essV1(holder.certificate)] }],
    ['PASSED', { attributes: [...all, essV1(holder.certificate)] }, cadesPolicy],
    ['PASSED', { certificates: [root.certificate, stranger.certificate, holder.certificate] }],
    ['PASSED', { certificates: [twin.certificate, holder.certificate] }],
    ['PASSED', { attributes: [...all, attribute('1.2.3', utf8String('a'), utf8String('b'))] }],
    ['FAILED SIG_CRYPTO_FAILURE signature.value', { signature: Buffer.from('no signature') }],
    ['FAILED SIG_CRYPTO_FAILURE signature.certificate.exchanged', { certificates: [twin.certificate] }],
    [
      'FAILED SIG_CRYPTO_FAILURE signature.value',
      { certificates: [twin.certificate], attributes: [good.type, good.digest] },
    ],
    [
      'INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND signature.certificate.none',
      { certificates: [stranger.certificate] },
    ],
    ['INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND signature.certificate.none', { certificates: [] }],
    [
      'INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND signature.certificate.none',
      { certificates: [sequence(nullValue())] },
    ],
    [
      'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.certificate.reference',
      { attributes: [good.type, good.digest, essV2(twin.certificate)] },
    ],
    [
      'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.certificate.reference',
      { attributes: [...all, essV1(twin.certificate)] },
    ],
    [
      'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.certificate.unreferenced',
      { attributes: [good.type, good.digest] },
      cadesPolicy,
    ],
    [
      'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.attributes.doubled',
      { attributes: [...all, good.certificate] },
    ],
    [
      'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.attributes.doubled',
      { attributes: [...all, time('260601000000Z'), time('260601000001Z')] },
    ],
    [
      'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.attributes.value',
      { attributes: [...all, time('2606010000Z')] },
    ],
    ['FAILED FORMAT_FAILURE signature.attributes.required', { attributes: [good.digest, good.certificate] }],
    ['FAILED FORMAT_FAILURE signature.attributes.required', { attributes: [good.type, good.certificate] }],
    ['FAILED FORMAT_FAILURE signature.attributes.required', { attributes: [...all, good.digest] }],
    [
      'FAILED FORMAT_FAILURE signature.attributes.required',
      {
        attributes: [
          good.type,
          attribute(attributeIds.messageDigest, octetString(Buffer.alloc(32)), octetString(Buffer.alloc(31))),
        ],
      },
    ],
    ['INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.contentType.attribute', { contentType: '1.2.3' }],
    ['FAILED FORMAT_FAILURE signature.contentType.unexpected', { contentType: '1.2.3' }, cadesPolicy],
    [
      'FAILED HASH_FAILURE signature.digest',
      { attributes: [good.type, attribute(attributeIds.messageDigest, octetString(Buffer.alloc(32)))] },
    ],
    [
      'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE signature.algorithm.unknown',
      { signatureAlgorithm: sequence(oid('1.2.840.10040.4.3')) },
    ],
    [
      'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE signature.algorithm.unknown',
      { digestAlgorithm: sequence(oid('1.2.840.113549.2.5')) },
    ],
    ['INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE signature.algorithm.weak', {}, { algorithms: ['rsa-sha256'] }],
    ['FAILED SIG_CRYPTO_FAILURE signature.value', { signatureAlgorithm: rsaWithSha512 }],
    ['FAILED FORMAT_FAILURE signature.none', { signers: 0 }],
    ['FAILED FORMAT_FAILURE signature.format', { signers: 33 }],
    ['FAILED FORMAT_FAILURE signature.format', { trailing: [nullValue()] }],
  ];
  for (const [index, [expected, options, policy]] of cases.entries()) {
    assert.equal(await verdict(options, policy), expected, `case ${index}`);
  }
});

test('message digest and signature must use the same digest algorithm', async () => {
  const holder384 = await testLeaf(root, { algorithm: 'ecdsa-sha384' });
  const attributes = Object.values(goodAttributes(content, holder384));
  const result = await verdict({
    holder: holder384,
    attributes,
    signatureAlgorithm: sequence(oid('1.2.840.10045.4.3.3')),
  });
  assert.equal(result, 'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.algorithm.mismatch');
});

test('attributes out of order are hashed as received, and the result says so', async () => {
  const reversed = [good.certificate, good.digest, good.type];
  const result = verifySignedData({ cms: await make({ attributes: reversed, unordered: true }), content });
  assert.deepEqual([result.ok, result.signers[0]?.attributesOrdered], [true, false]);
});

test('signed attributes passed off as content are refused', async () => {
  const asContent = setOf(...all);
  const honest = await make();
  const value = verifySignedData({ cms: honest, content }).signers[0]?.signatureValue ?? new Uint8Array();
  const { attributes: _, ...rest } = { attributes: all, content: asContent, holder, signature: value };
  const result = verifySignedData({ cms: await signedMessage(rest), content: asContent });
  assert.equal(outcome(result), 'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.attributes.confusion');
});

test('with several signers all must pass, and the gravest verdict counts', async () => {
  assert.equal(await verdict({ signers: 2 }), 'PASSED');
  const cms = Buffer.from(await make({ signers: 2 }));
  cms[cms.length - 1] = (cms[cms.length - 1] ?? 0) ^ 1;
  const result = verifySignedData({ cms, content });
  assert.equal(outcome(result), 'FAILED SIG_CRYPTO_FAILURE signature.value');
  assert.deepEqual(
    result.signers.map(({ verdict: { ok } }) => ok),
    [true, false],
  );
});

test('SHA-1 and short keys verify, and are called weak unless the policy takes them', {
  skip: opensslAbsent,
}, async () => {
  const rsa1024 = runIn({}, 'openssl', [
    'genpkey',
    '-algorithm',
    'RSA',
    '-pkeyopt',
    'rsa_keygen_bits:1024',
    '-outform',
    'DER',
    '-out',
    'key',
  ]).file('key');
  const script = `openssl req -x509 -key key -subj /CN=x -days 9000 -out c.pem && openssl cms -sign -binary -md sha1 -in content -signer c.pem -inkey key -outform DER -out out`;
  const { file, output } = runIn({ key: rsa1024, content }, 'sh', ['-c', script, 'out']);
  const cms = file('out');
  assert.ok(cms.length > 0, output);
  assert.equal(
    outcome(verifySignedData({ cms, content })),
    'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE signature.algorithm.weak',
  );
  const sha1Only: SignaturePolicy = { algorithms: ['rsa-sha1'] };
  assert.equal(
    outcome(verifySignedData({ cms, content, policy: sha1Only })),
    'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE signature.key.weak',
  );
  const old: SignaturePolicy = { algorithms: ['rsa-sha1'], keys: { minimumRsaBits: 1024 } };
  assert.equal(outcome(verifySignedData({ cms, content, policy: old })), 'PASSED');
});

test('what OpenSSL signs is read: streamed BER, key identifiers, CAdES, PSS, no attributes', {
  skip: opensslAbsent,
}, async () => {
  const rsa: Holder = await testLeaf(root, { kind: 'rsa2048' });
  const variants = [
    ['-nodetach', '-stream'],
    ['-keyid'],
    ['-cades'],
    ['-noattr'],
    ['-md', 'sha512'],
    ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:-1'],
  ];
  for (const options of variants) {
    const files = {
      content,
      'key.pem': pem(rsa.pkcs8, 'PRIVATE KEY'),
      'c.pem': pem(rsa.certificate),
    };
    const { file, output } = runIn(files, 'openssl', [
      ...['cms', '-sign', '-binary', '-in', 'content', '-signer', 'c.pem', '-inkey', 'key.pem'],
      ...[...options, '-outform', 'DER', '-out', 'out'],
    ]);
    const result = verifySignedData({ cms: file('out'), content });
    assert.equal(outcome(result), 'PASSED', `${options.join(' ')} ${output}`);
  }
});

test('every damaged bit of the certificate, the attributes, the algorithm and the signature is noticed', async () => {
  const cms = Buffer.from(await make());
  const certificateAt = cms.indexOf(holder.certificate);
  const attributesAt = cms.indexOf(setOf(...all).subarray(1)) - 1;
  assert.ok(certificateAt > 0 && attributesAt > certificateAt);
  for (let bit = certificateAt * 8; bit < cms.length * 8; bit += 1) {
    const at = bit >> 3;
    // Between the two stands who signed: its name may differ in case, and it is checked against the certificate.
    if (at >= certificateAt + holder.certificate.length && at < attributesAt) continue;
    const changed = Uint8Array.from(cms);
    changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
    assert.equal(verifySignedData({ cms: changed, content, policy: cadesPolicy }).ok, false, `bit ${bit}`);
  }
});

test('damage is answered, never thrown', async () => {
  const rules = new Set<SignatureRule | undefined>();
  for (const damaged of mutations(await make({ inside: true }), 4000, 11)) {
    rules.add(verifySignedData({ cms: damaged, content }).rule);
  }
  assert.ok(rules.size > 4);
});
