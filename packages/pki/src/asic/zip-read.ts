import { crc32, inflateRawSync } from 'node:zlib';
import { attempt, fail, type Parsed } from '../der/fault.js';
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
  ZIP64_LOCATOR,
} from './zip-format.js';

/** What a container may cost; all are checked from the directory before the first byte is inflated. */
export interface ZipLimits {
  readonly entries: number;
  /** Bytes of one unpacked file. */
  readonly entryBytes: number;
  /** Bytes of all unpacked files together. */
  readonly totalBytes: number;
  /** Unpacked bytes a packed byte, for archives that unpack to more than a mebibyte. */
  readonly ratio: number;
}

export const defaultZipLimits: ZipLimits = {
  entries: 1_000,
  entryBytes: 128 * 1024 * 1024,
  totalBytes: 256 * 1024 * 1024,
  ratio: 200,
};

/** An entry of an archive, inflated and its CRC-32 checked. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly stored: boolean;
  /** Where the local header begins. */
  readonly offset: number;
  /** Length of the extra fields, local and central together. */
  readonly extraLength: number;
}

/** What the directory says of one file. */
export interface ZipHeader extends Omit<ZipEntry, 'bytes'> {
  readonly rawName: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
}

export function demand(condition: boolean, rule: string, offset: number): asserts condition {
  if (!condition) fail(`zip.${rule}`, offset);
}

/**
 * Reads a ZIP file that has one meaning only: the local entries stand one after another from byte 0 to the directory without gap or
 * overlap, each header says the same as its directory entry, and the directory ends at the end record. So two programs cannot
 * see two different archives in the same bytes. Methods stored and deflated; no zip64, encryption, directories, links between disks.
 * Entries come in the order of the file. On bad input: the rule `zip.…` and the offset.
 *
 * Source: PKWARE APPNOTE 6.3; ETSI EN 319 162-1 annex A.
 */
export function readZip(input: Uint8Array, limits: ZipLimits = defaultZipLimits): Parsed<ZipEntry[]> {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  return attempt(() => readEntries(bytes, limits));
}

function readEntries(bytes: Buffer, limits: ZipLimits): ZipEntry[] {
  const end = findEnd(bytes);
  const directoryStart = bytes.readUInt32LE(end + 16);
  const headers = readDirectory(bytes, directoryStart, end, limits, bytes.length);
  const entries: ZipEntry[] = [];
  let next = 0;
  for (const [index, header] of headers.entries()) {
    demand(header.offset === next, 'gap', next);
    next = headers[index + 1]?.offset ?? directoryStart;
    entries.push(readEntry(bytes, header, next));
  }
  demand(next === directoryStart, 'gap', next);
  return entries;
}

/** The end record must be the last thing in the file, its comment included; a second one inside the comment is refused. */
export function findEnd(bytes: Buffer): number {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(END_OF_DIRECTORY);
  const from = Math.max(0, bytes.length - END_OF_DIRECTORY_SIZE - 0xffff);
  const end = bytes.subarray(from).lastIndexOf(mark) + from;
  demand(end >= from && end + END_OF_DIRECTORY_SIZE <= bytes.length, 'end', bytes.length);
  demand(end + END_OF_DIRECTORY_SIZE + bytes.readUInt16LE(end + 20) === bytes.length, 'end', end);
  demand(end < 20 || bytes.readUInt32LE(end - 20) !== ZIP64_LOCATOR, 'zip64', end);
  const sixty4 = bytes.readUInt16LE(end + 10) === 0xffff || bytes.readUInt32LE(end + 16) === 0xffffffff;
  demand(!sixty4, 'zip64', end);
  demand(bytes.readUInt32LE(end + 4) === 0, 'disks', end);
  return end;
}

/** The directory in [start, end) of `bytes`, of a file of `size` octets; the entries in the order of the file. */
export function readDirectory(
  bytes: Buffer,
  start: number,
  end: number,
  limits: ZipLimits,
  size: number,
): ZipHeader[] {
  const count = bytes.readUInt16LE(end + 10);
  demand(bytes.readUInt16LE(end + 8) === count, 'disks', end);
  demand(count <= limits.entries, 'tooManyEntries', end);
  demand(start + bytes.readUInt32LE(end + 12) === end, 'directory', end);
  const headers: ZipHeader[] = [];
  const seen = new Set<string>();
  let at = start;
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    demand(at + CENTRAL_HEADER_SIZE <= end, 'directory', at);
    const [header, next] = readCentral(bytes, at, end);
    const key = entryNameKey(header.name);
    demand(!seen.has(key), 'duplicate', at);
    seen.add(key);
    demand(header.unpacked <= limits.entryBytes, 'tooLarge', at);
    total += header.unpacked;
    demand(total <= limits.totalBytes, 'tooLarge', at);
    headers.push(header);
    at = next;
  }
  demand(at === end, 'directory', at);
  demand(total <= 1024 * 1024 || total <= limits.ratio * size, 'ratio', end);
  return headers.sort((a, b) => a.offset - b.offset);
}

