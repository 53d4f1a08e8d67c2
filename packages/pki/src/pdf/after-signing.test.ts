import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registryPdfPolicy } from '../report/policy.js';
import { ca, list, must, nextDay, source } from '../testing/long-term.js';
import { formPage, judgePdf, makePdf, objectIn, signedPdf, update } from '../testing/pdf.js';
import { readPdf, signedRevision } from './read.js';

/** What may stand behind a signature, and what is given back as signed whatever stands there. What may not: tampering.test.ts. */

const signed = await signedPdf(makePdf(formPage()));
const objectText = (number: number) => objectIn(signed, number);

test('white space behind the end is no change, but the registries want all of the file covered', () => {
  const longer = Buffer.concat([signed, Buffer.from('\n \n')]);
  const [report] = judgePdf(longer, nextDay, {}, { ...registryPdfPolicy, demo: true });
  assert.equal(report?.finding, 'pdf.registry');
  assert.match(report?.checks.find(({ result }) => result === 'fail')?.detail ?? '', /^C5 /);
  assert.notEqual(judgePdf(longer, nextDay)[0]?.indication, 'TOTAL_FAILED');
});

test('what other programs write with a signature is no change: a newer version, a widget beside its field', async () => {
  const alone = { revocation: [source(await list(ca, { citizens: true, thisUpdate: nextDay }))] };
  const newer = update(signed, {
    1: objectText(1).replace('/Type /Catalog', '/Type /Catalog /Version /2.0'),
  });
  assert.equal(judgePdf(newer, nextDay, alone)[0]?.indication, 'TOTAL_PASSED');
  const older = update(signed, {
    1: objectText(1).replace('/Type /Catalog', '/Type /Catalog /Version /nine'),
  });
  assert.equal(judgePdf(older, nextDay, alone)[0]?.finding, 'pdf.changed');
  // Whether the second signature holds is a question of its own.
  const apart = {
    3: objectText(3).replace(/\/Annots \[/, '/Annots [51 0 R '),
    7: objectText(7).replace('/Fields [', '/Fields [50 0 R '),
    50: '<</FT /Sig /T (Second) /V 52 0 R /Kids [51 0 R]>>',
    51: '<</Type /Annot /Subtype /Widget /Parent 50 0 R /Rect [0 0 0 0] /F 132 /P 3 0 R>>',
    52: '<</Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] /Contents <00>>>',
  };
  const [first] = judgePdf(update(signed, apart), nextDay, alone);
  assert.equal(first?.indication, 'TOTAL_PASSED');
  const [hidden] = judgePdf(
    update(signed, { ...apart, 51: `${apart[51].slice(0, -2)} /A <</S /URI>>>>` }),
    nextDay,
    alone,
  );
  assert.equal(hidden?.finding, 'pdf.changed');
});

test('what was signed is what is returned, whatever came after it', () => {
  const changed = update(signed, { 5: '<</Type /Font /Subtype /Type1 /BaseFont /Courier>>' });
  const pdf = must(readPdf(changed));
  assert.deepEqual(Buffer.from(signedRevision(pdf, 0) ?? []), signed);
  assert.equal(signedRevision(pdf, 1), undefined);
});
