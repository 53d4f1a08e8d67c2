import { attempt } from '../der/fault.js';
import { type DigestAlgorithm, type SignatureAlgorithm, signatureSchemes } from '../key/algorithm.js';
import { digest } from '../key/digest.js';
import { importPublicKey, type KeyPolicy, type PublicKey } from '../key/import.js';
import { verifySignature } from '../key/verify.js';
import {
  type EssCertificateId,
  readContentTypeValue,
  readMessageDigestValue,
  readSignaturePolicyValue,
  readSigningCertificateValue,
  readSigningTimeValue,
  type SignaturePolicyId,
} from './attributes.js';
import { type CertificateOutline, pointsAt } from './certificate-outline.js';
import { attributeIds, contentTypes } from './cms-oids.js';
import { digestOfOid, readDigestAlgorithm, readSignerAlgorithm } from './signature-algorithms.js';
import { passed, type SignatureRule, type SignerResult, verdictOf } from './signature-result.js';
import { joined, type SignerInfo } from './signed-data.js';
import type { SignedMessage } from './verify-signed-data.js';

/** The signed attributes we act on, read; a rule where they are not as they must be. */
interface ReadAttributes {
  readonly contentType?: string;
  readonly messageDigest?: Uint8Array;
  readonly signingTime?: Date;
  readonly signingCertificates: readonly EssCertificateId[];
  readonly signaturePolicy?: SignaturePolicyId;
  readonly rule?: SignatureRule;
}

/** Sizes that are read at all, so that a weak key is verified first and called weak after. */
const readableKeys = { minimumRsaBits: 1024, maximumRsaBits: 8192 };

/** The algorithms that pass without a policy of one's own. */
const strong = new Set(
  (Object.keys(signatureSchemes) as SignatureAlgorithm[]).filter(
    (name) => signatureSchemes[name].digest !== 'sha1',
  ),
);

/** Checks one signer; see verifySignedData for the order. */
export function verifySigner(
  message: SignedMessage,
  signer: SignerInfo,
): { result: SignerResult; key: PublicKey | undefined } {
  const attributes = signer.signedAttributeBytes === undefined ? undefined : readSignedAttributes(signer);
  const { certificate, named } = findCertificate(message, signer, attributes?.signingCertificates ?? []);
  const digest = readDigestAlgorithm(signer.digestAlgorithm);
  const algorithm = digest === undefined ? undefined : readSignerAlgorithm(signer.signatureAlgorithm, digest);
  const key = certificate === undefined ? undefined : importKey(certificate.spki, message.policy.keys);
  const rule = brokenFormat(message, attributes) ?? brokenTools(certificate, algorithm, key);
  const broken =
    rule !== undefined || !certificate || !digest || !algorithm || !key?.ok
      ? (rule ?? 'signature.certificate.form')
      : brokenSignature(message, signer, attributes, {
          named,
          digest,
          algorithm,
          key: key.key,
          weak: key.weak,
        });
  const result: { -readonly [K in keyof SignerResult]: SignerResult[K] } = {
    verdict: broken === undefined ? passed : verdictOf(broken),
    signingCertificate: referenceKind(signer),
    hasSignedAttributes: attributes !== undefined,
    attributesOrdered: signer.ordered,
    unsignedAttributes: signer.unsignedAttributes,
    signatureValue: signer.signature,
  };
  if (certificate !== undefined) result.certificate = certificate.der;
  if (attributes?.signingTime !== undefined) result.signingTime = attributes.signingTime;
  if (attributes?.signaturePolicy !== undefined) result.signaturePolicy = attributes.signaturePolicy;
  if (digest !== undefined) result.digestAlgorithm = digest;
  if (algorithm !== undefined) result.signatureAlgorithm = algorithm;
  if (key?.ok) result.keyBits = key.key.bits;
  return { result, key: key?.ok && !key.weak ? key.key : undefined };
}

type ImportedKey = { ok: true; key: PublicKey; weak: boolean } | { ok: false; rule: string };

