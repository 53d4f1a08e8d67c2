import { attempt, fail, type Parsed } from '../der/fault.js';

/** An element of the small XML we read: names are resolved, so prefixes do not matter. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  /** Attributes without a namespace; namespace declarations are not among them. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Character data directly inside, joined. */
  readonly text: string;
  /** Index into the text of the document. */
  readonly offset: number;
}

const MAX_DEPTH = 16;
const MAX_ELEMENTS = 20_000;
const NAME = /[A-Za-z_][A-Za-z0-9_.-]*/y;
const SPACE = /[ \t\r\n]*/y;
const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Reads the part of XML 1.0 that a container's manifest needs: elements, attributes, text, namespaces, the five predefined
 * entities. Everything by which two readers could come to see two documents is refused with its own rule: DTD, comments,
 * CDATA, processing instructions, character references, encodings other than UTF-8, attributes with a namespace, characters
 * XML does not allow. On bad input: the rule `xml.…` and the offset in characters.
 */
export function parseXml(bytes: Uint8Array): Parsed<XmlElement> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { ok: false, rule: 'xml.encoding', offset: 0 };
  }
  return attempt(() => new XmlReader(text).document());
}

/** A cursor over the text: the life of one parse. */
class XmlReader {
  private at = 0;
  private elements = 0;

  constructor(private readonly text: string) {}

  document(): XmlElement {
    const odd = this.text.search(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
    if (odd >= 0) this.fail('character', odd);
    const declaration =
      /^<\?xml version=(["'])1\.0\1(?: encoding=(["'])(?:UTF|utf)-8\2)?(?: standalone=(["'])(?:yes|no)\3)? ?\?>/;
    this.at = declaration.exec(this.text)?.[0].length ?? 0;
    this.take(SPACE);
    const root = this.element(new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]), 0);
    this.take(SPACE);
    if (this.at !== this.text.length) this.fail(this.kindOfMarkup('trailing'));
    return root;
  }

  private element(outer: ReadonlyMap<string, string>, depth: number): XmlElement {
    const offset = this.at;
    this.elements += 1;
    if (depth > MAX_DEPTH || this.elements > MAX_ELEMENTS) this.fail('tooMuch');
    if (this.text[this.at] !== '<') this.fail('syntax');
    if (/[!?]/.test(this.text[this.at + 1] ?? '')) this.fail(this.kindOfMarkup('syntax'));
    this.at += 1;
    const tag = this.qualifiedName();
    const [attributes, scope] = this.attributes(outer);
    const name = tag.split(':');
    const local = name.pop() ?? '';
    const prefix = name[0] ?? '';
    const namespace = scope.get(prefix) ?? (prefix === '' ? '' : this.fail('prefix', offset));
    const children: XmlElement[] = [];
    let text = '';
    if (!this.skip('/>')) {
      this.expect('>');
      while (!this.skip('</')) {
        if (this.text[this.at] === '<') children.push(this.element(scope, depth + 1));
        else text += this.characters('<');
      }
      if (this.qualifiedName() !== tag) this.fail('endTag');
      this.take(SPACE);
      this.expect('>');
    }
    return { namespace, name: local, attributes, children, text, offset };
  }

  private attributes(outer: ReadonlyMap<string, string>): [Map<string, string>, ReadonlyMap<string, string>] {
    const attributes = new Map<string, string>();
    const scope = new Map(outer);
    const declared = new Set<string>();
    for (;;) {
      const space = this.take(SPACE);
      if (this.text[this.at] === '>' || this.text[this.at] === '/') return [attributes, scope];
      if (space === '') this.fail('syntax');
      const start = this.at;
      const name = this.qualifiedName();
      this.expect('=');
      const quote = this.text[this.at] ?? '';
      if (quote !== '"' && quote !== "'") this.fail('syntax');
      this.at += 1;
      const value = this.text[this.at] === quote ? '' : this.characters(quote);
      this.expect(quote);
      if (name === 'xmlns' || name.startsWith('xmlns:')) {
        const prefix = name.slice(6);
        if (declared.has(prefix) || prefix === 'xml' || prefix === 'xmlns') this.fail('attribute', start);
        if (prefix !== '' && value === '') this.fail('attribute', start);
        declared.add(prefix);
        scope.set(prefix, value);
      } else {
        if (attributes.has(name) || name.includes(':')) this.fail('attribute', start);
        attributes.set(name, value);
      }
    }
  }

  /** Character data up to, without, the stop character. */
  private characters(stop: string): string {
    const start = this.at;
    const end = this.text.indexOf(stop, start);
    if (end < 0) this.fail('unended', start);
    const raw = this.text.slice(start, end);
    const inner = raw.search(stop === '<' ? /\]\]>/ : /[<\t\r\n]/);
    if (inner >= 0) this.fail('syntax', start + inner);
    this.at = end;
    return raw.replace(/&([^;]*)(;?)/g, (_, entity: string, mark: string, index: number) => {
      if (entity.startsWith('#')) this.fail('characterReference', start + index);
      const character = mark === ';' ? ENTITIES.get(entity) : undefined;
      return character ?? this.fail('entity', start + index);
    });
  }

  private qualifiedName(): string {
    const first = this.take(NAME);
    if (first === '') this.fail(this.kindOfMarkup('syntax'));
    if (!this.skip(':')) return first;
    const second = this.take(NAME);
    if (second === '') this.fail('syntax');
    return `${first}:${second}`;
  }

  private kindOfMarkup(otherwise: string): string {
    const rest = this.text.slice(this.at, this.at + 9);
    if (rest.startsWith('<!--')) return 'comment';
    if (rest.startsWith('<![CDATA[')) return 'cdata';
    if (rest.startsWith('<!')) return 'dtd';
    if (rest.startsWith('<?')) return 'instruction';
    return otherwise;
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

/** Escapes text for element content and double-quoted attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
