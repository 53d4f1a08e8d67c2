/** What we need of tar (POSIX ustar, pax names), so that a backup can be looked into with every system's own program. */

const block = 512;

export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a digest over an archive is made of: name, length and bytes of each entry. */
export function digestible({ name, bytes }: TarEntry): Uint8Array[] {
  return [Buffer.from(`${name}\0${bytes.length}\0`, 'utf8'), bytes];
}

/** One file of an archive: header, bytes, padding. */
export function tarEntry(name: string, bytes: Uint8Array, mode = 0o600): Buffer {
  const encoded = Buffer.from(name, 'utf8');
  if (encoded.length <= 100) return plainEntry(encoded, '0', bytes, mode);
  // A pax header gives the name its full length: "<length of the record> path=<name>\n".
  const rest = ` path=${name}\n`;
  let length = Buffer.byteLength(rest) + 1;
  while (String(length).length + Buffer.byteLength(rest) !== length) length++;
  const record = Buffer.from(`${length}${rest}`, 'utf8');
  return Buffer.concat([
    plainEntry(Buffer.from('pax'), 'x', record, mode),
    plainEntry(encoded.subarray(0, 100), '0', bytes, mode),
  ]);
}

function plainEntry(name: Buffer, type: string, bytes: Uint8Array, mode: number): Buffer {
  const header = Buffer.alloc(block);
  name.copy(header, 0);
  const octal = (value: number, at: number, width: number) =>
    header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1');
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(bytes.length, 124, 12);
  octal(0, 136, 12);
  header.write('        ', 148, 'latin1');
  header.write(type, 156, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  octal(
    header.reduce((sum, octet) => sum + octet, 0),
    148,
    7,
  );
  const padding = Buffer.alloc((block - (bytes.length % block)) % block);
  return Buffer.concat([header, bytes, padding]);
}

/** Two empty blocks end an archive. */
export const tarEnd = Buffer.alloc(2 * block);

/** No entry of ours is longer: tables are cut into pieces. */
const longestEntry = 64 * 1024 * 1024;

/** Reads an archive entry by entry. Throws Error on what is no archive or was cut short; memory is bounded by the longest entry. */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  let held = Buffer.alloc(0);
  const iterator = source[Symbol.asyncIterator]();
  const take = async (count: number): Promise<Buffer> => {
    const parts = [held];
    let size = held.length;
    while (size < count) {
      const next = await iterator.next();
      if (next.done) throw new Error('the file ends too early');
      parts.push(Buffer.from(next.value));
      size += next.value.length;
    }
    const whole = parts.length === 1 ? held : Buffer.concat(parts);
    held = whole.subarray(count);
    return whole.subarray(0, count);
  };
  let longName: string | undefined;
  for (;;) {
    const header = await take(block);
    if (header.every((octet) => octet === 0)) return;
    const sum = Number.parseInt(header.subarray(148, 155).toString('latin1'), 8);
    const own = header.reduce((total, octet, at) => total + (at >= 148 && at < 156 ? 32 : octet), 0);
    const size = Number.parseInt(header.subarray(124, 135).toString('latin1'), 8);
    if (sum !== own || !Number.isSafeInteger(size) || size > longestEntry)
      throw new Error('not a tar archive');
    const bytes = Buffer.from(await take(size));
    await take((block - (size % block)) % block);
    const type = header.subarray(156, 157).toString('latin1');
    if (type === 'x') longName = /^\d+ path=(.*)\n$/s.exec(bytes.toString('utf8'))?.[1];
    else {
      const end = header.indexOf(0);
      const short = header.subarray(0, Math.min(end < 0 ? 100 : end, 100)).toString('utf8');
      yield { name: longName ?? short, bytes };
      longName = undefined;
    }
  }
}
