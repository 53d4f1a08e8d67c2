import { createHash, type Hash } from 'node:crypto';
import { DerFault, fail, type Parsed } from '../der/fault.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import { asicMediaType, isMetaInf, isMimetype, isReserved, MANIFEST, SIGNATURE } from './asic.js';
import { asicSimpleMediaType } from './asic-s.js';
import { buildManifest, parseManifest } from './manifest.js';
import { type ByteSource, openZip, smallContent, type ZipSourceEntry } from './zip-source.js';
import { writeZipStream, type ZipStreamInput } from './zip-stream.js';

/** A file of any size for a container. */
export interface AsicStreamFile {
  readonly name: string;
  /** Media type, for the manifest. */
  readonly mime?: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Writes an ASiC-E container with files of any size as a stream: as writeAsic, one pass, memory for one chunk. `sign` is called with the
 * manifest once the files have gone by, and gives a detached CAdES signature over it. Rejects with TypeError on reserved, unsafe
 * and doubled names before anything is read, with RangeError beyond 3.75 GiB.
 */
export async function* writeAsicStream(input: {
  readonly files: readonly AsicStreamFile[];
  readonly sign: (manifest: Uint8Array) => Promise<Uint8Array>;
}): AsyncGenerator<Uint8Array> {
  const { files, sign } = input;
  if (files.length === 0) throw new TypeError('A container holds at least one file.');
  if (files.some(({ name }) => isReserved(name)))
    throw new TypeError('A file has a name that the container keeps for itself.');
  const digests = files.map(() => createHash('sha256'));
  let manifest: Uint8Array = new Uint8Array();
  yield* writeZipStream([
    { name: 'mimetype', content: Buffer.from(asicMediaType) },
    ...files.map(
      ({ name, content }, index): ZipStreamInput => ({ name, content: hashed(content, digests[index]) }),
    ),
    {
      name: MANIFEST,
      content: async () => {
        manifest = buildManifest(
          SIGNATURE,
          files.map(({ name, mime }, index) => ({
            name,
            ...(mime === undefined ? {} : { mime }),
            digest: digests[index]?.digest() ?? new Uint8Array(),
          })),
        );
        return manifest;
      },
    },
    { name: SIGNATURE, content: () => sign(manifest) },
  ]);
}

/** The same for ASiC-S: one file; `sign` gets its digest by `algorithm` and gives a detached CAdES signature over the file. */
export async function* writeAsicSimpleStream(input: {
  readonly file: AsicStreamFile;
  readonly algorithm: DigestAlgorithm;
  readonly sign: (contentDigest: Uint8Array) => Promise<Uint8Array>;
}): AsyncGenerator<Uint8Array> {
  const { file, algorithm, sign } = input;
  if (isReserved(file.name) || file.name.includes('/')) {
    throw new TypeError('The file has a name that the container keeps for itself, or stands in a folder.');
  }
  const hash = createHash(algorithm);
  yield* writeZipStream([
    { name: 'mimetype', content: Buffer.from(asicSimpleMediaType) },
    { name: file.name, content: hashed(file.content, hash) },
    { name: SIGNATURE, content: () => sign(hash.digest()) },
  ]);
}

async function* hashed(
  content: AsyncIterable<Uint8Array>,
  hash: Hash | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    hash?.update(piece);
    yield piece;
  }
}

/** A container of either kind that was opened without reading it into memory. */
export interface AsicStreamed {
  readonly kind: 'asic-e' | 'asic-s';
  /** The files, each with its size and its content for whoever wants it. */
  readonly files: readonly ZipSourceEntry[];
  /** The CMS SignedData, not yet verified. */
  readonly signature: Uint8Array;
  /** What the signature is over: the manifest, whose digests have been compared with the files; or in ASiC-S the file itself, as a stream. */
  readonly signed: Uint8Array | AsyncIterable<Uint8Array>;
}

/** More than manifest and signature with all their values ever need. */
const mostMeta = 16 << 20;

/**
 * Opens an ASiC-E or ASiC-S container of any size and checks everything but the signature, by the rules of readAsic and readAsicSimple; the
 * files are read in pieces. A container with archive time stamps is refused (`asic.archive.streamed`): those cover files
 * that must be at hand. What the source rejects with passes; hostile input gets a rule.
 */
