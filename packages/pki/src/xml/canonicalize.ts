import { fixedBase } from './base-uri.js';
import {
  ancestorsOf,
  type XmlAttribute,
  type XmlComment,
  type XmlDocument,
  type XmlElement,
  type XmlInstruction,
  xmlNamespace,
} from './tree.js';

/** Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0 (W3C Recommendations). */
export interface Canonicalization {
  readonly method: 'c14n-1.0' | 'c14n-1.1' | 'exclusive';
  readonly comments: boolean;
  /** Exclusive only: prefixes that are treated as the inclusive methods treat all; the empty string is the default namespace. */
  readonly inclusivePrefixes?: readonly string[];
}

/**
 * The canonical form of a document, or of the subset that is one element with everything in it: then the apex takes over what it inherits
 * (namespaces, and attributes of the xml namespace as the method says). `omit` leaves out one element with
 * its content, as the enveloped-signature transform does. Without a document type there is nothing that could fail.
 */
export function canonicalize(
  apex: XmlDocument | XmlElement,
  how: Canonicalization,
  omit?: XmlElement,
): Buffer {
  const writer = new CanonicalWriter(how, omit);
  if (apex.kind === 'element') writer.element(apex, true);
  else writer.document(apex);
  return writer.bytes();
}

class CanonicalWriter {
  private readonly out: string[] = [];
  /** What each prefix is bound to in the output at this place. */
  private readonly rendered = new Map<string, string>();

  constructor(
    private readonly how: Canonicalization,
    private readonly omit: XmlElement | undefined,
  ) {}

  bytes(): Buffer {
    return Buffer.from(this.out.join(''));
  }

  document({ before, root, after }: XmlDocument): void {
    for (const node of before) if (this.aside(node)) this.out.push('\n');
    this.element(root, true);
    for (const node of after) {
      const at = this.out.length;
      if (this.aside(node)) this.out.splice(at, 0, '\n');
    }
  }

  element(element: XmlElement, isApex: boolean): void {
    if (element === this.omit) return;
    const { prefix, name } = element;
    const tag = prefix === '' ? name : `${prefix}:${name}`;
    const namespaces = this.namespaces(element, isApex);
    const before = namespaces.map(([each]): [string, string | undefined] => [each, this.rendered.get(each)]);
    this.out.push('<', tag);
    for (const [each, uri] of namespaces) {
      this.out.push(each === '' ? ' xmlns="' : ` xmlns:${each}="`, escapeAttribute(uri), '"');
      this.rendered.set(each, uri);
    }
    for (const attribute of this.attributes(element, isApex)) {
      const qualified = attribute.prefix === '' ? attribute.name : `${attribute.prefix}:${attribute.name}`;
      this.out.push(' ', qualified, '="', escapeAttribute(attribute.value), '"');
    }
    this.out.push('>');
    for (const child of element.children) {
      if (child.kind === 'element') this.element(child, false);
      else if (child.kind === 'text') this.out.push(escapeText(child.value));
      else this.aside(child);
    }
    this.out.push('</', tag, '>');
    for (const [each, uri] of before) {
      if (uri === undefined) this.rendered.delete(each);
      else this.rendered.set(each, uri);
    }
  }

  /** A comment or an instruction; whether anything was written. */
  private aside(node: XmlComment | XmlInstruction): boolean {
    if (node.kind === 'comment') {
      if (this.how.comments) this.out.push('<!--', escapeReturn(node.value), '-->');
      return this.how.comments;
    }
    this.out.push('<?', node.target, node.value === '' ? '' : ` ${escapeReturn(node.value)}`, '?>');
    return true;
  }

  /** The declarations to write: those that are wanted here and not in force in the output already, sorted by prefix. */
  private namespaces(element: XmlElement, isApex: boolean): [prefix: string, uri: string][] {
    if (!isApex && this.how.method !== 'exclusive' && element.declarations.length === 0) return [];
    const wanted = this.how.method === 'exclusive' ? this.used(element, isApex) : inScope(element, isApex);
    return [...wanted]
      .filter(([prefix, uri]) => prefix !== 'xml' && (this.rendered.get(prefix) ?? '') !== uri)
      .sort(([a], [b]) => compare(a, b));
  }

