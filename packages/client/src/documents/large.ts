import { createHash } from 'node:crypto';
import {
  addSignatureTimeStamp,
  type ByteSource,
  type CoveredFile,
  everySignature,
  type FoundSignature,
  gatherEverySigner,
  openAsic,
  type Stamp,
  type StreamedEvidence,
  signCades,
  signCadesAttached,
  signCadesDetached,
  verifySignedData,
  verifySignedDataStream,
  writeAsicSimpleStream,
  writeAsicStream,
} from '@madoguchi/pki';
import { must, needed } from './cades-levels.js';
import type { DocumentFormat, DocumentSigner, FormatId, Trust } from './format.js';

/** A file that is not read into memory: its name without a folder, its size, and its octets from front to back or in any part. */
export interface LargeFile extends ByteSource {
  readonly name: string;
  stream(): AsyncIterable<Uint8Array>;
}

/** The formats whose files may be larger than the memory. */
export type StreamedFormatId = Extract<FormatId, 'cades' | 'asic' | 'asic-s'>;

export const isStreamed = (id: FormatId): id is StreamedFormatId =>
  id === 'cades' || id === 'asic' || id === 'asic-s';

export interface LargeSignInput {
  readonly files: readonly LargeFile[];
  /** LT and LTA need the content again and are signed in memory. */
  readonly level: 'B' | 'T';
  readonly detached: boolean;
  readonly signer: DocumentSigner;
  readonly signingTime: Date;
  readonly stamp?: Stamp;
}

/** Signs files of any size in memory for one chunk; what is yielded is the signed document. Rejects as `DocumentFormat.sign` does. */
export async function* signLarge(id: StreamedFormatId, input: LargeSignInput): AsyncGenerator<Uint8Array> {
  const { files, signer, signingTime, level } = input;
  const [file] = files;
  if (file === undefined) throw new TypeError('Nothing to sign.');
  const common = {
    signerCertificate: signer.certificate,
    certificates: signer.issuers,
    signingTime,
    algorithm: signer.algorithm,
    sign: signer.sign,
  };
  const upgrade = async (cms: Uint8Array): Promise<Uint8Array> =>
    level === 'B' ? cms : must(await addSignatureTimeStamp(cms, { stamp: needed(input.stamp, 'stamp') }));
  switch (id) {
    case 'cades': {
      const streamed = { ...common, content: file.stream(), upgrade };
      if (input.detached) yield await signCadesDetached(streamed);
      else yield* signCadesAttached(streamed);
      return;
    }
    case 'asic':
      yield* writeAsicStream({
        files: files.map((each) => ({ name: each.name, content: each.stream() })),
        sign: async (content) => upgrade(await signCades({ ...common, content, detached: true })),
      });
      return;
    case 'asic-s':
      yield* writeAsicSimpleStream({
        file: { name: file.name, content: file.stream() },
        algorithm: signer.algorithm === 'ecdsa-sha384' ? 'sha384' : 'sha256',
        sign: async (contentDigest) => upgrade(await signCades({ ...common, contentDigest, detached: true })),
      });
  }
}

/** What a large document's signatures cover, and a way to gather their evidence as often as it is asked for. */
export interface LargeDocument {
  readonly sha256: string;
  gather(trust: Trust): FoundSignature[];
}

/**
 * Reads a large document and its signatures once. Undefined where that cannot be done without the content at hand: archive time stamps, PEM.
 */
export async function readLarge(
  format: DocumentFormat,
  file: LargeFile,
  content: LargeFile | undefined,
): Promise<LargeDocument | undefined> {
  const read = format.id === 'cades' ? await readCms(file, content) : await readContainer(file);
  if (read === undefined) return undefined;
  const { streamed, covers } = read;
  const sha256 = await digestOf(file.stream());
  return {
    sha256,
    gather: (trust) =>
      gatherEverySigner({ ...trust, streamed }).map((evidence, index) => ({
        id: String(index + 1),
        covers,
        evidence,
      })),
  };
}

interface Read {
  readonly streamed: StreamedEvidence;
  readonly covers: readonly CoveredFile[];
}

async function readCms(file: LargeFile, content: LargeFile | undefined): Promise<Read | undefined> {
  const inside = createHash('sha256');
  let length = 0;
  const { result, detached } = await verifySignedDataStream({
    cms: file.stream(),
    ...(content === undefined ? {} : { content: content.stream() }),
    policy: everySignature,
    onContent: (piece) => {
      inside.update(piece);
      length += piece.length;
    },
  });
  if (detached === undefined || hasArchiveStamps(result.signers)) return undefined;
  const covered =
    content === undefined
      ? { sha256: inside.digest('hex'), size: length }
      : { name: content.name, sha256: await digestOf(content.stream()), size: content.size };
  return { streamed: { cms: detached, result }, covers: [covered] };
}

async function readContainer(file: LargeFile): Promise<Read | undefined> {
  const opened = await openAsic(file);
  if (!opened.ok) {
    if (opened.rule === 'asic.archive.streamed') return undefined;
    const { rule, offset } = opened;
    return { streamed: { container: { intact: false, rule, offset } }, covers: [] };
  }
  const { signature, signed, files } = opened.value;
  const result =
    signed instanceof Uint8Array
      ? verifySignedData({ cms: signature, content: signed, policy: everySignature })
      : (await verifySignedDataStream({ cms: one(signature), content: signed, policy: everySignature }))
          .result;
  if (hasArchiveStamps(result.signers)) return undefined;
  const covers: CoveredFile[] = [];
  for (const entry of files) {
    covers.push({ name: entry.name, sha256: await digestOf(entry.content()), size: entry.size });
  }
  return { streamed: { cms: signature, result, container: { intact: true } }, covers };
}

const archiveStamp = '0.4.0.1733.2.4';

const hasArchiveStamps = (
  signers: readonly { readonly unsignedAttributes: readonly { readonly type: string }[] }[],
): boolean =>
  signers.some(({ unsignedAttributes }) => unsignedAttributes.some(({ type }) => type === archiveStamp));

async function digestOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of stream) hash.update(piece);
  return hash.digest('hex');
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
