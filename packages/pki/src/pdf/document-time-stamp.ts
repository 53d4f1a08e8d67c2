import type { Stamp } from '../cades/upgrade.js';
import { attempt, type Parsed } from '../der/fault.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import { openTimeStamp } from '../tsp/verify.js';
import { PdfFile } from './file.js';
import { Increment } from './increment.js';
import { type Prepared, prepare, preparedDigest, seal, signatureDictionary } from './placeholder.js';
import { attachSignature } from './signature-field.js';
import { pdfName } from './value.js';

/** Octets of room for the token; when an authority's is longer it is asked again with room enough. */
const usualRoom = 12_288;

/**
 * A document time stamp (ISO 32000-2 12.8.5, `ETSI.RFC3161`) over the whole file: with the validation values before it, PAdES B-LTA; and
 * again whenever the newest one grows old. The file given stays in front, octet for octet. A token that is not over what was asked
 * does not get in (`cades.stamp.over`). Rejects with what `stamp` rejects.
 */
export async function addDocumentTimeStamp(
  pdf: Uint8Array,
  { stamp, algorithm = 'sha256' }: { readonly stamp: Stamp; readonly algorithm?: DigestAlgorithm },
): Promise<Parsed<Uint8Array>> {
  let size = usualRoom;
  for (;;) {
    const prepared = attempt(() => prepareTimeStamp(pdf, size));
    if (!prepared.ok) return prepared;
    const digest = preparedDigest(prepared.value, algorithm);
    const token = await stamp({ algorithm, digest });
    const opened = openTimeStamp(token);
    if (!opened.ok) return { ...opened, offset: 0 };
    const given = opened.token.info.imprint;
    if (given.algorithm !== algorithm || Buffer.compare(given.digest, digest) !== 0) {
      return { ok: false, rule: 'cades.stamp.over', offset: 0 };
    }
    if (token.length <= size || size > usualRoom) return attempt(() => seal(prepared.value, token));
    size = token.length * 2;
  }
}

function prepareTimeStamp(pdf: Uint8Array, size: number): Prepared {
  const view = new PdfFile(pdf).view();
  const increment = new Increment(view);
  const signature = increment.reserve();
  const head = {
    Type: pdfName('DocTimeStamp'),
    Filter: pdfName('Adobe.PPKLite'),
    SubFilter: pdfName('ETSI.RFC3161'),
  };
  increment.set(signature, signatureDictionary(head, size, {}));
  attachSignature(increment, signature);
  return prepare(increment, signature);
}
