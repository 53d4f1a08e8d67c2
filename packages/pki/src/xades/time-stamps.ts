import { type FoundTimeStamp, stampOver } from '../cades/time-stamps.js';
import { attempt, fail } from '../der/fault.js';
import type { Canonicalization } from '../xml/canonicalize.js';
import { isNamed, type XmlElement } from '../xml/tree.js';
import { dsigNamespace } from '../xmldsig/algorithms.js';
import { xadesNamespace } from '../xmldsig/place.js';
import {
  base64In,
  elementsIn,
  readCanonicalization,
  type SignatureElement,
} from '../xmldsig/read-signature.js';
import type { QualifyingProperties } from './read-properties.js';

/** Without a CanonicalizationMethod it is the standard one (XAdES 1.3.2 7.1.4.3). */
const usual: Canonicalization = { method: 'c14n-1.0', comments: false };

interface StampSources {
  /** Where an authority's certificate may be found beside those in the token. */
  readonly certificates: readonly Uint8Array[];
  readonly canonical: (element: XmlElement, how: Canonicalization) => Uint8Array;
  /** How many are looked at; one that is not looked at proves nothing. */
  readonly maximum: number;
}

/**
 * The signature time stamps: each is over the SignatureValue element in canonical form (EN 319 132-1 5.3). Never throws on hostile
 * input.
 */
export function findXmlTimeStamps(
  signature: SignatureElement,
  properties: QualifyingProperties | undefined,
  { certificates, canonical, maximum }: StampSources,
): FoundTimeStamp[] {
  const found: FoundTimeStamp[] = [];
  for (const property of properties?.unsigned ?? []) {
    if (!isNamed(property, xadesNamespace, 'SignatureTimeStamp')) continue;
    if (found.length >= maximum) break;
    const read = attempt(() => {
      const { how, tokens } = readTimeStamp(property);
      return { over: canonical(signature.valueElement, how), tokens };
    });
    if (!read.ok) found.push({ kind: 'signature', sha256: '', covers: [], rule: read.rule });
    else {
      const tokens = read.value.tokens.slice(0, maximum - found.length);
      found.push(...tokens.map((token) => stampOver(token, read.value.over, certificates)));
    }
  }
  return found;
}

/** Which canonical form the tokens are over. Include elements would change what is stamped: there are none in this kind. */
function readTimeStamp(property: XmlElement): { how: Canonicalization; tokens: Uint8Array[] } {
  const [first, ...rest] = elementsIn(property);
  const isMethod = first !== undefined && isNamed(first, dsigNamespace, 'CanonicalizationMethod');
  const how = isMethod ? readCanonicalization(first) : usual;
  const elements = isMethod ? rest : first === undefined ? [] : [first, ...rest];
  const isKnown = elements.every((each) => isNamed(each, xadesNamespace, 'EncapsulatedTimeStamp'));
  if (how === undefined || !isKnown || elements.length === 0) {
    return fail('xades.timeStamp', property.start);
  }
  return { how, tokens: elements.map(base64In) };
}
