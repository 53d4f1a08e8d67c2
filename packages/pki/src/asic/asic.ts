import type { Parsed } from '../der/fault.js';
import { digest, sha256 } from '../key/digest.js';
import { type AsicArchive, findArchives } from './archive-read.js';
import { buildManifest, type ManifestReference, parseManifest } from './manifest.js';
import { defaultZipLimits, readZip, type ZipEntry, type ZipLimits } from './zip-read.js';
import { writeZip } from './zip-write.js';

/** The media type of an ASiC-E container; it is also the whole content of the entry `mimetype`. */
export const asicMediaType = 'application/vnd.etsi.asic-e+zip';

export const MANIFEST = 'META-INF/ASiCManifest.xml';
export const SIGNATURE = 'META-INF/signature.p7s';

/** A file that goes into a container. */
export interface AsicFile {
  /** Path in the container with `/`; not `mimetype`, not below `META-INF`. See `isSafeEntryName`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mime?: string;
}

/** A container taken apart, before its signature is verified. */
export interface AsicContainer {
  /** The signed files by name, in the order of the manifest; each digest agreed with the manifest. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly mimes: ReadonlyMap<string, string>;
  /** The bytes of ASiCManifest.xml: the detached content of the signature. */
  readonly manifest: Uint8Array;
  /** The CMS SignedData, not yet verified. */
  readonly signature: Uint8Array;
  /** Archive time stamps over files of the container, in its order; absent where there are none. */
  readonly archives?: readonly AsicArchive[];
}

/**
 * Writes an ASiC-E container with one CAdES signature: `mimetype` first and stored, the files, the manifest with their
 * SHA-256 digests, and the signature that `sign` makes over the manifest's bytes (a detached CMS).
 * Throws TypeError when there is no file, or a name is unsafe, doubled or reserved. Source: ETSI EN 319 162-1.
 */
export async function writeAsic(input: {
  files: readonly AsicFile[];
  sign: (manifest: Uint8Array) => Promise<Uint8Array>;
}): Promise<Buffer> {
  const { files, sign } = input;
  if (files.length === 0) throw new TypeError('A container needs at least one file.');
  if (files.some(({ name }) => isReserved(name)))
    throw new TypeError('A file has a name that the container keeps for itself.');
  const mimetype = { name: 'mimetype', bytes: Buffer.from(asicMediaType), stored: true };
  // Written once without a signature first: a bad name must be told before the card is asked for one.
  writeZip([mimetype, ...files.map(({ name }) => ({ name, bytes: new Uint8Array() }))]);
  const manifest = buildManifest(
    SIGNATURE,
    files.map((file) => ({ ...file, digest: sha256(file.bytes) })),
  );
  const signature = await sign(manifest);
  return writeZip([
    mimetype,
    ...files,
    { name: MANIFEST, bytes: manifest },
    { name: SIGNATURE, bytes: signature },
  ]);
}

/**
 * Opens an ASiC-E container with one manifest and one CAdES signature and checks everything but the signature: the archive
 * (rules `zip.…`), the manifest (`xml.…`, `manifest.…`), and that the files outside META-INF are exactly those it lists, with
 * their digests: `asic.mimetype` (absent, not first, compressed, wrong), `asic.metaInf` (a file there we do not know),
 * `asic.manifest`, `asic.archive` (an archive manifest without its time stamp), `asic.signature` (absent or more than one), `asic.unlisted.NAME`, `asic.missing.NAME`, `asic.digest.NAME`.
 */
export function readAsic(bytes: Uint8Array, limits: ZipLimits = defaultZipLimits): Parsed<AsicContainer> {
  const zip = readZip(bytes, limits);
  if (!zip.ok) return zip;
  const entries = zip.value;
  const mimetype = entries[0];
  const fault = (rule: string, offset: number): Parsed<never> => ({
    ok: false,
    rule: `asic.${rule}`,
    offset,
  });
  if (mimetype === undefined || !isMimetype(mimetype, asicMediaType)) return fault('mimetype', 0);

  const inside = entries.filter(({ name }) => isMetaInf(name));
  const manifests = inside.filter(({ name }) => /^META-INF\/[^/]*ASiCManifest[^/]*\.xml$/.test(name));
  const signatures = inside.filter(({ name }) => /^META-INF\/[^/]*signature[^/]*\.p7s$/.test(name));
  const archives = findArchives(entries);
  if (!archives.ok) return archives;
  const known = new Set([...manifests, ...signatures, ...archives.value.entries]);
  const stranger = inside.find((entry) => !known.has(entry));
  if (stranger !== undefined) return fault('metaInf', stranger.offset);
  const [manifest] = manifests;
  const [signature] = signatures;
  if (manifest === undefined || manifests.length > 1) return fault('manifest', manifests[1]?.offset ?? 0);
  if (signature === undefined || signatures.length > 1) return fault('signature', signatures[1]?.offset ?? 0);

  const parsed = parseManifest(manifest.bytes);
  if (!parsed.ok) return parsed;
  if (parsed.value.signature !== signature.name) return fault('signature', signature.offset);
  const outside = new Map(
    entries.slice(1).flatMap((entry) => (isMetaInf(entry.name) ? [] : [[entry.name, entry]])),
  );
  const listed = new Set(parsed.value.references.map(({ name }) => name));
  for (const entry of outside.values()) {
    if (!listed.has(entry.name)) return fault(`unlisted.${entry.name}`, entry.offset);
  }
  const collected = collect(parsed.value.references, outside, manifest, signature);
  if (!collected.ok || archives.value.archives.length === 0) return collected;
  return { ok: true, value: { ...collected.value, archives: archives.value.archives } };
}

function collect(
  references: readonly ManifestReference[],
  outside: ReadonlyMap<string, ZipEntry>,
  manifest: ZipEntry,
  signature: ZipEntry,
): Parsed<AsicContainer> {
  const files = new Map<string, Uint8Array>();
  const mimes = new Map<string, string>();
  for (const { name, mime, algorithm, digest: value } of references) {
    const entry = outside.get(name);
    if (entry === undefined) return { ok: false, rule: `asic.missing.${name}`, offset: manifest.offset };
    if (Buffer.compare(digest(algorithm, entry.bytes), value) !== 0) {
      return { ok: false, rule: `asic.digest.${name}`, offset: entry.offset };
    }
    files.set(name, entry.bytes);
    if (mime !== undefined) mimes.set(name, mime);
  }
  return { ok: true, value: { files, mimes, manifest: manifest.bytes, signature: signature.bytes } };
}

export const isMetaInf = (name: string) => /^meta-inf(\/|$)/i.test(name);
export const isReserved = (name: string) => isMetaInf(name) || name.toLowerCase() === 'mimetype';

/** The first entry, stored and without extra field, so that a file's type is told by its first octets. */
export function isMimetype(entry: ZipEntry, mediaType: string): boolean {
  const right = entry.name === 'mimetype' && entry.stored && entry.offset === 0 && entry.extraLength === 0;
  return right && Buffer.from(entry.bytes).toString('latin1') === mediaType;
}
