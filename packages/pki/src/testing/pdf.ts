import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { deflateSync } from 'node:zlib';
import { PdfFile } from '../pdf/file.js';
import { readPdf } from '../pdf/read.js';
import { type PdfSignInput, signPdf } from '../pdf/sign.js';
import { evaluate, type Report } from '../report/evaluate.js';
import { type GatherInput, gatherEverySigner } from '../report/gather.js';
import { ca, must, policy, secondRoot, signingTime, stampRoot, taro } from './long-term.js';
import { withFiles } from './outside.js';

/** Bodies of objects by number, as they stand between `obj` and `endobj`. */
export type Objects = Readonly<Record<number, string>>;

export type XrefForm = 'table' | 'stream' | 'hybrid';

/** A page with a line of text and one more object of each kind that tests change. */
export function onePage(change: Objects = {}): Objects {
  const content = 'BT /F1 24 Tf 72 720 Td (Pay 100 yen) Tj ET';
  return {
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>',
    4: `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    6: '<</Title (Order) /ModDate (D:20260101000000Z)>>',
    ...change,
  };
}

/** With a form: a text field, and an empty field for a signature. */
export function formPage(change: Objects = {}): Objects {
  return onePage({
    1: '<</Type /Catalog /Pages 2 0 R /AcroForm 7 0 R>>',
    3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>> /Annots [8 0 R 9 0 R]>>',
    7: '<</Fields [8 0 R 9 0 R] /DA (/F1 12 Tf 0 g) /DR <</Font <</F1 5 0 R>>>>>>',
    8: '<</Type /Annot /Subtype /Widget /FT /Tx /T (amount) /V (100) /Rect [72 600 200 620] /F 4 /P 3 0 R>>',
    9: '<</Type /Annot /Subtype /Widget /FT /Sig /T (approval) /Rect [72 500 300 560] /F 4 /P 3 0 R>>',
    ...change,
  });
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Objects and the cross-reference behind them; `start` is where the first of them lands, `trailer` what the trailer says besides /Size. */
function section(objects: Objects, start: number, trailer: string, form: XrefForm, size: number): Buffer {
  const numbers = Object.keys(objects).map(Number);
  const isFirst = start < 32;
  // Streams cannot stand in an object stream.
  const packed = form === 'table' ? [] : numbers.filter((number) => !objects[number]?.includes('stream\n'));
  const plain = numbers.filter((number) => !packed.includes(number));
  const parts: Buffer[] = [];
  let length = start;
  const put = (text: string | Buffer) => {
    const part = Buffer.from(text as string, 'latin1');
    parts.push(part);
    length += part.length;
  };
  const entries = new Map<number, [number, number, number]>();
  for (const number of plain) {
    entries.set(number, [1, length, 0]);
    put(`${number} 0 obj\n${objects[number]}\nendobj\n`);
  }
  const [packing, own] = [size, size + 1];
  if (packed.length > 0) {
    entries.set(packing, [1, length, 0]);
    put(objectStream(packing, packed, objects));
    for (const [index, number] of packed.entries()) entries.set(number, [2, packing, index]);
  }
  if (form === 'table') {
    const place = length;
    put(
      `xref\n${lines(entries, isFirst)}trailer\n<</Size ${size} ${trailer}>>\nstartxref\n${place}\n%%EOF\n`,
    );
    return Buffer.concat(parts);
  }
  const place = length;
  const all = [...entries, [own, [1, place, 0]] as const].sort(([a], [b]) => a - b);
  const data = Buffer.concat(
    all.map(([, [type, a, b]]) =>
      Buffer.of(type, (a >> 24) & 255, (a >> 16) & 255, (a >> 8) & 255, a & 255, b >> 8, b & 255),
    ),
  );
  // Predicted by the octet above, as most programs write it.
  const rows = Array.from({ length: data.length / 7 }, (_, row) =>
    Buffer.from([
      2,
      ...data.subarray(row * 7, row * 7 + 7).map((octet, at) => octet - (data[(row - 1) * 7 + at] ?? 0)),
    ]),
  );
  const packedData = deflateSync(Buffer.concat(rows));
  const index = all.map(([number]) => `${number} 1`).join(' ');
  const isHybrid = form === 'hybrid';
  put(
    Buffer.concat([
      Buffer.from(
        `${own} 0 obj\n<</Type /XRef /W [1 4 2] /Index [${index}] /Size ${own + 1} /Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns 7>> /Length ${packedData.length} ${isHybrid ? '' : trailer}>>\nstream\n`,
      ),
      packedData,
      Buffer.from('\nendstream\nendobj\n'),
    ]),
  );
  if (!isHybrid) put(`startxref\n${place}\n%%EOF\n`);
  else {
    const table = length;
    const visible = new Map([...entries].filter(([, [type]]) => type === 1));
    put(
      `xref\n${lines(visible, isFirst)}trailer\n<</Size ${own + 1} /XRefStm ${place} ${trailer}>>\nstartxref\n${table}\n%%EOF\n`,
    );
  }
  return Buffer.concat(parts);
}

function lines(entries: ReadonlyMap<number, readonly [number, number, number]>, isFirst: boolean): string {
  const head = isFirst ? '0 1\n0000000000 65535 f \n' : '';
  return (
    head +
    [...entries]
      .sort(([a], [b]) => a - b)
      .map(([number, [, offset]]) => `${number} 1\n${pad(offset, 10)} 00000 n \n`)
      .join('')
  );
}

function objectStream(number: number, packed: readonly number[], objects: Objects): Buffer {
  let at = 0;
  const heads = packed.map((each) => {
    const head = `${each} ${at}`;
    at += (objects[each]?.length ?? 0) + 1;
    return head;
  });
  const head = `${heads.join(' ')} `;
  const data = deflateSync(Buffer.from(head + packed.map((each) => `${objects[each]}\n`).join(''), 'latin1'));
  return Buffer.concat([
    Buffer.from(
      `${number} 0 obj\n<</Type /ObjStm /N ${packed.length} /First ${head.length} /Filter /FlateDecode /Length ${data.length}>>\nstream\n`,
    ),
    data,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}

/** A whole file. */
export function makePdf(
  objects: Objects,
  form: XrefForm = 'table',
  trailer = '/Root 1 0 R /Info 6 0 R',
): Buffer {
  const head = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');
  const size = Math.max(...Object.keys(objects).map(Number)) + 1;
  return Buffer.concat([head, section(objects, head.length, trailer, form, size)]);
}

/** The file with an update behind it: objects as given, the trailer's other entries kept unless `trailer` says otherwise. */
export function update(
  pdf: Uint8Array,
  objects: Objects,
  trailer = '/Root 1 0 R /Info 6 0 R',
  form: XrefForm = 'table',
): Buffer {
  const file = new PdfFile(pdf);
  const size = Math.max(file.view().size, ...Object.keys(objects).map((each) => Number(each) + 1));
  const previous = file.sections[0]?.offset ?? 0;
  return Buffer.concat([pdf, section(objects, pdf.length, `${trailer} /Prev ${previous}`, form, size)]);
}

/** An object of the file as it stands, to write it anew with a change. */
export function objectIn(pdf: Buffer, number: number): string {
  const entry = new PdfFile(pdf).view().entry(number);
  assert.equal(entry.kind, 'at');
  const start = pdf.indexOf('obj\n', entry.kind === 'at' ? entry.offset : 0) + 4;
  return pdf.subarray(start, pdf.indexOf('\nendobj', start)).toString('latin1');
}

/** Octets that nothing refers to, inside a file with a table. */
export function withHidden(pdf: Buffer, hidden: Buffer): Buffer {
  // In front of the cross-reference, which then starts later.
  const place = pdf.lastIndexOf('xref\n', pdf.lastIndexOf('startxref') - 1);
  const tail = pdf
    .subarray(place)
    .toString('latin1')
    .replace(String(place), String(place + hidden.length));
  return Buffer.concat([pdf.subarray(0, place), hidden, Buffer.from(tail, 'latin1')]);
}

/** Signed by Taro, the registry's form unless said otherwise. */
export async function signedPdf(pdf: Uint8Array, change: Partial<PdfSignInput> = {}): Promise<Buffer> {
  const signed = await signPdf({
    pdf,
    form: 'registry',
    name: '総務　太郎',
    signingTime,
    signerCertificate: taro.der,
    certificates: [ca.der],
    algorithm: taro.signer.algorithm,
    sign: (bytes) => taro.signer.sign(bytes),
    ...change,
  });
  return Buffer.from(must(signed));
}

/** The reports over every signature of the file. */
export function judgePdf(
  pdf: Uint8Array,
  time: Date,
  change: Partial<GatherInput> = {},
  rules = policy,
): Report[] {
  const found = gatherEverySigner({
    policy: rules.id,
    pdf: readPdf(pdf),
    anchors: [ca.der],
    timeStampAnchors: [stampRoot.der, secondRoot.der],
    time,
    ...change,
  });
  return found.map((evidence) => evaluate(evidence, rules, time));
}

/** What a program of the system says about a file, with its exit code. */
export function ask(program: string, pdf: Uint8Array, ...before: string[]): { status: number; text: string } {
  return withFiles({ 'file.pdf': pdf }, (folder) => {
    const run = spawnSync(program, [...before, 'file.pdf'], { cwd: folder, encoding: 'utf8' });
    return { status: run.status ?? -1, text: `${run.stdout}${run.stderr}` };
  });
}

/** Runs a program that must succeed. */
export function runProgram(folder: string, program: string, ...words: string[]): void {
  const done = spawnSync(program, words, { cwd: folder, encoding: 'utf8', input: '' });
  assert.equal(done.status, 0, `${program}: ${done.stdout}${done.stderr}`);
}

/** qpdf finds nothing to complain about. */
export function assertSound(pdf: Uint8Array): void {
  const { status, text } = ask('qpdf', pdf, '--check');
  assert.equal(status, 0, text);
}
