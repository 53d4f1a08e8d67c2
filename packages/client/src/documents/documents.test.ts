import assert from 'node:assert/strict';
import { test } from 'node:test';
import { citizenSignaturePolicy, evaluate, gatherEverySigner, type Report } from '@madoguchi/pki';
import { mutations, now } from '@madoguchi/testing';
import { samplePdf } from '../testing/sample-pdf.js';
import { signingWorld } from '../testing/signing-world.js';
import {
  type DocumentFormat,
  type GivenFile,
  levels,
  type SignatureLevel,
  type SignInput,
} from './format.js';
import { detectFormat, documentFormats } from './formats.js';
import { validationValues } from './validation-values.js';

const world = await signingWorld();
const policy = { ...citizenSignaturePolicy, demo: true };
const day = (count: number) => new Date(now.getTime() + count * 86_400_000);
const lists = await world.lists(now);
const letter: GivenFile = { name: '手紙.txt', bytes: Buffer.from('こんにちは\n') };
const trust = {
  policy: policy.id,
  anchors: [world.ca.der],
  timeStampAnchors: [world.stampRoot.der],
  revocation: lists,
};

const form: GivenFile = { name: '手紙.xml', bytes: Buffer.from('<手紙>こんにちは</手紙>\n') };
/** What each format signs in the tests that are for all of them. */
const samples: Readonly<Record<string, GivenFile>> = {
  xml: form,
  pdf: { name: '定款.pdf', bytes: samplePdf() },
};
const sampleOf = ({ id }: DocumentFormat): GivenFile => samples[id] ?? letter;
const levelsOf = (format: DocumentFormat): readonly SignatureLevel[] => format.levels ?? levels;

function input(level: SignatureLevel, changes: Partial<SignInput> = {}): SignInput {
  return {
    files: [letter],
    level,
    signer: world.signer,
    signingTime: now,
    stamp: world.stampAt(now),
    values: async (signed) => {
      assert.ok(!('found' in signed));
      const found = gatherEverySigner({ ...trust, ...signed, time: now });
      const { values, missing } = validationValues(found, lists);
      assert.deepEqual(missing, []);
      return values;
    },
    ...changes,
  };
}

function judge(
  format: DocumentFormat,
  bytes: Uint8Array,
  time: Date,
  changes: Partial<typeof trust> = {},
  content?: GivenFile,
): Report[] {
  const file = { name: `x${format.extension}`, bytes };
  return format
    .gather({
      file,
      ...(content === undefined ? {} : { content }),
      trust: { ...trust, ...changes, time },
    })
    .map(({ evidence }) => evaluate(evidence, policy, time));
}

const outcomes = (reports: readonly Report[]) =>
  reports.map(({ indication, subIndication }) => [indication, subIndication].filter(Boolean).join(' '));

for (const format of documentFormats) {
  for (const level of levelsOf(format)) {
    test(`${format.title} ${level}: signed, detected, good today and with today's lists`, async () => {
      const bytes = await format.sign(input(level, { files: [sampleOf(format)] }));
      assert.equal(detectFormat(bytes, '')?.id, format.id);
      assert.deepEqual(outcomes(judge(format, bytes, now)), ['TOTAL_PASSED']);
    });
  }

  test(`${format.title}: LT and LTA keep their verdict without any list, after a revocation; B and T do not`, async () => {
    const revoked = await world.lists(day(3), [
      { serial: world.citizen.certificate.serial, date: day(2), reason: 'keyCompromise' },
    ]);
    const verdicts = await Promise.all(
      levelsOf(format).map(async (level) => {
        const bytes = await format.sign(input(level, { files: [sampleOf(format)] }));
        return [
          ...outcomes(judge(format, bytes, day(1), { revocation: [] })),
          ...outcomes(judge(format, bytes, day(3), { revocation: revoked })),
        ];
      }),
    );
    const expected = [
      ['INDETERMINATE TRY_LATER', 'INDETERMINATE REVOKED_NO_POE'],
      // The list of day 3 says the time-stamping authority was good; it tells that the signer was revoked after the stamp.
      ['INDETERMINATE TRY_LATER', 'TOTAL_PASSED'],
      ['TOTAL_PASSED', 'TOTAL_PASSED'],
      ['TOTAL_PASSED', 'TOTAL_PASSED'],
    ];
    assert.deepEqual(verdicts, expected.slice(0, levelsOf(format).length));
  });

  test(`${format.title}: when the citizens’ authority has ended, only LTA keeps its verdict`, async () => {
    const long = new Date('2035-01-01T00:00:00Z');
    const signed = await Promise.all(
      levelsOf(format).map(async (level) => {
        const bytes = await format.sign(input(level, { files: [sampleOf(format)] }));
        return [bytes, outcomes(judge(format, bytes, long))[0]] as const;
      }),
    );
    const count = levelsOf(format).length;
    const verdicts = signed.map(([, verdict]) => verdict);
    const withLists = [
      'INDETERMINATE OUT_OF_BOUNDS_NOT_REVOKED',
      // The list that the verifier kept is as old as its record says.
      'TOTAL_PASSED',
      'TOTAL_PASSED',
      'TOTAL_PASSED',
    ];
    assert.deepEqual(verdicts, withLists.slice(0, count));
    const alone = signed.map(([bytes]) => outcomes(judge(format, bytes, long, { revocation: [] }))[0]);
    const without = [
      'INDETERMINATE OUT_OF_BOUNDS_NO_POE',
      'INDETERMINATE OUT_OF_BOUNDS_NO_POE',
      'INDETERMINATE REVOCATION_OUT_OF_BOUNDS_NO_POE',
      'TOTAL_PASSED',
    ];
    assert.deepEqual(alone, without.slice(0, count));
  });

  test(`${format.title}: whatever octets come, there is a report and never a throw`, async () => {
    const bytes = await format.sign(input(levelsOf(format).at(-1) ?? 'B', { files: [sampleOf(format)] }));
    let good = 0;
    for (const mutated of mutations(bytes, 60, 7)) {
      const reports = judge(format, mutated, now);
      assert.ok(reports.length > 0);
      good += reports.every(({ indication }) => indication === 'TOTAL_PASSED') ? 1 : 0;
    }
    // Only octets that mean nothing (a date in the archive, say) may differ unnoticed.
    assert.ok(good < 10, String(good));
  });
}

