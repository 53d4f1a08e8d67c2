import {
  passed,
  type SignatureRule,
  type SignatureSubIndication,
  type SignatureVerdict,
  verdictOf,
} from '../cms/signature-result.js';

/** How the checks of one XML signature ended. */
export type XmlVerdict = SignatureVerdict<XmlSignatureRule>;

/** What can be wrong with an XML signature beside what can be wrong with any (`signature.…`). */
const xmlRules = {
  'xmldsig.format': ['FORMAT_FAILURE', 'The document is not well-formed XML of the kind that is read here.'],
  'xmldsig.none': ['FORMAT_FAILURE', 'The document carries no XML signature.'],
  'xmldsig.many': ['FORMAT_FAILURE', 'The document carries more signatures than are looked at.'],
  'xmldsig.tooMuch': ['FORMAT_FAILURE', 'The references would have the document hashed over and over.'],
  'xmldsig.structure': ['FORMAT_FAILURE', 'The Signature element is not built as XML Signature has it.'],
  'xmldsig.comment': ['FORMAT_FAILURE', 'A comment or instruction stands inside the Signature element.'],
  'xmldsig.canonicalization': ['FORMAT_FAILURE', 'The canonicalization is none of those that are allowed.'],
  'xmldsig.transform': ['FORMAT_FAILURE', 'A transform is none of those that are allowed.'],
  'xmldsig.transform.place': ['FORMAT_FAILURE', 'A transform stands where it has no meaning, or is missing.'],
  'xmldsig.reference.none': ['FORMAT_FAILURE', 'The signature has no reference: it signs nothing.'],
  'xmldsig.reference.nothing': [
    'FORMAT_FAILURE',
    'The references name only parts of the signature itself: it signs nothing.',
  ],
  'xmldsig.reference.uri': ['FORMAT_FAILURE', 'A reference is no simple one to this document or to a file.'],
  'xmldsig.reference.manifest': [
    'FORMAT_FAILURE',
    'The signature is over a list whose entries it leaves open.',
  ],
  'xmldsig.reference.missing': [
    'SIGNED_DATA_NOT_FOUND',
    'The element that was signed is not in the document.',
  ],
  'xmldsig.reference.ambiguous': ['FORMAT_FAILURE', 'Several elements carry the identifier that is signed.'],
  'xmldsig.reference.position': [
    'FORMAT_FAILURE',
    'The signed element does not stand where a signature could be about it: it was moved.',
  ],
  'xmldsig.reference.twin': [
    'SIG_CONSTRAINTS_FAILURE',
    'Beside the signed element stands another of its name that is not signed.',
  ],
  'xmldsig.file.form': ['HASH_FAILURE', 'A file that was signed as XML is no XML that can be read.'],
  'xmldsig.hmac': [
    'CRYPTO_CONSTRAINTS_FAILURE',
    'HMAC is no signature: whoever verifies it could have made it.',
  ],
  'xades.format': ['SIG_CONSTRAINTS_FAILURE', 'The qualifying properties are not built as XAdES has them.'],
  'xades.version': [
    'SIG_CONSTRAINTS_FAILURE',
    'The qualifying properties are of a version that is not read.',
  ],
  'xades.several': ['SIG_CONSTRAINTS_FAILURE', 'The signature has qualifying properties more than once.'],
  'xades.target': ['SIG_CONSTRAINTS_FAILURE', 'The qualifying properties are about another signature.'],
  'xades.unsigned': ['SIG_CONSTRAINTS_FAILURE', 'The signed properties are not signed.'],
  'xades.objectFormat': [
    'SIG_CONSTRAINTS_FAILURE',
    'A data object format names no reference of the signature.',
  ],
} as const satisfies Record<string, readonly [SignatureSubIndication, string]>;

/** A rule of the checks of an XML signature. */
export type XmlSignatureRule = SignatureRule | keyof typeof xmlRules;

const isXmlRule = (rule: string): rule is keyof typeof xmlRules => Object.hasOwn(xmlRules, rule);

/** The verdict a rule stands for. */
export function xmlVerdictOf(rule: XmlSignatureRule | undefined): XmlVerdict {
  if (rule === undefined) return passed;
  if (!isXmlRule(rule)) return verdictOf(rule);
  const [subIndication, reason] = xmlRules[rule];
  const isFailed = subIndication === 'FORMAT_FAILURE' || subIndication === 'HASH_FAILURE';
  return { ok: false, indication: isFailed ? 'FAILED' : 'INDETERMINATE', subIndication, rule, reason };
}

/** A rule of ours that a reader threw; anything else is a fault of the structure. */
export function asXmlRule(rule: string): XmlSignatureRule {
  return isXmlRule(rule) ? rule : 'xmldsig.structure';
}
