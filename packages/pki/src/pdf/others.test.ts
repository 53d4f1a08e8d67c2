import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ca, list, nextDay, outcome, policy, source, taro } from '../testing/long-term.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import { formPage, judgePdf, makePdf, onePage, runProgram, signedPdf } from '../testing/pdf.js';
import { skipWithout } from '../testing/programs.js';

/** Documents signed by programs that we did not write: Poppler with NSS, and PoDoFo. They sign at the time of the day they are run. */
const noPoppler =
  skipWithout('pdfsig', '-v') || skipWithout('certutil', '-H') || skipWithout('pk12util', '-H');
const noPodofo = skipWithout('podofosign');

// Their signatures name no certificate by a digest, as the form of Adobe does not ask for it.
const rules = { ...policy, requireSigningCertificate: false };
const now = new Date();
const later = new Date(now.getTime() + 60_000);
const fresh = [source(await list(ca, { citizens: true, thisUpdate: now }))];
const inTime = now > nextDay && now < taro.certificate.notAfter;
const outOfTime = inTime ? false : 'the clock is outside the validity of the test certificates';

const outcomes = (pdf: Uint8Array) => judgePdf(pdf, later, { revocation: fresh }, rules).map(outcome);
const good = 'TOTAL_PASSED';

const keys = {
  'cert.pem': pem(taro.der),
  'key.pem': pem(taro.pkcs8, 'PRIVATE KEY'),
  'ca.pem': pem(ca.der),
};

function byPoppler(pdf: Uint8Array, ...words: string[]): Buffer {
  return withFiles({ ...keys, 'in.pdf': pdf }, (folder) => {
    openssl(
      ...([
        folder,
        'pkcs12',
        '-export',
        '-in',
        'cert.pem',
        '-inkey',
        'key.pem',
        '-certfile',
        'ca.pem',
      ] as const),
      ...(['-name', 'taro', '-passout', 'pass:', '-out', 'taro.p12'] as const),
    );
    const store = `sql:${folder}`;
    runProgram(folder, 'certutil', '-N', '-d', store, '--empty-password');
    runProgram(folder, 'pk12util', '-i', 'taro.p12', '-d', store, '-W', '');
    runProgram(folder, 'pdfsig', 'in.pdf', 'out.pdf', ...words, '-nssdir', store, '-nick', 'taro');
    return readFileSync(path.join(folder, 'out.pdf'));
  });
}

function byPodofo(pdf: Uint8Array): Buffer {
  return withFiles({ ...keys, 'in.pdf': pdf }, (folder) => {
    const words = [
      '-in',
      'in.pdf',
      '-out',
      'out.pdf',
      '-cert',
      'cert.pem',
      '-pkey',
      'key.pem',
      '-digest',
      'SHA256',
    ];
    runProgram(folder, 'podofosign', ...words);
    return readFileSync(path.join(folder, 'out.pdf'));
  });
}

test('Poppler signs, we verify: tables and streams, new fields and empty ones', {
  skip: noPoppler || opensslAbsent || outOfTime,
}, () => {
  for (const form of ['table', 'stream'] as const) {
    assert.deepEqual(outcomes(byPoppler(makePdf(onePage(), form), '-add-signature')), [good]);
    assert.deepEqual(outcomes(byPoppler(makePdf(formPage(), form), '-sign', 'approval')), [good]);
  }
});

test('Poppler signs after us: both are good, and what it added is permitted', {
  skip: noPoppler || opensslAbsent || outOfTime,
}, async () => {
  for (const objects of [onePage(), formPage()]) {
    const both = byPoppler(await signedPdf(makePdf(objects)), '-add-signature');
    const [first, second] = judgePdf(both, later, { revocation: fresh }, rules);
    assert.deepEqual(
      [first, second].map((each) => each && outcome(each)),
      [good, good],
    );
    const told = first?.checks.find(({ id }) => id === 'pdf.changes');
    assert.equal(told?.result, 'pass');
  }
});

test('we sign after Poppler: both are good', { skip: noPoppler || opensslAbsent || outOfTime }, async () => {
  const theirs = byPoppler(makePdf(onePage()), '-add-signature');
  assert.deepEqual(outcomes(await signedPdf(theirs, { signingTime: now })), [good, good]);
});

test('PoDoFo signs, we verify; it signs after us and we after it', {
  skip: noPodofo || outOfTime,
}, async () => {
  assert.deepEqual(outcomes(byPodofo(makePdf(formPage()))), [good]);
  assert.deepEqual(outcomes(byPodofo(await signedPdf(makePdf(onePage())))), [good, good]);
  assert.deepEqual(outcomes(await signedPdf(byPodofo(makePdf(onePage())), { signingTime: now })), [
    good,
    good,
  ]);
});
