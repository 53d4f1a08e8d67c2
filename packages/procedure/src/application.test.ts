import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutations } from '@madoguchi/testing';
import { buildApplication, parseApplication } from './application.js';
import { canonicalize } from './canonical.js';
import { tennisClub, tennisDigest } from './testing/definitions.js';

const input = {
  definition: tennisClub,
  digest: tennisDigest,
  request: {
    jti: 'AAAAAAAAAAAAAAAAAAAAAA',
    iat: 1_800_000_000,
    procedure: { id: 'tennis-club', version: '1.0', digest: tennisDigest },
  },
  agency: { code: '99201', name: '見本市長' },
  identity: {
    name: '総務　太郎',
    nameSubstitution: '00000',
    address: '見本県見本市中央一丁目2番3号',
    addressSubstitution: '0000000000000000',
    birthDate: '1975-04-01',
    sex: 'male' as const,
  },
  answers: { court: 'clay', hours: '2' },
  attachments: [{ name: '写真.png', size: 3, sha256: 'a'.repeat(64), rule: 'photo', mime: 'image/png' }],
  signedAt: new Date('2026-11-22T01:41:59.500Z'),
};

test('an application is canonical and reads back as written', () => {
  const bytes = buildApplication(input);
  const read = parseApplication(bytes);
  assert.ok(read.ok);
  assert.equal(read.value.signedAt, '2026-11-22T01:41:59Z');
  assert.deepEqual(read.value.applicant, input.identity);
  assert.equal(canonicalize(read.value as never), Buffer.from(bytes).toString());
});

test('unknown members, other types and impossible attachment names are refused', () => {
  const bytes = Buffer.from(buildApplication(input)).toString();
  const rule = (text: string) => {
    const read = parseApplication(Buffer.from(text));
    return read.ok ? 'ok' : read.rule;
  };
  assert.equal(rule(bytes.replace('"type"', '"typf"')), 'application.shape');
  assert.equal(rule(bytes.replace('写真.png', '..')), 'application.attachmentName');
  assert.equal(rule(bytes.replace('写真.png', 'a/b.png')), 'application.attachmentName');
  assert.equal(rule(bytes.replace('写真.png', 'a\u202egnp.exe')), 'application.attachmentName');
  assert.equal(rule(bytes.replace('"hours":"2"', '"hours":2')), 'application.shape');
  assert.equal(rule(`${bytes}\n`), 'json.notCanonical');
});

test('a mutated application never throws', () => {
  for (const mutant of mutations(buildApplication(input), 4000)) {
    const read = parseApplication(mutant);
    if (read.ok) assert.equal(canonicalize(read.value as never), Buffer.from(mutant).toString());
  }
});
