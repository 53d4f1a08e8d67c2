import { createHash } from 'node:crypto';
import type { Stamp } from '../cades/upgrade.js';
import { attempt, fail, type Parsed } from '../der/fault.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import { openTimeStamp } from '../tsp/verify.js';
import { canonicalize } from '../xml/canonicalize.js';
import { parseXml } from '../xml/read.js';
import { childElements, isNamed, type XmlDocument, type XmlElement } from '../xml/tree.js';
import { xadesNamespace } from '../xmldsig/place.js';
import { readSignatureElement } from '../xmldsig/read-signature.js';
import { findSignatures } from '../xmldsig/verify.js';
import { timeStampText } from './properties-text.js';
import { readQualifyingProperties } from './read-properties.js';

/**
 * From B-B to B-T (EN 319 132-1): a signature time stamp over each signature value, as an unsigned property. No signed octet changes. A
 * document that cannot be read, a signature without qualifying properties (`xades.absent`), and a token that is not over
 * what was asked (`xades.stamp.over`) come back as a broken rule.
 */
export async function addXmlSignatureTimeStamp(
  document: Uint8Array,
  options: {
    readonly stamp: Stamp;
    /** Digest of the imprint; default SHA-256. */
    readonly algorithm?: DigestAlgorithm;
    /** Number of the signature in the document; default every one. */
    readonly signer?: number;
  },
): Promise<Parsed<Buffer>> {
  const { stamp, algorithm = 'sha256', signer } = options;
  const first = open(document);
  if (!first.ok) return first;
  let { text } = first.value;
  const count = findSignatures(first.value).length;
  const wanted = Array.from({ length: count }, (_, index) => index).filter(
    (index) => signer === undefined || signer === index,
  );
  if (wanted.length === 0) return { ok: false, rule: 'xmldsig.none', offset: 0 };
  for (const index of wanted) {
    const place = attempt(() => placeFor(text, index));
    if (!place.ok) return place;
    const { over, around } = place.value;
    const digest = createHash(algorithm).update(over).digest();
    const token = await stamp({ algorithm, digest });
    const opened = openTimeStamp(token);
    if (!opened.ok) return { ...opened, offset: 0 };
    const { imprint } = opened.token.info;
    if (imprint.algorithm !== algorithm || Buffer.compare(imprint.digest, digest) !== 0) {
      return { ok: false, rule: 'xades.stamp.over', offset: 0 };
    }
    text = around(timeStampText(token));
  }
  return { ok: true, value: Buffer.from(text) };
}

function open(bytes: Uint8Array): Parsed<XmlDocument> {
  const parsed = parseXml(bytes);
  return parsed.ok ? parsed : { ok: false, rule: parsed.rule, offset: parsed.offset };
}

/** What is stamped, and how the property gets into the text. */
function placeFor(text: string, index: number): { over: Uint8Array; around: (property: string) => string } {
  const parsed = open(Buffer.from(text));
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
