import { createHash } from 'node:crypto';
import { addValidationValues, type Stamp, type ValidationValues } from '../cades/upgrade.js';
import type { Parsed } from '../der/fault.js';
import { openTimeStamp, stampsData } from '../tsp/verify.js';
import { readAsic } from './asic.js';
import { buildManifest, type ManifestFile } from './manifest.js';
import { defaultZipLimits, readZip, type ZipLimits } from './zip-read.js';
import { writeZip, type ZipInput } from './zip-write.js';

const NEWEST = 'META-INF/ASiCArchiveManifest.xml';
const tokenType = 'application/vnd.etsi.timestamp-token';
const signaturePattern = /^META-INF\/[^/]*signature[^/]*\.p7s$/;

/**
 * Puts an archive time stamp over every file of an ASiC-E container (ETSI EN 319 162-1 annex A.7), the first time and again whenever the
 * newest grows old: a manifest names all files with their digests, a token is over the manifest. The manifest before gets a number and
 * stands in the new one as its root file. `values` go in first, where no time stamp covers them yet: into the signature, later
 * into the newest token. What is wrong with the container, or with the token that `stamp` gives, comes back as a rule.
 */
export async function addAsicArchive(
  container: Uint8Array,
  options: { stamp: Stamp; values?: ValidationValues; limits?: ZipLimits },
): Promise<Parsed<Buffer>> {
  const { stamp, values, limits = defaultZipLimits } = options;
  const read = readAsic(container, limits);
  if (!read.ok) return read;
  const zip = readZip(container, limits);
  if (!zip.ok) return zip;
  const number = (read.value.archives?.length ?? 0) + 1;
  const newest = zip.value.find(({ name }) => name === NEWEST);
  if (number > 1 && newest === undefined) return { ok: false, rule: 'asic.archive', offset: 0 };
  const last = read.value.archives?.find(
    ({ manifest }) => newest !== undefined && Buffer.compare(manifest, newest.bytes) === 0,
  );
  const holds = (name: string) => (last === undefined ? signaturePattern.test(name) : name === last.name);
  const entries: ZipInput[] = [];
  for (const { name, bytes, stored } of zip.value) {
    const more = values !== undefined && holds(name) ? addValidationValues(bytes, values) : undefined;
    if (more?.ok === false) return more;
    const renamed = name === NEWEST ? `META-INF/ASiCArchiveManifest${number - 1}.xml` : name;
    entries.push({ name: renamed, bytes: more?.value ?? bytes, ...(stored ? { stored } : {}) });
  }
  const tokenName = `META-INF/archive-timestamp${number}.tst`;
  const files = entries
    .filter(({ name }) => name !== 'mimetype')
    .map(
      ({ name, bytes }): ManifestFile => ({
        name,
        digest: createHash('sha256').update(bytes).digest(),
        ...(newest !== undefined && name === `META-INF/ASiCArchiveManifest${number - 1}.xml`
          ? { root: true }
          : {}),
      }),
    );
  const manifest = buildManifest(tokenName, files, tokenType);
  const token = await stamp({ algorithm: 'sha256', digest: createHash('sha256').update(manifest).digest() });
  const opened = openTimeStamp(token);
  if (!opened.ok) return { ...opened, offset: 0 };
  if (!stampsData(opened.token.info, manifest)) return { ok: false, rule: 'cades.stamp.over', offset: 0 };
  entries.push({ name: NEWEST, bytes: manifest }, { name: tokenName, bytes: token });
  return { ok: true, value: writeZip(entries) };
}
