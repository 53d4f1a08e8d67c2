import type { KeyUsage } from '../certificate/extensions.js';
import type { Certificate } from '../certificate/parse.js';
import type { CrlIndex } from '../crl/load.js';
import type { CryptoPolicy } from './context.js';
import { createPathValidator } from './validator.js';
import type { SubIndication } from './verdict.js';

/** What is asked of validatePath. */
export interface PathInput {
  /** The certificate in question, DER. */
  leaf: Uint8Array;
  /** In any order; DER, or already taken apart where the same ones serve many questions. */
  intermediates?: readonly (Uint8Array | Certificate)[];
  anchors: readonly (Uint8Array | Certificate)[];
  /** DER, or lists already loaded: those of a million entries are loaded once, not once a question. */
  crls?: readonly (Uint8Array | CrlIndex)[];
  ocspResponses?: readonly Uint8Array[];
  time: Date;
  /** Acceptable policies; none or anyPolicy accepts all. */
  initialPolicies?: readonly string[];
  requireExplicitPolicy?: boolean;
  inhibitPolicyMapping?: boolean;
  inhibitAnyPolicy?: boolean;
  /** Default true: every certificate below the anchor needs fresh revocation data that clears it. */
  checkRevocation?: boolean;
  /** Certificates allowed between leaf and anchor; default 12. */
  maxDepth?: number;
  /** Demanded of the leaf: each must be stated in it. */
  keyUsage?: readonly KeyUsage[];
  extKeyUsage?: readonly string[];
  /** When revocation data must be fresh, where that is later than `time`: then revocations after `time` do not count. */
  revocationTime?: Date;
  /** A hold is terminal in JPKI and counts as revoked (default); `tryLater` waits for its end. */
  hold?: 'revoked' | 'tryLater';
  /** Take only name and key from an anchor, not its validity and constraints. Default false. */
  anchorsAreKeysOnly?: boolean;
  crypto?: CryptoPolicy;
}

/** What validatePath says. */
export interface PathResult {
  /** ⇔ PASSED. */
  valid: boolean;
  indication: 'PASSED' | 'FAILED' | 'INDETERMINATE';
  subIndication?: SubIndication;
  /** The rule and the role of the certificate in words, without personal data. */
  reason: string;
  /** The broken rule, e.g. `path.pathLength`; absent when PASSED. */
  rule?: string;
  /** Leaf → anchor; of the rejected paths the one that came furthest. */
  path: Uint8Array[];
  /** The policies, in the anchor's terms, that hold along the path. */
  policies: string[];
}

/**
 * Whether a certificate chains to a trust anchor and may be relied on at `time`: RFC 5280 section 6 with the policies of RFC 9618, paths
 * built over cross-certificates by key identifier and signature, revocation by CRL (scopes, partitions, reasons, indirect and delta
 * lists, CRL keys under the same anchor) and OCSP. What it cannot judge it refuses. A revoked or expired certificate is INDETERMINATE
 * (EN 319 102-1): proof of when it was used is the caller's affair. Never throws on input; throws TypeError on misuse.
 */
export function validatePath(input: PathInput): PathResult {
  return createPathValidator(input).validate(input);
}
