import { createHash } from 'node:crypto';
import type { Parsed } from '../der/fault.js';
import { parseManifest } from './manifest.js';
import type { ZipEntry } from './zip-read.js';

/** An archive time stamp of a container (ETSI EN 319 162-1 4.4.3.2, ASiC-E with CAdES): a token over a manifest of files. */
export interface AsicArchive {
  /** Name of the time stamp's file. */
  readonly name: string;
  /** The manifest's bytes: what the token is over. */
  readonly manifest: Uint8Array;
  /** Time-stamp token, not yet verified. */
  readonly token: Uint8Array;
  /** The files it names that are here with the right digest, by name. */
  readonly covered: ReadonlyMap<string, Uint8Array>;
  /** The file it names that is missing or has another digest. */
  readonly broken?: string;
}

const manifestName = /^META-INF\/[^/]*ASiCArchiveManifest[^/]*\.xml$/;
const tokenName = /^META-INF\/[^/]*timestamp[^/]*\.tst$/;

/** More renewals than a century needs. */
const maximum = 32;

/** The archive manifests with their time stamps, and which entries of the container they are. */
export function findArchives(
  entries: readonly ZipEntry[],
): Parsed<{ archives: AsicArchive[]; entries: ZipEntry[] }> {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const manifests = entries.filter(({ name }) => manifestName.test(name));
  const archives: AsicArchive[] = [];
  const used: ZipEntry[] = [];
  for (const entry of manifests) {
    const parsed = parseManifest(entry.bytes);
    if (!parsed.ok) return parsed;
    const token = byName.get(parsed.value.signature);
    if (
      token === undefined ||
      !tokenName.test(token.name) ||
      used.includes(token) ||
      archives.length >= maximum
    ) {
      return { ok: false, rule: 'asic.archive', offset: entry.offset };
    }
    const covered = new Map<string, Uint8Array>();
    let broken: string | undefined;
    for (const { name, algorithm, digest } of parsed.value.references) {
      const file = byName.get(name);
      const isSame = file !== undefined && createHash(algorithm).update(file.bytes).digest().equals(digest);
      if (isSame) covered.set(name, file.bytes);
      else broken ??= name;
    }
    used.push(entry, token);
    archives.push({
      name: token.name,
      manifest: entry.bytes,
      token: token.bytes,
      covered,
      ...(broken === undefined ? {} : { broken }),
    });
  }
  return { ok: true, value: { archives, entries: used } };
}
