import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { registryPdfPolicy } from '../report/policy.js';
import { ca, firstStamper, list, must, nextDay, source, stampTime, stampWith } from '../testing/long-term.js';
import { withFiles } from '../testing/outside.js';
import {
  formPage,
  judgePdf,
  makePdf,
  type Objects,
  objectIn,
  runProgram,
  signedPdf,
  update,
} from '../testing/pdf.js';
import { skipWithout } from '../testing/programs.js';
import { addDocumentTimeStamp } from './document-time-stamp.js';
import { readPdf, signedRevision } from './read.js';

/** What may stand behind a signature, and what is given back as signed whatever stands there. What may not: tampering.test.ts. */

const signed = await signedPdf(makePdf(formPage()));
const objectText = (number: number) => objectIn(signed, number);
const fresh = { revocation: [source(await list(ca, { citizens: true, thisUpdate: nextDay }))] };

test('white space behind the end is no change, but the registries want all of the file covered', () => {
  const longer = Buffer.concat([signed, Buffer.from('\n \n')]);
  const [report] = judgePdf(longer, nextDay, {}, { ...registryPdfPolicy, demo: true });
  assert.equal(report?.finding, 'pdf.registry');
  assert.match(report?.checks.find(({ result }) => result === 'fail')?.detail ?? '', /^C5 /);
  assert.notEqual(judgePdf(longer, nextDay)[0]?.indication, 'TOTAL_FAILED');
});

