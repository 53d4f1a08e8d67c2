import type { KeyUsage } from '../certificate/extensions.js';
import type { SignatureAlgorithm } from '../key/algorithm.js';
import type { PdfChange } from '../pdf/change.js';

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
  /** The XML document around the signature, if it is one. */
  readonly xml?: EvidenceXml;
  /** The PDF around the signature, if it is one. */
  readonly pdf?: EvidencePdf;
  /** Absent when the container did not open, so that the signature was not looked at. */
  readonly signature?: EvidenceSignature;
  /** The path from the signer's certificate to an anchor; absent when there is no signer's certificate. */
  readonly chain?: EvidenceChain;
  readonly revocation: readonly RevocationItem[];
  /** The time stamps of this signer, where there are any. */
  readonly timeStamps?: readonly EvidenceTimeStamp[];
  /** Who was asked about a certificate and gave no usable answer. */
  readonly attempts?: readonly EvidenceAttempt[];
}

/** A question that was asked in vain. */
export interface EvidenceAttempt {
  /** SHA-256 of the certificate it was about. */
  readonly certificate: string;
  /** The responder's address. */
  readonly source: string;
  readonly at: string;
  /** `ocsp.unreachable`, or the rule that its answer broke. */
  readonly failure: string;
}

/** What opening the container gave: `rule` names the first that was broken. */
export interface EvidenceContainer {
  readonly intact: boolean;
  readonly rule?: string;
  readonly offset?: number;
}

/** What only an XML signature has. */
export interface EvidenceXml {
  readonly form: 'xmldsig' | 'xades';
  /** Digests over what is signed. */
  readonly digests: readonly string[];
  /** Paths of elements that no signature of the document covers; at most twenty. */
  readonly uncovered: readonly string[];
  /** Names of properties that are there and are not looked at. */
  readonly unjudged: readonly string[];
  /** Where the document cannot be read: the reader's rule, line and column. */
  readonly fault?: string;
}

/** A PDF and the place of the signature in it. */
export interface EvidencePdf {
  /** The file could be read as one document; `rule` says what it breaks. */
  readonly intact: boolean;
  readonly rule?: string;
  readonly offset?: number;
  /** Absent where there is none. */
  readonly signature?: EvidencePdfSignature;
}

/** What the signature dictionary says and where it stands (ISO 32000-2 12.8). */
export interface EvidencePdfSignature {
  readonly type?: string;
  readonly subFilter?: string;
  /** /Name is there and not empty; it is in the file, not here. */
  readonly named: boolean;
  /** /M, where it is a date in the form that the registry takes. */
  readonly time?: string;
  /** What is wrong with /ByteRange, /Contents and the state of the file that was signed. */
  readonly faults: readonly { readonly rule: string; readonly offset: number }[];
  /** Octets of the file that were signed, the signature's own place included. */
  readonly signedLength?: number;
  /** Some signature or time stamp of the file covers all of it. */
  readonly fileCovered: boolean;
  /** It certifies, and allows this much (DocMDP). */
  readonly certifies?: number;
  /** What was done to the document after it, the oldest first. */
  readonly changes: readonly PdfChange[];
  readonly message?: {
    readonly signers: number;
    readonly certificateInside: boolean;
    readonly signedAttributes: boolean;
    readonly signingTime: boolean;
    readonly digest?: string;
  };
}

/** Format and mathematics of the signature, verified with every algorithm we can compute, the weak ones included. */
export interface EvidenceSignature {
  readonly subIndication?: string;
  readonly rule?: string;
  /** OID of the type of content the message claims to sign. */
  readonly contentType?: string;
  /** How many signers the message has; the rest of the evidence is about one of them. */
  readonly signers: number;
  /** Which one, where it was asked for by number, from 0. */
  readonly number?: number;
  readonly signer?: EvidenceSigner;
}

/** What the message itself says of a signer; times are ISO 8601 in UTC. */
export interface EvidenceSigner {
  readonly signingTime?: string;
  readonly algorithm?: SignatureAlgorithm;
  readonly keyBits?: number;
  readonly signingCertificate: 'v1' | 'v2' | 'both' | 'absent';
  readonly attributesOrdered: boolean;
  readonly counterSignatures?: readonly EvidenceCounterSignature[];
  /** The signature policy it was made under, where it names one; `sha256` of that document, hexadecimal, where it gives it so. */
  readonly signaturePolicy?: { readonly oid: string; readonly sha256?: string };
}

/** A counter-signature over this signature (RFC 5652 11.4): its mathematics alone, no path. */
export interface EvidenceCounterSignature {
  readonly intact: boolean;
  readonly rule?: string;
  readonly certificateSha256?: string;
  readonly signingTime?: string;
}

/** A time stamp on the signature (signature time stamp, or archive time stamp of version 3), verified up to its authority's path. */
export interface EvidenceTimeStamp {
  readonly kind: 'signature' | 'archive';
  /** SHA-256 of the token as it stands in the message. */
  readonly sha256: string;
  /** The token is well-formed, its signature holds, and it is over this signature; `rule` says what was not. */
  readonly intact: boolean;
  readonly rule?: string;
  readonly time?: string;
  readonly accuracyMs?: number;
  /** Digest of the imprint. */
  readonly digest?: string;
  readonly algorithm?: SignatureAlgorithm;
  readonly keyBits?: number;
  /** The authority's path at the stamp's own time, without revocation. */
  readonly chain?: EvidenceChain;
  /** Archive only: SHA-256 of the tokens, certificates, CRLs and responses that it covers beside the signature. */
  readonly covers?: readonly string[];
}

/** A certificate with the facts the checks need; `der` is base64. */
export interface EvidenceCertificate {
  readonly der: string;
  readonly sha256: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly keyUsage: readonly KeyUsage[];
  readonly policies: readonly string[];
  /** Object identifiers; absent where the certificate does not limit its purposes. */
  readonly extKeyUsage?: readonly string[];
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

/** The `source` of what travelled in the message itself. */
export const insideMessage = 'signature';

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
  /** How it was signed; absent for OCSP, where only sound algorithms are taken. */
  readonly algorithm?: SignatureAlgorithm;
  /** From this moment on, expired certificates stay on the list (expiredCertsOnCRL, archiveCutoff). */
  readonly keepsExpiredSince?: string;
}
