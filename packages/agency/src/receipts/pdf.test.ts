import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { type ReceiptText, receiptPdf } from './pdf.js';

const text = (title: string, value: string): ReceiptText => ({
  lang: 'ja',
  title,
  agency: '見本市長',
  sentence: '申請が届きました。',
  rows: [{ label: '到達番号', value }],
  parts: [{ title: 'このあと', text: '職員が確かめます。' }],
  foot: '見本',
});

const missing = ['pdftotext', 'pdfinfo', 'qpdf'].filter(
  (program) => spawnSync(program, ['--version']).error !== undefined,
);

function read(pdf: Uint8Array, program: string, args: (file: string) => string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'receipt-'));
  try {
    const file = path.join(folder, 'receipt.pdf');
    writeFileSync(file, pdf);
    const done = spawnSync(program, args(file), { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('several receipts in a row each print their own text', {
  skip: missing.length > 0 && `needs ${missing.join(', ')}`,
}, () => {
  for (const value of ['2026-0001234', '2026-0001235', '2027-0000001']) {
    const pdf = receiptPdf(text('受付のお知らせ', value), new Date('2026-11-22T01:00:00Z'));
    const printed = read(pdf, 'pdftotext', (file) => [file, '-']);
    assert.match(printed, /受付のお知らせ/);
    assert.ok(printed.includes(value));
    read(pdf, 'qpdf', (file) => ['--check', file]);
    assert.match(
      read(pdf, 'pdfinfo', (file) => [file]),
      /Tagged:\s+yes/,
    );
  }
});

test('hostile text stays text, and a character without a glyph becomes a mark', {
  skip: missing.length > 0 && `needs ${missing.join(', ')}`,
}, () => {
  const value = '#panic("x") $x$ *b* \u{1f9a9} \u202e髙﨑𠮷邉 葛\u{e0100}';
  const printed = read(
    receiptPdf(text('題', value), new Date('2026-11-22T01:00:00Z')),
    'pdftotext',
    (file) => [file, '-'],
  );
  assert.match(printed, /#panic\("x"\) \$x\$ \*b\*/);
  assert.match(printed, /\[U\+1F9A9\]/);
  assert.match(printed, /U\+202E/);
  assert.match(printed, /髙﨑𠮷\s*邉/);
});
