import { type Certificate, parseCertificate } from '../certificate/parse.js';
import type { SignatureResult } from '../cms/signature-result.js';
import type { SignaturePolicy } from '../cms/verify-signed-data.js';
import type { Parsed } from '../der/fault.js';
import { signatureSchemes } from '../key/algorithm.js';
import { sha256Hex } from '../key/digest.js';
import { importPublicKey } from '../key/import.js';
import { nameValues } from '../name.js';
import { attributeTypes } from '../oids.js';
import type { CryptoPolicy } from '../path/context.js';
import { type PathResult, validatePath } from '../path/validate.js';
import { createPathValidator } from '../path/validator.js';
import type { EvidenceCertificate, EvidenceChain } from './evidence.js';

/** Everything we can compute is computed: what is too weak is the evaluation's question, under its policy. */
export const everySignature: SignaturePolicy = {
  algorithms: Object.keys(signatureSchemes) as (keyof typeof signatureSchemes)[],
  keys: { minimumRsaBits: 1024, maximumRsaBits: 8192 },
};

const weakPaths: CryptoPolicy = { sha1: true, keys: everySignature.keys ?? {} };

interface PathSource {
  readonly anchors: readonly Uint8Array[];
  readonly intermediates?: readonly Uint8Array[];
  readonly paths?: PathFinder;
  readonly arrivalTime?: Date;
  readonly time: Date;
}

/** Paths under the same anchors and intermediates: facts about those are found out once, verdicts never kept (see createPathValidator). */
export interface PathFinder {
  /** Whether it may answer for this message: it knows every certificate of it but the signer's, which can sign no other. */
  serves(source: PathSource, certificates: readonly Uint8Array[], leaf: Certificate): boolean;
  find(leaf: Certificate, at: Date, weak: boolean): PathResult;
  /** One of its own certificates, taken apart. */
  certificate(der: Uint8Array): Parsed<Certificate> | undefined;
  /** As evidence tells one of its own; undefined for others. */
  description(certificate: Certificate): EvidenceCertificate | undefined;
}

/** For whoever gathers evidence about many documents under the same authorities: given to `gatherEvidence` as `paths`, with the same two lists. */
export function createPathFinder(settings: {
  readonly anchors: readonly Uint8Array[];
  readonly intermediates?: readonly Uint8Array[];
}): PathFinder {
  const { anchors, intermediates = [] } = settings;
  const own = createOwn([...anchors, ...intermediates]);
  const validators = [undefined, weakPaths].map((crypto) =>
    createPathValidator({
      anchors: [...anchors],
      intermediates: [...intermediates],
      checkRevocation: false,
      ...(crypto === undefined ? {} : { crypto }),
    }),
  );
  return {
    serves(source, certificates, leaf) {
      const usage = leaf.keyUsage;
      const signsOthers = usage === undefined || usage.includes('cRLSign') || usage.includes('keyCertSign');
      return (
        !signsOthers &&
        isSame(source.anchors, anchors) &&
        isSame(source.intermediates ?? [], intermediates) &&
        certificates.every((der) => Buffer.compare(der, leaf.der) === 0 || own(der) !== undefined)
      );
    },
    find(leaf, at, weak) {
      const validator = validators[weak ? 1 : 0];
      if (validator === undefined) throw new Error('two validators were made');
      return validator.validate({ leaf, time: at });
    },
    certificate: (der) => own(der)?.parsed,
    description(certificate) {
      const known = own(certificate.der);
      if (known !== undefined) known.description ??= describeCertificate(certificate);
      return known?.description;
    },
  };
}

function isSame(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((der, index) => der === b[index]);
}

interface Own {
  readonly der: Uint8Array;
  readonly parsed: Parsed<Certificate>;
  description?: EvidenceCertificate;
}

/** Looks a certificate up among these by its octets; of those as long as it is, few differ late. */
function createOwn(certificates: readonly Uint8Array[]): (der: Uint8Array) => Own | undefined {
  const byLength = new Map<number, Own[]>();
  for (const der of certificates) {
    const alike = byLength.get(der.length) ?? [];
    alike.push({ der, parsed: parseCertificate(der) });
    byLength.set(der.length, alike);
  }
  return (der) => byLength.get(der.length)?.find((own) => Buffer.compare(own.der, der) === 0);
}

/** The path at the control time, moved into the leaf's own validity: being out of it is a question of its own (the table of proofs). */
export function findPath(
  input: PathSource,
  result: Pick<SignatureResult, 'certificates'>,
  leaf: Uint8Array,
  /** Of the leaf's key, where its signature was verified before: its key need not be read again. */
  keyBits?: number,
): { chain: EvidenceChain; certificates: Certificate[] } | undefined {
  const parsed = parseCertificate(leaf);
  if (!parsed.ok) return undefined;
  const { notBefore, notAfter } = parsed.value;
  const control = (input.arrivalTime ?? input.time).getTime();
  const at = new Date(Math.max(notBefore.getTime(), Math.min(notAfter.getTime(), control)));
  const kept =
    input.paths?.serves(input, result.certificates, parsed.value) === true ? input.paths : undefined;
  const search = (crypto?: CryptoPolicy) =>
    kept?.find(parsed.value, at, crypto !== undefined) ??
    validatePath({
      leaf,
      intermediates: [...result.certificates, ...(input.intermediates ?? [])],
      anchors: [...input.anchors],
      time: at,
      checkRevocation: false,
      ...(crypto === undefined ? {} : { crypto }),
    });
  const sound = search();
  // A path of another age is a path all the same: what its algorithms are worth is the evaluation's question.
  const weak = sound.valid ? sound : search(weakPaths);
  const found = weak.valid ? weak : sound;
  const certificates = (found.path.length === 0 ? [leaf] : found.path).flatMap((der, index) => {
    if (index === 0) return [parsed.value];
    const certificate = kept?.certificate(der) ?? parseCertificate(der);
    return certificate.ok ? [certificate.value] : [];
  });
  const chain: EvidenceChain = {
    at: at.toISOString(),
    indication: found.indication,
    ...(found.subIndication === undefined ? {} : { subIndication: found.subIndication }),
    reason: found.reason,
    path: certificates.map(
      (certificate, index) =>
        kept?.description(certificate) ?? describeCertificate(certificate, index === 0 ? keyBits : undefined),
    ),
  };
  return { chain, certificates };
}

/** A certificate as evidence tells it. `keyBits`: the size of its key, where that is known. */
export function describeCertificate(certificate: Certificate, keyBits?: number): EvidenceCertificate {
  const bits = keyBits ?? bitsOf(certificate.spki);
  const organizations = [certificate.subject, certificate.issuer].flatMap((name) =>
    nameValues(name, attributeTypes.organization),
  );
  return {
    der: Buffer.from(certificate.der).toString('base64'),
    sha256: sha256Hex(certificate.der),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    keyUsage: certificate.keyUsage ?? [],
    policies: (certificate.policies ?? []).map(({ oid }) => oid),
    ...(certificate.extKeyUsage === undefined ? {} : { extKeyUsage: certificate.extKeyUsage }),
    ...(certificate.signatureAlgorithm === undefined ? {} : { algorithm: certificate.signatureAlgorithm }),
    ...(bits === undefined ? {} : { keyBits: bits }),
    demo: organizations.includes('JPKI-DEMO'),
  };
}

function bitsOf(spki: Uint8Array): number | undefined {
  const key = importPublicKey(spki, { minimumRsaBits: 512, maximumRsaBits: 16384 });
  return key.ok ? key.key.bits : undefined;
}