export async function openAsic(source: ByteSource): Promise<Parsed<AsicStreamed>> {
  const zip = await openZip(source);
  if (!zip.ok) return zip;
  try {
    return { ok: true, value: await check(zip.value) };
  } catch (fault) {
    if (fault instanceof DerFault) return { ok: false, rule: fault.rule, offset: fault.offset };
    throw fault;
  }
}

async function check(entries: readonly ZipSourceEntry[]): Promise<AsicStreamed> {
  const [first, ...others] = entries;
  const mediaType = first === undefined ? undefined : await mediaTypeOf(first);
  const inside = others.filter(({ name }) => isMetaInf(name));
  const files = others.filter(({ name }) => !isMetaInf(name));
  const archive = inside.find(({ name }) => /ASiCArchiveManifest|\.tst$/.test(name));
  if (archive !== undefined) fail('asic.archive.streamed', archive.offset);
  if (mediaType === asicSimpleMediaType) return checkSimple(inside, files);
  if (mediaType !== asicMediaType) fail('asic.mimetype', 0);
  const manifests = inside.filter(({ name }) => /^META-INF\/[^/]*ASiCManifest[^/]*\.xml$/.test(name));
  const signatures = inside.filter(({ name }) => /^META-INF\/[^/]*signature[^/]*\.p7s$/.test(name));
  const stranger = inside.find((entry) => !manifests.includes(entry) && !signatures.includes(entry));
  if (stranger !== undefined) fail('asic.metaInf', stranger.offset);
  const manifest = await only(manifests, 'asic.manifest');
  const signature = await only(signatures, 'asic.signature');
  const parsed = parseManifest(manifest);
  if (!parsed.ok) return fail(parsed.rule, parsed.offset);
  if (parsed.value.signature !== signatures[0]?.name) fail('asic.signature', signatures[0]?.offset ?? 0);
  const { references } = parsed.value;
  const listed = new Set(references.map(({ name }) => name));
  const unlisted = files.find(({ name }) => !listed.has(name));
  if (unlisted !== undefined) fail(`asic.unlisted.${unlisted.name}`, unlisted.offset);
  for (const { name, algorithm, digest } of references) {
    const entry = files.find((each) => each.name === name);
    if (entry === undefined) return fail(`asic.missing.${name}`, manifests[0]?.offset ?? 0);
    const hash = createHash(algorithm);
    for await (const piece of entry.content()) hash.update(piece);
    if (!hash.digest().equals(digest)) fail(`asic.digest.${name}`, entry.offset);
  }
  return { kind: 'asic-e', files, signature, signed: manifest };
}

async function checkSimple(
  inside: readonly ZipSourceEntry[],
  files: readonly ZipSourceEntry[],
): Promise<AsicStreamed> {
  const stranger = inside.find(({ name }) => name !== SIGNATURE);
  if (stranger !== undefined) fail('asic.metaInf', stranger.offset);
  const signature = await only(inside, 'asic.signature');
  const [file, ...more] = files;
  if (file === undefined || more.length > 0 || file.name.includes('/'))
    return fail('asic.single', more[0]?.offset ?? 0);
  // Read once for its size and sum: the stream that is handed out then ends well.
  for await (const piece of file.content()) void piece;
  return { kind: 'asic-s', files, signature, signed: file.content() };
}

async function mediaTypeOf(entry: ZipSourceEntry): Promise<string | undefined> {
  const content = await smallContent(entry, 100);
  if (!content.ok) return undefined;
  const text = Buffer.from(content.value).toString('latin1');
  const whole = { ...entry, bytes: content.value };
  return [asicMediaType, asicSimpleMediaType].find((type) => type === text && isMimetype(whole, type));
}

async function only(entries: readonly ZipSourceEntry[], rule: string): Promise<Uint8Array> {
  const [entry, second] = entries;
  if (entry === undefined || second !== undefined) return fail(rule, second?.offset ?? 0);
  const content = await smallContent(entry, mostMeta);
  return content.ok ? content.value : fail(content.rule, content.offset);
}
