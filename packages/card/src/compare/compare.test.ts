import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { apdu } from '../apdu.js';
import type { CardContent } from '../card-content.js';
import { efs, fileKey } from '../files.js';
import type { Medium } from '../media.js';
import { demoMyNumber } from '../my-number.js';
import { newCardContent } from '../new-card.js';
import { cardInMemory, demoCard, demoContent, seeded } from '../testing/demo-card.js';
import { VirtualCard } from '../virtual-card.js';
import { compareCard } from './compare.js';
import { harmlessOnly } from './guard.js';
import { probes } from './probes.js';
import { shapeOf } from './shape.js';

/** A card with certificates in it, as a holder has one. */
function issued(content: CardContent, mark: number): CardContent {
  const certificate = (size: number) => {
    const bytes = Buffer.alloc(size, mark);
    bytes.set([0x30, 0x82, 0x07, 0x00]);
    return Buffer.concat([bytes.subarray(0, 0x704), Buffer.alloc(size - 0x704, 0xff)]);
  };
  const { signatureCertificate, signatureCaCertificate, authenticationCertificate } = efs.jpki;
  const written = [
    signatureCertificate,
    signatureCaCertificate,
    authenticationCertificate,
    efs.jpki.authenticationCaCertificate,
  ].map((file) => [fileKey(file), certificate(file.size)]);
  return { ...content, files: { ...content.files, ...Object.fromEntries(written) } };
}

function transmitOf(content: CardContent) {
  const card = new VirtualCard(content, async () => undefined);
  return (command: Uint8Array) => card.execute(command);
}

test('a card like ours gives no difference, of whatever medium', async () => {
  for (const medium of ['my-number-card', 'jukicard', 'android', 'iphone', 'next-card'] as Medium[]) {
    const comparison = await compareCard(transmitOf(issued(await demoContent(medium), 0x41)));
    assert.equal(comparison.medium, medium);
    assert.deepEqual(
      comparison.rows.filter((row) => !row.same),
      [],
    );
    assert.equal(comparison.rows.length, probes.length);
  }
});

test('two people’s cards give the same report to the letter: nothing of a value is in it', async () => {
  const first = issued(await demoContent(), 0x41);
  const second = issued(
    await newCardContent({
      ...demoCard,
      text: {
        name: '見本　花子',
        address: '見本県見本市大字見本字見本一丁目二番地三号　見本ハイツ四〇五号室',
        birthDate: '2001-11-30',
        sex: 'female',
        myNumber: demoMyNumber('hanako'),
      },
      expiry: '2036-11-30',
      municipality: '99301',
      authPin: '9876',
      signPin: 'XYZ987',
      textPin: '5555',
    }),
    0x77,
  );
  const reports = await Promise.all([first, second].map((content) => compareCard(transmitOf(content))));
  assert.equal(JSON.stringify(reports[0]), JSON.stringify(reports[1]));
});

test('no four bytes in a row of any file, object, number or PIN stand in the report, in any spelling', async () => {
  const content = issued(await demoContent(), 0x41);
  const report = JSON.stringify(await compareCard(transmitOf(content)));
  const values = [...Object.values(content.files), ...Object.values(content.objects)];
  const known = new Set(['00000000', 'ffffffff']);
  for (const value of values) {
    for (let at = 0; at + 4 <= value.length; at += 1) {
      const part = Buffer.from(value.subarray(at, at + 4));
      if (known.has(part.toString('hex'))) continue;
      // A window over two tags of a template is what the report is made of.
      for (const text of [part.toString('hex'), part.toString('hex').toUpperCase()])
        if (!/^(ff|df|7f|5f)/i.test(text)) assert.ok(!report.includes(text), text);
    }
  }
  for (const secret of [
    '総務',
    '見本',
    '19800203',
    '550203',
    '99201',
    '2035',
    demoCard.text.myNumber,
    'ABC123',
    '1234',
  ])
    assert.ok(!report.includes(secret), secret);
});

