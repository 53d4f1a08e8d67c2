/** Bytes as a stream: in chunks of one size, or of the sizes that `size` gives. */
export async function* chunks(bytes: Uint8Array, size: number | (() => number)): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const next = at + Math.max(1, typeof size === 'number' ? size : size());
    yield bytes.subarray(at, next);
    at = next;
  }
}

/** The same `megabytes` of octets again and again, never in memory at once. */
export async function* endless(megabytes: number): AsyncGenerator<Uint8Array> {
  const block = Buffer.alloc(1 << 20, '見本');
  for (let i = 0; i < megabytes; i++) yield block;
}

/** Everything a stream gives. */
export async function together(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
