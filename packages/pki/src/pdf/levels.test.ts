import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeReport, type Report } from '../report/evaluate.js';
import {
  answer,
  archiveTime,
  ca,
  firstStamper,
  list,
  must,
  nextDay,
  outcome,
  secondRoot,
  secondStamper,
  serial,
  source,
  stampRoot,
  stampTime,
  stampWith,
  taro,
} from '../testing/long-term.js';
import { mutations } from '../testing/mutate.js';
import { assertSound, formPage, judgePdf, makePdf, onePage, signedPdf } from '../testing/pdf.js';
import { skipWithout } from '../testing/programs.js';
import { addDocumentTimeStamp } from './document-time-stamp.js';
import { readPdf } from './read.js';
import { addSecurityStore, readSecurityStore } from './security-store.js';

const thisUpdate = new Date('2026-06-01T02:00:00Z');
const values = {
  certificates: [ca.der, stampRoot.der],
  crls: [await list(ca, { citizens: true, thisUpdate }), await list(stampRoot, { thisUpdate })],
  ocspResponses: [await answer(taro, ca, thisUpdate)],
};
const original = makePdf(onePage(), 'stream');
const b = await signedPdf(original, { form: 'pades' });
const t = await signedPdf(original, { form: 'pades', timeStamp: stampWith(firstStamper, stampTime) });
const lt = Buffer.from(must(addSecurityStore(t, values)));
const lta = Buffer.from(
  must(await addDocumentTimeStamp(lt, { stamp: stampWith(firstStamper, archiveTime) })),
);
// Renewed in 2030 by another authority, after what proves the first document time stamp was added.
const proofs = {
  certificates: [secondRoot.der],
  crls: [
    await list(stampRoot, { thisUpdate: new Date('2026-06-02T01:00:00Z') }),
    await list(secondRoot, { thisUpdate: new Date('2030-02-28T23:00:00Z') }),
  ],
};
const renewed = Buffer.from(
  must(
    await addDocumentTimeStamp(must(addSecurityStore(lta, proofs)), {
      stamp: stampWith(secondStamper, new Date('2030-03-01T00:00:00Z')),
    }),
  ),
);
const levels = { 'B-B': b, 'B-T': t, 'B-LT': lt, 'B-LTA': lta, 'B-LTA renewed': renewed };

const judge = (pdf: Uint8Array, time: Date, change = {}): Report => {
  const [report] = judgePdf(pdf, time, change);
  assert.ok(report);
  return report;
};

/** What must stay the same over the years; remarks such as "has expired since" may come. */
const essence = ({ indication, subIndication, finding, controlTime, blocks, timeStamps }: Report) => ({
  indication,
  subIndication,
  finding,
  controlTime,
  blocks,
  timeStamps,
});

test('each level stands in front of the next, octet for octet, and qpdf finds them sound', {
  skip: skipWithout('qpdf', '--version'),
}, () => {
  for (const [before, after] of [
    [original, b],
    [original, t],
    [t, lt],
    [lt, lta],
    [lta, renewed],
  ] as const) {
    assert.deepEqual(after.subarray(0, before.length), before);
    assertSound(after);
  }
});

test('PAdES T: the time stamp is the best signature time', async () => {
  const day = [
    source(await list(ca, { citizens: true, thisUpdate: archiveTime })),
    source(await list(stampRoot, { thisUpdate: archiveTime })),
  ];
  const report = judge(t, nextDay, { revocation: day });
  assert.equal(outcome(report), 'TOTAL_PASSED');
  assert.equal(report.controlTime, stampTime.toISOString());
  const later = new Date(stampTime.getTime() + 1000);
  const entries = [{ serial, date: later }];
  const revoked = [...day, source(await list(ca, { citizens: true, thisUpdate: archiveTime, entries }))];
  assert.equal(outcome(judge(t, nextDay, { revocation: revoked })), 'TOTAL_PASSED');
  assert.equal(
    outcome(judge(b, nextDay, { revocation: revoked })),
    'INDETERMINATE REVOKED_NO_POE validity.revokedNoProof',
  );
});

test('LT and LTA: the report is the same after a day and after a revocation, with nothing but the file', async () => {
  for (const pdf of [lt, lta]) {
    const first = judge(pdf, nextDay);
    assert.equal(outcome(first), 'TOTAL_PASSED');
    assert.deepEqual(encodeReport(judge(pdf, nextDay)), encodeReport(first));
    assert.deepEqual(essence(judge(pdf, new Date('2026-06-04T00:00:00Z'))), essence(first));
    const entries = [{ serial, date: new Date('2026-06-20T00:00:00Z') }];
    const revocation = [
      source(await list(ca, { citizens: true, thisUpdate: new Date('2026-07-01T00:00:00Z'), entries })),
    ];
    const after = judge(pdf, new Date('2026-07-02T00:00:00Z'), { revocation });
    assert.deepEqual(essence(after), essence(first));
    assert.ok(after.checks.some(({ finding }) => finding === 'validity.revokedLater'));
  }
});

