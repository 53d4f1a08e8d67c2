import type { Parsed } from '../der/fault.js';
import { escapeXml } from '../xml/escape.js';
import { parseXml, type XmlLimits } from '../xml/read.js';
import { attributeOf, childElements, isNamed, onlyText, type XmlElement } from '../xml/tree.js';
import { decodeBase64 } from './base64.js';

/** One `DataObjectReference`: a file of the container and the digest that is signed for it. */
export interface ManifestReference {
  /** Name of the file in the container, percent-decoded. */
  readonly name: string;
  readonly mime?: string;
  readonly algorithm: 'sha256' | 'sha384' | 'sha512';
  readonly digest: Uint8Array;
  readonly offset: number;
}

/** What goes into a manifest for one file. */
export interface ManifestFile {
  readonly name: string;
  readonly mime?: string;
  /** SHA-256. */
  readonly digest: Uint8Array;
  /** The archive manifest before this one (ETSI EN 319 162-1 annex A.7). */
  readonly root?: boolean;
}

export interface AsicManifest {
  /** Name of the signature file in the container. */
  readonly signature: string;
  readonly references: readonly ManifestReference[];
}

const ASIC = 'http://uri.etsi.org/02918/v1.2.1#';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const ALGORITHMS = new Map<string, { name: ManifestReference['algorithm']; length: number }>([
  [SHA256, { name: 'sha256', length: 32 }],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', { name: 'sha384', length: 48 }],
  ['http://www.w3.org/2001/04/xmlenc#sha512', { name: 'sha512', length: 64 }],
]);

/** A manifest is flat, with one element group for each file. */
const limits: XmlLimits = { bytes: 8 << 20, depth: 16, nodes: 100_000, references: 100_000, attributes: 16 };

/** Percent-encoded UTF-8 of each part between the slashes (RFC 3986). */
const encodeName = (name: string) => name.split('/').map(encodeURIComponent).join('/');

/** Writes `ASiCManifest.xml` (ETSI EN 319 162-1 annex A.4) over SHA-256 digests. `type`: media type of signature or time stamp. */
export function buildManifest(
  signature: string,
  files: readonly ManifestFile[],
  type = 'application/x-pkcs7-signature',
): Buffer {
  const references = files.map(({ name, mime, digest, root }) => {
    const type =
      (mime === undefined ? '' : ` MimeType="${escapeXml(mime)}"`) +
      (root === true ? ' Rootfile="true"' : '');
    return (
      `  <asic:DataObjectReference URI="${escapeXml(encodeName(name))}"${type}>\n` +
      `    <ds:DigestMethod Algorithm="${SHA256}"/>\n` +
      `    <ds:DigestValue>${Buffer.from(digest).toString('base64')}</ds:DigestValue>\n` +
      '  </asic:DataObjectReference>\n'
    );
  });
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<asic:ASiCManifest xmlns:asic="${ASIC}" xmlns:ds="${DSIG}">\n` +
      `  <asic:SigReference URI="${escapeXml(encodeName(signature))}" MimeType="${escapeXml(type)}"/>\n` +
      `${references.join('')}</asic:ASiCManifest>\n`,
  );
}

/**
 * Reads `ASiCManifest.xml`. Every element and attribute must be one we know: what we do not understand might change what
 * is signed. On bad input: a rule `xml.…` and the byte, or `manifest.…` and the place in characters.
 */
export function parseManifest(bytes: Uint8Array): Parsed<AsicManifest> {
  const xml = parseXml(bytes, { plain: true, limits });
  if (!xml.ok) return { ok: false, rule: xml.rule, offset: xml.offset };
  const { root } = xml.value;
  const [first, ...rest] = childElements(root);
  const fault = (rule: string, { start } = root): Parsed<never> => ({
    ok: false,
    rule: `manifest.${rule}`,
    offset: start,
  });
  if (!isPlain(root, ASIC, 'ASiCManifest', []) || first === undefined) return fault('root');
  if (!isPlain(first, ASIC, 'SigReference', ['URI', 'MimeType']) || childElements(first).length > 0) {
    return fault('signatureReference', first);
  }
  const signature = decodeName(attributeOf(first, 'URI'));
  if (signature === undefined) return fault('uri', first);
  if (rest.length === 0) return fault('empty');
  const references: ManifestReference[] = [];
  const names = new Set<string>();
  for (const element of rest) {
    const reference = readReference(element);
    if (typeof reference === 'string') return fault(reference, element);
    if (names.has(reference.name)) return fault('duplicate', element);
    names.add(reference.name);
    references.push(reference);
  }
  return { ok: true, value: { signature, references } };
}

function readReference(element: XmlElement): ManifestReference | string {
  if (!isPlain(element, ASIC, 'DataObjectReference', ['URI', 'MimeType', 'Rootfile'])) return 'unknown';
  const [method, value, ...more] = childElements(element);
  if (method === undefined || value === undefined || more.length > 0) return 'reference';
  if (!isPlain(method, DSIG, 'DigestMethod', ['Algorithm']) || childElements(method).length > 0)
    return 'digestMethod';
  const text = onlyText(value);
  const isValue = isNamed(value, DSIG, 'DigestValue') && value.attributes.length === 0;
  if (!isValue || text === undefined) return 'digestValue';
  const name = decodeName(attributeOf(element, 'URI'));
  if (name === undefined) return 'uri';
  const algorithm = ALGORITHMS.get(attributeOf(method, 'Algorithm') ?? '');
  if (algorithm === undefined) return 'algorithm';
  const digest = decodeBase64(text.replaceAll(/[ \t\r\n]/g, ''));
  if (digest?.length !== algorithm.length) return 'digestValue';
  const mime = attributeOf(element, 'MimeType');
  return {
    name,
    algorithm: algorithm.name,
    digest,
    offset: element.start,
    ...(mime === undefined ? {} : { mime }),
  };
}

/** The element has this name, no attribute beyond the known ones, and no text beside its children. */
function isPlain(element: XmlElement, namespace: string, name: string, known: readonly string[]): boolean {
  return (
    isNamed(element, namespace, name) &&
    element.attributes.every((attribute) => known.includes(attribute.name)) &&
    element.children.every(
      (child) => child.kind === 'element' || (child.kind === 'text' && child.value.trim() === ''),
    )
  );
}

/** A relative reference without scheme, query, fragment; `%2F` would hide a slash and is refused. */
function decodeName(uri: string | undefined): string | undefined {
  if (uri === undefined || uri === '' || /[?#:\s]|%2f|^\//i.test(uri)) return undefined;
  try {
    return decodeURIComponent(uri);
  } catch {
    return undefined;
  }
}