/** A key the policy allows; else, marked as weak, a key that can at least be read. */
function importKey(spki: Uint8Array, policy?: KeyPolicy): ImportedKey {
  const allowed = importPublicKey(spki, policy);
  if (allowed.ok) return { ok: true, key: allowed.key, weak: false };
  const readable = importPublicKey(spki, readableKeys);
  return readable.ok ? { ok: true, key: readable.key, weak: true } : readable;
}

function brokenFormat(
  message: SignedMessage,
  attributes: ReadAttributes | undefined,
): SignatureRule | undefined {
  // RFC 5652 section 5.3: without signed attributes the content can only be plain data.
  if (attributes === undefined) {
    return message.data.contentType === contentTypes.data ? undefined : 'signature.attributes.required';
  }
  return attributes.rule === 'signature.attributes.required' ? attributes.rule : undefined;
}

/** Why the signature cannot even be tried. Undefined only when certificate, algorithm and key are all there. */
function brokenTools(
  certificate: CertificateOutline | undefined,
  algorithm: SignatureAlgorithm | undefined,
  key: ImportedKey | undefined,
): SignatureRule | undefined {
  if (certificate === undefined || key === undefined) return 'signature.certificate.none';
  if (algorithm === undefined) return 'signature.algorithm.unknown';
  if (key.ok) return undefined;
  if (key.rule.endsWith('.unsupported')) return 'signature.algorithm.unknown';
  return /^key\.rsa\.(short|long|exponent)/.test(key.rule)
    ? 'signature.key.weak'
    : 'signature.certificate.form';
}

interface Tools {
  /** The certificate is the one the signed attributes name, or they name none. */
  readonly named: boolean;
  readonly digest: DigestAlgorithm;
  readonly algorithm: SignatureAlgorithm;
  readonly key: PublicKey;
  readonly weak: boolean;
}

function brokenSignature(
  message: SignedMessage,
  signer: SignerInfo,
  attributes: ReadAttributes | undefined,
  { named, digest, algorithm, key, weak }: Tools,
): SignatureRule | undefined {
  const claimed = attributes?.messageDigest;
  if (claimed !== undefined) {
    const computed = message.digest(digest);
    if (computed === undefined) return 'signature.digest.unlisted';
    if (Buffer.compare(computed, claimed) !== 0) return 'signature.digest';
  }
  if (signer.signedAttributeBytes === undefined && message.content === undefined)
    return 'signature.attributes.streamed';
  const signed = signer.signedAttributeBytes ?? joined(message.content ?? []);
  const intact = verifySignature(algorithm, key, signed, signer.signature);
  if (!intact) return named ? 'signature.value' : 'signature.certificate.exchanged';
  if (!named) return 'signature.certificate.reference';
  const broken = attributes?.rule ?? brokenAttributes(message, signer, attributes);
  if (broken !== undefined) return broken;
  if (signatureSchemes[algorithm].digest !== digest) return 'signature.algorithm.mismatch';
  const { algorithms } = message.policy;
  const allowed = algorithms === undefined ? strong.has(algorithm) : algorithms.includes(algorithm);
  if (!allowed) return 'signature.algorithm.weak';
  return weak ? 'signature.key.weak' : undefined;
}

function brokenAttributes(
  message: SignedMessage,
  signer: SignerInfo,
  attributes: ReadAttributes | undefined,
): SignatureRule | undefined {
  const { policy, data } = message;
  if (attributes === undefined) {
    return policy.requireSignedAttributes || policy.requireSigningCertificate
      ? 'signature.attributes.absent'
      : undefined;
  }
  if (attributes.contentType !== data.contentType) return 'signature.contentType.attribute';
  if (policy.requireSigningCertificate && referenceKind(signer) === 'absent')
    return 'signature.certificate.unreferenced';
  return undefined;
}

