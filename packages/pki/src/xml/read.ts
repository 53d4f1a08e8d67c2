import { attempt, fail } from '../der/fault.js';
import { ncName, notXml } from './names.js';
import { countReferences, normaliseAttribute, normaliseLines, resolveReferences } from './references.js';
import { placeOf } from './text-place.js';
import {
  type XmlAttribute,
  type XmlComment,
  type XmlDeclaration,
  type XmlDocument,
  type XmlElement,
  type XmlInstruction,
  type XmlNode,
  xmlNamespace,
} from './tree.js';

/** What a document may cost. `nodes` counts elements, attributes, declarations, texts, comments and instructions together. */
export interface XmlLimits {
  readonly bytes: number;
  readonly depth: number;
  readonly nodes: number;
  /** Character and entity references. */
  readonly references: number;
  /** Attributes and declarations of one element. */
  readonly attributes: number;
}

const defaultXmlLimits: XmlLimits = {
  bytes: 16 << 20,
  depth: 100,
  nodes: 200_000,
  references: 500_000,
  attributes: 256,
};

/** The answer of the reader; on bad input the rule `xml.…` and where: the byte from 0, line and column (in characters) from 1. */
export type XmlParsed<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly rule: string;
      readonly offset: number;
      readonly line: number;
      readonly column: number;
    };

/** How strictly, and how much, parseXml reads. */
export interface XmlOptions {
  readonly limits?: XmlLimits;
  /**
   * Refuse what two readers might see differently and a machine has no need of: comments, CDATA, instructions, character references,
   * attributes with a namespace, a byte order mark.
   */
  readonly plain?: boolean;
}

/**
 * Reads XML 1.0 with namespaces, in UTF-8 only. No document type: hence no entities but the five predefined ones, no default attributes,
 * and nothing is ever fetched. Everything else is well-formedness to the letter; namespace names must be absolute (Canonical XML asks
 * for it). Line ends and attribute values are normalised as XML 1.0 2.11 and 3.3.3 say. Time and memory are
 * linear in the input and bounded by the limits. Never throws.
 */
