import type { KeyUsage } from '../certificate/extensions.js';
import type { SignatureAlgorithm } from '../key/algorithm.js';

/** When revocation information is fresh enough to say "not revoked" at the control time (the arrival, else the evaluation). */
export type Freshness =
  /** Its nextUpdate lies after the control time. */
  | { readonly by: 'nextUpdate' }
  /** It was made at most so many seconds before the control time. */
  | { readonly by: 'maximumAge'; readonly seconds: number }
  /** It was made at or after the control time: no gap is left. */
  | { readonly by: 'afterArrival' };

export type Level = 'FAIL' | 'WARN' | 'INFORM';

/** What a signature is held to. Plain JSON. */
export interface ValidationPolicy {
  readonly id: string;
  /** Whether demo authorities count. */
  readonly demo: boolean;
  readonly freshness: Freshness;
  /** Clocks may differ by this much. */
  readonly skewSeconds: number;
  /** On hold (certificateHold) counts as revoked: in JPKI a hold is never lifted. Otherwise it means try later. */
  readonly holdIsRevoked: boolean;
  /** Algorithms that may pass, for the signature and for each certificate of the path. */
  readonly algorithms: readonly SignatureAlgorithm[];
  /** From this moment on an algorithm no longer protects what was signed later; ISO 8601. */
  readonly algorithmEnds?: Readonly<Partial<Record<SignatureAlgorithm, string>>>;
  readonly minimumRsaBits: number;
  /** Shorter RSA keys than this, down to the minimum, protect only what is proven to be older than `until`. */
  readonly weakRsa?: { readonly belowBits: number; readonly until: string };
  /** The signer's certificate must allow all of these. nonRepudiation sets the signature certificate apart from the authentication one. */
  readonly keyUsage: readonly KeyUsage[];
  /** Purposes (object identifiers) that the signer's certificate must name; absent: none. */
  readonly extKeyUsage?: readonly string[];
  /** The signer's certificate must have been issued under one of these; empty: any. */
  readonly certificatePolicies: readonly string[];
  /** The signature must name its certificate by a digest (signingCertificate), as CAdES does. */
  readonly requireSigningCertificate: boolean;
  /** Object identifiers of what may be signed; absent: plain data. */
  readonly contentTypes?: readonly string[];
  /** Signature policies this one has taken in: object identifier → SHA-256 of the document, hexadecimal. */
  readonly signaturePolicies?: Readonly<Record<string, string>>;
  /** Anchors that have been given up: SHA-256 of the certificate → until when they vouch. */
  readonly anchorEnds?: Readonly<Record<string, string>>;
  /** Other levels for single checks; IGNORE leaves a check out. */
  readonly levels?: Readonly<Record<string, Level | 'IGNORE'>>;
}

/** Policy for applications signed with the signature certificate (署名用電子証明書) and a CAdES B-B signature. */
export const citizenSignaturePolicy: ValidationPolicy = {
  id: 'citizen-signature/1',
  demo: false,
  freshness: { by: 'nextUpdate' },
  skewSeconds: 300,
  holdIsRevoked: true,
  algorithms: [
    'rsa-sha256',
    'rsa-sha384',
    'rsa-sha512',
    'pss-sha256',
    'pss-sha384',
    'pss-sha512',
    'ecdsa-sha256',
    'ecdsa-sha384',
    'ecdsa-sha512',
  ],
  minimumRsaBits: 2048,
  keyUsage: ['nonRepudiation'],
  certificatePolicies: [],
  requireSigningCertificate: true,
};

/**
 * What the registries (登記・供託オンライン申請) take as a signed PDF: the form is decided by the checklist C1 to C9, by conformance alone, so
 * a PAdES signature or a document changed after its last signature does not pass.
 */
export const registryPdfPolicy: ValidationPolicy = {
  ...citizenSignaturePolicy,
  id: 'registry-pdf/1',
  requireSigningCertificate: false,
  levels: {
    'pdf.registry.C1': 'FAIL',
    'pdf.registry.C2': 'FAIL',
    'pdf.registry.C3': 'FAIL',
    'pdf.registry.C4': 'FAIL',
    'pdf.registry.C5': 'FAIL',
    'pdf.registry.C6': 'FAIL',
    'pdf.registry.C7': 'FAIL',
    'pdf.registry.C7.time': 'WARN',
    'pdf.registry.C8': 'FAIL',
    'pdf.registry.C8.direct': 'WARN',
    'pdf.registry.C9': 'WARN',
  },
};
