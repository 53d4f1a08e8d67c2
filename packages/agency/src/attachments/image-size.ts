import type { FileKind } from './kind.js';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Width and height as the header says, without unpacking anything; undefined where the header is broken or of another kind. */
export function imageSize(bytes: Uint8Array, kind: FileKind): ImageSize | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (kind === 'png')
    return file.length >= 24 && file.toString('latin1', 12, 16) === 'IHDR'
      ? { width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
      : undefined;
  if (kind === 'gif')
    return file.length >= 10 ? { width: file.readUInt16LE(6), height: file.readUInt16LE(8) } : undefined;
  return kind === 'jpeg' ? jpegSize(file) : undefined;
}

/** Segments up to the first start of frame (ITU-T T.81 B.2.2). */
function jpegSize(file: Buffer): ImageSize | undefined {
  for (let at = 2; at + 9 < file.length; ) {
    if (file[at] !== 0xff) return undefined;
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + Math.max(2, file.readUInt16BE(at + 2));
  }
  return undefined;
}
