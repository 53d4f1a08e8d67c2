import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { readAsic, softwareDecrypter, verifySignedData, writeAsic } from '@madoguchi/pki';
import { agencyWorld, citizenWorld, mutations, now, taro } from '@madoguchi/testing';
import { buildApplication } from './application.js';
import { sha256Hex } from './canonical.js';
import { buildSubmission, openSubmission, readSubmission, sealSubmission } from './submission.js';
import { tennisBytes, tennisClub, tennisDigest } from './testing/definitions.js';

let citizens: Awaited<ReturnType<typeof citizenWorld>>;
before(async () => {
  citizens = await citizenWorld();
});

const permit = Buffer.from('%PDF-1.7 a permit');
const photo = Buffer.from('a photograph');
const claimed = (name: string, bytes: Uint8Array, rule: string) => ({
  name,
  size: bytes.length,
  sha256: sha256Hex(bytes),
  rule,
});
const answers = { court: 'grass', hours: '2', why: 'soft' };
const attachments = [claimed('許可証.pdf', permit, 'permit'), claimed('me.png', photo, 'photo')];

function application(change: Partial<Parameters<typeof buildApplication>[0]> = {}): Uint8Array {
  return buildApplication({
    definition: tennisClub,
    digest: tennisDigest,
    request: {
      jti: 'AAAAAAAAAAAAAAAAAAAAAA',
      iat: now.getTime() / 1000,
      procedure: { id: tennisClub.id, version: tennisClub.version, digest: tennisDigest },
    },
    agency: { code: '99201', name: '見本市' },
    identity: taro,
    answers,
    attachments,
    signedAt: now,
    ...change,
  });
}

function build(
  bytes = application(),
  files: { name: string; bytes: Uint8Array }[] = [
    { name: '許可証.pdf', bytes: permit },
    { name: 'me.png', bytes: photo },
  ],
  definition: Uint8Array = tennisBytes,
): Promise<Uint8Array> {
  const { signer, der } = citizens.citizen;
  return buildSubmission({
    application: bytes,
    definition,
    attachments: files,
    signerCertificate: der,
    algorithm: signer.algorithm,
    signingTime: now,
    sign: (attributes) => signer.sign(attributes),
  });
}

const rule = (bytes: Uint8Array) => {
  const read = readSubmission(bytes);
  return read.ok ? 'ok' : read.rule;
};

test('a submission reads back as it was built, and its signature verifies over the manifest', async () => {
  const read = readSubmission(await build());
  assert.ok(read.ok, read.ok ? '' : read.rule);
  assert.deepEqual(read.value.application.answers, answers);
  assert.deepEqual(
    read.value.attachments.map((file) => [file.name, Buffer.from(file.bytes).toString()]),
    [
      ['許可証.pdf', '%PDF-1.7 a permit'],
      ['me.png', 'a photograph'],
    ],
  );
  assert.equal(read.value.digest, tennisDigest);
  const result = verifySignedData({ cms: read.value.signature, content: read.value.manifest });
  assert.equal(result.indication, 'PASSED', result.reason);
});

test('a large file that shrinks to almost nothing is no bomb: what we build we also read', async () => {
  const blank = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(1_900_000, 7)]);
  const bytes = application({ attachments: [claimed('blank.pdf', blank, 'permit')] });
  const read = readSubmission(await build(bytes, [{ name: 'blank.pdf', bytes: blank }]));
  assert.ok(read.ok, read.ok ? '' : read.rule);
  assert.equal(Buffer.compare(read.value.attachments[0]?.bytes ?? Buffer.alloc(0), blank), 0);
});

test('files and application must agree: missing, added, exchanged or renamed attachments are refused', async () => {
  const both = [
    { name: '許可証.pdf', bytes: permit },
    { name: 'me.png', bytes: photo },
  ];
  assert.equal(rule(await build(application(), both.slice(0, 1))), 'submission.attachment');
  assert.equal(
    rule(await build(application(), [...both, { name: 'more.pdf', bytes: permit }])),
    'submission.files',
  );
  const exchanged = [
    { name: '許可証.pdf', bytes: Buffer.from('%PDF-1.7 a forgery') },
    { name: 'me.png', bytes: photo },
  ];
  assert.equal(rule(await build(application(), exchanged)), 'submission.attachment');
});

test('the definition inside must be the canonical one that the application names', async () => {
  const spaced = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(tennisBytes).toString()), null, 1));
  assert.equal(rule(await build(application(), undefined, spaced)), 'submission.definition');
  assert.equal(rule(await build(application({ digest: 'ab'.repeat(32) }))), 'submission.definitionDigest');
});

test('what the definition does not show is refused, even when it is signed', async () => {
  const strange = application({ answers: { ...answers, evil: 'pay' } });
  assert.equal(rule(await build(strange)), 'draw.answer');
  const unasked = application({ answers: { court: 'clay', hours: '2' } });
  assert.equal(rule(await build(unasked)), 'draw.attachment');
});

test('a file exchanged after the signature is named', async () => {
  const container = readAsic(await build());
  assert.ok(container.ok);
  const original = await build();
  const honest = readAsic(original);
  assert.ok(honest.ok);
  // The attacker writes a new container around the signed manifest's files; his own manifest cannot carry the citizen's signature.
  const changed = Buffer.from(Buffer.from(application()).toString().replace('"hours":"2"', '"hours":"9"'));
  const forged = await writeAsic({
    files: [...honest.value.files]
      .filter(([name]) => name !== 'mimetype' && !name.startsWith('META-INF/'))
      .map(([name, bytes]) => ({ name, bytes: name === 'application.json' ? changed : bytes })),
    sign: async () => honest.value.signature,
  });
  const read = readSubmission(forged);
  assert.ok(read.ok);
  const result = verifySignedData({ cms: read.value.signature, content: read.value.manifest });
  assert.equal(result.indication, 'FAILED');
});

test('an envelope opens with the agency’s key alone, for EC and RSA', async () => {
  const submission = await build();
  for (const encryptionKind of ['p256', 'rsa3072'] as const) {
    const world = await agencyWorld({ encryptionKind });
    const { encryption } = world;
    const envelope = await sealSubmission(submission, encryption.der);
    assert.ok(!Buffer.from(envelope).includes('総務'));
    const opened = await openSubmission(envelope, encryption.der, softwareDecrypter(encryption.pkcs8));
    assert.ok(opened.ok, opened.ok ? '' : opened.rule);
    assert.equal(Buffer.compare(opened.value, submission), 0);
    const other = await agencyWorld({ encryptionKind });
    const wrong = await openSubmission(
      envelope,
      other.encryption.der,
      softwareDecrypter(other.encryption.pkcs8),
    );
    assert.equal(wrong.ok, false);
  }
});

test('a mutated submission never throws and never reads as another application', async () => {
  const submission = await build();
  const honest = readSubmission(submission);
  assert.ok(honest.ok);
  for (const mutant of mutations(submission, 1500)) {
    const read = readSubmission(mutant);
    if (!read.ok) continue;
    assert.equal(Buffer.compare(read.value.applicationBytes, honest.value.applicationBytes), 0);
    assert.equal(read.value.attachments.length, 2);
  }
});
