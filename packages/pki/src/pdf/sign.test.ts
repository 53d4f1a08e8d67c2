import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { contentTypes } from '../cms/cms-oids.js';
import { verifySignedData } from '../cms/verify-signed-data.js';
import { ca, list, must, nextDay, outcome, source, taro } from '../testing/long-term.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import {
  ask,
  assertSound,
  formPage,
  judgePdf,
  makePdf,
  onePage,
  runProgram,
  signedPdf,
  update,
} from '../testing/pdf.js';
import { skipWithout } from '../testing/programs.js';
import { citizen } from '../testing/world.js';
import { PdfFile } from './file.js';
import { readPdf } from './read.js';
import { type PdfSignatureForm, signPdf } from './sign.js';
import { signedContent } from './signatures.js';

const noQpdf = skipWithout('qpdf', '--version');
const noPdfsig = skipWithout('pdfsig', '-v');
const noChromium = skipWithout('chromium', '--version');
const judges = noQpdf || noPdfsig || opensslAbsent;

const fresh = [source(await list(ca, { citizens: true, thisUpdate: nextDay }))];
const hanako = await citizen(ca, Uint8Array.of(0x01, 0x24));

const byQpdf = (pdf: Uint8Array, ...options: string[]): Buffer =>
  withFiles({ 'in.pdf': pdf }, (folder) => {
    runProgram(folder, 'qpdf', ...[...options, 'in.pdf', 'out.pdf']);
    return readFileSync(path.join(folder, 'out.pdf'));
  });

