import { createHash } from 'node:crypto';
import type { Stamp } from '../cades/upgrade.js';
import { attempt, type Parsed } from '../der/fault.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import { openTimeStamp } from '../tsp/verify.js';
import { findSignatures } from '../xmldsig/verify.js';
import { timeStampText } from './properties-text.js';
import { openXml, placeUnsigned } from './unsigned-place.js';

/**
 * From B-B to B-T (EN 319 132-1): a signature time stamp over each signature value, as an unsigned property. No signed octet changes. A
 * document that cannot be read, a signature without qualifying properties (`xades.absent`), and a token that is not over
 * what was asked (`xades.stamp.over`) come back as a broken rule.
 */
export async function addXmlSignatureTimeStamp(
  document: Uint8Array,
  options: {
    readonly stamp: Stamp;
    /** Digest of the imprint; default SHA-256. */
    readonly algorithm?: DigestAlgorithm;
    /** Number of the signature in the document; default every one. */
    readonly signer?: number;
  },
): Promise<Parsed<Buffer>> {
  const { stamp, algorithm = 'sha256', signer } = options;
  const first = openXml(document);
  if (!first.ok) return first;
  let { text } = first.value;
  const count = findSignatures(first.value).length;
  const wanted = Array.from({ length: count }, (_, index) => index).filter(
    (index) => signer === undefined || signer === index,
  );
  if (wanted.length === 0) return { ok: false, rule: 'xmldsig.none', offset: 0 };
  for (const index of wanted) {
    const place = attempt(() => placeUnsigned(text, index));
    if (!place.ok) return place;
    const { over, around } = place.value;
    const digest = createHash(algorithm).update(over).digest();
    const token = await stamp({ algorithm, digest });
    const opened = openTimeStamp(token);
    if (!opened.ok) return { ...opened, offset: 0 };
    const { imprint } = opened.token.info;
    if (imprint.algorithm !== algorithm || Buffer.compare(imprint.digest, digest) !== 0) {
      return { ok: false, rule: 'xades.stamp.over', offset: 0 };
    }
    text = around(timeStampText(token));
  }
  return { ok: true, value: Buffer.from(text) };
}