/** The certificate the signer points at; where several carry the same name and number, the one whose digest is signed. */
function findCertificate(
  message: SignedMessage,
  signer: SignerInfo,
  ids: readonly EssCertificateId[],
): { certificate: CertificateOutline | undefined; named: boolean } {
  let first: CertificateOutline | undefined;
  for (const certificate of message.certificates) {
    if (!pointsAt(signer.reference, certificate)) continue;
    if (ids.every((id) => names(id, certificate))) return { certificate, named: true };
    first ??= certificate;
  }
  return { certificate: first, named: false };
}

/** Whether an ESSCertID names this certificate: the digest of its DER and, where given, issuer and serial number. */
function names(id: EssCertificateId, certificate: CertificateOutline): boolean {
  const algorithm = digestOfOid(id.hash);
  if (algorithm === undefined) return false;
  if (Buffer.compare(digest(algorithm, certificate.der), id.value) !== 0) return false;
  const { issuerSerial } = id;
  if (issuerSerial === undefined) return true;
  const { serial, issuer } = issuerSerial;
  if (issuer === undefined) return Buffer.compare(serial, certificate.serial) === 0;
  return pointsAt({ kind: 'issuerAndSerial', issuer, serial }, certificate);
}

function referenceKind(signer: SignerInfo): SignerResult['signingCertificate'] {
  const has = (type: string) => signer.signedAttributes.some((attribute) => attribute.type === type);
  const [v1, v2] = [has(attributeIds.signingCertificate), has(attributeIds.signingCertificateV2)];
  if (v1 && v2) return 'both';
  if (v1) return 'v1';
  return v2 ? 'v2' : 'absent';
}

const mandatory: readonly string[] = [attributeIds.contentType, attributeIds.messageDigest];

function readSignedAttributes(signer: SignerInfo): ReadAttributes {
  const single = new Map<string, Uint8Array>();
  let rule: SignatureRule | undefined;
  for (const { type, values } of signer.signedAttributes) {
    const [value] = values;
    if (value === undefined || values.length > 1 || single.has(type)) {
      if (mandatory.includes(type)) return { signingCertificates: [], rule: 'signature.attributes.required' };
      // Two values of an attribute we do not act on are the signer's business.
      if (Object.values<string>(attributeIds).includes(type) || value === undefined)
        rule = 'signature.attributes.doubled';
    }
    if (value !== undefined && !single.has(type)) single.set(type, value);
  }
  const read = attempt(() => readKnown(single));
  if (!read.ok) return { signingCertificates: [], rule: 'signature.attributes.value' };
  if (read.value.contentType === undefined || read.value.messageDigest === undefined) {
    return { ...read.value, rule: 'signature.attributes.required' };
  }
  return rule === undefined ? read.value : { ...read.value, rule };
}

function readKnown(single: ReadonlyMap<string, Uint8Array>): ReadAttributes {
  const signingCertificates: EssCertificateId[] = [];
  for (const type of [attributeIds.signingCertificate, attributeIds.signingCertificateV2]) {
    const value = single.get(type);
    // Only the first entry is the signer's; those behind it limit the path, which our paths do not need.
    const [first] = value === undefined ? [] : readSigningCertificateValue(type, value);
    if (first !== undefined) signingCertificates.push(first);
  }
  const known: { -readonly [K in keyof ReadAttributes]: ReadAttributes[K] } = { signingCertificates };
  const contentType = single.get(attributeIds.contentType);
  const messageDigest = single.get(attributeIds.messageDigest);
  const signingTime = single.get(attributeIds.signingTime);
  const signaturePolicy = single.get(attributeIds.signaturePolicy);
  if (contentType !== undefined) known.contentType = readContentTypeValue(contentType);
  if (messageDigest !== undefined) known.messageDigest = readMessageDigestValue(messageDigest);
  if (signingTime !== undefined) known.signingTime = readSigningTimeValue(signingTime);
  const policyId = signaturePolicy === undefined ? undefined : readSignaturePolicyValue(signaturePolicy);
  if (policyId !== undefined) known.signaturePolicy = policyId;
  return known;
}
