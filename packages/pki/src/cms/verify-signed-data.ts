import { attempt } from '../der/fault.js';
import { wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { oid } from '../der/write.js';
import type { DigestAlgorithm, SignatureAlgorithm } from '../key/algorithm.js';
import { digestPieces } from '../key/digest.js';
import type { KeyPolicy, PublicKey } from '../key/import.js';
import { type CertificateOutline, outlineCertificate } from './certificate-outline.js';
import { attributeIds, contentTypes } from './cms-oids.js';
import {
  passed,
  type SignatureResult,
  type SignatureRule,
  type SignatureVerdict,
  type SignerResult,
  verdictOf,
} from './signature-result.js';
import { joined, readSignedData, type SignedData } from './signed-data.js';
import { verifySigner } from './verify-signer.js';

/** What is demanded beyond an intact signature. The defaults take any CMS signature made with algorithms of today. */
export interface SignaturePolicy {
  /** Algorithms that may pass; default: all but SHA-1. */
  readonly algorithms?: readonly SignatureAlgorithm[];
  /** Sizes of keys; see importPublicKey. Default RSA 2048 to 4096 bits. */
  readonly keys?: KeyPolicy;
  /** Demand signingCertificate or signingCertificateV2, as CAdES does; default false. A wrong one never passes. */
  readonly requireSigningCertificate?: boolean;
  /** Demand signed attributes; default false: a direct signature over the content is legal CMS. */
  readonly requireSignedAttributes?: boolean;
  /** The only content type that is taken; default any. */
  readonly contentType?: string;
}

/** What the checks of one signer need of the message. */
export interface SignedMessage {
  readonly data: SignedData;
  /** The content as pieces, or undefined when it is not here. */
  readonly content: readonly Uint8Array[] | undefined;
  /** Certificates of the message, then those of the caller, as far as they can be read. */
  readonly certificates: readonly CertificateOutline[];
  readonly policy: SignaturePolicy;
  /** Digest of the content, computed once for all signers; undefined where the content was streamed by without being hashed so. */
  digest(algorithm: DigestAlgorithm): Uint8Array | undefined;
}

/**
 * Verifies the signatures of a CMS SignedData: format and cryptography only, no path, no time. Answers in the indications of ETSI
 * EN 319 102-1; never throws on hostile input.
 *
 * `content` is the detached content; when the message has content inside too, both must be the same bytes. `certificates` are
 * further places to look for the signer's. The outer layers may be BER; the signed attributes are strict DER and are
 * hashed as received (RFC 5652 section 5.4 with A0 read as 31). Order of the checks: format, content, signer's certificate, algorithms known,
 * content digest, signature value, certificate reference, attributes, strength of algorithm and key.
 */
export function verifySignedData(input: SignedDataInput): SignatureResult {
  return examineSignedData(input).result;
}

export interface SignedDataInput {
  cms: Uint8Array;
  content?: Uint8Array;
  certificates?: readonly Uint8Array[];
  policy?: SignaturePolicy;
}

/** The same, with the key of each signer, so that whoever goes on to the path need not import it again; undefined where it was refused. */
export function examineSignedData(input: SignedDataInput): {
  result: SignatureResult;
  keys: (PublicKey | undefined)[];
} {
  const parsed = attempt(() => readSignedData(input.cms));
  if (!parsed.ok) {
    const { rule, offset } = parsed;
    return { result: { ...verdictOf('signature.format'), fault: { rule, offset }, ...nothing }, keys: [] };
  }
  const data = parsed.value;
  const content = input.content === undefined ? data.content : [input.content];
  const policy = input.policy ?? {};
  const rule = messageRule(data, input.content, policy);
  if (rule !== undefined) return { result: resultOf(verdictOf(rule), data, content, []), keys: [] };
  const certificates =
    input.certificates === undefined ? data.certificates : [...data.certificates, ...input.certificates];
  const message = openMessage(data, content, certificates, policy);
  const verified = data.signers.map((signer) => verifySigner(message, signer));
  const signers = verified.map(({ result }) => result);
  return {
    result: resultOf(gravest(signers), data, content, signers),
    keys: verified.map(({ key }) => key),
  };
}

/** The same for a message whose content was streamed by: `data` is without content, `digests` are what was computed of it. */
export function examineStreamed(
  data: SignedData,
  digests: ReadonlyMap<DigestAlgorithm, Uint8Array>,
  { certificates = [], policy = {} }: Pick<SignedDataInput, 'certificates' | 'policy'>,
): SignatureResult {
  const rule = data.signers.length === 0 ? 'signature.none' : typeRule(data, policy);
  if (rule !== undefined) return resultOf(verdictOf(rule), data, undefined, []);
  const message: SignedMessage = {
    data,
    content: undefined,
    certificates: outlinesOf([...data.certificates, ...certificates]),
    policy,
    digest: (algorithm) => digests.get(algorithm),
  };
  const signers = data.signers.map((signer) => verifySigner(message, signer).result);
  return resultOf(gravest(signers), data, undefined, signers);
}

function typeRule(data: SignedData, { contentType }: SignaturePolicy): SignatureRule | undefined {
  return contentType !== undefined && contentType !== data.contentType
    ? 'signature.contentType.unexpected'
    : undefined;
}

/** Written out property by property: spreading objects into each other costs more than the checks. */
function resultOf(
  verdict: SignatureVerdict,
  data: SignedData,
  content: readonly Uint8Array[] | undefined,
  signers: readonly SignerResult[],
): SignatureResult {
  const result: { -readonly [K in keyof SignatureResult]: SignatureResult[K] } = {
    ok: verdict.ok,
    indication: verdict.indication,
    reason: verdict.reason,
    contentType: data.contentType,
    signers,
    certificates: data.certificates,
    crls: data.crls,
    ocspResponses: data.ocspResponses,
  };
  if (!verdict.ok) {
    result.subIndication = verdict.subIndication;
    result.rule = verdict.rule;
  }
  if (content !== undefined) result.content = joined(content);
  return result;
}

const nothing = { signers: [], certificates: [], crls: [], ocspResponses: [] };

/** The rule that the message breaks as a whole, whoever signed it. */
function messageRule(
  data: SignedData,
  content: Uint8Array | undefined,
  policy: SignaturePolicy,
): SignatureRule | undefined {
  if (data.signers.length === 0) return 'signature.none';
  const wrongType = typeRule(data, policy);
  if (wrongType !== undefined) return wrongType;
  if (data.content === undefined)
    return content === undefined ? 'signature.content.missing' : confusion(data, content);
  if (content !== undefined && Buffer.compare(joined(data.content), content) !== 0)
    return 'signature.content.differs';
  return confusion(data, joined(data.content));
}

const messageDigestId = Buffer.from(oid(attributeIds.messageDigest));

/**
 * A signature without signed attributes over bytes that are themselves a set of signed attributes: the signature of an honest
 * message, dressed up as a signature over other content. No content of ours looks like that.
 */
function confusion(data: SignedData, content: Uint8Array): SignatureRule | undefined {
  if (
    content[0] !== tags.set ||
    data.signers.every(({ signedAttributeBytes }) => signedAttributeBytes !== undefined)
  ) {
    return undefined;
  }
  const isSet = attempt(() => wholeTlv(content)).ok;
  return isSet && Buffer.from(content).includes(messageDigestId)
    ? 'signature.attributes.confusion'
    : undefined;
}

function openMessage(
  data: SignedData,
  content: readonly Uint8Array[] | undefined,
  certificates: readonly Uint8Array[],
  policy: SignaturePolicy,
): SignedMessage {
  const known = new Map<DigestAlgorithm, Uint8Array>();
  const digest = (algorithm: DigestAlgorithm): Uint8Array => {
    const before = known.get(algorithm);
    if (before !== undefined) return before;
    const value = digestPieces(algorithm, content ?? []);
    known.set(algorithm, value);
    return value;
  };
  return { data, content, certificates: outlinesOf(certificates), policy, digest };
}

function outlinesOf(certificates: readonly Uint8Array[]): CertificateOutline[] {
  return certificates.flatMap((der) => {
    const outline = attempt(() => outlineCertificate(der));
    return outline.ok ? [outline.value] : [];
  });
}

/** All signers must pass; FAILED is graver than INDETERMINATE, and of equals the first counts. */
function gravest(signers: readonly SignerResult[]): SignatureVerdict {
  let worst: SignatureVerdict = passed;
  for (const { verdict } of signers) {
    const graver = verdict.indication === 'FAILED' ? worst.indication !== 'FAILED' : worst.ok && !verdict.ok;
    if (graver) worst = verdict;
  }
  return worst;
}

/** The policy for a CAdES baseline signature (ETSI EN 319 122-1): what our own submissions are held to. */
export const cadesPolicy: SignaturePolicy = {
  requireSignedAttributes: true,
  requireSigningCertificate: true,
  contentType: contentTypes.data,
};
