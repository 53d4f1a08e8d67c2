import { attempt } from '../der/fault.js';
import {
  type QualifyingProperties,
  readQualifyingProperties,
  signedPropertiesType,
} from '../xades/read-properties.js';
import type { XmlElement } from '../xml/tree.js';
import { type ReferenceElement, readSignatureElement, type SignatureElement } from './read-signature.js';
import type { Resolved, Resolver } from './resolve.js';
import { asXmlRule, type XmlSignatureRule } from './rules.js';

/** A signature read and its references followed; `rule` is the first that was broken on the way. */
export interface OpenedSignature {
  readonly signature?: SignatureElement;
  readonly references: readonly { readonly reference: ReferenceElement; readonly resolved: Resolved }[];
  readonly properties?: QualifyingProperties;
  readonly files: readonly string[];
  /** Of the format: nothing can be computed. */
  readonly rule?: XmlSignatureRule;
  /** Of the qualifying properties: the signature itself can be computed. */
  readonly propertiesRule?: XmlSignatureRule;
}

export function openSignature(element: XmlElement, resolver: Resolver): OpenedSignature {
  const read = attempt(() => readSignatureElement(element));
  if (!read.ok) return { references: [], files: [], rule: asXmlRule(read.rule) };
  const signature = read.value;
  const references: { reference: ReferenceElement; resolved: Resolved }[] = [];
  let rule: XmlSignatureRule | undefined;
  for (const reference of signature.references) {
    const resolved = attempt(() => resolver.resolve(reference, signature));
    if (resolved.ok) references.push({ reference, resolved: resolved.value });
    else rule ??= asXmlRule(resolved.rule);
  }
  if (rule === undefined && !references.some(({ resolved }) => isContent(resolved))) {
    rule = 'xmldsig.reference.nothing';
  }
  const properties = attempt(() => readQualifyingProperties(signature));
  const propertiesRule = properties.ok
    ? unsignedProperties(properties.value, references)
    : asXmlRule(properties.rule);
  return {
    signature,
    references,
    ...(properties.ok && properties.value !== undefined ? { properties: properties.value } : {}),
    files: references.flatMap(({ resolved }) => ('name' in resolved ? [resolved.name] : [])),
    ...(rule === undefined ? {} : { rule }),
    ...(propertiesRule === undefined ? {} : { propertiesRule }),
  };
}

/** Whether something is signed that is not the signature's own: its properties and its KeyInfo are nobody's statement. */
export function isContent(resolved: Resolved): boolean {
  return resolved.kind !== 'element' || !['signedProperties', 'keyInfo'].includes(resolved.place);
}

/** SignedProperties count only where exactly one reference, which says so, is over them. */
function unsignedProperties(
  properties: QualifyingProperties | undefined,
  references: OpenedSignature['references'],
): XmlSignatureRule | undefined {
  const over = references.filter(
    ({ resolved }) => resolved.kind === 'element' && resolved.place === 'signedProperties',
  );
  const saying = references.filter(({ reference }) => reference.type === signedPropertiesType);
  if (properties === undefined) return saying.length > 0 ? 'xades.unsigned' : undefined;
  const [only] = over;
  const isSigned = over.length === 1 && saying.length === 1 && only === saying[0];
  return isSigned ? undefined : 'xades.unsigned';
}
