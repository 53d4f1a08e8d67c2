import { crc32, createInflateRaw } from 'node:zlib';
import { attempt, DerFault, fail, type Parsed } from '../der/fault.js';
import { asBuffer } from '../der/read.js';
import { END_OF_DIRECTORY_SIZE, LOCAL_HEADER_SIZE } from './zip-format.js';
import {
  checkDescriptor,
  checkLocal,
  demand,
  findEnd,
  readDirectory,
  type ZipHeader,
  type ZipLimits,
} from './zip-read.js';

/** A file that is read in parts: its size, and any stretch of it. */
export interface ByteSource {
  readonly size: number;
  /** The octets from `start` up to `end`, both within the file; all of them. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** One file of an archive, whose content is read when it is asked for. */
export interface ZipSourceEntry {
  readonly name: string;
  readonly stored: boolean;
  readonly offset: number;
  readonly extraLength: number;
  /** Octets of the unpacked file. */
  readonly size: number;
  /**
   * The unpacked file in pieces; at its end size and CRC are checked. Rejects with DerFault, `zip.…`: what has been read by then must not be
   * used.
   */
  content(): AsyncGenerator<Uint8Array>;
}

/** For files that are never in memory as a whole: up to what a ZIP file without zip64 can hold. */
const streamedZipLimits: ZipLimits = {
  entries: 1_000,
  entryBytes: 0xfffffffe,
  totalBytes: 16 * 0xffffffff,
  ratio: 200,
};

const mostDirectory = 32 << 20;
const window = 1 << 16;

/**
 * Opens a ZIP file that is too large for the memory: the same rules as readZip (one meaning only, no gaps, headers equal to the directory),
 * all checked before anything is unpacked, but for the contents, which are checked as they are read. What the source rejects with passes.
 */
export async function openZip(
  source: ByteSource,
  limits: ZipLimits = streamedZipLimits,
): Promise<Parsed<ZipSourceEntry[]>> {
  try {
    return { ok: true, value: await openEntries(source, limits) };
  } catch (fault) {
    if (fault instanceof DerFault) return { ok: false, rule: fault.rule, offset: fault.offset };
    throw fault;
  }
}

async function openEntries(source: ByteSource, limits: ZipLimits): Promise<ZipSourceEntry[]> {
  const { size } = source;
  const tailStart = Math.max(0, size - END_OF_DIRECTORY_SIZE - 0xffff);
  const tail = asBuffer(await source.read(tailStart, size));
  const endInTail = shifted(tailStart, () => findEnd(tail));
  const start = tail.readUInt32LE(endInTail + 16);
  const end = tailStart + endInTail;
  demand(start <= end && end - start <= mostDirectory, 'directory', start);
  const directory = asBuffer(await source.read(start, size));
  const headers = shifted(start, () => readDirectory(directory, 0, end - start, limits, size));
  const entries: ZipSourceEntry[] = [];
  let next = 0;
  for (const [index, header] of headers.entries()) {
    demand(header.offset === next, 'gap', next);
    next = headers[index + 1]?.offset ?? start;
    entries.push(await openEntry(source, header, next));
  }
  demand(next === start, 'gap', next);
  return entries;
}

/** Offsets in a part of the file count from the file's beginning. */
function shifted<T>(base: number, read: () => T): T {
  const result = attempt(read);
  return result.ok ? result.value : fail(result.rule, base + result.offset);
}

async function openEntry(source: ByteSource, header: ZipHeader, end: number): Promise<ZipSourceEntry> {
  const { offset, name, stored, unpacked } = header;
  demand(end > offset, 'local', offset);
  const longest = LOCAL_HEADER_SIZE + header.rawName.length + 0xffff;
  const local = asBuffer(await source.read(offset, Math.min(end, offset + longest)));
  demand(local.length >= LOCAL_HEADER_SIZE, 'local', offset);
  const { start, dataEnd, localExtra } = checkLocal(local, header, end - offset);
  demand(end - offset - dataEnd <= 16, 'gap', offset + dataEnd);
  checkDescriptor(asBuffer(await source.read(offset + dataEnd, end)), header, offset + dataEnd);
  const [from, to] = [offset + start, offset + dataEnd];
  return {
    name,
    stored,
    offset,
    extraLength: header.extraLength + localExtra,
    size: unpacked,
    content: () => checked(header, from, stored ? raw(source, from, to) : inflated(source, from, to)),
  };
}

async function* raw(source: ByteSource, from: number, to: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += window) yield await source.read(at, Math.min(to, at + window));
}

/** Counts and sums up what passes; more than was announced stops it at once. */
async function* checked(
  header: ZipHeader,
  offset: number,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let sum = 0;
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > header.unpacked) fail('zip.deflate', offset);
    sum = crc32(piece, sum);
    yield piece;
  }
  if (length !== header.unpacked) fail('zip.deflate', offset);
  demand(sum === header.crc, 'crc', offset);
}

/** Inflates a stretch window by window; the compressed stream must end where the stretch ends. */
async function* inflated(source: ByteSource, from: number, to: number): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw();
  let broken: unknown;
  const feed = async (): Promise<void> => {
    for await (const piece of raw(source, from, to)) {
      if (inflate.destroyed) return;
      if (inflate.write(piece)) continue;
      await new Promise<void>((resolve) => {
        const go = (): void => {
          inflate.off('drain', go);
          inflate.off('close', go);
          resolve();
        };
        inflate.on('drain', go);
        inflate.on('close', go);
      });
    }
    inflate.end();
  };
  const fed = feed().catch((reason: unknown) => {
    broken = reason;
    inflate.destroy();
  });
  try {
    yield* inflate as AsyncIterable<Buffer>;
  } catch (error) {
    if (broken !== undefined) throw broken;
    if (error instanceof DerFault) throw error;
    fail('zip.deflate', from);
  } finally {
    inflate.destroy();
  }
  await fed;
  if (broken !== undefined) throw broken;
  if (inflate.bytesWritten !== to - from) fail('zip.deflate', from);
}

/** A whole entry in memory, where it is small. */
export async function smallContent(entry: ZipSourceEntry, most: number): Promise<Parsed<Uint8Array>> {
  if (entry.size > most) return attempt(() => fail('zip.tooLarge', entry.offset));
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of entry.content()) pieces.push(piece);
  } catch (fault) {
    if (fault instanceof DerFault) return { ok: false, rule: fault.rule, offset: fault.offset };
    throw fault;
  }
  return { ok: true, value: Buffer.concat(pieces) };
}
