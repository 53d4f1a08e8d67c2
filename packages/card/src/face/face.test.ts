import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { seeded } from '../testing/demo-card.js';
import type { Picture } from './bitmap.js';
import { drawDigits } from './digits.js';
import { faceFont } from './face-font.js';
import { encodeJp2 } from './jpeg2000/jp2.js';
import { encodePng } from './png.js';
import { drawPortrait } from './portrait.js';
import { drawText } from './text-picture.js';

const missing = ['opj_decompress', 'opj_compress'].filter(
  (tool) => spawnSync(tool, ['-h']).error !== undefined,
);
const judge = missing.length > 0 ? { skip: `not installed: libopenjp2-tools (${missing.join(', ')})` } : {};

let folder = '';
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mado-face-'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** Pixels as OpenJPEG sees them: it reads JPEG 2000 itself, and PNG through libpng. */
async function pixelsOf(bytes: Uint8Array, kind: 'jp2' | 'png'): Promise<{ size: string; pixels: Buffer }> {
  const at = (name: string) => path.join(folder, name);
  await writeFile(at(`in.${kind}`), bytes);
  const tool = (name: string, from: string, to: string) => {
    const more = name === 'opj_compress' ? ['-n', '1'] : [];
    const done = spawnSync(name, ['-i', at(from), '-o', at(to), ...more], { encoding: 'utf8' });
    assert.equal(done.status, 0, `${name}: ${done.stdout}${done.stderr}`);
  };
  if (kind === 'png') tool('opj_compress', 'in.png', 'in.jp2');
  tool('opj_decompress', 'in.jp2', 'out.pgm');
  const pgm = await readFile(at('out.pgm'));
  const [, size = '', head = ''] = /^(?:P5\n(?:#.*\n)*)(\d+ \d+)\n(\d+)\n/.exec(pgm.toString('latin1')) ?? [];
  const length = size.split(' ').reduce((area, side) => area * Number(side), 1);
  const top = Number(head);
  return { size, pixels: pgm.subarray(-length).map((value) => Math.round((value * 255) / top)) as Buffer };
}

describe('judged by OpenJPEG', judge, () => {
  test('the photograph is JPEG 2000 that decodes to the very pixels that were drawn', async () => {
    const portrait = drawPortrait('総務太郎');
    const { size, pixels } = await pixelsOf(encodeJp2(portrait), 'jp2');
    assert.equal(size, '180 240');
    assert.ok(pixels.equals(Buffer.from(portrait.pixels)));
  });

  test('pictures of every odd size, of noise, of one grey and of one pixel come back unchanged', async () => {
    const random = seeded(8);
    const sizes = [
      [1, 1],
      [5, 7],
      [64, 64],
      [65, 3],
      [3, 130],
      [131, 67],
    ] as const;
    for (const [width, height] of sizes) {
      const pixels = Uint8Array.from({ length: width * height }, () => Math.floor(random() * 256));
      for (const picture of [pixels, new Uint8Array(width * height).fill(77)]) {
        const back = await pixelsOf(encodeJp2({ width, height, pixels: picture }), 'jp2');
        assert.ok(back.pixels.equals(Buffer.from(picture)), `${width}×${height}`);
      }
    }
  });

  test('the images of text and digits are PNG of one bit, pixel by pixel', async () => {
    const drawn: readonly Picture[] = [
      drawText(faceFont(), '見本県見本市中央１丁目１番１号', 24, 12),
      drawDigits('0123456789'),
    ];
    for (const picture of drawn) {
      const { size, pixels } = await pixelsOf(encodePng(picture), 'png');
      assert.equal(size, `${picture.width} ${picture.height}`);
      assert.ok(pixels.equals(Buffer.from(picture.pixels)));
    }
  });
});

test('a character is drawn with ink, a space with none, and a rare 﨑 unlike the common 崎', () => {
  const ink = (text: string) =>
    drawText(faceFont(), text, 24, 20).pixels.filter((pixel) => pixel === 0).length;
  assert.ok(ink('総') > 60);
  assert.equal(ink('　'), 0);
  assert.equal(ink(''), 0);
  const shape = (text: string) => Buffer.from(drawText(faceFont(), text, 24, 20).pixels).toString('hex');
  assert.notEqual(shape('﨑'), shape('崎'));
  assert.ok(ink('\u{10ffff}') > 0, 'what the typeface lacks is a box, not nothing');
});

test('longer text takes more lines, and the drawing holds them all', () => {
  const one = drawText(faceFont(), '見'.repeat(20), 24, 20);
  const three = drawText(faceFont(), '見'.repeat(41), 24, 20);
  assert.equal(three.height, one.height * 3);
  assert.equal(three.width, one.width);
});
