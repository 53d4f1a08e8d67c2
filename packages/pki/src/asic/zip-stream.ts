import { crc32 } from 'node:zlib';
import { entryNameKey, isSafeEntryName } from './entry-name.js';
import {
  CENTRAL_HEADER,
  CENTRAL_HEADER_SIZE,
  DATA_DESCRIPTOR,
  DEFLATED,
  END_OF_DIRECTORY,
  END_OF_DIRECTORY_SIZE,
  FLAG_DESCRIPTOR,
  FLAG_UTF8,
  LOCAL_HEADER,
  LOCAL_HEADER_SIZE,
  STORED,
} from './zip-format.js';
import { DOS_DATE, MADE_ON_UNIX, PLAIN_FILE } from './zip-write.js';

/** A file for an archive: its bytes, or a stream of any length. Streams are asked for one after the other, in order. */
export interface ZipStreamInput {
  readonly name: string;
  readonly content: Uint8Array | AsyncIterable<Uint8Array> | (() => Promise<Uint8Array>);
}

interface Written {
  readonly name: Buffer;
  readonly shared: Buffer;
  readonly offset: number;
}

/** What a ZIP file without zip64 can say of an offset or a size. */
const largest = 0xf0000000;
const mostBlock = 0xffff;

/**
 * Writes a ZIP file as a stream, in memory for one chunk. Bytes are stored as they are with their size in front; streams, whose size nobody
 * knows yet, are written as deflate blocks without compression with a data descriptor behind: that every reader can take, Java's too, and
 * no reader takes it for a bomb. A function is called when its turn comes: what it gives may depend on what went before (a
 * manifest). Rejects with TypeError on unsafe and doubled names, and with RangeError at 3.75 GiB and 65534 entries: zip64 is not written.
 */
export async function* writeZipStream(entries: readonly ZipStreamInput[]): AsyncGenerator<Uint8Array> {
  checkNames(entries);
  const directory: Written[] = [];
  let at = 0;
  for (const entry of entries) {
    const content = typeof entry.content === 'function' ? await entry.content() : entry.content;
    const name = Buffer.from(entry.name, 'utf8');
    const shared = Buffer.alloc(26);
    const isStream = !(content instanceof Uint8Array);
    const flags = (name.length === entry.name.length ? 0 : FLAG_UTF8) | (isStream ? FLAG_DESCRIPTOR : 0);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(isStream ? DEFLATED : STORED, 4);
    shared.writeUInt16LE(DOS_DATE, 8);
    shared.writeUInt16LE(name.length, 22);
    if (!isStream) setSizes(shared, crc32(content), content.length, content.length);
    directory.push({ name, shared, offset: at });
    const local = Buffer.alloc(LOCAL_HEADER_SIZE);
    local.writeUInt32LE(LOCAL_HEADER, 0);
    shared.copy(local, 4);
    yield Buffer.concat([local, name]);
    at += local.length + name.length;
    if (isStream) {
      const sums = { crc: 0, packed: 0, unpacked: 0 };
      for await (const piece of content) {
        for (let from = 0; from < piece.length; from += mostBlock) {
          const block = piece.subarray(from, from + mostBlock);
          sums.crc = crc32(block, sums.crc);
          sums.unpacked += block.length;
          sums.packed += 5 + block.length;
          if (at + sums.packed > largest) tooLarge();
          yield blockHeader(block.length, false);
          yield block;
        }
      }
      yield blockHeader(0, true);
      sums.packed += 5;
      setSizes(shared, sums.crc, sums.packed, sums.unpacked);
      const descriptor = Buffer.alloc(16);
      descriptor.writeUInt32LE(DATA_DESCRIPTOR, 0);
      shared.copy(descriptor, 4, 10, 22);
      yield descriptor;
      at += sums.packed + descriptor.length;
    } else {
      yield content;
      at += content.length;
    }
    if (at > largest) tooLarge();
  }
  yield endOf(directory, at);
}

function tooLarge(): never {
  throw new RangeError('A ZIP file without zip64 holds less than 3.75 GiB.');
}

function checkNames(entries: readonly ZipStreamInput[]): void {
  if (entries.length > 0xfffe) throw new RangeError('A ZIP file without zip64 holds at most 65534 entries.');
  const seen = new Set<string>();
  for (const { name } of entries) {
    if (!isSafeEntryName(name)) throw new TypeError('A file name is not fit for a container.');
    const key = entryNameKey(name);
    if (seen.has(key)) throw new TypeError('A file name stands twice in a container.');
    seen.add(key);
  }
}

function setSizes(shared: Buffer, crc: number, packed: number, unpacked: number): void {
  shared.writeUInt32LE(crc, 10);
  shared.writeUInt32LE(packed, 14);
  shared.writeUInt32LE(unpacked, 18);
}

/** A block of deflate that holds its octets as they are (RFC 1951 3.2.4). */
function blockHeader(length: number, last: boolean): Buffer {
  const header = Buffer.alloc(5);
  header[0] = last ? 1 : 0;
  header.writeUInt16LE(length, 1);
  header.writeUInt16LE(~length & 0xffff, 3);
  return header;
}

function endOf(entries: readonly Written[], offset: number): Buffer {
  const directory = entries.flatMap(({ name, shared, offset: start }) => {
    const central = Buffer.alloc(CENTRAL_HEADER_SIZE);
    central.writeUInt32LE(CENTRAL_HEADER, 0);
    central.writeUInt16LE(MADE_ON_UNIX, 4);
    shared.copy(central, 6);
    central.writeUInt32LE(PLAIN_FILE, 38);
    central.writeUInt32LE(start, 42);
    return [central, name];
  });
  const end = Buffer.alloc(END_OF_DIRECTORY_SIZE);
  end.writeUInt32LE(END_OF_DIRECTORY, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...directory, end]);
}
