import type { DigestAlgorithm, SignatureAlgorithm } from '../key/algorithm.js';
import type { Canonicalization } from '../xml/canonicalize.js';

/** Namespace of XML Signature. */
export const dsigNamespace = 'http://www.w3.org/2000/09/xmldsig#';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const more2007 = 'http://www.w3.org/2007/05/xmldsig-more#';

/** Identifiers of XML Signature 1.1 and RFC 9231, each once. Whatever is not in one of these tables is refused. */
export const signatureMethods: Readonly<Record<SignatureAlgorithm, string>> = {
  'rsa-sha1': `${dsigNamespace}rsa-sha1`,
  'rsa-sha256': `${more}rsa-sha256`,
  'rsa-sha384': `${more}rsa-sha384`,
  'rsa-sha512': `${more}rsa-sha512`,
  'pss-sha256': `${more2007}sha256-rsa-MGF1`,
  'pss-sha384': `${more2007}sha384-rsa-MGF1`,
  'pss-sha512': `${more2007}sha512-rsa-MGF1`,
  'ecdsa-sha256': `${more}ecdsa-sha256`,
  'ecdsa-sha384': `${more}ecdsa-sha384`,
  'ecdsa-sha512': `${more}ecdsa-sha512`,
};

export const digestMethods: Readonly<Record<DigestAlgorithm, string>> = {
  sha1: `${dsigNamespace}sha1`,
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: `${more}sha384`,
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
};

export const canonicalMethods: Readonly<Record<Canonicalization['method'], string>> = {
  'c14n-1.0': 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  'c14n-1.1': 'http://www.w3.org/2006/12/xml-c14n11',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
};

/** Namespace of InclusiveNamespaces, and the identifier of the exclusive method. */
export const exclusiveNamespace: string = canonicalMethods.exclusive;
export const envelopedTransform: string = `${dsigNamespace}enveloped-signature`;

const inverted = <K extends string>(table: Readonly<Record<K, string>>): ReadonlyMap<string, K> =>
  new Map(Object.entries<string>(table).map(([name, uri]) => [uri, name as K]));

const signatures = inverted(signatureMethods);
const digests = inverted(digestMethods);

export const signatureOfUri = (uri: string): SignatureAlgorithm | undefined => signatures.get(uri);
export const digestOfUri = (uri: string): DigestAlgorithm | undefined => digests.get(uri);

/** HMAC: whoever can verify could have signed, so it is no signature. */
export const isHmac = (uri: string): boolean => /[#/]hmac-/.test(uri);

/** Each method twice: without comments, and with them. */
const canonical = new Map<string, Canonicalization>(
  Object.entries(canonicalMethods).flatMap(([name, uri]) => {
    const method = name as Canonicalization['method'];
    const spelled = `${uri}${uri.endsWith('#') ? '' : '#'}WithComments`;
    return [
      [uri, { method, comments: false }],
      [spelled, { method, comments: true }],
    ] as const;
  }),
);

export const canonicalOfUri = (uri: string): Canonicalization | undefined => canonical.get(uri);
