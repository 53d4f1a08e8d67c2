import { brotliCompressSync } from 'node:zlib';
import type { Context } from 'hono';

/** A file as it is kept for every reader: as it is, and by Brotli. For files alone: a page that holds secrets is never compressed (BREACH). */
export interface Compressed {
  readonly body: Buffer;
  readonly compressed: Buffer;
}

/** Compresses once, when a browser first asks for it: a program that serves nobody does without. */
export function compressed(text: string): Compressed {
  const body = Buffer.from(text);
  let short: Buffer | undefined;
  return {
    body,
    get compressed() {
      short ??= brotliCompressSync(body);
      return short;
    },
  };
}

/** The bytes that this browser takes; the headers say which. */
export function bodyFor(c: Context, found: Compressed): Uint8Array<ArrayBuffer> {
  c.header('Vary', 'Accept-Encoding');
  const brotli = /\bbr\b/.test(c.req.header('accept-encoding') ?? '');
  if (brotli) c.header('Content-Encoding', 'br');
  return new Uint8Array(brotli ? found.compressed : found.body);
}
