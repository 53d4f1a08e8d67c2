import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { attempt } from '../der/fault.js';
import { must } from '../testing/long-term.js';
import { mutations } from '../testing/mutate.js';
import { formPage, makePdf, onePage, update } from '../testing/pdf.js';
import { fieldsOf } from './fields.js';
import { readPdfFile } from './file.js';
import { findPage } from './pages.js';
import { PdfParser } from './parse.js';
import { readPdf } from './read.js';
import { dateOf, dateString, textOf, textString } from './text.js';
import { isString, nameOf, type PdfValue, valuesEqual } from './value.js';
import { writeValue } from './write.js';

const parse = (text: string): PdfValue | string => {
  const read = attempt(() => {
    const parser = new PdfParser(Buffer.from(text, 'latin1'));
    const value = parser.value();
    parser.skip();
    return parser.at === text.length ? value : `rest at ${parser.at}`;
  });
  return read.ok ? read.value : read.rule;
};

const stringOf = (text: string): string => {
  const value = parse(text);
  return typeof value === 'object' && isString(value)
    ? Buffer.from(value.bytes).toString('latin1')
    : String(value);
};

test('values are read as ISO 32000-2 writes them', () => {
  assert.equal(parse('-12'), -12);
  assert.equal(parse('+.5'), 0.5);
  assert.equal(parse('4.'), 4);
  assert.equal(parse('null'), null);
  assert.equal(parse('% a comment\r true'), true);
  const name = parse('/A#20B');
  assert.equal(typeof name === 'object' ? nameOf(name) : name, 'A B');
  assert.equal(stringOf('(a(b)\\)\\053\\\r\nc\\0053\r\nd)'), 'a(b))+c\x053\nd');
  assert.equal(stringOf('<48 65 6c6C 7>'), 'Hellp');
  assert.deepEqual(parse('[1 0 R 2 0]'), [{ kind: 'reference', number: 1, generation: 0 }, 2, 0]);
});

test('what programs read differently is refused by name', () => {
  const cases: [string, string][] = [
    ['<</A 1 /A 2>>', 'pdf.syntax.key.doubled'],
    ['--5', 'pdf.syntax.value'],
    ['1e5', 'pdf.syntax.value'],
    ['nul', 'pdf.syntax.null'],
    ['(open', 'pdf.syntax.string'],
    ['<4x>', 'pdf.syntax.hex'],
    ['/A#4', 'pdf.syntax.name'],
    ['[1', 'pdf.syntax.array'],
    ['<</A 1', 'pdf.syntax.dictionary'],
    ['['.repeat(100), 'pdf.syntax.depth'],
    [`[${'[]'.repeat(300_000)}]`, 'pdf.syntax.size'],
  ];
  for (const [text, rule] of cases) assert.equal(parse(text), rule);
});

test('what is written is read again as the same', () => {
  const texts = ['[1 0 R -1.5 (a\\)\\\\\\r) <ff00> /A#20#23 null true <</K [<<>>]>>]'];
  for (const text of texts) {
    const value = parse(text);
    assert.ok(typeof value !== 'string');
    const again = parse(writeValue(value).toString('latin1'));
    assert.ok(typeof again !== 'string' && valuesEqual(again, value));
  }
  assert.equal(writeValue(0.0000001).toString(), '0');
  assert.equal(textOf(textString('総務　太郎 𠮷')), '総務　太郎 𠮷');
});

test('a date has the form that the registry takes', () => {
  const time = new Date('2026-06-01T01:10:00Z');
  assert.equal(Buffer.from(dateString(time).bytes).toString(), "D:20260601101000+09'00'");
  for (const text of [
    "D:20260601101000+09'00'",
    "D:20260601101000+09'00",
    'D:20260601011000Z',
    "D:20260531231000-02'00'",
  ])
    assert.deepEqual(dateOf(text), time, text);
  for (const text of [
    '20260601011000Z',
    'D:20260601',
    'D:20260231011000Z',
    "D:20260601011000+24'00'",
    'D:20260601011000',
  ])
    assert.equal(dateOf(text), undefined, text);
});

const rule = (pdf: Uint8Array): string => {
  const read = readPdf(pdf);
  return read.ok ? 'good' : read.rule;
};

test('every form of cross-reference leads to the same document', () => {
  for (const form of ['table', 'stream', 'hybrid'] as const) {
    const pdf = update(makePdf(formPage(), form), { 6: '<</Title (New)>>' }, undefined, form);
    const view = must(readPdfFile(pdf)).view();
    assert.deepEqual(
      fieldsOf(view).map(({ name, type }) => `${name} ${type}`),
      ['amount Tx', 'approval Sig'],
    );
    assert.deepEqual(findPage(view, -1).box, [0, 0, 595, 842]);
    const title = view.dictionary(view.trailer.entries.get('Info'))?.entries.get('Title');
    assert.equal(isString(title) ? textOf(title) : title, 'New');
  }
});

test('a file that is not one document to everybody is refused by name', () => {
  const plain = makePdf(onePage());
  const text = plain.toString('latin1');
  const change = (from: string | RegExp, to: string) => Buffer.from(text.replace(from, to), 'latin1');
  const bomb = deflateSync(Buffer.alloc(64 << 20));
  const stream = `<</Type /XRef /W [1 4 2] /Size 9 /Root 1 0 R /Filter /FlateDecode /Length ${bomb.length}>>`;
  const cases: [Buffer, string][] = [
    [Buffer.concat([Buffer.from('x'), plain]), 'pdf.header'],
    [plain.subarray(0, -8), 'pdf.end'],
    [change('startxref\n', 'startxref\n9'), 'pdf.xref.offset'],
    [change('4 0 obj', '9 0 obj'), 'good'],
    [change('/Root 1 0 R', '/Encrypt 4 0 R /Root 1 0 R'), 'pdf.encrypted'],
    [change('/Root 1 0 R', '/Root 1 0 R /Prev 1'), 'pdf.syntax.object'],
    [
      change(/\/Size/, `/Prev ${text.lastIndexOf('xref\n', text.lastIndexOf('startxref') - 1)} /Size`),
      'pdf.xref.loop',
    ],
    [change('00000 n \n2 1', '00000 n\n2 1'), 'pdf.xref.entry'],
    [change('trailer', `1 1\n0000000099 00000 n \ntrailer`), 'pdf.xref.doubled'],
    [change('/Root 1 0 R', '/Root 99 0 R'), 'pdf.root'],
    [
      Buffer.concat([
        Buffer.from(`%PDF-1.7\n1 0 obj\n${stream}\nstream\n`),
        bomb,
        Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF'),
      ]),
      'pdf.filter.size',
    ],
  ];
  for (const [pdf, expected] of cases) assert.equal(rule(pdf), expected, expected);
});

test('damaged files of every form give a verdict, never a throw', () => {
  for (const form of ['table', 'stream', 'hybrid'] as const) {
    const pdf = update(makePdf(formPage(), form), { 6: '<</Title (New)>>' }, undefined, form);
    for (const mutated of mutations(pdf, 1500, 11)) {
      const read = readPdf(mutated);
      if (read.ok) attempt(() => findPage(read.value.file.view(), 1));
      else assert.match(read.rule, /^pdf\./);
    }
  }
});
