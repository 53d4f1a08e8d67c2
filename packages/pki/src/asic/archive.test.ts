import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSignatureTimeStamp, addValidationValues } from '../cades/upgrade.js';
import { signCades } from '../cms/sign-cades.js';
import { sha256 } from '../key/digest.js';
import { evaluate } from '../report/evaluate.js';
import { type GatherInput, gatherEvidence } from '../report/gather.js';
import {
  answer,
  archiveTime,
  ca,
  content,
  firstStamper,
  list,
  must,
  nextDay,
  outcome,
  policy,
  secondRoot,
  secondStamper,
  signed,
  signingTime,
  stampRoot,
  stampTime,
  stampWith,
  taro,
  toLT,
  toLTA,
  toT,
} from '../testing/long-term.js';
import { mutations } from '../testing/mutate.js';
import { runIn, skipWithout } from '../testing/programs.js';
import { addAsicArchive } from './archive-write.js';
import { readAsic, writeAsic } from './asic.js';
import { readAsicSimple, writeAsicSimple } from './asic-s.js';
import { readZip } from './zip-read.js';
import { writeZip, type ZipInput } from './zip-write.js';

const files = [{ name: 'application.json', bytes: Buffer.from('{"a":1}') }];
const listTime = new Date('2026-06-01T02:00:00Z');
const container = await writeAsic({
  files,
  sign: async (manifest) => {
    const cms = await signCades({
      content: manifest,
      detached: true,
      signerCertificate: taro.der,
      signingTime,
      algorithm: 'rsa-sha256',
      sign: (bytes) => taro.signer.sign(bytes),
    });
    return must(await addSignatureTimeStamp(cms, { stamp: stampWith(firstStamper, stampTime) }));
  },
});
const first = must(
  await addAsicArchive(container, {
    stamp: stampWith(firstStamper, archiveTime),
    values: {
      certificates: [ca.der, stampRoot.der],
      crls: [
        await list(ca, { citizens: true, thisUpdate: listTime }),
        await list(stampRoot, { thisUpdate: listTime }),
      ],
      ocspResponses: [await answer(taro, ca, listTime)],
    },
  }),
);
const renewalTime = new Date('2030-03-01T00:00:00Z');
const renewed = must(
  await addAsicArchive(first, {
    stamp: stampWith(secondStamper, renewalTime),
    values: {
      certificates: [stampRoot.der],
      crls: [await list(stampRoot, { thisUpdate: new Date('2026-06-02T01:00:00Z') })],
    },
  }),
);
const secondList = await list(secondRoot, { thisUpdate: new Date('2030-03-01T01:00:00Z') });

const judge = (bytes: Uint8Array, time: Date, change: Partial<GatherInput> = {}) => {
  const input = {
    policy: policy.id,
    container: readAsic(bytes),
    anchors: [ca.der],
    timeStampAnchors: [stampRoot.der, secondRoot.der],
    time,
    ...change,
  };
  return evaluate(gatherEvidence(input), policy, time);
};
const see = (bytes: Uint8Array, time: Date) => {
  const report = judge(bytes, time);
  const stamps = (report.timeStamps ?? []).map((each) => (each.counts ? 'counts' : each.detail));
  return [outcome(report), ...stamps].join(' | ');
};

function rewritten(bytes: Uint8Array, change: (entries: ZipInput[]) => ZipInput[]): Buffer {
  const zip = readZip(bytes);
  assert.ok(zip.ok);
  return writeZip(
    change(zip.value.map(({ name, bytes: inner, stored }) => ({ name, bytes: inner, stored }))),
  );
}
const names = (bytes: Uint8Array) => {
  const zip = readZip(bytes);
  assert.ok(zip.ok);
  return zip.value.map(({ name }) => name);
};

