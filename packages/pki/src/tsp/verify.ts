import { createHash } from 'node:crypto';
import { type Certificate, parseCertificate } from '../certificate/parse.js';
import { contentTypes } from '../cms/cms-oids.js';
import type { SignatureResult } from '../cms/signature-result.js';
import { type SignaturePolicy, verifySignedData } from '../cms/verify-signed-data.js';
import { checkBer } from '../der/check-ber.js';
import { attempt } from '../der/fault.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import { namesEqual, parseName } from '../name.js';
import { extensionIds, keyPurposes } from '../oids.js';
import { type PathInput, validatePath } from '../path/validate.js';
import { readTimeStampInfo, type TimeStampInfo } from './info.js';
import { parseTimeStampResponse } from './response.js';

/** A token whose signature holds: what it says, who signed it, and what travels in it. Whether the signer is trusted is open. */
export interface TimeStampToken {
  readonly info: TimeStampInfo;
  readonly certificate: Certificate;
  readonly signature: SignatureResult;
}

export type TimeStampRead = { readonly ok: true; readonly token: TimeStampToken } | Refused;

/** Why a token does not count; the rule's first word says whose it is (`tsp`, `path`, `cms`, `signature`, `der`). */
interface Refused {
  readonly ok: false;
  readonly rule: string;
}

const refuse = (rule: string): Refused => ({ ok: false, rule });

/** Large enough for the chains and lists that authorities enclose. */
const longestToken = 8 << 20;

/**
 * Opens a time-stamp token: one signer, whose signature holds and whose certificate is named by signingCertificate (v1 with SHA-1, which
 * OpenSSL writes, RFC 3161) or v2 (RFC 5816) and has timeStamping as its only extended key usage, critical. The message may be BER in its
 * outer layers; what is signed is DER. No path, no comparison with data. `certificates`: where the authority's may be found when it is not
 * enclosed. `strength`: what may sign, default as in verifySignedData. Never throws on hostile input.
 */
export function openTimeStamp(
  token: Uint8Array,
  certificates: readonly Uint8Array[] = [],
  strength: Pick<SignaturePolicy, 'algorithms' | 'keys'> = {},
): TimeStampRead {
  if (token.length > longestToken) return refuse('tsp.token.size');
  const form = checkBer(token);
  if (!form.ok) return refuse(form.rule);
  const signature = verifySignedData({
    cms: token,
    certificates,
    policy: {
      ...strength,
      requireSignedAttributes: true,
      requireSigningCertificate: true,
      contentType: contentTypes.timeStampInfo,
    },
  });
  if (!signature.ok) return refuse(signature.fault?.rule ?? signature.rule ?? 'tsp.signature');
  const [signer, ...others] = signature.signers;
  if (signer?.certificate === undefined || others.length > 0) return refuse('tsp.signers.one');
  const { content } = signature;
  if (content === undefined) return refuse('tsp.info.absent');
  const info = attempt(() => readTimeStampInfo(content));
  if (!info.ok) return refuse(info.rule);
  const certificate = parseCertificate(signer.certificate);
  if (!certificate.ok) return refuse(certificate.rule);
  const purpose = certificate.value.extensions.find(({ oid }) => oid === extensionIds.extKeyUsage);
  if (certificate.value.extKeyUsage?.join() !== keyPurposes.timeStamping)
    return refuse('tsp.certificate.purpose');
  if (purpose?.critical !== true) return refuse('tsp.certificate.purpose.critical');
  const { authority } = info.value;
  const name = authority === undefined ? undefined : parseName(authority);
  if (name?.ok === false) return refuse(name.rule);
  if (name !== undefined && !namesEqual(name.value, certificate.value.subject))
    return refuse('tsp.authority.differs');
  return { ok: true, token: { info: info.value, certificate: certificate.value, signature } };
}

/** Whether the stamp is over these bytes. */
export function stampsData({ imprint }: TimeStampInfo, data: Uint8Array): boolean {
  return createHash(imprint.algorithm).update(data).digest().equals(imprint.digest);
}

