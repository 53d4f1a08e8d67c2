import { createHash } from 'node:crypto';
import { parseCertificate } from '../certificate/parse.js';
import { type CertificateOutline, outlineCertificate } from '../cms/certificate-outline.js';
import type { SignaturePolicy } from '../cms/verify-signed-data.js';
import { attempt } from '../der/fault.js';
import { type SignatureAlgorithm, signatureSchemes } from '../key/algorithm.js';
import { importPublicKey, type KeyPolicy, type PublicKey } from '../key/import.js';
import { verifySignature } from '../key/verify.js';
import { isXades, type NamedCertificate, type QualifyingProperties } from '../xades/read-properties.js';
import { findXmlTimeStamps } from '../xades/time-stamps.js';
import { parseXml } from '../xml/read.js';
import { ecdsaToDer } from './ecdsa-value.js';
import { isContent, type OpenedSignature } from './open-signature.js';
import type { SignatureElement } from './read-signature.js';
import type { Resolver } from './resolve.js';
import type { SignedPart, XmlSigner } from './result.js';
import { type XmlSignatureRule, xmlVerdictOf } from './rules.js';

interface Context {
  readonly resolver: Resolver;
  readonly policy: Pick<SignaturePolicy, 'algorithms' | 'keys' | 'requireSigningCertificate'>;
  /** Time stamps that are looked at for each signature. */
  readonly stamps: number;
  /** Local names of elements that no signature covers. */
  readonly uncovered: ReadonlySet<string>;
}

/** Sizes that are read at all, so that a weak key is verified first and called weak after. */
const readableKeys = { minimumRsaBits: 1024, maximumRsaBits: 8192 };

/** Checks one signature; see verifyXmlSignatures for the order. */
export function verifyOpened(opened: OpenedSignature, context: Context): XmlSigner {
  const { signature, references, properties, files } = opened;
  if (signature === undefined) {
    return { ...blank, verdict: xmlVerdictOf(opened.rule ?? 'xmldsig.structure'), files };
  }
  const { algorithm } = signature;
  const certificate = findCertificate(signature, properties);
  const key = certificate === undefined ? undefined : importKey(certificate.spki, context.policy.keys);
  const rule = firstBroken(opened, signature, { certificate, key }, context);
  const parts = rule === undefined ? readParts(opened) : undefined;
  const broken = parts === 'unreadable' ? 'xmldsig.tooMuch' : rule;
  return {
    verdict: xmlVerdictOf(broken),
    form: isXades(signature) ? 'xades' : 'xmldsig',
    signed: parts === undefined || parts === 'unreadable' ? [] : parts,
    files,
    ...(certificate === undefined ? {} : { certificate: certificate.der }),
    ...(algorithm === undefined || algorithm === 'hmac' ? {} : { signatureAlgorithm: algorithm }),
    digests: [...new Set(references.flatMap(({ reference }) => reference.digest ?? []))],
    ...(key?.ok ? { keyBits: key.key.bits } : {}),
    ...(properties?.signingTime === undefined ? {} : { signingTime: properties.signingTime }),
    ...(properties?.signaturePolicy === undefined ? {} : { signaturePolicy: properties.signaturePolicy }),
    signingCertificate: referenceKind(properties),
    timeStamps: findXmlTimeStamps(signature, properties, {
      certificates: signature.certificates,
      canonical: (element, how) => context.resolver.canonical(element, how),
      maximum: context.stamps,
    }),
    unjudged: properties?.unjudged ?? [],
  };
}

const blank = {
  form: 'xmldsig',
  signed: [],
  digests: [],
  signingCertificate: 'absent',
  timeStamps: [],
  unjudged: [],
} as const;

type ImportedKey = { ok: true; key: PublicKey; weak: boolean } | { ok: false; rule: string };

function importKey(spki: Uint8Array, policy?: KeyPolicy): ImportedKey {
  const allowed = importPublicKey(spki, policy);
  if (allowed.ok) return { ...allowed, weak: false };
  const readable = importPublicKey(spki, readableKeys);
  return readable.ok ? { ...readable, weak: true } : readable;
}

function firstBroken(
  opened: OpenedSignature,
  signature: SignatureElement,
  tools: { certificate: CertificateOutline | undefined; key: ImportedKey | undefined },
  context: Context,
): XmlSignatureRule | undefined {
  if (opened.rule !== undefined) return opened.rule;
  const { certificate, key } = tools;
  if (certificate === undefined || key === undefined) {
    return signature.certificates.length > 0 ? 'signature.certificate.form' : 'signature.certificate.none';
  }
  const { algorithm } = signature;
  if (algorithm === 'hmac') return 'xmldsig.hmac';
  if (algorithm === undefined || signature.references.some(({ digest }) => digest === undefined)) {
    return 'signature.algorithm.unknown';
  }
  if (!key.ok) return brokenKey(key.rule);
  return (
    brokenContent(opened, context.resolver) ??
    brokenValue(signature, algorithm, key.key, certificate, opened, context.resolver) ??
    opened.propertiesRule ??
    (context.policy.requireSigningCertificate === true && referenceKind(opened.properties) === 'absent'
      ? 'signature.certificate.unreferenced'
      : undefined) ??
    twin(opened, context.uncovered) ??
    weakness(signature, algorithm, key.weak, context.policy)
  );
}

function brokenKey(rule: string): XmlSignatureRule {
  if (rule.endsWith('.unsupported')) return 'signature.algorithm.unknown';
  return /^key\.rsa\.(short|long|exponent)/.test(rule) ? 'signature.key.weak' : 'signature.certificate.form';
}