test('when certificates end LTA is carried on by renewing it, and past the end of every authority before', () => {
  const moments = ['2031-03-01', '2031-05-01', '2040-01-01', '2046-01-01'].map((day) => new Date(day));
  const unknown = 'INDETERMINATE OUT_OF_BOUNDS_NO_POE validity.outOfBounds';
  const unproven = 'INDETERMINATE OUT_OF_BOUNDS_NOT_REVOKED validity.outOfBounds';
  const good = 'TOTAL_PASSED';
  const over = (pdf: Uint8Array) => moments.map((time) => outcome(judge(pdf, time)));
  assert.deepEqual(over(lt), [good, unproven, unknown, unknown]);
  assert.deepEqual(over(lta), [good, unproven, unknown, unknown]);
  assert.deepEqual(over(renewed), [good, good, good, unknown]);
  const first = essence(judge(renewed, moments[0] ?? nextDay));
  assert.deepEqual(essence(judge(renewed, moments[2] ?? nextDay)), first);
});

test('validation values are added once, with an entry for a signature where that is wanted', () => {
  const pdf = must(readPdf(lt));
  const contents = pdf.signatures[0]?.contents ?? new Uint8Array();
  const again = must(addSecurityStore(lt, values, { contents, time: archiveTime }));
  const store = readSecurityStore(must(readPdf(again)).file);
  assert.deepEqual(
    [store.certificates.length, store.crls.length, store.ocspResponses.length],
    [values.certificates.length, values.crls.length, values.ocspResponses.length],
  );
  const view = must(readPdf(again)).file.view();
  const vri = view.dictionary(view.dictionary(view.root.entries.get('DSS'))?.entries.get('VRI'));
  assert.equal([...(vri?.entries.keys() ?? [])].filter((key) => /^[0-9A-F]{40}$/.test(key)).length, 1);
  assert.equal(outcome(judge(again, nextDay)), 'TOTAL_PASSED');
  assert.deepEqual(addSecurityStore(lt, { crls: [Uint8Array.of(1, 0)] }), {
    ok: false,
    rule: 'cades.value',
    offset: 0,
  });
});

test('a further signature after LTA keeps both good, and the time stamp proves only what it covers', () => {
  return signedPdf(lta).then((twice) => {
    const [first, second] = judgePdf(twice, nextDay);
    assert.ok(first && second);
    assert.equal(outcome(first), 'TOTAL_PASSED');
    assert.equal(second.timeStamps, undefined);
    assert.equal(outcome(second), 'INDETERMINATE TRY_LATER validity.staleRevocationData');
  });
});

test('a time stamp that is not over the file does not get in', async () => {
  const stamp = stampWith(firstStamper, stampTime);
  const wrong = await addDocumentTimeStamp(lt, {
    stamp: ({ algorithm }) => stamp({ algorithm, digest: new Uint8Array(32) }),
  });
  assert.deepEqual(wrong, { ok: false, rule: 'cades.stamp.over', offset: 0 });
});

test('whatever is damaged there is a report, never a throw, and never a good one over other content', async () => {
  const file = await signedPdf(makePdf(formPage(), 'hybrid'), {
    form: 'pades',
    timeStamp: stampWith(firstStamper, stampTime),
  });
  const long = Buffer.from(
    must(
      await addDocumentTimeStamp(must(addSecurityStore(file, values)), {
        stamp: stampWith(firstStamper, archiveTime),
      }),
    ),
  );
  const good = must(readPdf(long)).signatures[0]?.contents ?? new Uint8Array();
  let passed = 0;
  for (const mutated of mutations(long, 400, 5)) {
    const reports = judgePdf(mutated, nextDay);
    assert.ok(reports.length > 0);
    if (reports.some(({ indication }) => indication !== 'TOTAL_PASSED')) continue;
    // Only the digits of /Contents may be written in another way.
    passed += 1;
    assert.deepEqual(must(readPdf(mutated)).signatures[0]?.contents, good);
  }
  assert.ok(passed < 20, String(passed));
});

test('the levels are what they are called', () => {
  const count = (pdf: Uint8Array) => {
    const found = must(readPdf(pdf));
    const { certificates, crls } = readSecurityStore(found.file);
    return [found.timeStamps.length, certificates.length, crls.length];
  };
  assert.deepEqual(Object.values(levels).map(count), [
    [0, 0, 0],
    [0, 0, 0],
    [0, 2, 2],
    [1, 2, 2],
    [2, 3, 4],
  ]);
});