function readCentral(bytes: Buffer, at: number, end: number): [ZipHeader, number] {
  demand(bytes.readUInt32LE(at) === CENTRAL_HEADER, 'directory', at);
  const flags = bytes.readUInt16LE(at + 8);
  const method = bytes.readUInt16LE(at + 10);
  const packed = bytes.readUInt32LE(at + 20);
  const unpacked = bytes.readUInt32LE(at + 24);
  const nameLength = bytes.readUInt16LE(at + 28);
  const extraLength = bytes.readUInt16LE(at + 30);
  const nameStart = at + CENTRAL_HEADER_SIZE;
  const next = nameStart + nameLength + extraLength + bytes.readUInt16LE(at + 32);
  demand(next <= end, 'directory', at);
  demand((flags & ~(FLAG_UTF8 | FLAG_DESCRIPTOR | 0x0006)) === 0, 'flags', at);
  demand(method === STORED || method === DEFLATED, 'method', at);
  const offset = bytes.readUInt32LE(at + 42);
  demand(packed !== 0xffffffff && unpacked !== 0xffffffff && offset !== 0xffffffff, 'zip64', at);
  demand(method === DEFLATED || packed === unpacked, 'size', at);
  demand(bytes.readUInt16LE(at + 34) === 0, 'disks', at);
  checkExtra(bytes, nameStart + nameLength, extraLength);
  const rawName = bytes.subarray(nameStart, nameStart + nameLength);
  return [
    {
      name: readName(rawName, (flags & FLAG_UTF8) !== 0, at),
      rawName,
      flags,
      method,
      stored: method === STORED,
      crc: bytes.readUInt32LE(at + 16),
      packed,
      unpacked,
      offset,
      extraLength,
      at,
    },
    next,
  ];
}

function readName(raw: Buffer, utf8: boolean, at: number): string {
  const name = raw.toString('utf8');
  demand(Buffer.from(name, 'utf8').equals(raw), 'name', at);
  demand(utf8 || name.length === raw.length, 'name', at);
  demand(isSafeEntryName(name), 'name', at);
  return name;
}

/** Extra fields may carry times and owners, but neither other sizes (zip64) nor another name (Info-ZIP Unicode path). */
function checkExtra(bytes: Buffer, start: number, length: number): void {
  let at = start;
  const end = start + length;
  while (at < end) {
    demand(at + 4 <= end, 'extra', at);
    const id = bytes.readUInt16LE(at);
    demand(id !== 0x0001, 'zip64', at);
    demand(id !== 0x7075, 'extra', at);
    at += 4 + bytes.readUInt16LE(at + 2);
  }
  demand(at === end, 'extra', at);
}

function readEntry(bytes: Buffer, header: ZipHeader, end: number): ZipEntry {
  const { offset } = header;
  const { start, dataEnd, localExtra } = checkLocal(bytes.subarray(offset), header, end - offset);
  checkDescriptor(bytes.subarray(offset + dataEnd, end), header, offset + dataEnd);
  const data = bytes.subarray(offset + start, offset + dataEnd);
  const content = header.stored ? data : inflate(data, header.unpacked, offset + start);
  demand(crc32(content) === header.crc, 'crc', offset + start);
  const { name, stored, extraLength } = header;
  return { name, bytes: content, stored, offset, extraLength: extraLength + localExtra };
}

/**
 * The local header at the beginning of `bytes` against its directory entry; up to the next header there are `room` octets. Gives where the
 * data begins and ends, counted from the header.
 */
export function checkLocal(
  bytes: Buffer,
  header: ZipHeader,
  room: number,
): { start: number; dataEnd: number; localExtra: number } {
  const { offset } = header;
  const nameEnd = LOCAL_HEADER_SIZE + header.rawName.length;
  demand(nameEnd <= room && bytes.readUInt32LE(0) === LOCAL_HEADER, 'local', offset);
  const localExtra = bytes.readUInt16LE(28);
  const start = nameEnd + localExtra;
  const dataEnd = start + header.packed;
  demand(dataEnd <= room, 'local', offset);
  checkExtra(bytes, nameEnd, localExtra);
  const described = (header.flags & FLAG_DESCRIPTOR) !== 0;
  const same = (field: number, value: number) =>
    bytes.readUInt32LE(field) === value || (described && bytes.readUInt32LE(field) === 0);
  demand(
    bytes.readUInt16LE(6) === header.flags &&
      bytes.readUInt16LE(8) === header.method &&
      same(14, header.crc) &&
      same(18, header.packed) &&
      same(22, header.unpacked) &&
      bytes.readUInt16LE(26) === header.rawName.length &&
      bytes.subarray(LOCAL_HEADER_SIZE, nameEnd).equals(header.rawName),
    'local',
    offset,
  );
  return { start, dataEnd, localExtra };
}

/** What stands between the data, which ends at `start`, and the next header: nothing, or the descriptor that was announced. */
export function checkDescriptor(bytes: Buffer, header: ZipHeader, start: number): void {
  const { length } = bytes;
  if ((header.flags & FLAG_DESCRIPTOR) === 0) {
    demand(length === 0, 'gap', start);
    return;
  }
  demand(length === 12 || length === 16, 'gap', start);
  const at = length - 12;
  const marked = length === 12 || bytes.readUInt32LE(0) === DATA_DESCRIPTOR;
  const agrees =
    bytes.readUInt32LE(at) === header.crc &&
    bytes.readUInt32LE(at + 4) === header.packed &&
    bytes.readUInt32LE(at + 8) === header.unpacked;
  demand(marked && agrees, 'descriptor', start);
}

/** Unpacks exactly the declared bytes from exactly the packed bytes; a bomb stops at the declared size. */
function inflate(data: Buffer, unpacked: number, at: number): Buffer {
  let result: { buffer: Buffer; engine: { bytesWritten: number } };
  try {
    // With `info` the result also tells how much input the stream took; the type declarations do not know this option's effect.
    // The output buffer has the size that was declared, and an octet to see the end: the usual one is 16 kB for each small file.
    const chunkSize = Math.min(65_536, Math.max(64, unpacked + 1));
    const options = { maxOutputLength: Math.max(1, unpacked), chunkSize, info: true };
    result = inflateRawSync(data, options) as unknown as typeof result;
  } catch {
    return fail('zip.deflate', at);
  }
  demand(result.buffer.length === unpacked && result.engine.bytesWritten === data.length, 'deflate', at);
  return result.buffer;
}
