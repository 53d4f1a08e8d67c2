import { attempt, fail } from '../der/fault.js';
import { attributeOf, childElements, isNamed, onlyText, type XmlElement } from '../xml/tree.js';
import { digestOfUri, dsigNamespace } from '../xmldsig/algorithms.js';
import { xadesNamespace } from '../xmldsig/place.js';
import { base64In } from '../xmldsig/read-signature.js';

/** The signature policy that a signature names. */
export interface XmlSignaturePolicy {
  /** Object identifier, or the address where the policy is named by one. */
  readonly oid: string;
  /** Of the policy's document, hexadecimal; absent where the digest is another. */
  readonly sha256?: string;
}

/**
 * Reads SignaturePolicyIdentifier (EN 319 132-1 5.2.9): undefined where the policy is only implied. A digest over a transformed document says
 * nothing about the document itself and is left out. Throws DerFault.
 */
export function readSignaturePolicy(element: XmlElement | undefined): XmlSignaturePolicy | undefined {
  if (element === undefined) return undefined;
  const [choice] = childElements(element);
  if (choice === undefined || isNamed(choice, xadesNamespace, 'SignaturePolicyImplied')) return undefined;
  const parts = childElements(choice);
  const id = parts.find((each) => isNamed(each, xadesNamespace, 'SigPolicyId'));
  const hash = parts.find((each) => isNamed(each, xadesNamespace, 'SigPolicyHash'));
  const identifier = id === undefined ? undefined : childElements(id)[0];
  const text = identifier === undefined ? '' : (onlyText(identifier) ?? '').trim();
  if (text === '') return fail('xades.format', element.start);
  const isTransformed = parts.some((each) => isNamed(each, dsigNamespace, 'Transforms'));
  const sha256 = isTransformed || hash === undefined ? undefined : sha256In(hash);
  return { oid: text.replace(/^urn:oid:/i, ''), ...(sha256 === undefined ? {} : { sha256 }) };
}

function sha256In(hash: XmlElement): string | undefined {
  const [method, value] = childElements(hash);
  if (method === undefined || value === undefined) return undefined;
  if (digestOfUri(attributeOf(method, 'Algorithm') ?? '') !== 'sha256') return undefined;
  const digest = attempt(() => base64In(value));
  return digest.ok ? digest.value.toString('hex') : undefined;
}
