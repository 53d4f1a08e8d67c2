import { createHash } from 'node:crypto';
import { attempt, DerFault } from '../der/fault.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import { readDigestAlgorithm } from './signature-algorithms.js';
import { type SignatureResult, verdictOf } from './signature-result.js';
import { readSignedData, type SignedData } from './signed-data.js';
import { type StreamedMessage, streamSignedData } from './stream-signed-data.js';
import { examineStreamed, type SignedDataInput } from './verify-signed-data.js';

/** What verifySignedDataStream gives. */
export interface StreamedSignature {
  /** What `verifySignedData` would say, without `content`. */
  readonly result: SignatureResult;
  /** The message without its content: a detached signature, for the rest of the examination. Absent where it cannot be read. */
  readonly detached?: Uint8Array;
  /** Whether the content was inside the message. */
  readonly inside: boolean;
}

/**
 * Verifies the signatures of a CMS SignedData whose content is of any size, inside the message or beside it, in memory that does not grow
 * with it. As verifySignedData, with two differences: a signature without signed attributes is not verified
 * (`signature.attributes.streamed`), nor one whose digest the message does not announce before its content (`signature.digest.unlisted`).
 * `onContent` gets the content inside the message piece by piece, **before** anything is verified. What the two streams themselves
 * reject with passes through; hostile input gets a verdict.
 */
export async function verifySignedDataStream(
  input: Pick<SignedDataInput, 'certificates' | 'policy'> & {
    readonly cms: AsyncIterable<Uint8Array>;
    /** Detached content. */
    readonly content?: AsyncIterable<Uint8Array>;
    readonly onContent?: (piece: Uint8Array) => void | Promise<void>;
  },
): Promise<StreamedSignature> {
  const nothing = { signers: [], certificates: [], crls: [], ocspResponses: [] };
  let message: StreamedMessage;
  let data: SignedData;
  try {
    const also = input.content === undefined ? undefined : 'sha256';
    message = await streamSignedData(input.cms, input.onContent ?? (() => {}), also);
    const { detached } = message;
    const read = attempt(() => readSignedData(detached));
    if (!read.ok) throw new DerFault(read.rule, read.offset);
    data = read.value;
  } catch (fault) {
    if (!(fault instanceof DerFault)) throw fault;
    const { rule, offset } = fault;
    const result = { ...verdictOf('signature.format'), fault: { rule, offset }, ...nothing };
    return { result, inside: false };
  }
  const { detached, digests } = message;
  const refused = (rule: Parameters<typeof verdictOf>[0]): StreamedSignature => {
    const { certificates, crls, ocspResponses, contentType } = data;
    const result = { ...verdictOf(rule), contentType, signers: [], certificates, crls, ocspResponses };
    return { result, detached, inside: digests !== undefined };
  };
  if (digests === undefined && input.content === undefined) return refused('signature.content.missing');
  const beside = input.content === undefined ? undefined : await hashAll(input.content, wanted(data));
  if (digests !== undefined && beside !== undefined) {
    const [a, b] = [digests.get('sha256'), beside.get('sha256')];
    if (a === undefined || b === undefined || Buffer.compare(a, b) !== 0)
      return refused('signature.content.differs');
  }
  const result = examineStreamed(data, beside ?? digests ?? new Map(), input);
  return { result, detached, inside: digests !== undefined };
}

/** The digests that the signers use, and SHA-256, by which content inside and beside are compared. */
function wanted(data: SignedData): Set<DigestAlgorithm> {
  const names = new Set<DigestAlgorithm>(['sha256']);
  for (const { digestAlgorithm } of data.signers) {
    const name = readDigestAlgorithm(digestAlgorithm);
    if (name !== undefined) names.add(name);
  }
  return names;
}

/** Several digests of a stream in one go. */
export async function hashAll(
  content: AsyncIterable<Uint8Array>,
  algorithms: Iterable<DigestAlgorithm>,
): Promise<Map<DigestAlgorithm, Uint8Array>> {
  const hashes = [...algorithms].map((name) => [name, createHash(name)] as const);
  for await (const piece of content) for (const [, hash] of hashes) hash.update(piece);
  return new Map(hashes.map(([name, hash]) => [name, hash.digest()]));
}