  /** Exclusive: the namespaces that the element and its attributes visibly use, and the listed prefixes. */
  private used(element: XmlElement, isApex: boolean): Map<string, string> {
    const { inclusivePrefixes = [] } = this.how;
    const used = new Map<string, string>();
    if (inclusivePrefixes.length > 0) {
      for (const [prefix, uri] of inScope(element, isApex)) {
        if (inclusivePrefixes.includes(prefix)) used.set(prefix, uri);
      }
    }
    used.set(element.prefix, element.namespace);
    for (const { prefix, namespace } of element.attributes) if (prefix !== '') used.set(prefix, namespace);
    return used;
  }

  private attributes(element: XmlElement, isApex: boolean): readonly XmlAttribute[] {
    if (!isApex && element.attributes.length < 2) return element.attributes;
    const inherited = isApex ? this.inherited(element) : [];
    const own = element.attributes.filter(
      ({ name, namespace }) => namespace !== xmlNamespace || !inherited.some((each) => each.name === name),
    );
    return [
      ...own,
      ...inherited.filter(({ value, name }) => name !== 'base' || value !== '' || this.is10()),
    ].sort((a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name));
  }

  private is10(): boolean {
    return this.how.method === 'c14n-1.0';
  }

  /** Attributes of the xml namespace that the apex takes over from the elements above it. */
  private inherited(apex: XmlElement): XmlAttribute[] {
    const { method } = this.how;
    const above = ancestorsOf(apex);
    if (method === 'exclusive' || above.length === 0) return [];
    const nearest = new Map<string, XmlAttribute>();
    for (const element of above) {
      for (const attribute of xmlAttributes(element)) {
        if (!nearest.has(attribute.name)) nearest.set(attribute.name, attribute);
      }
    }
    const isOwn = (name: string) => xmlAttributes(apex).some((each) => each.name === name);
    const taken = [...nearest.values()].filter(({ name }) => !isOwn(name));
    if (method === 'c14n-1.0') return taken;
    const simple = taken.filter(({ name }) => name === 'lang' || name === 'space');
    if (!nearest.has('base')) return simple;
    const bases = [apex, ...above].flatMap((element) =>
      xmlAttributes(element).flatMap(({ name, value }) => (name === 'base' ? [value] : [])),
    );
    return [...simple, { prefix: 'xml', name: 'base', namespace: xmlNamespace, value: fixedBase(bases) }];
  }
}

const xmlAttributes = (element: XmlElement): XmlAttribute[] =>
  element.attributes.filter(({ namespace }) => namespace === xmlNamespace);

/** The namespaces in scope: all of them at the apex, below it only what the element itself declares can be news. */
function inScope(element: XmlElement, isApex: boolean): Map<string, string> {
  const scope = new Map<string, string>();
  for (const each of isApex ? [element, ...ancestorsOf(element)] : [element]) {
    for (const { prefix, uri } of each.declarations) if (!scope.has(prefix)) scope.set(prefix, uri);
  }
  return scope;
}

/** By code point, as UTF-8 sorts; UTF-16 sorts otherwise where surrogates are. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  if (/[\ud800-\udfff]/.test(a) || /[\ud800-\udfff]/.test(b)) {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return a < b ? -1 : 1;
}

const escapeReturn = (value: string): string => value.replaceAll('\r', '&#xD;');

const textEscapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const escapeText = (value: string): string => value.replace(/[&<>\r]/g, (each) => textEscapes[each] ?? each);

const attributeEscapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};
const escapeAttribute = (value: string): string =>
  value.replace(/[&<"\t\n\r]/g, (each) => attributeEscapes[each] ?? each);