export function parseXml(bytes: Uint8Array, options: XmlOptions = {}): XmlParsed<XmlDocument> {
  const { limits = defaultXmlLimits, plain = false } = options;
  const start = { ok: false, offset: 0, line: 1, column: 1 } as const;
  if (bytes.length > limits.bytes) return { ...start, rule: 'xml.tooMuch' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { ...start, rule: 'xml.encoding' };
  }
  const read = attempt(() => new XmlReader(text, limits, plain).document());
  return read.ok ? read : { ok: false, rule: read.rule, ...placeOf(text, read.offset) };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const SPACE = /[ \t\r\n]*/y;
const QUOTED = '(?:"([^"<]*)"|\'([^\'<]*)\')';
const GAP = '[ \\t\\r\\n]+';
const EQUALS = '[ \\t\\r\\n]*=[ \\t\\r\\n]*';
const DECLARATION = new RegExp(
  `^<\\?xml${GAP}version${EQUALS}${QUOTED}(?:${GAP}encoding${EQUALS}${QUOTED})?(?:${GAP}standalone${EQUALS}(?:"(?:yes|no)"|'(?:yes|no)'))?[ \\t\\r\\n]*\\?>`,
);
/** A scheme: what sets an absolute namespace name apart from a relative one. */
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

interface RawAttribute {
  readonly prefix: string;
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

/** A cursor over the text: the life of one parse. */
class XmlReader {
  private at = 0;
  private nodes = 0;
  private references = 0;
  /** For each prefix what it is bound to, the innermost last. */
  private readonly scope = new Map<string, string[]>([['xml', [xmlNamespace]]]);

  constructor(
    private readonly text: string,
    private readonly limits: XmlLimits,
    private readonly plain: boolean,
  ) {}

  document(): XmlDocument {
    const odd = this.text.search(notXml);
    if (odd >= 0) this.fail('character', odd);
    this.prologue();
    const before = this.around();
    const root = this.element(undefined, 1);
    const after = this.around();
    if (this.at !== this.text.length) this.fail('trailing');
    return { kind: 'document', text: this.text, before, root, after };
  }

  private prologue(): void {
    if (this.text.startsWith('\ufeff')) {
      if (this.plain) this.fail('syntax');
      this.at = 1;
    }
    if (!/^<\?xml[ \t\r\n]/.test(this.text.slice(this.at, this.at + 6))) return;
    const found = DECLARATION.exec(this.text.slice(this.at, this.at + 400));
    if (found === null) this.fail('declaration');
    const [all, version1, version2, encoding1, encoding2] = found;
    if ((version1 ?? version2) !== '1.0') this.fail('version');
    if (!/^utf-8$/i.test(encoding1 ?? encoding2 ?? 'UTF-8')) this.fail('encoding');
    this.at += all.length;
  }

  /** Comments and instructions outside the root. */
  private around(): (XmlComment | XmlInstruction)[] {
    const found: (XmlComment | XmlInstruction)[] = [];
    for (;;) {
      this.take(SPACE);
      if (this.text.startsWith('<!--', this.at)) found.push(this.comment());
      else if (this.text.startsWith('<?', this.at)) found.push(this.instruction());
      else return found;
    }
  }

  private element(parent: XmlElement | undefined, depth: number): XmlElement {
    const start = this.at;
    this.count();
    if (depth > this.limits.depth) this.fail('tooMuch');
    if (this.text[this.at] !== '<') this.fail('syntax');
    if (this.text[this.at + 1] === '!') this.fail(this.isCdata() ? 'syntax' : 'dtd');
    this.at += 1;
    const [prefix, name] = this.qualifiedName();
    const { attributes: raw, declarations } = this.attributes();
    for (const { prefix: bound, uri } of declarations) this.bind(bound, uri);
    const children: XmlNode[] = [];
    const element: Mutable<XmlElement> = {
      kind: 'element',
      prefix,
      name,
      namespace: prefix === '' ? (this.resolve('') ?? '') : this.resolved(prefix, start),
      attributes: this.resolveAttributes(raw),
      declarations,
      children,
      parent,
      start,
      contentEnd: this.at,
      end: this.at,
    };
    if (this.skip('/>')) element.end = this.at;
    else {
      this.expect('>');
      this.content(element, children, depth);
      element.contentEnd = this.at - 2;
      const [endPrefix, endName] = this.qualifiedName();
      if (endPrefix !== prefix || endName !== name) this.fail('endTag', element.contentEnd);
      this.take(SPACE);
      this.expect('>');
      element.end = this.at;
    }
    for (const { prefix: bound } of declarations) this.scope.get(bound)?.pop();
    return element;
  }

  /** Everything up to and with the two characters that open the end tag. */
  private content(element: XmlElement, children: XmlNode[], depth: number): void {
    let pieces: string[] = [];
    const flush = () => {
      const value = pieces.join('');
      pieces = [];
      if (value === '') return;
      this.count();
      children.push({ kind: 'text', value });
    };
    for (;;) {
      if (this.text[this.at] !== '<') pieces.push(this.characters());
      else if (this.isCdata()) pieces.push(this.cdata());
      else {
        flush();
        if (this.skip('</')) return;
        if (this.text.startsWith('<!--', this.at)) children.push(this.comment());
        else if (this.text[this.at + 1] === '?') children.push(this.instruction());
        else children.push(this.element(element, depth + 1));
      }
    }
  }

  private attributes(): { attributes: RawAttribute[]; declarations: XmlDeclaration[] } {
    const attributes: RawAttribute[] = [];
    const declarations: XmlDeclaration[] = [];
    const seen = new Set<string>();
    for (;;) {
      const space = this.take(SPACE);
      const next = this.text[this.at];
      if (next === '>' || next === '/') return { attributes, declarations };
      if (space === '') this.fail('syntax');
      const at = this.at;
      this.count();
      const [prefix, name] = this.qualifiedName();
      const key = `${prefix}:${name}`;
      if (seen.has(key)) this.fail('attribute', at);
      seen.add(key);
      if (seen.size > this.limits.attributes) this.fail('tooMuch', at);
      this.take(SPACE);
      this.expect('=');
      this.take(SPACE);
      const value = this.attributeValue();
      if (prefix === '' && name === 'xmlns') declarations.push(this.declaration('', value, at));
      else if (prefix === 'xmlns') declarations.push(this.declaration(name, value, at));
      else attributes.push({ prefix, name, value, at });
    }
  }

  /** Namespaces in XML 1.0, sections 3 and 4. */
  private declaration(prefix: string, uri: string, at: number): XmlDeclaration {
    const isXml = prefix === 'xml' && uri === xmlNamespace;
    const isReserved =
      prefix === 'xml' || prefix === 'xmlns' || uri === xmlNamespace || uri === xmlnsNamespace;
    if (isReserved && !isXml) this.fail('namespace', at);
    if (uri === '' && prefix !== '') this.fail('namespace', at);
    if (uri !== '' && !ABSOLUTE.test(uri)) this.fail('namespace.relative', at);
    return { prefix, uri };
  }

  private resolveAttributes(raw: readonly RawAttribute[]): XmlAttribute[] {
    const seen = new Set<string>();
    return raw.map(({ prefix, name, value, at }) => {
      if (this.plain && prefix !== '') this.fail('attribute', at);
      const namespace = prefix === '' ? '' : this.resolved(prefix, at);
      // Two prefixes of one namespace can name the same attribute twice.
      const key = `${name} ${namespace}`;
      if (seen.has(key)) this.fail('attribute', at);
      seen.add(key);
      return { prefix, name, namespace, value };
    });
  }

  private attributeValue(): string {
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") this.fail('syntax');
    const start = this.at + 1;
    const end = this.text.indexOf(quote, start);
    if (end < 0) this.fail('unended');
    const raw = this.text.slice(start, end);
    const tag = raw.indexOf('<');
    if (tag >= 0) this.fail('syntax', start + tag);
    if (this.plain) this.refuseIn(raw, /[\t\r\n]/, start);
    this.at = end + 1;
    return this.unescape(raw, normaliseAttribute(raw), start);
  }

  /** Character data up to the next `<`. */
  private characters(): string {
    const start = this.at;
    const end = this.text.indexOf('<', start);
    if (end < 0) this.fail('unended', start);
    const raw = this.text.slice(start, end);
    this.refuseIn(raw, /\]\]>/, start);
    this.at = end;
    return this.unescape(raw, normaliseLines(raw), start);
  }

  private refuseIn(raw: string, what: RegExp, start: number): void {
    const found = raw.search(what);
    if (found >= 0) this.fail('syntax', start + found);
  }

  private unescape(raw: string, normalised: string, start: number): string {
    this.references += countReferences(raw);
    if (this.references > this.limits.references) this.fail('tooMuch', start);
    return resolveReferences(raw, normalised, start, this.plain);
  }

  private comment(): XmlComment {
    if (this.plain) this.fail('comment');
    this.count();
    const start = this.at + 4;
    const end = this.text.indexOf('--', start);
    if (end < 0) this.fail('unended');
    if (this.text[end + 2] !== '>') this.fail('comment', end);
    this.at = end + 3;
    return { kind: 'comment', value: normaliseLines(this.text.slice(start, end)) };
  }

  private isCdata(): boolean {
    return this.text.startsWith('<![CDATA[', this.at);
  }

  private cdata(): string {
    if (this.plain) this.fail('cdata');
    const start = this.at + 9;
    const end = this.text.indexOf(']]>', start);
    if (end < 0) this.fail('unended');
    this.at = end + 3;
    return normaliseLines(this.text.slice(start, end));
  }

  private instruction(): XmlInstruction {
    const start = this.at;
    if (this.plain) this.fail('instruction');
    this.count();
    this.at += 2;
    const target = this.take(ncName);
    // The XML declaration stands at the very beginning or nowhere.
    if (target === '' || /^xml$/i.test(target)) this.fail('instruction', start);
    const space = this.take(SPACE);
    const end = this.text.indexOf('?>', this.at);
    if (end < 0) this.fail('unended', start);
    if (space === '' && end !== this.at) this.fail('instruction', start);
    const value = normaliseLines(this.text.slice(this.at, end));
    this.at = end + 2;
    return { kind: 'instruction', target, value };
  }

  private qualifiedName(): [prefix: string, name: string] {
    const first = this.take(ncName);
    if (first === '') this.fail('syntax');
    if (!this.skip(':')) return ['', first];
    const second = this.take(ncName);
    if (second === '') this.fail('syntax');
    return [first, second];
  }

  private bind(prefix: string, uri: string): void {
    const stack = this.scope.get(prefix);
    if (stack === undefined) this.scope.set(prefix, [uri]);
    else stack.push(uri);
  }

  private resolve(prefix: string): string | undefined {
    return this.scope.get(prefix)?.at(-1);
  }

  private resolved(prefix: string, at: number): string {
    return this.resolve(prefix) ?? this.fail('prefix', at);
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes > this.limits.nodes) this.fail('tooMuch');
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private skip(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  private expect(token: string): void {
    if (!this.skip(token)) this.fail('syntax');
  }

  private fail(rule: string, offset = this.at): never {
    return fail(`xml.${rule}`, offset);
  }
}