/** What is changed is worse than what is missing. */
function brokenContent({ references }: OpenedSignature, resolver: Resolver): XmlSignatureRule | undefined {
  let missing = false;
  for (const { reference, resolved } of references) {
    if (resolved.kind === 'absent' || reference.digest === undefined) {
      missing = true;
      continue;
    }
    const computed = resolver.digest(resolved, reference.digest);
    if (Buffer.compare(computed, reference.digestValue) !== 0) return 'signature.digest';
  }
  return missing ? 'signature.content.missing' : undefined;
}

function brokenValue(
  signature: SignatureElement,
  algorithm: SignatureAlgorithm,
  key: PublicKey,
  certificate: CertificateOutline,
  { properties }: OpenedSignature,
  resolver: Resolver,
): XmlSignatureRule | undefined {
  const signed = attempt(() => resolver.canonical(signature.signedInfo, signature.canonicalization));
  if (!signed.ok) return 'xmldsig.tooMuch';
  const { family } = signatureSchemes[algorithm];
  const value = family === 'ecdsa' ? ecdsaToDer(signature.value, key.bits) : signature.value;
  const intact = value !== undefined && verifySignature(algorithm, key, signed.value, value);
  const isNamed = signersOf(properties).every((id) => names(id, certificate));
  if (!intact) return isNamed ? 'signature.value' : 'signature.certificate.exchanged';
  return isNamed ? undefined : 'signature.certificate.reference';
}

/** An unsigned element of the very name of a signed one is there to be taken for it. */
function twin({ references }: OpenedSignature, uncovered: ReadonlySet<string>): XmlSignatureRule | undefined {
  const hit = references.some(
    ({ resolved }) =>
      resolved.kind === 'element' && isContent(resolved) && uncovered.has(resolved.element.name),
  );
  return hit ? 'xmldsig.reference.twin' : undefined;
}

function weakness(
  { references }: SignatureElement,
  algorithm: SignatureAlgorithm,
  isWeakKey: boolean,
  { algorithms }: Context['policy'],
): XmlSignatureRule | undefined {
  const isOld = (digest: string | undefined) => digest === 'sha1';
  const takesSha1 = algorithms?.includes('rsa-sha1') === true;
  const allowed =
    algorithms === undefined ? !isOld(signatureSchemes[algorithm].digest) : algorithms.includes(algorithm);
  if (!allowed || (!takesSha1 && references.some(({ digest }) => isOld(digest)))) {
    return 'signature.algorithm.weak';
  }
  return isWeakKey ? 'signature.key.weak' : undefined;
}

/** The certificates that the properties name first: the signer's, once by each version. */
function signersOf(properties: QualifyingProperties | undefined): NamedCertificate[] {
  return [properties?.v1[0], properties?.v2[0]].filter((each) => each !== undefined);
}

function names({ digest, value }: NamedCertificate, { der }: CertificateOutline): boolean {
  return digest !== undefined && createHash(digest).update(der).digest().equals(value);
}

function referenceKind(properties: QualifyingProperties | undefined): XmlSigner['signingCertificate'] {
  const [v1, v2] = [(properties?.v1.length ?? 0) > 0, (properties?.v2.length ?? 0) > 0];
  if (v1 && v2) return 'both';
  if (v1) return 'v1';
  return v2 ? 'v2' : 'absent';
}

/**
 * The signer's certificate: the one that the properties name; else the one that issued none of the others; else the first. Which one it is
 * needs no trust: the signature verifies with its key or not.
 */
function findCertificate(
  { certificates }: SignatureElement,
  properties: QualifyingProperties | undefined,
): CertificateOutline | undefined {
  const outlines = certificates.flatMap((der) => {
    const outline = attempt(() => outlineCertificate(der));
    const parsed = parseCertificate(der);
    return outline.ok
      ? [{ outline: outline.value, subject: parsed.ok ? parsed.value.subject.der : der }]
      : [];
  });
  const ids = signersOf(properties);
  const named = outlines.find(({ outline }) => ids.length > 0 && ids.every((id) => names(id, outline)));
  const leaf = outlines.find(
    ({ subject }, index) =>
      !outlines.some(
        ({ outline }, other) => other !== index && Buffer.compare(outline.issuer, subject) === 0,
      ),
  );
  return (named ?? leaf ?? outlines[0])?.outline;
}

/** What was signed, read again from the octets that were hashed. */
function readParts({ references }: OpenedSignature): SignedPart[] | 'unreadable' {
  const parts: SignedPart[] = [];
  for (const { resolved } of references) {
    if (!isContent(resolved) || resolved.kind === 'absent') continue;
    if (resolved.kind === 'file') {
      parts.push({ kind: 'file', name: resolved.name, bytes: resolved.bytes });
      continue;
    }
    const read = parseXml(resolved.bytes, {
      // The canonical form writes out what the document had in short, and inherits: it may be larger than what was read.
      limits: { bytes: 256 << 20, depth: 200, nodes: 1_000_000, references: 4_000_000, attributes: 1000 },
    });
    if (!read.ok) return 'unreadable';
    const { root } = read.value;
    parts.push(
      resolved.kind === 'document'
        ? { kind: 'document', bytes: resolved.bytes, root }
        : { kind: 'element', id: resolved.id, bytes: resolved.bytes, root },
    );
  }
  return parts;
}
