import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { readAsic } from '@madoguchi/pki';
import { citizenWorld, mutations, now, taro } from '@madoguchi/testing';
import { buildApplication, parseApplication, type Relation } from './application.js';
import { sha256Hex } from './canonical.js';
import { readCosigned } from './cosigned.js';
import { drawApplication } from './draw.js';
import { buildSubmission, readSubmission } from './submission.js';
import { tennisBytes, tennisClub, tennisDigest } from './testing/definitions.js';

let citizens: Awaited<ReturnType<typeof citizenWorld>>;
before(async () => {
  citizens = await citizenWorld();
});

const hanako = { ...taro, name: '総務　花子', sex: 'female' } as const;
const answers = { court: 'clay', hours: '2' };

function application(change: Partial<Parameters<typeof buildApplication>[0]> & { relation?: Relation } = {}) {
  const { relation, ...more } = change;
  return buildApplication({
    definition: tennisClub,
    digest: tennisDigest,
    request: {
      jti: 'AAAAAAAAAAAAAAAAAAAAAA',
      iat: now.getTime() / 1000,
      procedure: { id: tennisClub.id, version: tennisClub.version, digest: tennisDigest },
      relation,
    },
    agency: { code: '99201', name: '見本市' },
    identity: taro,
    answers,
    attachments: [],
    signedAt: now,
    ...more,
  });
}

const first = application();
const relation: Relation = {
  kind: 'cosigns',
  receipt: '2026-0000001',
  application: sha256Hex(first),
  signer: 'partner',
};

function build(bytes: Uint8Array, cosigned?: Uint8Array): Promise<Uint8Array> {
  const { signer, der } = citizens.citizen;
  return buildSubmission({
    application: bytes,
    definition: tennisBytes,
    attachments: [],
    cosigned,
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

test('a co-signature holds the very bytes that were signed first, under its own signature', async () => {
  const container = await build(application({ identity: hanako, relation }), first);
  const read = readSubmission(container);
  assert.ok(read.ok, read.ok ? '' : read.rule);
  assert.equal(read.value.application.applicant.name, hanako.name);
  assert.equal(read.value.cosigned?.applicant.name, taro.name);
  const asic = readAsic(container);
  assert.ok(asic.ok);
  assert.deepEqual(Buffer.from(asic.value.files.get('cosigned.json') ?? []), Buffer.from(first));
  assert.ok(Buffer.from(asic.value.manifest).includes('URI="cosigned.json"'));
});

test('a co-signature is drawn with both people, each under their name for it', () => {
  const parsed = parseApplication(application({ identity: hanako, relation }));
  const earlier = parseApplication(first);
  assert.ok(parsed.ok && earlier.ok);
  const { rows, faults } = drawApplication(tennisClub, parsed.value, earlier.value);
  assert.deepEqual(faults, []);
  const named = rows.filter(({ label }) => typeof label !== 'string' && label.ja === '氏名');
  assert.deepEqual(
    named.map(({ value, row, source }) => [value, row?.ja, source]),
    [
      [taro.name, 'はじめに署名した人', 'cosigned'],
      [hanako.name, 'いっしょに署名する人', 'card'],
    ],
  );
});

test('nobody signs anything but what was signed first', async () => {
  const cosigning = application({ identity: hanako, relation });
  assert.equal(rule(await build(cosigning)), 'submission.cosigned');
  const other = application({ answers: { ...answers, hours: '3' } });
  assert.equal(rule(await build(cosigning, other)), 'submission.cosigned');
  const lying = application({ identity: hanako, answers: { ...answers, hours: '9' }, relation });
  assert.equal(rule(await build(lying, first)), 'submission.cosignedOther');
  assert.equal(rule(await build(application(), first)), 'submission.files');
  const ofCosignature = { ...relation, application: sha256Hex(cosigning) };
  assert.equal(
    rule(await build(application({ relation: ofCosignature }), cosigning)),
    'submission.cosigned',
    'a co-signature is not cosigned again',
  );
});

test('the signer that a relation names stands in the signed bytes, and a strange one is refused', () => {
  const text = Buffer.from(application({ relation })).toString();
  assert.match(text, /"signer":"partner"/);
  const strange = text.replace('"partner"', '"../partner"');
  const read = parseApplication(Buffer.from(strange));
  assert.equal(read.ok ? 'ok' : read.rule, 'application.shape');
});

test('damaged bytes of what was signed first are never taken, and nothing throws', () => {
  const parsed = parseApplication(application({ identity: hanako, relation }));
  assert.ok(parsed.ok);
  for (const bytes of mutations(first, 300))
    assert.equal(readCosigned(bytes, parsed.value).ok, Buffer.compare(bytes, first) === 0);
});
