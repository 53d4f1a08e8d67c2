import type { Picture } from '../bitmap.js';
import { type Band, codeBlock } from './code-block.js';
import { type BandBlocks, packetHeader } from './packet-header.js';
import { decompose } from './wavelet.js';

/*
 * A small encoder of JPEG 2000 (ISO/IEC 15444-1), lossless: grey of 8 bits, one tile, the reversible 5/3 wavelet, one quality layer,
 * code blocks of 64 × 64, one precinct a resolution. What a card's photograph needs and no more.
 */
const levels = 3;
const blockSize = 64;
const guardBits = 2;
const depth = 8;

/** Bits that a subband adds to the depth of the picture (table E.1). */
const gain: Readonly<Record<Band, number>> = { LL: 0, HL: 1, LH: 1, HH: 2 };

function marker(code: number, ...fields: readonly (readonly [value: number, bytes: number])[]): Uint8Array {
  const length = 2 + fields.reduce((sum, [, bytes]) => sum + bytes, 0);
  const out = Buffer.alloc(2 + length);
  out.writeUInt16BE(code, 0);
  out.writeUInt16BE(length, 2);
  let at = 4;
  for (const [value, bytes] of fields) {
    out.writeUIntBE(value, at, bytes);
    at += bytes;
  }
  return out;
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function bandBlocks(plane: Int32Array, stride: number, place: Rectangle, band: Band): BandBlocks {
  const columns = Math.ceil(place.width / blockSize);
  const rows = Math.ceil(place.height / blockSize);
  const blocks = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const width = Math.min(blockSize, place.width - column * blockSize);
      const height = Math.min(blockSize, place.height - row * blockSize);
      const values = new Int32Array(width * height);
      for (let y = 0; y < height; y += 1) {
        const from = (place.y + row * blockSize + y) * stride + place.x + column * blockSize;
        values.set(plane.subarray(from, from + width), y * width);
      }
      blocks.push(codeBlock(values, width, height, band));
    }
  }
  return { columns, rows, planes: guardBits + depth + gain[band] - 1, blocks };
}

/** The packets of the tile, from the smallest resolution to the largest. */
function packets(picture: Picture): Uint8Array {
  const { width, height } = picture;
  const plane = Int32Array.from(picture.pixels, (pixel) => pixel - 128);
  const half = (size: number) => (size + 1) >> 1;
  const sizes = [{ width, height }];
  for (let level = 0; level < levels; level += 1) {
    const last = sizes[0] ?? { width, height };
    decompose(plane, width, last.width, last.height);
    sizes.unshift({ width: half(last.width), height: half(last.height) });
  }
  const parts: Uint8Array[] = [];
  for (const [resolution, size] of sizes.entries()) {
    const low = sizes[resolution - 1];
    const wide = size.width - (low?.width ?? 0);
    const high = size.height - (low?.height ?? 0);
    const bands =
      low === undefined
        ? [bandBlocks(plane, width, { x: 0, y: 0, ...size }, 'LL')]
        : [
            bandBlocks(plane, width, { x: low.width, y: 0, width: wide, height: low.height }, 'HL'),
            bandBlocks(plane, width, { x: 0, y: low.height, width: low.width, height: high }, 'LH'),
            bandBlocks(plane, width, { x: low.width, y: low.height, width: wide, height: high }, 'HH'),
          ];
    parts.push(packetHeader(bands), ...bands.flatMap(({ blocks }) => blocks.map(({ bytes }) => bytes)));
  }
  return Buffer.concat(parts);
}

function codestream(picture: Picture): Uint8Array {
  const { width, height } = picture;
  const bands: Band[] = ['LL', ...Array.from({ length: levels }, () => ['HL', 'LH', 'HH'] as const).flat()];
  const data = packets(picture);
  const tileHeader = marker(0xff90, [0, 2], [12 + 2 + data.length, 4], [0, 1], [1, 1]);
  return Buffer.concat([
    Uint8Array.of(0xff, 0x4f),
    marker(
      0xff51,
      ...[[0, 2] as const],
      ...[width, height, 0, 0, width, height, 0, 0].map((value) => [value, 4] as const),
      ...([
        [1, 2],
        [depth - 1, 1],
        [1, 1],
        [1, 1],
      ] as const),
    ),
    // Progression by layer, one layer, no colour transform; levels, block size 2^(4+2), plain passes, reversible wavelet.
    marker(0xff52, [0, 1], [0, 1], [1, 2], [0, 1], [levels, 1], [4, 1], [4, 1], [0, 1], [1, 1]),
    marker(0xff5c, [guardBits << 5, 1], ...bands.map((band) => [(depth + gain[band]) << 3, 1] as const)),
    tileHeader,
    Uint8Array.of(0xff, 0x93),
    data,
    Uint8Array.of(0xff, 0xd9),
  ]);
}

function box(type: string, content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** The picture as a JP2 file (annex I): signature, type, header (size, grey), code stream. */
export function encodeJp2(picture: Picture): Uint8Array {
  const size = Buffer.alloc(14);
  size.writeUInt32BE(picture.height, 0);
  size.writeUInt32BE(picture.width, 4);
  size.set([0, 1, depth - 1, 7, 0, 0], 8);
  const grey = Uint8Array.of(1, 0, 0, 0, 0, 0, 17);
  return Buffer.concat([
    box('jP  ', Uint8Array.of(0x0d, 0x0a, 0x87, 0x0a)),
    box('ftyp', Buffer.concat([Buffer.from('jp2 '), Buffer.alloc(4), Buffer.from('jp2 ')])),
    box('jp2h', Buffer.concat([box('ihdr', size), box('colr', grey)])),
    box('jp2c', codestream(picture)),
  ]);
}
