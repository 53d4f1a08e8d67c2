import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  citizenSignaturePolicy,
  type DocumentEvidence,
  encodeReport,
  evaluateDocument,
  gatherEverySigner,
} from '@madoguchi/pki';
import { now } from '@madoguchi/testing';
import type { Register } from '@madoguchi/ui';
import { signingWorld } from '../../testing/signing-world.js';
import { collectDocument } from '../collect.js';
import { documentFormats } from '../formats.js';
import { validationValues } from '../validation-values.js';
import { reportHtml } from './report-html.js';
import { reportText } from './report-text.js';
import { reportView } from './report-view.js';

const world = await signingWorld();
const lists = await world.lists(now);
const policy = { ...citizenSignaturePolicy, demo: true };
const trust = {
  anchors: [world.ca.der],
  timeStampAnchors: [world.stampRoot.der],
  revocation: lists,
};
const format = documentFormats.find(({ id }) => id === 'asic');
assert.ok(format);
const asic = format;
const bytes = await asic.sign({
  files: [{ name: '手紙.txt', bytes: Buffer.from('a') }],
  level: 'LTA',
  signer: world.signer,
  signingTime: now,
  stamp: world.stampAt(now),
  values: async (signed) => {
    assert.ok('cms' in signed);
    return validationValues(gatherEverySigner({ ...trust, ...signed, policy: '', time: now }), lists).values;
  },
});
const evidence = await collectDocument({
  format: asic,
  file: { name: 'letter.asice', bytes },
  trust,
  policy,
  time: new Date(now.getTime() + 3_600_000),
});
const view = (lang: Register, identity = true, found: DocumentEvidence = evidence) =>
  reportView(evaluateDocument(found), found, { lang, identity });

test('the answer comes first, in one sentence, in three registers', () => {
  const first = (lang: Register) => reportText(view(lang), { width: 200, full: false })[0];
  assert.equal(
    first('ja'),
    'TOTAL_PASSED  この署名は正しいものです。文書は署名した時のままで、電子証明書は有効でした。',
  );
  assert.match(first('jaEasy') ?? '', /^TOTAL_PASSED {2}この 署名は 正しいです。/);
  assert.match(first('en') ?? '', /^TOTAL_PASSED {2}The signature is good/);
});

test('who, when, what, time stamps, every check with meaning and source, and the evidence', () => {
  const text = reportText(view('ja'), { width: 100, full: true }).join('\n');
  for (const wanted of [
    /氏名 +総務　太郎/,
    /住所 +見本県/,
    /昭和50年4月1日/,
    /遅くとも +2026年11月22日（令和8年）10時41分00秒（タイムスタンプによる証明）/,
    /アーカイブタイムスタンプ/,
    /失効リスト（CRL）/,
    /根拠となる規格: RFC 5280 6/,
    /\[validity\.notRevoked\]/,
  ])
    assert.match(text, wanted);
  const { checks } = evaluateDocument(evidence).signatures[0]?.report ?? { checks: [] };
  assert.ok(checks.length > 25);
  for (const { id } of checks) assert.ok(text.includes(`[${id}]`), id);
});

test('names of people stand in the report only where the reader may see them, and never in the model', () => {
  // In a digest the digits of a birth year stand by chance.
  const withoutDigests = (text: string) => text.replaceAll(/[0-9a-f]{64}/g, '');
  const hidden = withoutDigests(JSON.stringify(view('ja', false)));
  assert.doesNotMatch(hidden, /総務|中央一丁目|1975/);
  assert.match(hidden, /署名した人の氏名などを載せていません/);
  const model = withoutDigests(Buffer.from(encodeReport(evaluateDocument(evidence))).toString());
  assert.doesNotMatch(model, /総務|中央一丁目|1975/);
  assert.match(JSON.stringify(view('ja')), /総務　太郎/);
});

test('a file’s name is text: no markup, no turned letters, no line of its own', () => {
  // As a PDF's or another program's file could be named; our containers refuse such names.
  const named = evidence.signatures.map((each) => ({
    ...each,
    covers: each.covers.map((file) => ({ ...file, name: '<b>書類\u202Egnp.exe' })),
  }));
  const html = reportHtml(view('en', true, { ...evidence, signatures: named }));
  assert.ok(html.includes('&lt;b&gt;書類〔U+202E〕gnp.exe'));
  assert.doesNotMatch(html, /<b>書類|\u202e|<script|https?:\/\//);
  const lines = reportText(
    view('en', true, { ...evidence, document: { ...evidence.document, name: 'a\n\u001b[31mTOTAL_PASSED' } }),
    {
      width: 100,
      full: true,
    },
  );
  assert.ok(lines.some((line) => line.includes('a〔U+000A〕〔U+001B〕[31mTOTAL_PASSED')));
});

test('no line is wider than the terminal, whatever is in it', () => {
  const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6]/g;
  const columns = (line: string) => line.length + (line.match(wide) ?? []).length;
  for (const width of [60, 80, 100]) {
    const lines = reportText(view('ja'), { width, full: true });
    assert.ok(lines.length > 20, String(lines.length));
    for (const line of lines) assert.ok(columns(line) <= width + 4, `${columns(line)}: ${line}`);
  }
});

test('a document with several signatures reports each, one without any says so', () => {
  const [one] = evidence.signatures;
  assert.ok(one);
  const spoiled = {
    ...one,
    id: '2',
    evidence: { ...one.evidence, signature: { signers: 1, subIndication: 'HASH_FAILURE', rule: 'x' } },
  };
  const both = reportText(view('en', true, { ...evidence, signatures: [one, spoiled] }), {
    width: 100,
    full: false,
  });
  assert.match(both[0] ?? '', /^TOTAL_FAILED HASH_FAILURE/);
  const text = both.join('\n');
  assert.match(
    text,
    /── Signature 1 ──\n {2}● TOTAL_PASSED[\s\S]*── Signature 2 ──\n {2}✕ TOTAL_FAILED \/ HASH_FAILURE/,
  );
  const none = reportText(view('en', true, { ...evidence, signatures: [] }), { width: 100, full: false });
  assert.match(none[0] ?? '', /^NO_SIGNATURE_FOUND {2}There is no electronic signature/);
});

test('what would change the answer is said', () => {
  const { timeStamps: _, ...unproven } = evidence.signatures[0]?.evidence ?? { timeStamps: [] };
  const open = {
    ...evidence,
    signatures: [{ id: '1', covers: [], evidence: { ...unproven, revocation: [] } }],
  };
  const text = reportText(view('en', true, open as DocumentEvidence), { width: 200, full: false }).join('\n');
  assert.match(text, /^INDETERMINATE TRY_LATER/);
  assert.match(text, /→ Try again with newer revocation lists[\s\S]*→ Try again: 22 November 2026, 11:46:00/);
});
