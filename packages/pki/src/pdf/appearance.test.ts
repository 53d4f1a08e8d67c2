import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ca, list, must, nextDay, outcome, source } from '../testing/long-term.js';
import { withFiles } from '../testing/outside.js';
import {
  ask,
  assertSound,
  formPage,
  judgePdf,
  makePdf,
  onePage,
  runProgram,
  signedPdf,
} from '../testing/pdf.js';
import { skipWithout } from '../testing/programs.js';
import { fieldsOf } from './fields.js';
import { PdfFile } from './file.js';
import { readPdf } from './read.js';

const noPoppler = skipWithout('pdftoppm', '-v') || skipWithout('qpdf', '--version');
const fresh = [source(await list(ca, { citizens: true, thisUpdate: nextDay }))];

/** A picture of 120 by 40 points whose left half is red and whose right half is blue, in two content streams. */
const picture = (form: 'table' | 'stream') => {
  const [red, blue] = ['1 0 0 rg 0 0 60 40 re f', '0 0 1 rg 60 0 60 40 re f'];
  const stream = (text: string) => `<</Length ${text.length}>>\nstream\n${text}\nendstream`;
  return makePdf(
    {
      1: '<</Type /Catalog /Pages 2 0 R>>',
      2: '<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 120 40] /Resources <<>>>>',
      3: '<</Type /Page /Parent 2 0 R /Contents [4 0 R 5 0 R]>>',
      4: stream(red),
      5: stream(blue),
    },
    form,
    '/Root 1 0 R',
  );
};

/** The page as it is shown, 72 pixels an inch: colour at a point from the lower left. */
function drawn(pdf: Uint8Array): { width: number; height: number; at: (x: number, y: number) => string } {
  return withFiles({ 'in.pdf': pdf }, (folder) => {
    runProgram(folder, 'pdftoppm', ...['-r', '72', '-singlefile', 'in.pdf', 'out']);
    const image = readFileSync(path.join(folder, 'out.ppm'));
    const [, width = 0, height = 0] =
      /^P6\n(\d+) (\d+)\n255\n/.exec(image.toString('latin1', 0, 40))?.map(Number) ?? [];
    const start = image.length - width * height * 3;
    const at = (x: number, y: number) => {
      const place = start + ((height - 1 - Math.floor(y)) * width + Math.floor(x)) * 3;
      return image.subarray(place, place + 3).toString('hex');
    };
    return { width, height, at };
  });
}

test('a stamp stands upright at its place on pages turned in every direction', {
  skip: noPoppler,
}, async () => {
  for (const rotation of [0, 90, 180, 270]) {
    for (const form of ['table', 'stream'] as const) {
      const page = (onePage()[3] ?? '').replace(
        '/MediaBox [0 0 595 842]',
        `/MediaBox [10 20 605 862] /Rotate ${rotation}`,
      );
      const appearance = { pdf: picture(form), page: 1, at: { left: 100, bottom: 50, width: 240 } };
      const signed = await signedPdf(makePdf(onePage({ 3: page }), form), { appearance });
      assertSound(signed);
      const { at } = drawn(signed);
      const seen = [at(110, 60), at(210, 120), at(230, 60), at(330, 120), at(90, 60), at(350, 60)];
      const [red, blue, white] = ['ff0000', '0000ff', 'ffffff'];
      assert.deepEqual(seen, [red, red, blue, blue, white, white], `${rotation} ${form}`);
      assert.deepEqual(judgePdf(signed, nextDay, { revocation: fresh }).map(outcome), ['TOTAL_PASSED']);
    }
  }
});

test('without a place it stands in the lower right corner; in a field it fills the field', {
  skip: noPoppler,
}, async () => {
  const corner = await signedPdf(makePdf(onePage()), { appearance: { pdf: picture('table'), page: -1 } });
  const { at, width } = drawn(corner);
  assert.equal(at(width - 44, 45), '0000ff');
  assert.equal(at(width - 41, 45), 'ffffff');
  const filled = await signedPdf(makePdf(formPage(), 'stream'), {
    field: 'approval',
    appearance: { pdf: picture('stream'), page: 1 },
  });
  const field = drawn(filled);
  assert.deepEqual([field.at(75, 503), field.at(297, 557)], ['ff0000', '0000ff']);
  assert.match(ask('pdfsig', filled).text, /Total document signed/);
});

test('without a place no stamp covers another', { skip: noPoppler }, async () => {
  let pdf: Buffer = makePdf(onePage());
  for (let count = 0; count < 3; count++) {
    pdf = await signedPdf(pdf, { appearance: { pdf: picture('table'), page: 1 } });
  }
  const { at, width } = drawn(pdf);
  const seen = [45, 91, 137, 183].map((y) => at(width - 44, y));
  assert.deepEqual(seen, ['0000ff', '0000ff', '0000ff', 'ffffff']);
});

test('a second stamp is told to whoever relies on the first signature', async () => {
  const first = await signedPdf(makePdf(onePage()), { appearance: { pdf: picture('table'), page: 1 } });
  const at = { left: 60, bottom: 700 };
  const both = await signedPdf(first, { appearance: { pdf: picture('stream'), page: 1, at } });
  const reports = judgePdf(both, nextDay, { revocation: fresh });
  assert.deepEqual(reports.map(outcome), ['TOTAL_PASSED', 'TOTAL_PASSED']);
  const noted = reports.map(({ checks }) => checks.find(({ id }) => id === 'pdf.laterStamps')?.result);
  assert.deepEqual(noted, ['warn', undefined]);
  const names = fieldsOf(new PdfFile(both).view()).map(({ name }) => name);
  assert.deepEqual(names, ['Signature1', 'Signature2']);
  assert.equal(must(readPdf(both)).signatures.length, 2);
});
