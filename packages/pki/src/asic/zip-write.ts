import { crc32, deflateRawSync } from 'node:zlib';
import { entryNameKey, isSafeEntryName } from './entry-name.js';
import {
  CENTRAL_HEADER,
  CENTRAL_HEADER_SIZE,
  DEFLATED,
  END_OF_DIRECTORY,
  END_OF_DIRECTORY_SIZE,
  FLAG_UTF8,
  LOCAL_HEADER,
  LOCAL_HEADER_SIZE,
  STORED,
} from './zip-format.js';

export interface ZipInput {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** True: written as it is. False: deflated where that makes it smaller. Left open: deflated too, unless it shrinks like a bomb. */
  readonly stored?: boolean;
}

/**
 * Made on Unix, by version 2.0, with the rights of a plain file: unzip takes names "made on DOS" for an old code page, whatever the
 * UTF-8 flag says, and unpacks without rights what has none.
 */
export const MADE_ON_UNIX = 0x0314;
export const PLAIN_FILE = 0o100644 * 0x10000;

/** 1980-01-01, the first day of the format: the same files give the same container. */
export const DOS_DATE = 0x0021;

/** A file that shrinks further (an empty drawing) is stored: readers, ours too, would take the archive for a bomb. */
const highestRatio = 100;

/**
 * Writes a ZIP file without zip64, extra fields, comments and data descriptors.
 * Throws TypeError on a name that {@link isSafeEntryName} refuses, on a name given twice, and RangeError above 65534 entries or 4 GiB:
 * the caller chose them.
 */
export function writeZip(entries: readonly ZipInput[]): Buffer {
  if (entries.length > 0xfffe) throw new RangeError('A ZIP file without zip64 holds at most 65534 entries.');
  const seen = new Set<string>();
  const bodies: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const key = entryNameKey(entry.name);
    if (!isSafeEntryName(entry.name)) throw new TypeError('A file name is not fit for a container.');
    if (seen.has(key)) throw new TypeError('A file name stands twice in a container.');
    seen.add(key);
    const name = Buffer.from(entry.name, 'utf8');
    const packed = entry.stored ? undefined : deflateRawSync(entry.bytes);
    const deflated =
      packed !== undefined &&
      packed.length < entry.bytes.length &&
      (entry.stored === false || entry.bytes.length <= highestRatio * packed.length);
    const data = deflated ? packed : entry.bytes;

    // The 26 bytes that local and central header share; they begin with the version needed.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(name.length === entry.name.length ? 0 : FLAG_UTF8, 2);
    shared.writeUInt16LE(deflated ? DEFLATED : STORED, 4);
    shared.writeUInt16LE(DOS_DATE, 8);
    shared.writeUInt32LE(crc32(entry.bytes), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(entry.bytes.length, 18);
    shared.writeUInt16LE(name.length, 22);

    const local = Buffer.alloc(LOCAL_HEADER_SIZE);
    local.writeUInt32LE(LOCAL_HEADER, 0);
    shared.copy(local, 4);
    bodies.push(local, name, data);

    const central = Buffer.alloc(CENTRAL_HEADER_SIZE);
    central.writeUInt32LE(CENTRAL_HEADER, 0);
    central.writeUInt16LE(MADE_ON_UNIX, 4);
    shared.copy(central, 6);
    central.writeUInt32LE(PLAIN_FILE, 38);
    central.writeUInt32LE(offset, 42);
    directory.push(central, name);
    offset += LOCAL_HEADER_SIZE + name.length + data.length;
    if (offset > 0xf0000000) throw new RangeError('A ZIP file without zip64 holds less than 4 GiB.');
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(END_OF_DIRECTORY_SIZE);
  end.writeUInt32LE(END_OF_DIRECTORY, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}
