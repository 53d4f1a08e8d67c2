import type { KeyUsage } from '../certificate/extensions.js';
import type { SignatureAlgorithm } from '../key/algorithm.js';

/**
 * Everything that was found about a signature, taken apart and computed, with the time and the origin of each item, and no verdict over
 * it. Plain JSON, so that it can be stored with the case and evaluated again in ten years: times are ISO 8601 in
 * UTC, binaries base64, digests lower-case hexadecimal.
 */
export interface Evidence {
  readonly format: 'madoguchi-evidence/1';
  /** Id of the policy under which it was collected. */
  readonly policy: string;
  /** Lower bound of the signing time: when the agency issued the nonce that the signature covers. */
  readonly nonceTime?: string;
  /** Upper bound of the signing time: when the application had arrived (到達). */
  readonly arrivalTime?: string;
  /** The container around signature and files, if there is one. */
  readonly container?: EvidenceContainer;
  /** Absent when the container did not open, so that the signature was not looked at. */
  readonly signature?: EvidenceSignature;
  /** The path from the signer's certificate to an anchor; absent when there is no signer's certificate. */
  readonly chain?: EvidenceChain;
  readonly revocation: readonly RevocationItem[];
}

/** What opening the container gave: `rule` names the first that was broken. */
export interface EvidenceContainer {
  readonly intact: boolean;
  readonly rule?: string;
  readonly offset?: number;
}

/** Format and mathematics of the signature, verified with every algorithm we can compute, the weak ones included. */
export interface EvidenceSignature {
  readonly subIndication?: string;
  readonly rule?: string;
  /** OID of the type of content the message claims to sign. */
  readonly contentType?: string;
  /** How many signers the message has; the rest of the evidence is about one of them. */
  readonly signers: number;
  readonly signer?: EvidenceSigner;
}

export interface EvidenceSigner {
  readonly signingTime?: string;
  readonly algorithm?: SignatureAlgorithm;
  readonly keyBits?: number;
  readonly signingCertificate: 'v1' | 'v2' | 'both' | 'absent';
  readonly attributesOrdered: boolean;
}

/** A certificate with the facts the checks need; `der` is base64. */
export interface EvidenceCertificate {
  readonly der: string;
  readonly sha256: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly keyUsage: readonly KeyUsage[];
  readonly policies: readonly string[];
  /** Absent where the algorithm is none of ours. */
  readonly algorithm?: SignatureAlgorithm;
  readonly keyBits?: number;
  /** Issued by a demo authority (O=JPKI-DEMO). */
  readonly demo: boolean;
}

/** What path validation said, without revocation, at the moment `at`: the arrival, moved into the certificate's own validity. */
export interface EvidenceChain {
  readonly at: string;
  readonly indication: 'PASSED' | 'FAILED' | 'INDETERMINATE';
  readonly subIndication?: string;
  readonly reason: string;
  /** From the signer's certificate to the anchor; at least the signer's. */
  readonly path: readonly EvidenceCertificate[];
}

/** One piece of revocation information that was found for one certificate of the path. */
export interface RevocationItem {
  readonly kind: 'crl' | 'ocsp';
  /** SHA-256 of the certificate it speaks about. */
  readonly certificate: string;
  /** Where it came from: an address, a file, the message itself. */
  readonly source: string;
  readonly obtainedAt: string;
  /** SHA-256 of the CRL or response, which is kept beside the evidence. */
  readonly sha256: string;
  /** Its signature, its signer and its scope were right for this certificate; `rule` says what was not. */
  readonly authentic: boolean;
  readonly rule?: string;
  readonly thisUpdate?: string;
  readonly nextUpdate?: string;
  readonly status?: 'good' | 'revoked' | 'unknown';
  readonly revokedAt?: string;
  readonly reason?: string;
  /** From this moment on, expired certificates stay on the list (expiredCertsOnCRL, archiveCutoff). */
  readonly keepsExpiredSince?: string;
}