/** A stamp that counts with its path, or the rule that keeps it from counting. */
export type TimeStampVerdict =
  | {
      readonly ok: true;
      readonly token: TimeStampToken;
      /** The token itself, ContentInfo. */
      readonly der: Uint8Array;
      /** The authority's path, leaf to anchor. */
      readonly path: readonly Uint8Array[];
    }
  | Refused;

/** What is expected of a time stamp. */
export interface TimeStampExpectation {
  /** The bytes it must be over, or their digest. */
  readonly over: Uint8Array | { readonly algorithm: DigestAlgorithm; readonly digest: Uint8Array };
  readonly anchors: PathInput['anchors'];
  readonly intermediates?: PathInput['intermediates'];
  readonly crls?: PathInput['crls'];
  readonly ocspResponses?: PathInput['ocspResponses'];
  /** Default true; see validatePath. What the token encloses is used beside what is given. */
  readonly checkRevocation?: boolean;
  /** The policies that are taken; default any. */
  readonly policies?: readonly string[];
  /** The nonce that was sent: content octets of its INTEGER, or the octets given to buildTimeStampRequest. */
  readonly nonce?: Uint8Array;
  /** Digests that still count; default SHA-256, SHA-384 and SHA-512. */
  readonly digests?: readonly DigestAlgorithm[];
  readonly crypto?: PathInput['crypto'];
}

/**
 * Verifies a token against what was expected (RFC 3161 2.2 and 2.4.2): the signature, the imprint, the policy, the nonce, and the path
 * from the authority's certificate to an anchor at the stamp's own time. Whether that time is believed on is the caller's: a key
 * that was stolen later can make stamps of any date. Never throws on hostile input.
 */
export function verifyTimeStamp(token: Uint8Array, expected: TimeStampExpectation): TimeStampVerdict {
  const given = (expected.intermediates ?? []).map((each) => (each instanceof Uint8Array ? each : each.der));
  const opened = openTimeStamp(token, given);
  if (!opened.ok) return opened;
  const { info, certificate, signature } = opened.token;
  const { imprint, nonce } = info;
  if (!(expected.digests ?? ['sha256', 'sha384', 'sha512']).includes(imprint.algorithm))
    return refuse('tsp.imprint.weak');
  const { over } = expected;
  const isOver =
    over instanceof Uint8Array
      ? stampsData(info, over)
      : over.algorithm === imprint.algorithm && Buffer.compare(over.digest, imprint.digest) === 0;
  if (!isOver) return refuse('tsp.imprint.differs');
  if (expected.policies?.includes(info.policy) === false) return refuse('tsp.policy.unaccepted');
  if (expected.nonce !== undefined) {
    if (nonce === undefined) return refuse('tsp.nonce.absent');
    if (trimmed(nonce) !== trimmed(expected.nonce)) return refuse('tsp.nonce.differs');
  }
  const path = validatePath({
    leaf: certificate.der,
    anchors: expected.anchors,
    intermediates: [...signature.certificates, ...(expected.intermediates ?? [])],
    crls: [...signature.crls, ...(expected.crls ?? [])],
    ocspResponses: [...signature.ocspResponses, ...(expected.ocspResponses ?? [])],
    time: info.time,
    extKeyUsage: [keyPurposes.timeStamping],
    ...(expected.checkRevocation === undefined ? {} : { checkRevocation: expected.checkRevocation }),
    ...(expected.crypto === undefined ? {} : { crypto: expected.crypto }),
  });
  if (!path.valid) return refuse(path.rule ?? 'path.none');
  return { ok: true, token: opened.token, der: token, path: path.path };
}

/** Leading zeros are the INTEGER's affair. */
const trimmed = (octets: Uint8Array): string =>
  Buffer.from(octets)
    .toString('hex')
    .replace(/^(00)+/, '');

/** Verifies the whole answer of an authority: granted, and the token as verifyTimeStamp does. */
export function verifyTimeStampResponse(
  response: Uint8Array,
  expected: TimeStampExpectation,
): TimeStampVerdict {
  const parsed = parseTimeStampResponse(response);
  if (!parsed.ok) return refuse(parsed.rule);
  const { token, failures } = parsed.value;
  if (token === undefined) return refuse(`tsp.refused.${failures[0] ?? 'rejection'}`);
  return verifyTimeStamp(token, expected);
}
