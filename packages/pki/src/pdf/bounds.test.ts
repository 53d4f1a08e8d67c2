import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { must, nextDay } from '../testing/long-term.js';
import { formPage, judgePdf, makePdf, onePage, signedPdf, update } from '../testing/pdf.js';
import { readPdfFile } from './file.js';
import { readPdf } from './read.js';
import { pdfSigningFault } from './sign.js';

/** Files made to cost time or memory: small, and the same things to be read over and over. Each gets a verdict at once. */

const fields = Array.from({ length: 8000 }, (_, index) => index + 100);

/** Many updates of nothing behind a signature, each of which has to be compared. */
function manyUpdates(signed: Buffer, count: number): Buffer {
  const parts = [signed];
  let length = signed.length;
  let previous = must(readPdfFile(signed)).sections[0]?.offset ?? 0;
  for (let index = 0; index < count; index++) {
    const body = `6 0 obj\n<</Title (Order) /ModDate (${index})>>\nendobj\n`;
    const place = length + body.length;
    const line = `${String(length).padStart(10, '0')} 00000 n \n`;
    const trailer = `trailer\n<</Size 20000 /Root 1 0 R /Info 6 0 R /Prev ${previous}>>`;
    const part = Buffer.from(`${body}xref\n6 1\n${line}${trailer}\nstartxref\n${place}\n%%EOF\n`);
    parts.push(part);
    length += part.length;
    previous = place;
  }
  return Buffer.concat(parts);
}

const verdict = (pdf: Uint8Array): string => {
  const read = readPdf(pdf);
  pdfSigningFault({ pdf, form: 'registry' });
  const rules = read.ok ? [...read.value.changes.values()].flat().map(({ rule }) => rule) : [read.rule];
  return [...new Set(rules)].join(' ');
};

test('eight thousand fields, compared two hundred times', async () => {
  const objects = Object.fromEntries(fields.map((number) => [number, `<</FT /Sig /T (f${number})>>`]));
  const list = fields.map((number) => `${number} 0 R`).join(' ');
  const signed = await signedPdf(makePdf(formPage({ 7: `<</Fields [8 0 R 9 0 R ${list}]>>`, ...objects })));
  assert.match(verdict(manyUpdates(signed, 20)), /pdf\.change\.information/);
  const far = manyUpdates(signed, 200);
  assert.match(verdict(far), /pdf\.limit\.work/);
  assert.equal(judgePdf(far, nextDay)[0]?.indication, 'TOTAL_FAILED');
});

test('a catalog of a hundred and fifty thousand values, read for every update', async () => {
  const catalog = `<</Type /Catalog /Pages 2 0 R /X [${'1 '.repeat(150_000)}]>>`;
  const signed = await signedPdf(makePdf(onePage({ 1: catalog })));
  assert.match(verdict(manyUpdates(signed, 200)), /pdf\.limit\.work/);
});

test('one large trailer at the end of hundreds of cross-references', () => {
  const plain = makePdf(onePage());
  const trailer = `trailer\n<</Size 9 /Root 1 0 R /X [${'1 '.repeat(150_000)}]`;
  let file = plain;
  let previous = plain.lastIndexOf('xref\n', plain.lastIndexOf('startxref') - 1);
  for (let index = 0; index < 30; index++) {
    const start = file.length;
    file = Buffer.concat([file, Buffer.from(`xref\n${trailer} /Prev ${previous}>>\n`)]);
    previous = start;
  }
  file = Buffer.concat([file, Buffer.from(`startxref\n${previous}\n%%EOF\n`)]);
  assert.equal(verdict(file), '');
});

test('more cross-references than anybody makes', async () => {
  assert.equal(verdict(manyUpdates(makePdf(onePage()), 300)), 'pdf.xref.sections');
});

test('a small stream that unfolds to millions of entries', () => {
  const rows = deflateSync(Buffer.alloc(15 << 20));
  const stream = `1 0 obj\n<</Type /XRef /W [1 1 1] /Size 5000000 /Root 1 0 R /Filter /FlateDecode /Length ${rows.length}>>\nstream\n`;
  const file = Buffer.concat([
    Buffer.from(`%PDF-1.7\n${stream}`),
    rows,
    Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF'),
  ]);
  assert.equal(verdict(file), 'pdf.xref.size');
});

test('a page that gets the same annotation a hundred thousand times', async () => {
  const signed = await signedPdf(makePdf(onePage()));
  const page = (onePage()[3] ?? '').replace(
    '/Type /Page',
    `/Type /Page /Annots [${'40 0 R '.repeat(60_000)}]`,
  );
  const file = update(signed, { 3: page, 40: `<</Type /Annot /Subtype /Text /X [${'1 '.repeat(50_000)}]>>` });
  assert.match(verdict(file), /pdf\.change\.annotations/);
});
