import { readExtensions } from '../certificate/extensions.js';
import { attempt, fail, type Parsed } from '../der/fault.js';
import { inside, wholeTlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { readBoolean, readInteger, readOid, readSmallInteger } from '../der/values.js';
import { boolean, integer, oid, sequence } from '../der/write.js';
import { type MessageImprint, readImprint, writeImprint } from './imprint.js';

/** A question to a time-stamping authority (TimeStampReq, RFC 3161 2.4.1). */
export interface TimeStampRequest {
  /** Absent where the digest algorithm is none of ours. */
  readonly imprint: MessageImprint | undefined;
  /** Policy asked for, an OID. */
  readonly policy?: string;
  /** Content octets of an INTEGER, to be sent back unchanged. */
  readonly nonce?: Uint8Array;
  /** Whether the authority's certificate is to be enclosed. */
  readonly wantsCertificate: boolean;
  /** Extensions the authority would have to understand; we know none. */
  readonly extensions: readonly string[];
}

/** A request is some sixty octets; nothing in it is long. */
export const longestTimeStampRequest = 4096;
const longestNonce = 64;

/** A request, DER. The nonce: any octets, taken as an unsigned number. Throws RangeError on a digest of the wrong length. */
export function buildTimeStampRequest(input: {
  imprint: MessageImprint;
  nonce?: Uint8Array;
  policy?: string;
  /** Default true: a token without its certificate helps only who knows the authority. */
  wantsCertificate?: boolean;
}): Uint8Array {
  const { imprint, nonce, policy, wantsCertificate = true } = input;
  return sequence(
    integer(1),
    writeImprint(imprint),
    policy === undefined ? undefined : oid(policy),
    nonce === undefined ? undefined : integer(unsigned(nonce)),
    wantsCertificate ? boolean(true) : undefined,
  );
}

/** Content octets of the INTEGER that stands for these octets read as an unsigned number. */
function unsigned(octets: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(0), octets]);
}

/** Reads a request, strict DER of at most 4 kB. */
export function parseTimeStampRequest(der: Uint8Array): Parsed<TimeStampRequest> {
  return attempt(() => {
    if (der.length > longestTimeStampRequest) fail('tsp.request.size', 0);
    const whole = wholeTlv(der);
    if (whole.tag !== tags.sequence) fail('tsp.request', 0);
    const reader = inside(whole);
    if (readSmallInteger(reader.next(tags.integer, 'tsp.version')) !== 1) fail('tsp.version', whole.content);
    const imprint = readImprint(reader);
    const policy = reader.optional(tags.oid);
    const nonce = reader.optional(tags.integer);
    if (nonce !== undefined && nonce.contentEnd - nonce.content > longestNonce)
      fail('tsp.nonce.size', nonce.start);
    const flag = reader.optional(tags.boolean);
    const wrapper = reader.optional(contextTag(0, true));
    reader.close('tsp.request.trailing');
    return {
      imprint,
      ...(policy === undefined ? {} : { policy: readOid(policy) }),
      ...(nonce === undefined ? {} : { nonce: readInteger(nonce) }),
      // FALSE is the default and should be absent, but there are clients that write it.
      wantsCertificate: flag !== undefined && readBoolean(flag),
      extensions:
        wrapper === undefined ? [] : readExtensions(inside(wrapper)).map((extension) => extension.oid),
    };
  });
}
