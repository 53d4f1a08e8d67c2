import type { DigestAlgorithm, SignatureAlgorithm } from '../key/algorithm.js';
import { escapeXml } from '../xml/escape.js';
import {
  canonicalMethods,
  digestMethods,
  dsigNamespace,
  envelopedTransform,
  signatureMethods,
} from './algorithms.js';

/** One ds:Reference to be written. */
export interface ReferenceText {
  readonly id?: string;
  readonly uri: string;
  readonly type?: string;
  readonly enveloped: boolean;
  /** Files are hashed as they are. */
  readonly canonical: boolean;
  readonly digest: Uint8Array;
}

export interface SignatureText {
  readonly id: string;
  readonly algorithm: SignatureAlgorithm;
  readonly digest: DigestAlgorithm;
  readonly references: readonly ReferenceText[];
  readonly value: Uint8Array;
  /** The signer's first. */
  readonly certificates: readonly Uint8Array[];
  /** Content of the ds:Object, for XAdES. */
  readonly object?: string;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/**
 * A ds:Signature as text, in the default namespace and without white space: the form e-Gov's own samples have, but for line ends in
 * base64, which some receivers do not read. Canonical XML 1.0 throughout, because that is what all receivers know.
 */
export function signatureText(input: SignatureText): string {
  const { id, algorithm, references, value, certificates, object } = input;
  const certificate = (der: Uint8Array) => `<X509Certificate>${base64(der)}</X509Certificate>`;
  return (
    `<Signature xmlns="${dsigNamespace}" Id="${escapeXml(id)}"><SignedInfo>` +
    `<CanonicalizationMethod Algorithm="${canonicalMethods['c14n-1.0']}"/>` +
    `<SignatureMethod Algorithm="${signatureMethods[algorithm]}"/>` +
    `${references.map((each) => referenceText(each, input.digest)).join('')}</SignedInfo>` +
    `<SignatureValue>${base64(value)}</SignatureValue>` +
    `<KeyInfo><X509Data>${certificates.map(certificate).join('')}</X509Data></KeyInfo>` +
    `${object === undefined ? '' : `<Object>${object}</Object>`}</Signature>`
  );
}

function referenceText(reference: ReferenceText, digest: DigestAlgorithm): string {
  const attributes = [
    ['Id', reference.id],
    ['URI', reference.uri],
    ['Type', reference.type],
  ] as const;
  const written = attributes.map(([name, value]) =>
    value === undefined ? '' : ` ${name}="${escapeXml(value)}"`,
  );
  const transforms = [
    reference.enveloped ? `<Transform Algorithm="${envelopedTransform}"/>` : '',
    reference.canonical ? `<Transform Algorithm="${canonicalMethods['c14n-1.0']}"/>` : '',
  ].join('');
  return (
    `<Reference${written.join('')}>${transforms === '' ? '' : `<Transforms>${transforms}</Transforms>`}` +
    `<DigestMethod Algorithm="${digestMethods[digest]}"/><DigestValue>${base64(reference.digest)}</DigestValue></Reference>`
  );
}