test('an archive time stamp stands over every file, and each renewal over the one before', () => {
  assert.deepEqual(names(first), [
    'mimetype',
    'application.json',
    'META-INF/ASiCManifest.xml',
    'META-INF/signature.p7s',
    'META-INF/ASiCArchiveManifest.xml',
    'META-INF/archive-timestamp1.tst',
  ]);
  assert.deepEqual(names(renewed).slice(4), [
    'META-INF/ASiCArchiveManifest1.xml',
    'META-INF/archive-timestamp1.tst',
    'META-INF/ASiCArchiveManifest.xml',
    'META-INF/archive-timestamp2.tst',
  ]);
  const read = readAsic(renewed);
  assert.ok(read.ok);
  assert.deepEqual(
    read.value.archives?.map(({ covered, broken }) => [covered.size, broken]),
    [
      [3, undefined],
      [5, undefined],
    ],
  );
});

test('the verdict is carried by renewals past the end of certificate and first authority', () => {
  assert.equal(see(first, nextDay), 'TOTAL_PASSED | counts | counts');
  const late = new Date('2031-05-01T00:00:00Z');
  assert.match(see(first, late), /^INDETERMINATE OUT_OF_BOUNDS/);
  const withList = must(addValidationValues(newestToken(renewed), { certificates: [], crls: [secondList] }));
  const complete = rewritten(renewed, (entries) =>
    entries.map((entry) =>
      entry.name === 'META-INF/archive-timestamp2.tst' ? { ...entry, bytes: withList } : entry,
    ),
  );
  for (const year of ['2030-06-01', '2031-05-01', '2040-01-01']) {
    assert.equal(see(complete, new Date(year)), 'TOTAL_PASSED | counts | counts | counts', year);
  }
});

function newestToken(bytes: Uint8Array): Uint8Array {
  const zip = readZip(bytes);
  assert.ok(zip.ok);
  return zip.value.at(-1)?.bytes ?? new Uint8Array();
}

test('what an archive time stamp covers cannot be changed, removed or exchanged', async () => {
  const replace = (name: string, bytes: Uint8Array) =>
    rewritten(first, (entries) =>
      entries.map((entry) => (entry.name === name ? { ...entry, bytes } : entry)),
    );
  const drop = (name: string) =>
    rewritten(first, (entries) => entries.filter((entry) => entry.name !== name));
  const broken = 'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.timeStampBroken';
  const read = readAsic(first);
  assert.ok(read.ok);
  const more = must(addValidationValues(read.value.signature, { crls: [await list(secondRoot)] }));
  assert.match(
    see(replace('META-INF/signature.p7s', more), nextDay),
    new RegExp(`^${broken} .*manifest.digest`),
  );
  const strange = newestToken(renewed);
  assert.match(
    see(replace('META-INF/archive-timestamp1.tst', strange), nextDay),
    new RegExp(`^${broken} .*imprint.differs`),
  );
  assert.match(
    see(replace('META-INF/archive-timestamp1.tst', Buffer.from('x')), nextDay),
    new RegExp(broken),
  );
  const ruleOf = (bytes: Uint8Array) => {
    const result = readAsic(bytes);
    return result.ok ? 'accepted' : result.rule;
  };
  assert.equal(ruleOf(drop('META-INF/archive-timestamp1.tst')), 'asic.archive');
  assert.equal(ruleOf(drop('META-INF/ASiCArchiveManifest.xml')), 'asic.metaInf');
  assert.equal(ruleOf(replace('application.json', Buffer.from('{}'))), 'asic.digest.application.json');
  const manifest = read.value.archives?.[0]?.manifest ?? new Uint8Array();
  const fewer = Buffer.from(
    Buffer.from(manifest)
      .toString()
      .replace(
        / {2}<asic:DataObjectReference URI="META-INF\/signature[\s\S]*?<\/asic:DataObjectReference>\n/,
        '',
      ),
  );
  assert.notEqual(fewer.length, manifest.length);
  assert.match(see(replace('META-INF/ASiCArchiveManifest.xml', fewer), nextDay), /imprint\.differs/);
  const stamped = await stampWith(
    firstStamper,
    archiveTime,
  )({
    algorithm: 'sha256',
    digest: sha256(fewer),
  });
  const honest = rewritten(replace('META-INF/ASiCArchiveManifest.xml', fewer), (entries) =>
    entries.map((entry) => (entry.name.endsWith('.tst') ? { ...entry, bytes: stamped } : entry)),
  );
  assert.match(see(honest, nextDay), /manifest\.signature/);
});

