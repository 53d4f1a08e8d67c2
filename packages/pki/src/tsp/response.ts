import { parseCertificate } from '../certificate/parse.js';
import { attempt, fail, type Parsed } from '../der/fault.js';
import { bytesOf, inside, wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readNamedBits, readSmallInteger } from '../der/values.js';
import { integer, namedBits, sequence, utf8String } from '../der/write.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import { type Accuracy, writeTimeStampInfo } from './info.js';
import type { TimeStampRequest } from './request.js';
import { signTimeStampInfo, type TimeStampSigner } from './token.js';

/** Why an authority gives no time stamp (PKIFailureInfo, RFC 3161 2.4.2), with the number of its bit. */
const failures = {
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  timeNotAvailable: 14,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  addInfoNotAvailable: 17,
  systemFailure: 25,
} as const;
/** PKIFailureInfo by its name in RFC 3161 2.4.2. */
export type TimeStampFailure = keyof typeof failures;

/** PKIStatus: 0 and 1 come with a token, all others without. */
const REJECTION = 2;

/** An answer that says only why there is no time stamp. It is never signed. `text`: one English sentence for a log. */
export function timeStampRefusal(failure: TimeStampFailure, text: string): Uint8Array {
  return sequence(sequence(integer(REJECTION), sequence(utf8String(text)), namedBits([failures[failure]])));
}

/** What the authority puts into its stamps. */
export interface TimeStampTerms {
  /** The one policy it stamps under, an OID. */
  readonly policy: string;
  readonly accuracy?: Accuracy;
  readonly ordering?: boolean;
  /** Whether the stamp repeats the name of the authority, the subject of its certificate. Default false. */
  readonly named?: boolean;
  /** Digests it takes; default SHA-256, SHA-384 and SHA-512. */
  readonly digests?: readonly DigestAlgorithm[];
}

const usualDigests: readonly DigestAlgorithm[] = ['sha256', 'sha384', 'sha512'];

/** Why this request is refused; undefined where it can be stamped. */
export function timeStampFault(
  request: TimeStampRequest,
  terms: TimeStampTerms,
): { failure: TimeStampFailure; text: string } | undefined {
  if (request.imprint === undefined || !(terms.digests ?? usualDigests).includes(request.imprint.algorithm)) {
    return { failure: 'badAlg', text: 'the digest algorithm is not accepted' };
  }
  if (request.policy !== undefined && request.policy !== terms.policy) {
    return { failure: 'unacceptedPolicy', text: 'stamps are not made under this policy' };
  }
  if (request.extensions.length > 0) {
    return { failure: 'unacceptedExtension', text: 'extensions are not accepted' };
  }
  return undefined;
}

/**
 * Answers a request: a granted TimeStampResp with a token, or the refusal. `serial`: content octets of an INTEGER that this authority
 * never used before. Rejects as the signer does.
 */
export async function buildTimeStampResponse(input: {
  request: TimeStampRequest;
  time: Date;
  serial: Uint8Array;
  terms: TimeStampTerms;
  signer: TimeStampSigner;
}): Promise<Uint8Array> {
  const { request, time, serial, terms, signer } = input;
  const fault = timeStampFault(request, terms);
  const { imprint, nonce } = request;
  if (fault !== undefined || imprint === undefined) {
    return timeStampRefusal(fault?.failure ?? 'badAlg', fault?.text ?? '');
  }
  const info = writeTimeStampInfo({
    policy: terms.policy,
    imprint,
    serial,
    time,
    ordering: terms.ordering ?? false,
    ...(terms.accuracy === undefined ? {} : { accuracy: terms.accuracy }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(terms.named === true ? { authority: subjectOf(signer.certificate) } : {}),
  });
  const token = await signTimeStampInfo(info, signer, { time, enclose: request.wantsCertificate });
  return sequence(sequence(integer(0)), token);
}

function subjectOf(certificate: Uint8Array): Uint8Array {
  const parsed = parseCertificate(certificate);
  if (!parsed.ok) throw new TypeError(`The authority's certificate cannot be read (${parsed.rule}).`);
  return parsed.value.subject.der;
}

/** An answer as it came: a token, or why there is none. */
export interface TimeStampResponse {
  /** PKIStatus: 0 granted, 1 granted with changes, 2 rejected, 3 waiting, 4 and 5 about revocations. */
  readonly status: number;
  readonly failures: readonly TimeStampFailure[];
  /** ContentInfo, DER; there exactly with status 0 and 1. */
  readonly token?: Uint8Array;
}

const longestResponse = 1 << 20;

/** Reads a TimeStampResp (RFC 3161 2.4.2); the token is cut out and judged by verifyTimeStamp. */
export function parseTimeStampResponse(der: Uint8Array): Parsed<TimeStampResponse> {
  return attempt(() => {
    if (der.length > longestResponse) fail('tsp.response.size', 0);
    const whole = wholeTlv(der);
    if (whole.tag !== tags.sequence) fail('tsp.response', 0);
    const reader = inside(whole);
    const info = reader.sequence('tsp.response.status');
    const status = readSmallInteger(info.next(tags.integer, 'tsp.response.status'));
    if (status < 0 || status > 5) fail('tsp.response.status', whole.content);
    info.optional(tags.sequence);
    const bits = info.optional(tags.bitString);
    info.close('tsp.response.status');
    const token = reader.optional(tags.sequence);
    reader.close('tsp.response.trailing');
    if ((token !== undefined) !== status < 2) fail('tsp.response.token', whole.content);
    const set = bits === undefined ? new Set<number>() : readNamedBits(bits);
    return {
      status,
      failures: (Object.keys(failures) as TimeStampFailure[]).filter((name) => set.has(failures[name])),
      ...(token === undefined ? {} : { token: bytesOf(token) }),
    };
  });
}
