import { once } from 'node:events';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { LargeFile } from '@madoguchi/client';

/** Files from here on are read in pieces, where their format allows it. */
const largeFrom = 32 << 20;
const window = 1 << 16;

/** Whether a word names a file that is better not read into memory. */
export function isLarge(word: string | undefined): word is string {
  if (word === undefined || word === '-') return false;
  const stat = statSync(word, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size >= largeFrom;
}

/** A file on disk that is read in pieces. It must not change while it is read: its size is taken once. */
export function largeFile(word: string): LargeFile {
  const { size } = statSync(word);
  return {
    name: path.basename(word),
    size,
    stream: () => createReadStream(word, { highWaterMark: window, end: Math.max(0, size - 1) }),
    async read(start, end) {
      const handle = await open(word);
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), 0, end - start, start);
        if (bytesRead !== end - start) throw new Error(`${word} became shorter while it was read.`);
        return buffer;
      } finally {
        await handle.close();
      }
    },
  };
}

/** Writes a stream to a file, or `-` to standard output; a file is only there when all of it is. Gives the number of octets. */
export async function writeStream(output: string, parts: AsyncIterable<Uint8Array>): Promise<number> {
  const part = `${output}.part`;
  const out = output === '-' ? process.stdout : createWriteStream(part);
  let size = 0;
  try {
    for await (const bytes of parts) {
      size += bytes.length;
      if (!out.write(bytes)) await once(out, 'drain');
    }
    if (output === '-') return size;
    out.end();
    await once(out, 'close');
    await rename(part, output);
    return size;
  } catch (error) {
    if (output !== '-') {
      out.destroy();
      await rm(part, { force: true });
    }
    throw error;
  }
}