test('what other programs write with a signature is no change: a newer version, a widget beside its field', async () => {
  const newer = update(signed, {
    1: objectText(1).replace('/Type /Catalog', '/Type /Catalog /Version /2.0'),
  });
  assert.equal(judgePdf(newer, nextDay, fresh)[0]?.indication, 'TOTAL_PASSED');
  const older = update(signed, {
    1: objectText(1).replace('/Type /Catalog', '/Type /Catalog /Version /nine'),
  });
  assert.equal(judgePdf(older, nextDay, fresh)[0]?.finding, 'pdf.changed');
  // Whether the second signature holds is a question of its own.
  const apart = {
    3: objectText(3).replace(/\/Annots \[/, '/Annots [51 0 R '),
    7: objectText(7).replace('/Fields [', '/Fields [50 0 R '),
    50: '<</FT /Sig /T (Second) /V 52 0 R /Kids [51 0 R]>>',
    51: '<</Type /Annot /Subtype /Widget /Parent 50 0 R /Rect [0 0 0 0] /F 132 /P 3 0 R>>',
    52: '<</Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] /Contents <00>>>',
  };
  const [first] = judgePdf(update(signed, apart), nextDay, fresh);
  assert.equal(first?.indication, 'TOTAL_PASSED');
  const [hidden] = judgePdf(
    update(signed, { ...apart, 51: `${apart[51].slice(0, -2)} /A <</S /URI>>>>` }),
    nextDay,
    fresh,
  );
  assert.equal(hidden?.finding, 'pdf.changed');
});

test('what was signed is what is returned, whatever came after it', () => {
  const changed = update(signed, { 5: '<</Type /Font /Subtype /Type1 /BaseFont /Courier>>' });
  const pdf = must(readPdf(changed));
  assert.deepEqual(Buffer.from(signedRevision(pdf, 0) ?? []), signed);
  assert.equal(signedRevision(pdf, 1), undefined);
});

/** Updates that look like those of a signing program and show something else, or hide behind one that cannot be read. */

const widget = '/Type /Annot /Subtype /Widget /F 132 /P 3 0 R';
const over = '/Rect [50 700 450 800]';
const stream = (text: string, keys = '') => `<<${keys} /Length ${text.length}>>\nstream\n${text}\nendstream`;
const white = stream('1 1 1 rg 0 0 400 100 re f', '/Type /XObject /Subtype /Form /BBox [0 0 400 100]');
const black = white.replace('1 1 1 rg', '0 0 0 rg');
const evil = stream('BT /F1 24 Tf 72 720 Td (Pay 1000000 yen) Tj ET');
const page = formPage();
/** Whether the time stamp in it holds is a question of its own. */
const stampIn = '<</Type /DocTimeStamp /SubFilter /ETSI.RFC3161 /ByteRange [0 1 2 3] /Contents <00>>>';

const dingbats = '<</Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats>>';
const form = (text: string) =>
  stream(
    `BT /F1 40 Tf 10 10 Td (${text}) Tj ET`,
    '/Type /Metadata /Subtype /Form /BBox [0 0 500 100] /Resources <</Font <</F1 5 0 R>>>>',
  );

type Text = (number: number) => string;

/** A further field with a time stamp in it, of these entries. */
const stamped = (entries: string, more: Objects = {}) => ({
  before: page,
  after: (text: Text): Objects => ({
    3: text(3).replace('/Annots [', '/Annots [50 0 R '),
    7: text(7).replace('/Fields [', '/Fields [50 0 R '),
    50: `<</FT /Sig /T (Second) /V 52 0 R ${entries}>>`,
    52: stampIn,
    ...more,
  }),
});

/** A page that draws what another part of the document holds: object 40, by this name. */
const drawing = (name: string, resources: string, change: Objects): Objects => ({
  ...page,
  3: (page[3] ?? '').replace('/Font <</F1 5 0 R>>', `/Font <</F1 5 0 R>> ${resources}`),
  4: stream(`q 1 0 0 1 50 500 cm ${name} Do Q`),
  40: form('first'),
  ...change,
});
/** A page in a font that the store of validation values names too. */
const fontInStore = (key: string, store: Objects): Objects => ({
  ...page,
  1: '<</Type /Catalog /Pages 2 0 R /AcroForm 7 0 R /DSS 20 0 R>>',
  3: (page[3] ?? '').replace('/F1 5 0 R', `/${key} 40 0 R`),
  4: stream(`BT /${key} 24 Tf 72 720 Td (Pay 100 yen) Tj ET`),
  40: page[5] ?? '',
  ...store,
});

/** What was signed, what comes after it, and the check that says so; undefined where nothing is to be seen. */
const updates: Record<string, { before: Objects; after: (text: Text) => Objects; check?: string }> = {
  'a field that shows nothing': stamped(`${widget} /Rect [0 0 0 0]`),
  'a field that is drawn without /AP: its background covers the text': {
    ...stamped(`${widget} ${over} /MK <</BG [1 1 1]>>`),
    check: 'pdf.laterStamps',
  },
  'a field that is drawn without /AP: its border': {
    ...stamped(`${widget} ${over} /MK <</BC [0 0 0]>> /BS <</W 9>>`),
    check: 'pdf.laterStamps',
  },
  'a field that is drawn beside the empty widget it has': {
    ...stamped(`${widget} ${over} /AP <</N 53 0 R>> /Kids [51 0 R]`, {
      51: `<<${widget} /Parent 50 0 R /Rect [0 0 0 0]>>`,
      53: white,
    }),
    check: 'pdf.changes',
  },
  'a default by which a field that was blank is drawn': {
    before: { ...page, 7: '<</Fields [8 0 R 9 0 R] /DR <</Font <</F1 5 0 R>>>>>>' },
    after: (text) => ({ 7: text(7).replace('<<', '<</DA (/F1 12 Tf 0 g) ') }),
    check: 'pdf.changes',
  },
  'a font that a field asks for and the form did not have': {
    before: { ...page, 7: '<</Fields [8 0 R 9 0 R] /DA (/Ev#69l 12 Tf 0 g)>>' },
    after: (text) => ({ 7: text(7).replace('<<', '<</DR <</Font <</Evil 60 0 R>>>> '), 60: dingbats }),
    check: 'pdf.changes',
  },
  'a font that a note on the page asks for': {
    before: {
      ...page,
      3: (page[3] ?? '').replace('9 0 R]', '9 0 R 70 0 R]'),
      70: '<</Type /Annot /Subtype /FreeText /Rect [72 400 400 440] /Contents (100) /DA (/Evil 24 Tf 0 g) /F 4>>',
    },
    after: (text) => ({ 7: text(7).replace('/Font <<', '/Font <</Evil 60 0 R '), 60: dingbats }),
    check: 'pdf.changes',
  },
  'a stamp for a signature that was there before': {
    before: page,
    after: (text) => ({ 9: text(9).replace('/F 4', '/F 4 /V 10 0 R /AP <</N 53 0 R>>'), 53: black }),
    check: 'pdf.changes',
  },
  'a field that was on no page, listed on one': {
    before: {
      ...page,
      3: (page[3] ?? '').replace('8 0 R 9 0 R', '9 0 R'),
      8: (page[8] ?? '').replace('/F 4', '/F 4 /MK <</BG [1 0 0]>>'),
    },
    after: (text) => ({ 3: text(3).replace('9 0 R', '9 0 R 8 0 R') }),
    check: 'pdf.changes',
  },
  'a hidden field that is signed and no longer hidden': {
    before: {
      ...page,
      9: (page[9] ?? '').replace('/F 4', '/F 2 /MK <</BG [1 0 0]>>'),
    },
    after: (text) => ({ 9: text(9).replace('/F 2', '/F 4 /V 52 0 R'), 52: stampIn }),
    check: 'pdf.laterStamps',
  },
  'a font that stands among the validation values': {
    before: fontInStore('Certs', { 20: '<</Certs 40 0 R>>' }),
    after: () => ({ 40: dingbats }),
    check: 'pdf.changes',
  },
  'a font that stands for the values of one signature': {
    before: fontInStore('A'.repeat(40), { 20: '<</VRI 21 0 R>>', 21: `<</${'A'.repeat(40)} 40 0 R>>` }),
    after: () => ({ 40: dingbats }),
    check: 'pdf.changes',
  },
  'metadata that a page draws': {
    before: drawing('/Metadata', '/XObject <</Metadata 40 0 R>>', {
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm 7 0 R /Metadata 40 0 R>>',
    }),
    after: () => ({ 40: form('second') }),
    check: 'pdf.changes',
  },
  'a catalog that a page takes for its list of pictures': {
    before: drawing('/Metadata', '/XObject 1 0 R', {
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm 7 0 R /Metadata 40 0 R>>',
    }),
    after: (text) => ({ 1: text(1).replace('40 0 R', '60 0 R'), 60: form('second') }),
    check: 'pdf.changes',
  },
  'information that a page takes for its list of pictures': {
    before: drawing('/Producer', '/XObject 6 0 R', { 6: '<</Title (Order) /Producer 40 0 R>>' }),
    after: (text) => ({ 6: text(6).replace('40 0 R', '60 0 R'), 60: form('second') }),
    check: 'pdf.changes',
  },
};

const picture = (pdf: Uint8Array): Buffer =>
  withFiles({ 'in.pdf': pdf }, (folder) => {
    runProgram(folder, 'pdftoppm', ...['-r', '36', '-singlefile', 'in.pdf', 'out']);
    return readFileSync(path.join(folder, 'out.ppm'));
  });

for (const [name, { before, after, check }] of Object.entries(updates)) {
  test(`what Poppler shows otherwise is told: ${name}`, { skip: skipWithout('pdftoppm', '-v') }, async () => {
    const signed = await signedPdf(makePdf(before));
    const changed = update(
      signed,
      after((number) => objectIn(signed, number)),
    );
    const isOther = !picture(signed).equals(picture(changed));
    assert.equal(isOther, check !== undefined);
    const [report] = judgePdf(changed, nextDay, fresh);
    const told = report?.checks.filter(
      ({ id, result }) => /^pdf\.(changes|later|filled|metadata)/.test(id) && result !== 'pass',
    );
    assert.deepEqual(
      told?.map(({ id }) => id),
      check === undefined ? [] : [check],
    );
  });
}

/** A document that was given a time stamp, changed, signed by Taro and changed again: what is said of the last change. */
async function afterSignature(first: Buffer, grow: (pdf: Buffer) => Buffer, last: Objects) {
  const stamp = stampWith(firstStamper, stampTime);
  const signed = await signedPdf(grow(Buffer.from(must(await addDocumentTimeStamp(first, { stamp })))));
  const verdict = (pdf: Uint8Array) =>
    judgePdf(pdf, nextDay, fresh)[0]?.checks.find(({ id }) => id === 'pdf.changes')?.detail;
  assert.equal(verdict(signed), undefined);
  return verdict(update(signed, last));
}

/** An object that nobody refers to, made unreadable in place. */
function spoiled(pdf: Buffer): Buffer {
  pdf.write('<</A 1 >', pdf.lastIndexOf('<</A 1>>'), 'latin1');
  return pdf;
}

test('what comes after a signature is explained though an older state cannot be read, or is said to be open', async () => {
  const asIs = (pdf: Buffer) => pdf;
  const spoiledPage = spoiled(makePdf({ ...page, 30: '<</A 1>>' }));
  assert.match((await afterSignature(spoiledPage, asIs, { 4: evil })) ?? '', /unreadable pdf\.syntax/);
  const withPlace = (pdf: Buffer) =>
    spoiled(
      update(pdf, {
        3: objectIn(pdf, 3).replace('/Contents 4 0 R', '/Contents [4 0 R 30 0 R]'),
        31: '<</A 1>>',
      }),
    );
  assert.match(
    (await afterSignature(makePdf(page), withPlace, { 30: evil })) ?? '',
    /unreadable pdf\.syntax/,
  );
});

test('a place kept free among more objects than one update may write is found when it is filled', async () => {
  const grow = (pdf: Buffer) => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [100 + index, '0']));
    const contents = objectIn(pdf, 3).replace('/Contents 4 0 R', '/Contents 30000 0 R');
    return update(pdf, { ...many, 3: contents, 30000: '[4 0 R 40000 0 R]' });
  };
  assert.match((await afterSignature(makePdf(page), grow, { 40000: evil })) ?? '', /change\.dangling/);
});

test('the length of a stream may stand in an object stream', async () => {
  const objects = {
    ...page,
    4: (page[4] ?? '').replace(/\/Length \d+/, '/Length 11 0 R'),
    10: '0',
    11: '42',
  };
  const stamp = stampWith(firstStamper, stampTime);
  const signed = await signedPdf(makePdf(objects, 'stream'));
  const later = must(await addDocumentTimeStamp(signed, { stamp }));
  assert.deepEqual(
    judgePdf(later, nextDay, fresh).map(({ indication }) => indication),
    ['TOTAL_PASSED'],
  );
});
