import { createHash } from 'node:crypto';
import { attempt } from '../der/fault.js';
import { bytesOf, inside, wholeTlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { header, integer, oid, setOf } from '../der/write.js';
import { signatureSchemes } from '../key/algorithm.js';
import { contentTypes } from './cms-oids.js';
import { type CadesInput, signCades } from './sign-cades.js';
import { signerAlgorithms } from './signature-algorithms.js';
import { hashAll } from './verify-stream.js';

/** As CadesInput, for content that is read in pieces. */
export type CadesStreamInput = Omit<CadesInput, 'content' | 'contentDigest' | 'detached'> & {
  readonly content: AsyncIterable<Uint8Array>;
  /**
   * Takes the finished signature further, for instance to level T, in its detached form: what it adds must not need the content. Default: as
   * it is.
   */
  readonly upgrade?: (detached: Uint8Array) => Promise<Uint8Array>;
};

/** A detached CAdES B-B signature over content of any size; see signCades. */
export async function signCadesDetached(input: CadesStreamInput): Promise<Uint8Array> {
  const { content, upgrade = (cms) => Promise.resolve(cms), ...rest } = input;
  const { digest } = signatureSchemes[input.algorithm];
  const digests = await hashAll(content, [digest]);
  return upgrade(
    await signCades({ ...rest, contentDigest: digests.get(digest) ?? new Uint8Array(), detached: true }),
  );
}

const indefinite = (tag: number): Uint8Array => Uint8Array.of(tag, 0x80);
const ends = (count: number): Uint8Array => new Uint8Array(2 * count);

/**
 * A CAdES B-B signature with content of any size inside it, written as it goes: BER with indefinite lengths around the content, as streaming
 * tools write it, DER everywhere else (RFC 5652 section 5.1 allows it). One pass, memory for one chunk; `sign` is called when
 * the content has gone by.
 */
export async function* signCadesAttached(input: CadesStreamInput): AsyncGenerator<Uint8Array> {
  const { content, upgrade = (cms) => Promise.resolve(cms), ...rest } = input;
  const { digest } = signatureSchemes[input.algorithm];
  yield Buffer.concat([
    indefinite(tags.sequence),
    oid(contentTypes.signedData),
    indefinite(contextTag(0, true)),
    indefinite(tags.sequence),
    integer(1),
    setOf(signerAlgorithms(input.algorithm).digest),
    indefinite(tags.sequence),
    oid(contentTypes.data),
    indefinite(contextTag(0, true)),
    indefinite(tags.octetString | 0x20),
  ]);
  const hash = createHash(digest);
  for await (const piece of content) {
    if (piece.length === 0) continue;
    hash.update(piece);
    yield header(tags.octetString, piece.length);
    yield piece;
  }
  // The string, [0] and the encapsulated content end; then what a detached signature has behind its content type.
  yield ends(3);
  const detached = await upgrade(await signCades({ ...rest, contentDigest: hash.digest(), detached: true }));
  yield* behindContent(detached);
  yield ends(3);
}

/** Certificates, lists and signers of a message of our own. Throws where `upgrade` has made something else of it. */
function behindContent(detached: Uint8Array): Uint8Array[] {
  const read = attempt(() => {
    const info = inside(wholeTlv(detached));
    info.next(tags.oid);
    const signed = info.enter(contextTag(0, true)).sequence();
    signed.next(tags.integer);
    signed.next(tags.set);
    signed.next(tags.sequence);
    const parts: Uint8Array[] = [];
    while (signed.more) parts.push(bytesOf(signed.next()));
    return parts;
  });
  if (!read.ok) throw new TypeError(`The signature that came back is none (${read.rule}).`);
  return read.value;
}
