import { fail, type Parsed } from '../der/fault.js';
import { canonicalize } from '../xml/canonicalize.js';
import { parseXml } from '../xml/read.js';
import { childElements, isNamed, type XmlDocument, type XmlElement } from '../xml/tree.js';
import { xadesNamespace } from '../xmldsig/place.js';
import { readSignatureElement } from '../xmldsig/read-signature.js';
import { findSignatures } from '../xmldsig/verify.js';
import { readQualifyingProperties } from './read-properties.js';

/** A document, without the line and column. */
export function openXml(bytes: Uint8Array): Parsed<XmlDocument> {
  const parsed = parseXml(bytes);
  return parsed.ok ? parsed : { ok: false, rule: parsed.rule, offset: parsed.offset };
}

/** A place among the unsigned properties of a signature. */
export interface UnsignedPlace {
  /** What a time stamp is over: SignatureValue in Canonical XML 1.0. */
  readonly over: Uint8Array;
  /** The document with this property in it. */
  readonly around: (property: string) => string;
}

/** The place behind the last unsigned property of signature `index`. Throws DerFault. */
export function placeUnsigned(text: string, index: number): UnsignedPlace {
  const parsed = openXml(Buffer.from(text));
  if (!parsed.ok) return fail(parsed.rule, parsed.offset);
  const element = findSignatures(parsed.value)[index];
  if (element === undefined) return fail('xmldsig.none', 0);
  const signature = readSignatureElement(element);
  const properties = readQualifyingProperties(signature)?.signedProperties.parent;
  if (properties === undefined) return fail('xades.absent', element.start);
  const over = canonicalize(signature.valueElement, { method: 'c14n-1.0', comments: false });
  const unsigned = inside(properties, 'UnsignedProperties');
  const about = unsigned === undefined ? undefined : inside(unsigned, 'UnsignedSignatureProperties');
  const levels = ['UnsignedProperties', 'UnsignedSignatureProperties'];
  const missing = levels.slice(unsigned === undefined ? 0 : about === undefined ? 1 : 2);
  const at = endOf(text, about ?? unsigned ?? properties);
  const around = (property: string) => {
    const opens = missing.map((name) => `<xades:${name} xmlns:xades="${xadesNamespace}">`).join('');
    const closes = missing
      .map((name) => `</xades:${name}>`)
      .reverse()
      .join('');
    return text.slice(0, at) + opens + property + closes + text.slice(at);
  };
  return { over, around };
}

function inside(element: XmlElement, name: string): XmlElement | undefined {
  return childElements(element).find((child) => isNamed(child, xadesNamespace, name));
}

/** Where its end tag begins. An empty-element tag has no inside to put anything into: nobody writes one here. */
function endOf(text: string, element: XmlElement): number {
  return text.startsWith('</', element.contentEnd) ? element.contentEnd : fail('xades.format', element.start);
}
