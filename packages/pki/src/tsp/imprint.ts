import { fail } from '../der/fault.js';
import { contentOf, type Reader } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readOid } from '../der/values.js';
import { nullValue, octetString, oid, sequence } from '../der/write.js';
import { type DigestAlgorithm, digestLength } from '../key/algorithm.js';
import { digests } from '../oids.js';

/** What a time stamp is over: never the data, only their digest. */
export interface MessageImprint {
  readonly algorithm: DigestAlgorithm;
  readonly digest: Uint8Array;
}

const names = new Map<string, DigestAlgorithm>(
  Object.entries(digests).map(([name, id]) => [id, name as DigestAlgorithm]),
);

/** MessageImprint (RFC 3161 2.4.1); NULL beside the digest's OID, as authorities of all ages expect it. */
export function writeImprint({ algorithm, digest }: MessageImprint): Uint8Array {
  if (digest.length !== digestLength(algorithm))
    throw new RangeError('the digest has not the length of its kind');
  return sequence(sequence(oid(digests[algorithm]), nullValue()), octetString(digest));
}

/** Undefined where the algorithm is none of ours, so that an authority can say badAlg instead of badDataFormat. Throws DerFault. */
export function readImprint(parent: Reader): MessageImprint | undefined {
  const reader = parent.sequence('tsp.imprint');
  const identifier = reader.sequence('tsp.imprint.algorithm');
  const algorithm = names.get(readOid(identifier.next(tags.oid, 'tsp.imprint.algorithm')));
  if (algorithm !== undefined) {
    identifier.optional(tags.null);
    identifier.close('tsp.imprint.algorithm');
  }
  const value = reader.next(tags.octetString, 'tsp.imprint.digest');
  reader.close('tsp.imprint');
  if (algorithm === undefined) return undefined;
  const digest = contentOf(value);
  if (digest.length !== digestLength(algorithm)) fail('tsp.imprint.length', value.start);
  return { algorithm, digest };
}
