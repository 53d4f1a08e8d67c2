import { createHash, type Hash } from 'node:crypto';
import { fail } from '../der/fault.js';
import { bytesOf, inside, maximumDepth, wholeTlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { constructed, explicit, oid, sequence } from '../der/write.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import { ByteStream } from './byte-stream.js';
import { contentTypes } from './cms-oids.js';
import { readDigestAlgorithm } from './signature-algorithms.js';

/** A SignedData that was read as a stream. */
export interface StreamedMessage {
  /** The message without its content: a detached signature over the same bytes, in memory. */
  readonly detached: Uint8Array;
  /** Digests of the content inside, by the algorithms the message announces; undefined where there is none inside. */
  readonly digests: ReadonlyMap<DigestAlgorithm, Uint8Array> | undefined;
  /** Octets of the content inside. */
  readonly length: number;
}

/** Room for everything of a message but its content: certificates, lists, signatures. */
const mostBeside = 16 << 20;

/**
 * Reads a ContentInfo with SignedData as a stream, in DER or BER (as `openssl cms -sign -stream` writes it), in memory that does not grow with
 * the content. Every piece of the content goes to `onContent` once it is hashed. `also`: a digest wanted beside the announced ones.
 * Rejects with DerFault.
 */
export async function streamSignedData(
  source: AsyncIterable<Uint8Array>,
  onContent: (piece: Uint8Array) => void | Promise<void>,
  also?: DigestAlgorithm,
): Promise<StreamedMessage> {
  const stream = new ByteStream(source);
  const budget = { octets: mostBeside };
  const copied = async (): Promise<Uint8Array> => {
    const parts: Uint8Array[] = [];
    await stream.copy(parts, budget);
    return Buffer.concat(parts);
  };
  const message = await open(stream, tags.sequence, undefined, 'cms.contentInfo');
  if (Buffer.compare(await copied(), oid(contentTypes.signedData)) !== 0) fail('cms.contentType', 0);
  const wrapper = await open(stream, contextTag(0, true), message, 'cms.contentInfo');
  const signed = await open(stream, tags.sequence, wrapper, 'cms.contentInfo');
  const version = await copied();
  const announced = await copied();
  const encapsulated = await open(stream, tags.sequence, signed, 'cms.encapsulatedContent');
  const contentType = await copied();
  let digests: Map<DigestAlgorithm, Uint8Array> | undefined;
  let length = 0;
  if (!(await isAtEnd(stream, encapsulated))) {
    const body = await open(stream, contextTag(0, true), encapsulated, 'cms.encapsulatedContent');
    const hashes = hashesFor(announced, also);
    await readContent(stream, body, 0, async (piece) => {
      length += piece.length;
      for (const hash of hashes.values()) hash.update(piece);
      await onContent(piece);
    });
    await close(stream, body);
    digests = new Map([...hashes].map(([name, hash]) => [name, hash.digest()]));
  }
  await close(stream, encapsulated);
  const rest: Uint8Array[] = [];
  while (!(await isAtEnd(stream, signed))) rest.push(await copied());
  for (const frame of [signed, wrapper, message]) await close(stream, frame);
  if (await stream.more()) fail('cms.trailing', stream.position);
  const detached = sequence(
    oid(contentTypes.signedData),
    explicit(0, constructed(tags.sequence, [version, announced, sequence(contentType), ...rest])),
  );
  return { detached, digests, length };
}

/** An element that has been entered: where it ends, or that its end-of-contents octets must come; and where the ones around it end. */
interface Frame {
  readonly end: number | undefined;
  readonly limit: number;
}

async function open(
  stream: ByteStream,
  tag: number,
  parent: Frame | undefined,
  rule: string,
): Promise<Frame> {
  const start = stream.position;
  const head = await stream.head();
  if (head.tag !== tag) fail(rule, start);
  return frameOf(stream, head.length, parent);
}

function frameOf(stream: ByteStream, length: number | undefined, parent: Frame | undefined): Frame {
  const around = parent?.limit ?? Number.MAX_SAFE_INTEGER;
  if (length === undefined) return { end: undefined, limit: around };
  const end = stream.position + length;
  if (end > around) fail('der.length.beyond', stream.position);
  return { end, limit: end };
}

async function isAtEnd(stream: ByteStream, { end }: Frame): Promise<boolean> {
  return end === undefined ? (await stream.peek()) === 0 : stream.position >= end;
}

async function close(stream: ByteStream, { end }: Frame): Promise<void> {
  if (end === undefined) await stream.endOfContents();
  else if (stream.position !== end) fail('der.length.beyond', stream.position);
}

/** An OCTET STRING in one piece, or constructed of pieces, which may be constructed themselves. */
async function readContent(
  stream: ByteStream,
  parent: Frame,
  depth: number,
  take: (piece: Uint8Array) => Promise<void>,
): Promise<void> {
  const start = stream.position;
  const { tag, length } = await stream.head();
  const frame = frameOf(stream, length, parent);
  if (tag === tags.octetString && frame.end !== undefined) {
    while (stream.position < frame.end) await take(await stream.piece(frame.end - stream.position));
    return;
  }
  if (tag !== (tags.octetString | 0x20)) fail('der.octets', start);
  if (depth >= maximumDepth) fail('der.depth', start);
  while (!(await isAtEnd(stream, frame))) await readContent(stream, frame, depth + 1, take);
  await close(stream, frame);
}

/** More kinds of digests than these are not known; a list of thousands is an attack. */
function hashesFor(announced: Uint8Array, also: DigestAlgorithm | undefined): Map<DigestAlgorithm, Hash> {
  const names = new Set<DigestAlgorithm>(also === undefined ? [] : [also]);
  const set = wholeTlv(announced, 'ber');
  if (set.tag !== tags.set) fail('cms.digestAlgorithms', 0);
  const list = inside(set);
  while (list.more) {
    const name = readDigestAlgorithm(bytesOf(list.next(tags.sequence, 'cms.digestAlgorithms')));
    if (name !== undefined) names.add(name);
  }
  return new Map([...names].map((name) => [name, createHash(name)]));
}
