/** Namespace of the prefix `xml`, bound without a declaration. */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/** An attribute; namespace declarations are not among them. */
export interface XmlAttribute {
  readonly prefix: string;
  readonly name: string;
  /** Empty without a prefix: the default namespace is not for attributes. */
  readonly namespace: string;
  readonly value: string;
}

/** `xmlns:prefix="uri"`; the default namespace has the empty prefix, and an empty uri takes it back. */
export interface XmlDeclaration {
  readonly prefix: string;
  readonly uri: string;
}

/** An element with its names resolved. `start`, `contentEnd`, `end` index into the text of the document (UTF-16 units). */
export interface XmlElement {
  readonly kind: 'element';
  readonly prefix: string;
  /** Local name. */
  readonly name: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly declarations: readonly XmlDeclaration[];
  readonly children: readonly XmlNode[];
  readonly parent: XmlElement | undefined;
  readonly start: number;
  /** Where the end tag begins; for `<a/>` the place of its slash. */
  readonly contentEnd: number;
  readonly end: number;
}

/** Character data, line ends as LF, references resolved, CDATA sections like any text. */
interface XmlText {
  readonly kind: 'text';
  readonly value: string;
}

export interface XmlComment {
  readonly kind: 'comment';
  readonly value: string;
}

export interface XmlInstruction {
  readonly kind: 'instruction';
  readonly target: string;
  readonly value: string;
}

/** What may stand inside an element. */
export type XmlNode = XmlElement | XmlText | XmlComment | XmlInstruction;

/** A whole document: its root, and the comments and instructions around it. */
export interface XmlDocument {
  readonly kind: 'document';
  readonly text: string;
  readonly before: readonly (XmlComment | XmlInstruction)[];
  readonly root: XmlElement;
  readonly after: readonly (XmlComment | XmlInstruction)[];
}

export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => child.kind === 'element');
}

export function isNamed(element: XmlElement, namespace: string, name: string): boolean {
  return element.name === name && element.namespace === namespace;
}

/** The value of an attribute without a namespace. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((each) => each.name === name && each.namespace === '')?.value;
}

/**
 * The text of an element that has nothing but text. Undefined where there is anything else: a comment in the middle of a value would let
 * one reader see half of it.
 */
export function onlyText(element: XmlElement): string | undefined {
  const [first, ...others] = element.children;
  if (first === undefined) return '';
  return first.kind === 'text' && others.length === 0 ? first.value : undefined;
}

/** From the element's parent up to the root. */
export function ancestorsOf(element: XmlElement): XmlElement[] {
  const ancestors: XmlElement[] = [];
  for (let at = element.parent; at !== undefined; at = at.parent) ancestors.push(at);
  return ancestors;
}

/** Every element under and with this one, in document order. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) if (child.kind === 'element') yield* descendants(child);
}