test('a simple container holds one file and its signature, at every level', async () => {
  const file = { name: '申請.txt', bytes: content };
  for (const make of [
    () => signed(),
    async () => toT(await signed()),
    async () => toLTA(await toLT(await toT(await signed()))),
  ]) {
    const cms = await make();
    const bytes = await writeAsicSimple({ file, sign: async () => cms });
    assert.equal(bytes.toString('latin1', 38, 38 + 31), 'application/vnd.etsi.asic-s+zip');
    const read = readAsicSimple(bytes);
    assert.ok(read.ok);
    assert.deepEqual([read.value.name, Buffer.from(read.value.bytes)], [file.name, content]);
    assert.deepEqual(Buffer.from(read.value.signature), Buffer.from(cms));
    const report = judge(bytes, nextDay, { container: read });
    assert.notEqual(report.indication, 'TOTAL_FAILED');
    assert.equal(report.blocks.signature.light, 'good');
    if (cms.length > 10_000) assert.equal(outcome(report), 'TOTAL_PASSED');
    assert.ok(!readAsic(bytes).ok);
  }
  await assert.rejects(
    writeAsicSimple({ file: { ...file, name: 'a/b' }, sign: async () => content }),
    TypeError,
  );
  await assert.rejects(
    writeAsicSimple({ file: { ...file, name: 'mimetype' }, sign: async () => content }),
    TypeError,
  );
  await assert.rejects(
    writeAsicSimple({ file: { ...file, name: '../b' }, sign: async () => content }),
    TypeError,
  );
});

test('a simple container that is not exactly that is refused by name', async () => {
  const file = { name: 'a.txt', bytes: content };
  const simple = await writeAsicSimple({ file, sign: async () => content });
  const rule = (change: (entries: ZipInput[]) => ZipInput[]) => {
    const read = readAsicSimple(rewritten(simple, change));
    return read.ok ? 'accepted' : read.rule;
  };
  const add = (name: string) => (entries: ZipInput[]) => [...entries, { name, bytes: content }];
  assert.equal(
    rule((entries) => entries),
    'accepted',
  );
  assert.equal(
    rule((entries) => entries.slice(1)),
    'asic.mimetype',
  );
  assert.equal(rule(add('b.txt')), 'asic.single');
  assert.equal(rule(add('META-INF/other.xml')), 'asic.metaInf');
  assert.equal(
    rule((entries) => entries.slice(0, 2)),
    'asic.signature',
  );
  assert.equal(
    rule((entries) => entries.filter(({ name }) => name !== 'a.txt')),
    'asic.single',
  );
  assert.equal(readAsicSimple(container).ok, false);
});

test('unzip tests both kinds of container', { skip: skipWithout('unzip', '-v') }, async () => {
  const simple = await writeAsicSimple({
    file: { name: 'a.txt', bytes: content },
    sign: async () => content,
  });
  for (const bytes of [renewed, simple]) {
    assert.equal(runIn({ 'c.zip': bytes }, 'unzip', ['-t', 'c.zip']).status, 0);
  }
});

test('nothing damaged throws', async () => {
  const simple = await writeAsicSimple({
    file: { name: 'a.txt', bytes: content },
    sign: async () => content,
  });
  for (const damaged of mutations(simple, 2000)) readAsicSimple(damaged);
  for (const damaged of mutations(renewed, 500)) judge(damaged, nextDay);
  const zip = readZip(first);
  assert.ok(zip.ok);
  for (const { name, bytes } of zip.value) {
    if (!/Archive|archive/.test(name)) continue;
    for (const damaged of mutations(bytes, 300)) {
      judge(
        rewritten(first, (entries) =>
          entries.map((entry) => (entry.name === name ? { ...entry, bytes: damaged } : entry)),
        ),
        nextDay,
      );
    }
  }
});
