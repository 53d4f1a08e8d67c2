import type { FoundTimeStamp } from '../cades/time-stamps.js';
import type { SignatureSubIndication } from '../cms/signature-result.js';
import type { DigestAlgorithm, SignatureAlgorithm } from '../key/algorithm.js';
import type { XmlSignaturePolicy } from '../xades/signature-policy.js';
import type { XmlElement } from '../xml/tree.js';
import type { XmlSignatureRule, XmlVerdict } from './rules.js';

/**
 * Something that was signed, as it was signed. `bytes` are the very octets that were hashed; `root` is read from them and from nothing
 * else: no comment, no neighbour, no second element of the same name can get between. Work with these, not with the document.
 */
export type SignedPart =
  | { readonly kind: 'document'; readonly bytes: Uint8Array; readonly root: XmlElement }
  | { readonly kind: 'element'; readonly id: string; readonly bytes: Uint8Array; readonly root: XmlElement }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array };

/** One ds:Signature of the document. */
export interface XmlSigner {
  readonly verdict: XmlVerdict;
  /** XAdES where there are qualifying properties, else plain XML Signature. */
  readonly form: 'xmldsig' | 'xades';
  /** Empty unless the verdict is good. */
  readonly signed: readonly SignedPart[];
  /** Names of the files that the signature is about, here or not. */
  readonly files: readonly string[];
  /** DER, from X509Certificate. */
  readonly certificate?: Uint8Array;
  readonly signatureAlgorithm?: SignatureAlgorithm;
  /** Of the references. */
  readonly digests: readonly DigestAlgorithm[];
  readonly keyBits?: number;
  /** The time the signer claims (XAdES). */
  readonly signingTime?: Date;
  /** The signature policy it was made under, where it names one. */
  readonly signaturePolicy?: XmlSignaturePolicy;
  /** Which property names the certificate by its digest. */
  readonly signingCertificate: 'v1' | 'v2' | 'both' | 'absent';
  readonly timeStamps: readonly FoundTimeStamp[];
  /** Properties that are there and were not looked at: archive time stamps, counter-signatures, policies. */
  readonly unjudged: readonly string[];
}

/** What `verifyXmlSignatures` gives: the verdict over all signatures (the gravest), and each one's own. */
export interface XmlSignatureResult {
  readonly ok: boolean;
  readonly indication: 'PASSED' | 'FAILED' | 'INDETERMINATE';
  readonly subIndication?: SignatureSubIndication;
  readonly rule?: XmlSignatureRule;
  readonly reason: string;
  /** For a document that cannot be read: the reader's rule, the byte, line and column. */
  readonly fault?: {
    readonly rule: string;
    readonly offset: number;
    readonly line: number;
    readonly column: number;
  };
  readonly signers: readonly XmlSigner[];
  /** Elements that stand in the document and are covered by no signature, as paths; at most twenty. */
  readonly uncovered: readonly string[];
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}