test('no try is spent, no PIN is sent, nothing is written: even on a card with one try left', async () => {
  const { card, saved } = cardInMemory();
  const sent: string[] = [];
  await compareCard((command) => {
    sent.push(Buffer.from(command).toString('hex'));
    return card.execute(command);
  });
  assert.equal(saved.length, 0, 'a VERIFY with data would have written');
  assert.ok(sent.every((hex) => !hex.startsWith('0020') || hex.length === 8 || /^.{8}00$/.test(hex)));
  assert.ok(sent.every((hex) => !/^00(24|2c|d6|47|82)|^80(32|a2|ae)/.test(hex)));
});

test('the guard lets nothing through that writes or costs a try', async () => {
  const guarded = harmlessOnly(async () => Uint8Array.of(0x90, 0x00));
  const refused = [
    apdu.verify('1234'),
    apdu.changeReferenceData('1234'),
    apdu.updateBinary(0, Uint8Array.of(1)),
    apdu.externalAuthenticate(new Uint8Array(32)),
    apdu.resetRetryCounter(efs.jpki.signaturePin),
    Buffer.from('8032008004', 'hex'),
    Buffer.from('0020008001', 'hex'),
    Buffer.from('00200080', 'hex').subarray(0, 1),
  ];
  for (const command of refused) await assert.rejects(guarded(command), RangeError);
  await guarded(apdu.verifyQuery());
});

test('differences are found: another status word, a missing application, other tags', async () => {
  const base = issued(await demoContent(), 0x41);
  const transmit = transmitOf({
    ...base,
    settings: {
      ...base.settings,
      endOfFileStatusWord: 0x9000,
      signatureForms: true,
      numberTries: 'unlimited',
    },
    files: {
      ...base.files,
      [fileKey(efs.text.basicInformation)]: Buffer.concat([
        Buffer.from('FF20021234', 'hex'),
        Buffer.alloc(163, 0xff),
      ]),
    },
  });
  const { rows, findings } = await compareCard(async (command) =>
    Buffer.from(command).toString('hex').startsWith('00a4040c0ad3921000310001010402')
      ? Uint8Array.of(0x6a, 0x82)
      : transmit(command),
  );
  const different = new Set(rows.filter((row) => !row.same).map((row) => row.id));
  for (const id of [
    'visual.application',
    'read.acrossEnd',
    'text.0005.read',
    'sign.P1-03',
    'text.0014.query',
  ])
    assert.ok(different.has(id), id);
  const verdict = (id: string) => findings.find((finding) => finding.id === id)?.verdict;
  assert.equal(verdict('endOfFileStatusWord'), 'refuted');
  assert.equal(verdict('numberTries'), 'refuted');
  assert.equal(verdict('signatureForms'), 'refuted');
  assert.equal(verdict('visualInformation'), 'unseen');
  assert.equal(verdict('blockedStatusWord'), 'unseen');
  assert.equal(verdict('commonRecord'), 'confirmed');
  assert.equal(verdict('textCertificate'), 'confirmed');
});

test('whatever a hostile card answers, the comparison ends and tells no byte of it', async () => {
  const random = seeded(99);
  for (let round = 0; round < 8; round += 1) {
    const marker = randomBytes(6);
    const report = await compareCard(async () => {
      const length = Math.floor(random() * 300);
      const data = Buffer.alloc(length).map((_, index) => marker[index % 6] ?? 0);
      return random() < 0.1 ? data.subarray(0, 1) : Buffer.concat([data, Uint8Array.of(0x90, 0x00)]);
    });
    const text = JSON.stringify(report);
    assert.ok(!text.includes(marker.toString('hex').slice(0, 6)));
    assert.ok(!text.toLowerCase().includes(marker.toString('hex').slice(0, 6)));
  }
});

test('a byte that is no tag of ours is told as a question mark', () => {
  const shape = (hex: string) => shapeOf(Buffer.from(`${hex}9000`, 'hex'), true);
  assert.deepEqual(shape('4A504B49'), { sw: '9000', data: '1–16', tags: '?' });
  assert.deepEqual(shape('FF4008DF4101AA4A01BB'), { sw: '9000', data: '1–16', tags: 'FF40{DF41 ?}' });
  assert.deepEqual(shape('7F2182022F5F4E820129AABB'), { sw: '9000', data: '1–16', tags: '7F21{5F4E}' });
  assert.deepEqual(shape('30820700AABB'), { sw: '9000', data: '1–16', tags: '30' });
  assert.deepEqual(shapeOf(Uint8Array.of(0x90), true), { sw: 'none', data: '0' });
});
