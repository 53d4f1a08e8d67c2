import { createHash } from 'node:crypto';
import {
  type CmsAttribute,
  readMessageDigestValue,
  readSigningCertificateValue,
  readSigningTimeValue,
} from '../cms/attributes.js';
import { type CertificateOutline, outlineCertificate, pointsAt } from '../cms/certificate-outline.js';
import { attributeIds } from '../cms/cms-oids.js';
import { digestOfOid, readDigestAlgorithm, readSignerAlgorithm } from '../cms/signature-algorithms.js';
import { readSignerInfo, type SignerInfo } from '../cms/signed-data.js';
import { attempt } from '../der/fault.js';
import { Reader } from '../der/read.js';
import { tags } from '../der/tags.js';
import { signatureSchemes } from '../key/algorithm.js';
import { importPublicKey } from '../key/import.js';
import { verifySignature } from '../key/verify.js';
import { cadesAttributeIds } from './oids.js';

/** A signature over another signature's value (RFC 5652 11.4): its mathematics; whether its signer is trusted is open. */
export interface CounterSignature {
  readonly rule?: string;
  /** DER of the counter-signer's certificate. */
  readonly certificate?: Uint8Array;
  readonly signingTime?: Date;
}

/** More than this is no signature folder but an attack on the verifier. */
const maximum = 32;

/** The counter-signatures of one signer, each checked over its signature value. Never throws on hostile input. */
export function findCounterSignatures(
  signer: { readonly unsignedAttributes: readonly CmsAttribute[]; readonly signatureValue: Uint8Array },
  certificates: readonly Uint8Array[],
): CounterSignature[] {
  const values = signer.unsignedAttributes.flatMap(({ type, values: each }) =>
    type === cadesAttributeIds.counterSignature ? each : [],
  );
  if (values.length === 0) return [];
  const outlines = certificates.flatMap((der) => {
    const outline = attempt(() => outlineCertificate(der));
    return outline.ok ? [outline.value] : [];
  });
  return values.slice(0, maximum).map((value) => check(value, signer.signatureValue, outlines));
}

function check(
  value: Uint8Array,
  over: Uint8Array,
  certificates: readonly CertificateOutline[],
): CounterSignature {
  const read = attempt(() => {
    const outer = new Reader(value, 0, value.length, 'ber');
    const info = readSignerInfo(outer, outer.next(tags.sequence, 'counter.form'));
    outer.close('counter.form');
    return { info, attributes: readAttributes(info) };
  });
  if (!read.ok) return { rule: read.rule };
  const { info, attributes } = read.value;
  const certificate = certificates.find((each) => pointsAt(info.reference, each));
  const rule = faultOf(info, attributes, over, certificate);
  return {
    ...(rule === undefined ? {} : { rule }),
    ...(certificate === undefined ? {} : { certificate: certificate.der }),
    ...(attributes.signingTime === undefined ? {} : { signingTime: attributes.signingTime }),
  };
}

interface Attributes {
  readonly messageDigests: readonly Uint8Array[];
  readonly hasContentType: boolean;
  readonly signingTime?: Date;
  readonly references: readonly { readonly hash: string; readonly value: Uint8Array }[];
}

function readAttributes({ signedAttributes }: SignerInfo): Attributes {
  const valuesOf = (wanted: string) =>
    signedAttributes.flatMap(({ type, values }) => (type === wanted ? values : []));
  const [time] = valuesOf(attributeIds.signingTime);
  const { signingCertificate, signingCertificateV2 } = attributeIds;
  return {
    messageDigests: valuesOf(attributeIds.messageDigest).map(readMessageDigestValue),
    hasContentType: valuesOf(attributeIds.contentType).length > 0,
    ...(time === undefined ? {} : { signingTime: readSigningTimeValue(time) }),
    references: [signingCertificate, signingCertificateV2].flatMap((type) =>
      valuesOf(type).flatMap((each) => readSigningCertificateValue(type, each).slice(0, 1)),
    ),
  };
}

function faultOf(
  info: SignerInfo,
  attributes: Attributes,
  over: Uint8Array,
  certificate: CertificateOutline | undefined,
): string | undefined {
  if (certificate === undefined) return 'counter.certificate.none';
  const digest = readDigestAlgorithm(info.digestAlgorithm);
  const algorithm = digest === undefined ? undefined : readSignerAlgorithm(info.signatureAlgorithm, digest);
  if (digest === undefined || algorithm === undefined) return 'counter.algorithm.unknown';
  const key = importPublicKey(certificate.spki);
  if (!key.ok) return key.rule;
  if (info.signedAttributeBytes !== undefined) {
    // RFC 5652 11.4: no contentType, for there is no content; exactly one digest, over the signature value.
    if (attributes.hasContentType || attributes.messageDigests.length !== 1) return 'counter.attributes';
    const computed = createHash(digest).update(over).digest();
    if (!attributes.messageDigests.every((each) => computed.equals(each))) return 'counter.digest';
  }
  if (!verifySignature(algorithm, key.key, info.signedAttributeBytes ?? over, info.signature))
    return 'counter.value';
  const isNamed = attributes.references.every(({ hash, value }) => {
    const name = digestOfOid(hash);
    return name !== undefined && createHash(name).update(certificate.der).digest().equals(value);
  });
  if (!isNamed) return 'counter.certificate.reference';
  return signatureSchemes[algorithm].digest === 'sha1' ? 'counter.algorithm.weak' : undefined;
}
