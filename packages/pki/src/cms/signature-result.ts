import type { SignatureAlgorithm } from '../key/algorithm.js';
import type { CmsAttribute, SignaturePolicyId } from './attributes.js';

/** Sub-indications of ETSI EN 319 102-1 that the format and the mathematics of a signature can lead to. */
export type SignatureSubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'SIGNED_DATA_NOT_FOUND';

/** How a block of checks ended; `rule` names the first that failed and `reason` says it in one English sentence. */
export type SignatureVerdict<Rule extends string = SignatureRule> =
  | { readonly ok: true; readonly indication: 'PASSED'; readonly reason: string }
  | {
      readonly ok: false;
      readonly indication: 'FAILED' | 'INDETERMINATE';
      readonly subIndication: SignatureSubIndication;
      readonly rule: Rule;
      readonly reason: string;
    };

/** Every rule with its sub-indication and sentence; a rule of the format reader (`cms.…`, `der.…`) is a FORMAT_FAILURE as well. */
const signatureRules = {
  'signature.format': ['FORMAT_FAILURE', 'The signature is not a CMS SignedData that can be read.'],
  'signature.none': ['FORMAT_FAILURE', 'The message carries no signature.'],
  'signature.content.missing': ['SIGNED_DATA_NOT_FOUND', 'The signed content is not here.'],
  'signature.content.differs': [
    'HASH_FAILURE',
    'The content inside the message differs from the content beside it.',
  ],
  'signature.contentType.unexpected': [
    'FORMAT_FAILURE',
    'The message holds another type of content than expected.',
  ],
  'signature.attributes.absent': ['SIG_CONSTRAINTS_FAILURE', 'The signature has no signed attributes.'],
  'signature.attributes.required': [
    'FORMAT_FAILURE',
    'contentType or messageDigest is not there exactly once.',
  ],
  'signature.attributes.doubled': [
    'SIG_CONSTRAINTS_FAILURE',
    'A signed attribute stands twice or has not exactly one value.',
  ],
  'signature.attributes.value': ['SIG_CONSTRAINTS_FAILURE', 'A signed attribute cannot be read.'],
  'signature.attributes.confusion': [
    'SIG_CONSTRAINTS_FAILURE',
    'The content is itself a set of signed attributes: it was signed as part of another message.',
  ],
  'signature.certificate.none': ['NO_SIGNING_CERTIFICATE_FOUND', "The signer's certificate is not here."],
  'signature.certificate.form': [
    'NO_SIGNING_CERTIFICATE_FOUND',
    "The signer's certificate or key cannot be read.",
  ],
  'signature.certificate.reference': [
    'SIG_CONSTRAINTS_FAILURE',
    'The signature was made for another certificate than the one enclosed.',
  ],
  'signature.certificate.unreferenced': [
    'SIG_CONSTRAINTS_FAILURE',
    'The signature does not name its certificate by a digest.',
  ],
  'signature.certificate.exchanged': [
    'SIG_CRYPTO_FAILURE',
    'The certificate enclosed is not the one that signed: it was exchanged.',
  ],
  'signature.attributes.streamed': [
    'SIG_CONSTRAINTS_FAILURE',
    'The signature has no signed attributes: such a one is verified only with the whole content at hand, not streamed.',
  ],
  'signature.digest.unlisted': [
    'SIG_CONSTRAINTS_FAILURE',
    'The message does not announce the digest of its signature before its content.',
  ],
  'signature.digest': ['HASH_FAILURE', 'The content was changed after it was signed.'],
  'signature.value': ['SIG_CRYPTO_FAILURE', "The signature does not verify with the signer's key."],
  'signature.contentType.attribute': [
    'SIG_CONSTRAINTS_FAILURE',
    'The signed content type differs from the message.',
  ],
  'signature.algorithm.unknown': [
    'CRYPTO_CONSTRAINTS_FAILURE',
    'The signature uses an algorithm that is not supported.',
  ],
  'signature.algorithm.mismatch': [
    'SIG_CONSTRAINTS_FAILURE',
    'The digest algorithms of message and signature differ.',
  ],
  'signature.algorithm.weak': [
    'CRYPTO_CONSTRAINTS_FAILURE',
    'The signature uses an algorithm that is too weak today.',
  ],
  'signature.key.weak': [
    'CRYPTO_CONSTRAINTS_FAILURE',
    "The signer's key is too weak, or of a size that is not allowed.",
  ],
} as const satisfies Record<string, readonly [SignatureSubIndication, string]>;

/** A rule of the checks of a CMS signature; explained in English by the verdict’s `reason`. */
export type SignatureRule = keyof typeof signatureRules;

/** What was found out about one signer of a message. */
export interface SignerResult {
  readonly verdict: SignatureVerdict;
  /** The certificate the signature points at, DER. */
  readonly certificate?: Uint8Array;
  /** The time the signer claims. */
  readonly signingTime?: Date;
  readonly digestAlgorithm?: string;
  readonly signatureAlgorithm?: SignatureAlgorithm;
  /** Size of the signer's key: RSA modulus or curve. */
  readonly keyBits?: number;
  /** Which attribute names the certificate; `absent` where none does. */
  readonly signingCertificate: 'v1' | 'v2' | 'both' | 'absent';
  /** The signature policy that the signed attributes name. */
  readonly signaturePolicy?: SignaturePolicyId;
  readonly hasSignedAttributes: boolean;
  /** False: the signed attributes do not stand in DER order; they were hashed as received. */
  readonly attributesOrdered: boolean;
  readonly unsignedAttributes: readonly CmsAttribute[];
  /** The signature value: what a signature time stamp is over. */
  readonly signatureValue: Uint8Array;
}

/** What `verifySignedData` gives: the verdict over all signers (the gravest), and each signer's own. */
export interface SignatureResult {
  readonly ok: boolean;
  readonly indication: 'PASSED' | 'FAILED' | 'INDETERMINATE';
  readonly subIndication?: SignatureSubIndication;
  readonly rule?: SignatureRule;
  /** For a format fault: the reader's rule and the byte where it broke. */
  readonly fault?: { readonly rule: string; readonly offset: number };
  readonly reason: string;
  readonly contentType?: string;
  /** The content that was signed, from inside or beside. */
  readonly content?: Uint8Array;
  readonly signers: readonly SignerResult[];
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}

const failed = new Set<SignatureSubIndication>(['FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE']);

export const passed: SignatureVerdict = {
  ok: true,
  indication: 'PASSED',
  reason: 'The signature is intact.',
};

/** The verdict a rule stands for. */
export function verdictOf(rule: SignatureRule): SignatureVerdict {
  const [subIndication, reason] = signatureRules[rule];
  return {
    ok: false,
    indication: failed.has(subIndication) ? 'FAILED' : 'INDETERMINATE',
    subIndication,
    rule,
    reason,
  };
}