const byChromium = (): Buffer =>
  withFiles(
    { 'page.html': '<meta charset="utf-8"><h1>定款</h1><p>第1条 当会社は、見本株式会社と称する。' },
    (folder) => {
      const options = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}/profile`];
      runProgram(folder, 'chromium', ...[...options, '--print-to-pdf=out.pdf', 'page.html']);
      return readFileSync(path.join(folder, 'out.pdf'));
    },
  );

/** Where the documents come from, and the reason to skip. */
const documents: [name: string, make: () => Buffer, skip: string | false][] = [
  ['a cross-reference table', () => makePdf(onePage()), false],
  ['a cross-reference stream and an object stream', () => makePdf(onePage(), 'stream'), false],
  ['a hybrid file', () => makePdf(onePage(), 'hybrid'), false],
  ['a form in an object stream', () => makePdf(formPage(), 'stream'), false],
  ['an updated file', () => update(makePdf(formPage()), { 6: '<</Title (New)>>' }), false],
  ['qpdf with object streams', () => byQpdf(makePdf(formPage()), '--object-streams=generate'), noQpdf],
  ['qpdf, linearised', () => byQpdf(makePdf(formPage()), '--linearize'), noQpdf],
  [
    'qpdf, linearised with object streams',
    () => byQpdf(makePdf(onePage()), '--linearize', '--object-streams=generate'),
    noQpdf,
  ],
  ['Chromium', byChromium, noChromium],
  [
    'Chromium and qpdf',
    () => byQpdf(byChromium(), '--linearize', '--object-streams=generate'),
    noChromium || noQpdf,
  ],
];

const subFilters: Record<PdfSignatureForm, string> = {
  registry: 'adbe.pkcs7.detached',
  pades: 'ETSI.CAdES.detached',
};

/** pdfsig's lines about each signature. */
function pdfsig(pdf: Uint8Array): string[] {
  const { text } = ask('pdfsig', pdf, '-nocert');
  return text
    .split(/^Signature #/m)
    .slice(1)
    .filter((each) => !each.includes('is not signed'));
}

for (const [name, make, skip] of documents) {
  test(`${name}: two people sign in turn, in either form; pdfsig and qpdf agree`, {
    skip: skip || judges,
  }, async () => {
    const original = make();
    for (const form of ['registry', 'pades'] as const) {
      const once = await signedPdf(original, { form });
      assert.deepEqual(once.subarray(0, original.length), original);
      const twice = await signedPdf(once, {
        form,
        name: '総務　花子',
        signerCertificate: hanako.der,
        sign: (bytes) => hanako.signer.sign(bytes),
      });
      assert.deepEqual(twice.subarray(0, once.length), once);
      assertSound(once);
      assertSound(twice);
      const [alone] = pdfsig(once);
      const [first, second] = pdfsig(twice);
      for (const each of [alone, first, second]) {
        assert.match(each ?? '', /Signature is Valid/);
        assert.ok(each?.includes(subFilters[form]), each);
      }
      assert.match(alone ?? '', /Total document signed/);
      assert.match(first ?? '', /Not total document signed/);
      assert.match(second ?? '', /Total document signed/);
      const reports = judgePdf(twice, nextDay, { revocation: fresh });
      assert.deepEqual(reports.map(outcome), ['TOTAL_PASSED', 'TOTAL_PASSED']);
      // The form of the cross-reference is the file's own.
      const forms = new PdfFile(twice).sections.map((section) => section.form);
      assert.equal(forms[0], new PdfFile(original).sections[0]?.form);
    }
  });
}

test('OpenSSL verifies the message over the octets that were signed', { skip: opensslAbsent }, async () => {
  for (const form of ['registry', 'pades'] as const) {
    const pdf = must(readPdf(await signedPdf(makePdf(onePage()), { form })));
    const [signature] = pdf.signatures;
    assert.ok(signature?.contents);
    const files = {
      's.p7s': signature.contents,
      content: signedContent(pdf.file, signature),
      'ca.pem': pem(ca.der),
    };
    withFiles(files, (folder) => {
      const run = openssl(
        ...([folder, 'cms', '-verify', '-binary', '-cades', '-inform', 'DER', '-in', 's.p7s'] as const),
        ...(['-content', 'content', '-CAfile', 'ca.pem', '-purpose', 'any', '-out', 'out'] as const),
        ...(['-attime', String(nextDay.getTime() / 1000)] as const),
      );
      assert.ok(run.ok, run.text);
    });
  }
});

test('the registry form has its entries; PAdES leaves out what it forbids', async () => {
  const entriesOf = async (form: PdfSignatureForm) => {
    const pdf = must(
      readPdf(await signedPdf(makePdf(onePage()), { form, reason: '承認', location: '見本市' })),
    );
    const [signature] = pdf.signatures;
    assert.ok(signature?.contents && signature.range);
    const room = (signature.range[2] - signature.range[1] - 2) / 2;
    const signer = verifySignedData({ cms: signature.contents, content: signedContent(pdf.file, signature) });
    assert.equal(signer.contentType, contentTypes.data);
    return { keys: [...signature.dictionary.entries.keys()], room, time: signer.signers[0]?.signingTime };
  };
  const keys = ['Type', 'Filter', 'SubFilter', 'ByteRange', 'Contents', 'Name', 'M', 'Reason', 'Location'];
  const registry = await entriesOf('registry');
  assert.deepEqual(registry, { keys, room: 8192, time: new Date('2026-06-01T01:10:00Z') });
  assert.deepEqual(await entriesOf('pades'), { keys, room: 8192, time: undefined });
});

test('a long chain makes the room larger before the card is asked; a time stamp that does not fit is told', async () => {
  const chain = Array.from({ length: 9 }, (_, index) => citizen(ca, Uint8Array.of(2, index)));
  const certificates = (await Promise.all(chain)).map(({ der }) => der);
  const signed = await signedPdf(makePdf(onePage()), { certificates });
  assert.deepEqual(judgePdf(signed, nextDay, { revocation: fresh }).map(outcome), ['TOTAL_PASSED']);
  const input = {
    pdf: makePdf(onePage()),
    form: 'registry',
    name: 'A',
    signingTime: nextDay,
    algorithm: 'rsa-sha256',
    signerCertificate: taro.der,
  } as const;
  // A token that is no token is refused by itself; see the levels for good ones.
  const bad = await signPdf({
    ...input,
    sign: (data) => taro.signer.sign(data),
    timeStamp: async () => new Uint8Array(40_000),
  });
  assert.equal(bad.ok, false);
});

test('what cannot be signed is told before the key is used', { skip: noQpdf }, async () => {
  const plain = makePdf(formPage());
  const encrypted = byQpdf(plain, '--encrypt', '', 'owner', '256', '--');
  const cases: [Partial<Parameters<typeof signPdf>[0]>, string][] = [
    [{ pdf: encrypted }, 'pdf.encrypted'],
    [{ pdf: Buffer.from('hello') }, 'pdf.header'],
    [{ pdf: plain.subarray(0, -10) }, 'pdf.end'],
    [{ pdf: await signedPdf(plain, { certify: 1 }) }, 'pdf.certified'],
    [{ pdf: await signedPdf(plain), certify: 2 }, 'pdf.certify.late'],
    [{ name: '' }, 'pdf.name.empty'],
    [{ field: 'nowhere' }, 'pdf.field.none'],
    [{ field: 'amount' }, 'pdf.field.none'],
    [{ pdf: await signedPdf(plain, { field: 'approval' }), field: 'approval' }, 'pdf.field.filled'],
    [{ appearance: { pdf: Buffer.from('no'), page: 1 } }, 'pdf.appearance.pdf.header'],
    [{ appearance: { pdf: makePdf(onePage()), page: 2 } }, 'pdf.page.none'],
    [
      { appearance: { pdf: makePdf(onePage()), page: 1, at: { left: 500, bottom: 0 } } },
      'pdf.appearance.place',
    ],
  ];
  for (const [change, rule] of cases) {
    const result = await signPdf({
      ...{ pdf: plain, form: 'registry', name: '総務　太郎', signingTime: nextDay, algorithm: 'rsa-sha256' },
      signerCertificate: taro.der,
      sign: () => assert.fail('the card was asked'),
      ...change,
    });
    assert.deepEqual([result.ok, result.ok ? '' : result.rule], [false, rule]);
  }
});

test('a certification is respected: what it allows is told, what it forbids fails', async () => {
  const plain = makePdf(formPage());
  const fill = { 8: (formPage()[8] ?? '').replace('(100)', '(900)') };
  const after = async (certify: 1 | 2 | 3, change: (pdf: Buffer) => Buffer | Promise<Buffer>) => {
    const [report] = judgePdf(await change(await signedPdf(plain, { certify })), nextDay, {
      revocation: fresh,
    });
    assert.ok(report);
    const noted = report.checks.filter(({ id, result }) => id.startsWith('pdf.') && result !== 'pass');
    return [outcome(report), ...noted.map(({ id }) => id).filter((id) => id !== 'pdf.registry.C5')].join(' ');
  };
  const failed = 'TOTAL_FAILED FORMAT_FAILURE pdf.changed pdf.changes';
  assert.equal(await after(1, (pdf) => pdf), 'TOTAL_PASSED');
  assert.equal(await after(1, (pdf) => update(pdf, fill)), failed);
  assert.equal(await after(2, (pdf) => update(pdf, fill)), 'TOTAL_PASSED pdf.filled');
  assert.equal(await after(2, (pdf) => signedPdf(pdf)), 'TOTAL_PASSED');
  const note = (pdf: Buffer) => {
    const page = (formPage()[3] ?? '').replace('9 0 R', '9 0 R 11 0 R 40 0 R');
    return update(pdf, { 3: page, 40: '<</Type /Annot /Subtype /Text /Rect [1 1 9 9]>>' });
  };
  assert.equal(await after(2, note), failed);
  assert.equal(await after(3, note), 'TOTAL_PASSED pdf.filled');
});

test('a field that asks for a lock is locked by the signature in it', async () => {
  const locking = (formPage()[9] ?? '').replace(
    '/F 4',
    '/F 4 /Lock <</Type /SigFieldLock /Action /Include /Fields [(amount)]>>',
  );
  const plain = makePdf(formPage({ 9: locking }));
  const certified = await signedPdf(plain, { certify: 2 });
  const fill = (pdf: Buffer) => update(pdf, { 8: (formPage()[8] ?? '').replace('(100)', '(900)') });
  assert.equal(judgePdf(fill(certified), nextDay, { revocation: fresh })[0]?.indication, 'TOTAL_PASSED');
  const locked = fill(await signedPdf(certified, { field: 'approval' }));
  const reports = judgePdf(locked, nextDay, { revocation: fresh });
  assert.deepEqual(
    reports.map(({ finding }) => finding),
    ['pdf.changed', 'pdf.changed'],
  );
});
