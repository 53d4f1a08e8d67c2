import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstStamper, must, nextDay, outcome, stampTime, stampWith } from '../testing/long-term.js';
import {
  formPage,
  judgePdf,
  makePdf,
  type Objects,
  objectIn,
  onePage,
  signedPdf,
  update,
  withHidden,
} from '../testing/pdf.js';
import { addDocumentTimeStamp } from './document-time-stamp.js';
import { PdfFile } from './file.js';
import { readPdf } from './read.js';

const plain = makePdf(formPage());
const signed = await signedPdf(plain);
const file = new PdfFile(signed);
const range = must(readPdf(signed)).signatures[0]?.range;
assert.ok(range);
const [, before, after] = range;
const root = '/Root 1 0 R /Info 6 0 R';

/** Octets exchanged in place, so that no offset moves. */
function swap(from: string, to: string, at = 0): Buffer {
  const copy = Buffer.from(signed);
  const place = copy.indexOf(from, at, 'latin1');
  assert.ok(place >= 0 && to.length === from.length, from);
  copy.write(to, place, 'latin1');
  return copy;
}

/** The /ByteRange of the last signature as other numbers; undefined drops the key. */
function withRange(numbers: string): Buffer {
  const place = signed.lastIndexOf('/ByteRange [') + 12;
  const end = signed.indexOf(']', place);
  const copy = Buffer.from(signed);
  copy.write(numbers.padEnd(end - place), place, 'latin1');
  return copy;
}

const objectText = (number: number) => objectIn(signed, number);

const evil = 'BT /F1 24 Tf 72 720 Td (Pay 1000000 yen) Tj ET';
const evilStream = `<</Length ${evil.length}>>\nstream\n${evil}\nendstream`;
const freeText =
  '<</Type /Annot /Subtype /FreeText /Rect [72 700 300 760] /DA (/F1 24 Tf) /Contents (Pay 900) /F 4>>';

/** An update that is nothing but a cross-reference, its lines as given. */
function crossReference(lines: string, pdf: Uint8Array = signed): Buffer {
  const start = pdf.length;
  const trailer = `trailer\n<</Size 40 ${root} /Prev ${new PdfFile(pdf).sections[0]?.offset}>>`;
  return Buffer.concat([pdf, Buffer.from(`xref\n${lines}${trailer}\nstartxref\n${start}\n%%EOF\n`)]);
}