const formatOf = (id: string) => {
  const found = documentFormats.find((format) => format.id === id);
  assert.ok(found);
  return found;
};

test('a detached CMS needs its content; another content is found out', async () => {
  const cades = formatOf('cades');
  const bytes = await cades.sign(input('T', { detached: true }));
  assert.deepEqual(outcomes(judge(cades, bytes, now, {}, letter)), ['TOTAL_PASSED']);
  assert.deepEqual(outcomes(judge(cades, bytes, now)), ['INDETERMINATE SIGNED_DATA_NOT_FOUND']);
  const other = { name: 'x', bytes: Buffer.from('さようなら\n') };
  assert.deepEqual(outcomes(judge(cades, bytes, now, {}, other)), ['TOTAL_FAILED HASH_FAILURE']);
});

test('what a signature covers is named with its digest', async () => {
  const files = [letter, { name: 'b/別紙.csv', bytes: Buffer.from('1,2') }];
  const bytes = await formatOf('asic').sign(input('B', { files }));
  const [found] = formatOf('asic').gather({ file: { name: '', bytes }, trust: { ...trust, time: now } });
  assert.deepEqual(
    found?.covers.map(({ name, size, sha256 }) => [name, size, sha256.length]),
    [
      ['手紙.txt', 16, 64],
      ['b/別紙.csv', 3, 64],
    ],
  );
});

test('a PEM file is a CMS like any other', async () => {
  const bytes = await formatOf('cades').sign(input('B'));
  const pem = `-----BEGIN CMS-----\n${Buffer.from(bytes).toString('base64')}\n-----END CMS-----\n`;
  const format = detectFormat(Buffer.from(pem), 'a.pem');
  assert.equal(format?.id, 'cades');
  assert.deepEqual(outcomes(judge(formatOf('cades'), Buffer.from(pem), now)), ['TOTAL_PASSED']);
  assert.equal(detectFormat(Buffer.from('hello'), 'a.txt'), undefined);
});

test('what cannot be signed is told before anybody is asked for a PIN', () => {
  const faults: [string, GivenFile[], boolean | undefined, string][] = [
    ['cades', [], undefined, 'files.none'],
    ['cades', [letter, letter], undefined, 'files.several'],
    ['asic', [], undefined, 'files.none'],
    ['asic', [letter, letter], undefined, 'file.sameName'],
    ['asic', [{ ...letter, name: '../x' }], undefined, 'file.name'],
    ['asic', [{ ...letter, name: 'mimetype' }], undefined, 'file.name'],
    ['asic', [letter], false, 'detached'],
    ['asic-s', [letter, { ...letter, name: 'b' }], undefined, 'files.several'],
  ];
  for (const [id, files, detached, rule] of faults) {
    const request = { files, level: 'B' as const, ...(detached === undefined ? {} : { detached }) };
    assert.equal(formatOf(id).fault(request)?.rule, rule);
  }
  assert.equal(formatOf('asic').fault({ files: [letter], level: 'LTA', detached: true }), undefined);
});

test('an application or a container’s manifest is no file to sign: not alone, not among others, not by another name', () => {
  const fault = (id: string, ...files: GivenFile[]) =>
    documentFormats.find((format) => format.id === id)?.fault({ files, level: 'B' })?.rule;
  const application = {
    name: 'list.json',
    bytes: Buffer.from('{"agency":{},"answers":{},"type":"madoguchi-application/1"}'),
  };
  assert.equal(fault('asic', letter, application), 'file.application');
  assert.equal(fault('cades', application), undefined, 'alone it is a text');
  for (const root of [
    '<asic:ASiCManifest xmlns:asic="x">',
    '<?xml version="1.0"?><!-- a -->\n<ASiCManifest>',
  ]) {
    const manifest = { name: 'form.xml', bytes: Buffer.from(`${root}<x/>`) };
    assert.equal(fault('cades', manifest), 'file.application');
    assert.equal(fault('asic-s', manifest), 'file.application');
    const padded = Buffer.concat([Buffer.from(root), Buffer.alloc(7 << 20, ' '), Buffer.from('<x/>')]);
    assert.equal(fault('cades', { name: 'form.xml', bytes: padded }), 'file.application');
  }
  assert.equal(fault('asic', letter, form), undefined);
});

test('a time stamp over something else does not get into the signature', async () => {
  const wrong = { algorithm: 'sha256' as const, digest: new Uint8Array(32) };
  const stamp = () => world.stampAt(now)(wrong);
  await assert.rejects(formatOf('cades').sign(input('T', { stamp })), { rule: 'cades.stamp.over' });
});
