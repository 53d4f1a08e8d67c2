import type { Parsed } from '../der/fault.js';
import { type AsicFile, isMetaInf, isMimetype, isReserved } from './asic.js';
import { defaultZipLimits, readZip, type ZipLimits } from './zip-read.js';
import { writeZip } from './zip-write.js';

/** The media type of an ASiC-S container; it is also the whole content of the entry `mimetype`. */
export const asicSimpleMediaType = 'application/vnd.etsi.asic-s+zip';

const SIGNATURE = 'META-INF/signature.p7s';

/** One file and the signature over its very bytes. */
export interface AsicSimple {
  readonly name: string;
  /** The detached content of the signature. */
  readonly bytes: Uint8Array;
  /** The CMS SignedData, not yet verified. */
  readonly signature: Uint8Array;
}

/**
 * Writes an ASiC-S container (ETSI EN 319 162-1 4.3): one file, not in a folder, with a detached CAdES signature that `sign` makes over
 * its bytes. Throws TypeError where the name is unsafe, reserved or has a slash.
 */
export async function writeAsicSimple(input: {
  file: AsicFile;
  sign: (content: Uint8Array) => Promise<Uint8Array>;
}): Promise<Buffer> {
  const { file, sign } = input;
  if (isReserved(file.name) || file.name.includes('/')) {
    throw new TypeError('The file has a name that the container keeps for itself, or stands in a folder.');
  }
  const mimetype = { name: 'mimetype', bytes: Buffer.from(asicSimpleMediaType), stored: true };
  // Written once without a signature first: a bad name must be told before the card is asked for one.
  writeZip([mimetype, { name: file.name, bytes: new Uint8Array() }]);
  const signature = await sign(file.bytes);
  return writeZip([mimetype, file, { name: SIGNATURE, bytes: signature }]);
}

/**
 * Opens an ASiC-S container with a CAdES signature and checks everything but the signature: the archive (rules `zip.…`), `asic.mimetype`,
 * `asic.single` (not exactly one file, or one in a folder), `asic.signature` (absent), `asic.metaInf` (a file there we do not know).
 */
export function readAsicSimple(bytes: Uint8Array, limits: ZipLimits = defaultZipLimits): Parsed<AsicSimple> {
  const zip = readZip(bytes, limits);
  if (!zip.ok) return zip;
  const fault = (rule: string, offset = 0): Parsed<never> => ({ ok: false, rule: `asic.${rule}`, offset });
  const [mimetype, ...entries] = zip.value;
  if (mimetype === undefined || !isMimetype(mimetype, asicSimpleMediaType)) return fault('mimetype');
  const inside = entries.filter(({ name }) => isMetaInf(name));
  const signature = inside.find(({ name }) => name === SIGNATURE);
  const stranger = inside.find((entry) => entry !== signature);
  if (stranger !== undefined) return fault('metaInf', stranger.offset);
  if (signature === undefined) return fault('signature');
  const [file, ...others] = entries.filter((entry) => entry !== signature);
  if (file === undefined || others.length > 0 || file.name.includes('/'))
    return fault('single', others[0]?.offset);
  return { ok: true, value: { name: file.name, bytes: file.bytes, signature: signature.bytes } };
}