/** Name of the tampering, what it makes, the check that catches it, and what that check says. */
const tamperings: [name: string, make: () => Buffer | Promise<Buffer>, check: string, detail: RegExp][] = [
  [
    'an octet of the page is changed',
    () => swap('100 yen', '900 yen'),
    'signature.content',
    /signature\.digest/,
  ],
  [
    '/ByteRange leaves a gap',
    () => withRange(`0 ${before - 20} ${after} ${signed.length - after}`),
    'pdf.place',
    /byteRange\.gap/,
  ],
  [
    'the hole is larger than /Contents',
    () => withRange(`0 ${before} ${after + 30} ${signed.length - after - 30}`),
    'pdf.place',
    /byteRange\.gap/,
  ],
  [
    'the ranges overlap',
    () => withRange(`0 ${after} ${before} ${signed.length - before}`),
    'pdf.place',
    /byteRange\.overlap/,
  ],
  [
    'a range is negative',
    () => withRange(`0 -1 ${after} ${signed.length - after}`),
    'pdf.place',
    /byteRange\.form/,
  ],
  ['a range is a fraction', () => withRange(`0 1.5 ${after} 9`), 'pdf.place', /byteRange\.form/],
  ['there are five ranges', () => withRange(`0 1 2 3 4`), 'pdf.place', /byteRange\.form/],
  [
    'the ranges do not begin at the beginning',
    () => withRange(`9 ${before - 9} ${after} ${signed.length - after}`),
    'pdf.place',
    /byteRange\.start/,
  ],
  [
    'the ranges end behind the file',
    () => withRange(`0 ${before} ${after} ${signed.length}`),
    'pdf.place',
    /byteRange\.beyond/,
  ],
  [
    'the ranges end before the end of the file',
    () => withRange(`0 ${before} ${after} 20`),
    'pdf.place',
    /pdf\.end/,
  ],
  [
    'universal forgery: no /ByteRange',
    () => swap('/ByteRange [', '/ByteRangX [', before - 200),
    'pdf.place',
    /byteRange\.absent/,
  ],
  ['universal forgery: /ByteRange is null', () => withRange('null'), 'pdf.place', /byteRange\.form/],
  [
    'universal forgery: no /Contents',
    () => swap('/Contents <', '/ContentX <', before - 200),
    'pdf.place',
    /contents\.absent/,
  ],
  [
    'universal forgery: /Contents holds no message',
    () => swap('<3082', '<0000', before),
    'pdf.place',
    /contents\.message/,
  ],
  [
    '/Contents stands twice',
    () => swap('/Filter /Adobe.PPKLite', '/Contents <00000000>  '),
    'pdf.format',
    /key\.doubled/,
  ],
  [
    'something is written behind the message in /Contents',
    () => swap('00>', '01>', before),
    'pdf.place',
    /contents\.padding/,
  ],
  ['white space in /Contents', () => swap('00>', '  >', before), 'pdf.place', /byteRange\.contents/],
  [
    'an old form that signs with SHA-1',
    () => swap('/adbe.pkcs7.detached', '/adbe.pkcs7.sha1    '),
    'pdf.place',
    /pdf\.subFilter/,
  ],
  [
    'octets behind the last %%EOF',
    () => Buffer.concat([signed, Buffer.from('hidden')]),
    'pdf.format',
    /pdf\.end/,
  ],
  [
    'incremental saving without a cross-reference',
    () => Buffer.concat([signed, Buffer.from(`4 0 obj\n${evilStream}\nendobj\n`)]),
    'pdf.format',
    /pdf\.end/,
  ],
  [
    'incremental saving that points at the old cross-reference',
    () => {
      const body = `4 0 obj\n${evilStream}\nendobj\nstartxref\n${file.sections[0]?.offset}\n%%EOF\n`;
      return Buffer.concat([signed, Buffer.from(body)]);
    },
    'pdf.changes',
    /change\.trailing/,
  ],
  [
    'the content of a page is exchanged',
    () => update(signed, { 4: evilStream }),
    'pdf.changes',
    /change\.object \(object 4\)/,
  ],
  [
    'a font is exchanged',
    () => update(signed, { 5: '<</Type /Font /Subtype /Type1 /BaseFont /Courier>>' }),
    'pdf.changes',
    /change\.object \(object 5\)/,
  ],
  [
    'a page shows another content',
    () => update(signed, { 3: objectText(3).replace('/Contents 4 0 R', '/Contents 30 0 R'), 30: evilStream }),
    'pdf.changes',
    /change\.page\.Contents/,
  ],
  [
    'a page is cropped',
    () => update(signed, { 3: objectText(3).replace('/MediaBox', '/CropBox [0 0 595 700] /MediaBox') }),
    'pdf.changes',
    /change\.page\.CropBox/,
  ],
  [
    'the catalog shows other pages',
    () =>
      update(signed, {
        1: objectText(1).replace('/Pages 2 0 R', '/Pages 31 0 R'),
        31: '<</Type /Pages /Kids [] /Count 0>>',
      }),
    'pdf.changes',
    /change\.catalog\.Pages/,
  ],
  [
    'a page is removed from the tree',
    () => update(signed, { 2: '<</Type /Pages /Kids [] /Count 0>>' }),
    'pdf.changes',
    /change\.object \(object 2\)/,
  ],
  [
    'hide and replace: another catalog',
    () => update(signed, { 32: objectText(1) }, '/Root 32 0 R /Info 6 0 R'),
    'pdf.changes',
    /change\.root/,
  ],
  [
    'something runs when the document opens',
    () => update(signed, { 1: objectText(1).replace('/Type /Catalog', '/Type /Catalog /OpenAction 33 0 R') }),
    'pdf.changes',
    /change\.catalog\.OpenAction/,
  ],
  [
    'an annotation covers text',
    () => update(signed, { 3: objectText(3).replace(/\/Annots \[/, '/Annots [34 0 R '), 34: freeText }),
    'pdf.changes',
    /change\.annotation/,
  ],
  [
    'annotations are taken away',
    () => update(signed, { 3: objectText(3).replace(/\/Annots \[[^\]]*\]/, '/Annots []') }),
    'pdf.changes',
    /change\.annotations/,
  ],
  [
    'a field is hidden',
    () => update(signed, { 8: objectText(8).replace('/F 4', '/F 2') }),
    'pdf.changes',
    /change\.field\.F/,
  ],
  [
    'a field moves',
    () => update(signed, { 8: objectText(8).replace('[72 600', '[72 700') }),
    'pdf.changes',
    /change\.field\.Rect/,
  ],
  [
    'a form that is not certified is filled in',
    () => update(signed, { 8: objectText(8).replace('(100)', '(900)') }),
    'pdf.changes',
    /change\.formFill/,
  ],
  [
    'the form draws its fields anew',
    () => update(signed, { 7: objectText(7).replace('<<', '<</NeedAppearances true ') }),
    'pdf.changes',
    /change\.form\.NeedAppearances/,
  ],
  [
    'the form gets XFA',
    () => update(signed, { 7: objectText(7).replace('<<', '<</XFA 35 0 R '), 35: evilStream }),
    'pdf.changes',
    /change\.form\.XFA/,
  ],
  [
    'the form gets a field that is no signature',
    () =>
      update(signed, {
        7: objectText(7).replace('/Fields [', '/Fields [36 0 R '),
        36: '<</FT /Tx /T (new)>>',
      }),
    'pdf.changes',
    /change\.form\.newField/,
  ],
  [
    'the form loses a field',
    () => update(signed, { 7: objectText(7).replace('8 0 R ', '') }),
    'pdf.changes',
    /change\.form\.fields/,
  ],
  [
    'the signature is taken out of the form',
    () => update(signed, { 7: formPage()[7] ?? '' }),
    'pdf.signature',
    /^$/,
  ],
  [
    'the signature dictionary is written anew',
    () => update(signed, { 10: objectText(10).replace('/M (D:2026', '/M (D:2020') }),
    'pdf.place',
    /./,
  ],
  [
    'the title is changed',
    () => update(signed, { 6: '<</Title (Other) /ModDate (D:20260101000000Z)>>' }),
    'pdf.changes',
    /change\.information\.Title/,
  ],
  [
    'shadow, hide: an object is removed',
    () => crossReference('4 1\n0000000000 00001 f \n'),
    'pdf.changes',
    /change\.object\.removed|object\.generation/,
  ],
  [
    'shadow, replace: a reference that led nowhere leads somewhere',
    async () => {
      const shadow = await signedPdf(
        makePdf(formPage({ 3: (formPage()[3] ?? '').replace('4 0 R', '[4 0 R 30 0 R]') })),
      );
      return update(shadow, { 30: evilStream });
    },
    'pdf.changes',
    /change\.dangling/,
  ],
  [
    'shadow, hide and replace: a second object of the same number lay in the signed part',
    async () => {
      const hidden = Buffer.from(`4 0 obj\n${evilStream}\nendobj\n`);
      const prepared = await signedPdf(withHidden(plain, hidden));
      const place = String(prepared.indexOf(hidden)).padStart(10, '0');
      return crossReference(`4 1\n${place} 00000 n \n`, prepared);
    },
    'pdf.changes',
    /change\.object \(object 4\)/,
  ],
  [
    'shadow: an object of the signed state is to come behind its end',
    async () => {
      const page = formPage({ 3: (formPage()[3] ?? '').replace('4 0 R', '[4 0 R 30 0 R]'), 30: evilStream });
      const made = makePdf(page);
      const line = made.lastIndexOf('00000 n \n') - 11;
      made.write('0000040000', line, 'latin1');
      const shadow = await signedPdf(made);
      const filled = Buffer.concat([
        shadow,
        Buffer.from(`%${'x'.repeat(40_000 - shadow.length - 2)}\n30 0 obj\n${evilStream}\nendobj\n`),
      ]);
      return update(
        Buffer.concat([
          filled,
          Buffer.from(`startxref\n${new PdfFile(shadow).sections[0]?.offset}\n%%EOF\n`),
        ]),
        { 41: '<</A 1>>' },
      );
    },
    'pdf.changes',
    /change\.unreadable/,
  ],
  [
    'an object stream is exchanged as a whole',
    async () => {
      const packed = await signedPdf(makePdf(formPage(), 'stream'));
      const objects: Objects = { ...formPage(), 5: '<</Type /Font /Subtype /Type1 /BaseFont /Courier>>' };
      const members = [1, 2, 3, 5, 6, 7, 8, 9];
      const bodies = members.map((number) => `${objects[number] ?? ''}\n`);
      const starts = bodies.map((_, index) => bodies.slice(0, index).join('').length);
      const head = members.map((number, index) => `${number} ${starts[index]}`).join(' ');
      const whole = `${head}\n${bodies.join('')}`;
      const dictionary = `<</Type /ObjStm /N ${members.length} /First ${head.length + 1} /Length ${whole.length}>>`;
      return update(packed, { 10: `${dictionary}\nstream\n${whole}\nendstream` }, root, 'stream');
    },
    'pdf.changes',
    /change\.object \(object 10\)/,
  ],
  [
    'a document time stamp over another document',
    async () => {
      const stamp = stampWith(firstStamper, stampTime);
      const stamped = Buffer.from(must(await addDocumentTimeStamp(signed, { stamp })));
      const other = Buffer.from(
        must(await addDocumentTimeStamp(await signedPdf(makePdf(onePage())), { stamp })),
      );
      const [from, to] = [other, stamped].map((pdf) => {
        const place = must(readPdf(pdf)).timeStamps[0]?.range?.[1] ?? 0;
        return pdf.subarray(place, pdf.indexOf('>', place) + 1);
      });
      to?.set(from ?? []);
      return stamped;
    },
    'signature.timeStamps',
    /tsp\.imprint\.differs/,
  ],
];

for (const [name, make, check, detail] of tamperings) {
  test(`caught: ${name}`, async () => {
    const [report] = judgePdf(await make(), nextDay);
    assert.ok(report);
    assert.notEqual(report.indication, 'TOTAL_PASSED');
    const found = report.checks.find(({ id, result }) => id === check && result === 'fail');
    assert.ok(
      found,
      JSON.stringify([outcome(report), report.checks.filter(({ result }) => result !== 'pass')]),
    );
    assert.match(found.detail, detail);
    assert.equal(report.indication, check === 'signature.timeStamps' ? 'INDETERMINATE' : 'TOTAL_FAILED');
  });
}
