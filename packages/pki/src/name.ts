import { BackwardWriter } from './der/backward.js';
import { attempt, fail, type Parsed } from './der/fault.js';
import { asBuffer, bytesOf, Reader, type Tlv, wholeTlv } from './der/read.js';
import { tags } from './der/tags.js';
import { readOid, readString } from './der/values.js';
import { oid, printableString } from './der/write.js';
import { attributeTypes } from './oids.js';

/** One attribute of a name. A value that is no character string is given as `#` and its DER in hexadecimal. */
export interface NameAttribute {
  type: string;
  value: string;
  /** The identifier octet of the value, for those who care how it was written. */
  tag: number;
}

/** A distinguished name: its exact bytes, and its attributes from the most general RDN on. */
export interface Name {
  der: Uint8Array;
  rdns: NameAttribute[][];
}

/** Enough for any real name; more is an attack on the comparison. */
const maximumRdns = 64;

/** A Name element read by somebody else. Throws DerFault. */
export function readName(tlv: Tlv): Name {
  return new ReadName(bytesOf(tlv), readRdns(tlv));
}

/**
 * The same for a name that comes in one certificate after another: an issuer's, a distribution point's. A few hundred of them are
 * remembered by their bytes and share their (frozen) attributes. Throws DerFault.
 */
export function readCommonName(tlv: Tlv): Name {
  if (tlv.end - tlv.start > longestRemembered) return readName(tlv);
  const encoded = asBuffer(tlv.bytes).toString('latin1', tlv.start, tlv.end);
  let known = common.get(encoded);
  if (known === undefined) {
    const rdns = readRdns(tlv);
    for (const rdn of rdns) {
      for (const attribute of rdn) Object.freeze(attribute);
      Object.freeze(rdn);
    }
    known = { rdns: Object.freeze(rdns) as NameAttribute[][], keys: makeKeys(rdns) };
    if (common.size >= maximumRemembered) common.clear();
    common.set(encoded, known);
  }
  return new ReadName(bytesOf(tlv), known.rdns, known.keys);
}

function readRdns(tlv: Tlv): NameAttribute[][] {
  if (tlv.tag !== tags.sequence) fail('name.sequence', tlv.start);
  const rdns: NameAttribute[][] = [];
  const outer = new Reader(tlv.bytes, tlv.content, tlv.contentEnd);
  while (outer.more) {
    if (rdns.length >= maximumRdns) fail('name.size', outer.offset);
    rdns.push(readRdn(outer.next(tags.set, 'name.rdn')));
  }
  return rdns;
}

/** The attributes of one RelativeDistinguishedName, whose tag may be implicit. Throws DerFault. */
export function readRdn(tlv: Tlv): NameAttribute[] {
  const attributes: NameAttribute[] = [];
  const set = new Reader(tlv.bytes, tlv.content, tlv.contentEnd);
  do {
    if (attributes.length >= maximumRdns) fail('name.size', set.offset);
    const pair = set.sequence('name.attribute');
    const type = readOid(pair.next(tags.oid, 'name.type'));
    const value = pair.next();
    pair.close();
    const text = readString(value);
    attributes.push({
      type,
      value: text ?? `#${Buffer.from(bytesOf(value)).toString('hex')}`,
      tag: value.tag,
    });
  } while (set.more);
  return attributes;
}

/** A Name from its DER. */
export function parseName(der: Uint8Array): Parsed<Name> {
  return attempt(() => readName(wholeTlv(der)));
}

const shortNames = new Map<string, string>([
  [attributeTypes.commonName, 'CN'],
  [attributeTypes.serialNumber, 'serialNumber'],
  [attributeTypes.country, 'C'],
  [attributeTypes.locality, 'L'],
  [attributeTypes.stateOrProvince, 'ST'],
  [attributeTypes.organization, 'O'],
  [attributeTypes.organizationalUnit, 'OU'],
  [attributeTypes.domainComponent, 'DC'],
  [attributeTypes.emailAddress, 'emailAddress'],
]);
const typesByShortName = new Map([...shortNames].map(([type, short]) => [short, type]));

/** For people: `C=JP, O=JPKI-DEMO, …` from the most general on; parts of one RDN are joined by `+`. Not for comparing. */
export function nameToString(name: Name): string {
  return name.rdns
    .map((rdn) =>
      rdn
        .map(({ type, value }) => `${shortNames.get(type) ?? type}=${value.replace(/[\\,+=]/g, '\\$&')}`)
        .join('+'),
    )
    .join(', ');
}

/** All values of one attribute type, in order. */
export function nameValues(name: Name, type: string): string[] {
  return name.rdns.flat().flatMap((attribute) => (attribute.type === type ? [attribute.value] : []));
}

/**
 * A name's DER from pairs like ['C','JP'] or ['2.5.4.5','99201'], one RDN each. C and serialNumber become
 * PrintableString, all others UTF8String. Throws RangeError on an attribute it does not know: the caller's mistake.
 */
export function buildName(parts: readonly (readonly [string, string])[]): Uint8Array {
  writer.clear();
  for (let index = parts.length - 1; index >= 0; index--) {
    const [key, value] = parts[index] ?? ['', ''];
    const type = typesByShortName.get(key) ?? key;
    const since = writer.written;
    if (type === attributeTypes.country || type === attributeTypes.serialNumber)
      writer.put(printableString(value));
    else writer.text(tags.utf8String, value);
    writer.put(oid(type));
    writer.wrap(tags.sequence, since);
    writer.wrap(tags.set, since);
  }
  writer.wrap(tags.sequence, 0);
  return writer.finish();
}

/** Each name is finished in the turn it was begun in. */
const writer = new BackwardWriter(1024);

interface NameKeys {
  whole: string;
  rdns: string[];
}

/** A name that was read; it remembers its keys, because issuers are compared again and again. */
class ReadName implements Name {
  readonly der: Uint8Array;
  readonly rdns: NameAttribute[][];
  #keys: NameKeys | undefined;

  constructor(der: Uint8Array, rdns: NameAttribute[][], keys?: NameKeys) {
    this.der = der;
    this.rdns = rdns;
    this.#keys = keys;
  }

  static keysOf(name: Name): NameKeys {
    if (!(name instanceof ReadName)) return makeKeys(name.rdns);
    name.#keys ??= makeKeys(name.rdns);
    return name.#keys;
  }
}

const common = new Map<string, { rdns: NameAttribute[][]; keys: NameKeys }>();
const maximumRemembered = 512;
const longestRemembered = 1024;

const { keysOf } = ReadName;

function makeKeys(rdns: readonly NameAttribute[][]): NameKeys {
  const keys = rdns.map(rdnKey);
  return { whole: JSON.stringify(keys), rdns: keys };
}

/** Equal names have equal keys, by the rules of RFC 5280 7.1 (and 4518): for maps and for comparing. */
export function nameKey(name: Name): string {
  return keysOf(name).whole;
}

/** The same, for the name with one more RDN behind it. */
export function extendedNameKey(name: Name, rdn: readonly NameAttribute[]): string {
  return JSON.stringify([...keysOf(name).rdns, rdnKey(rdn)]);
}

/** The key of one RDN: its attributes in an order of their own, since a SET has none. */
function rdnKey(rdn: readonly NameAttribute[]): string {
  return JSON.stringify(
    rdn.map(({ type, value, tag }) => [type, isString(tag) ? `=${prepare(value)}` : value]).sort(),
  );
}

const stringTags = new Set<number>([
  tags.utf8String,
  tags.numericString,
  tags.printableString,
  tags.t61String,
  tags.ia5String,
  tags.visibleString,
  tags.universalString,
  tags.bmpString,
]);

function isString(tag: number): boolean {
  return stringTags.has(tag);
}

/** What is mapped to nothing before names are compared (RFC 4518 2.2): controls, joiners, marks of direction, variation selectors, tags. */
const ignorable = new RegExp(
  `[${[
    '\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u00ad\\u034f\\u06dd\\u070f\\u1806\\u180b-\\u180e\\u200b-\\u200f\\u202a-\\u202e',
    '\\u2060-\\u2064\\u206a-\\u206f\\ufe00-\\ufe0f\\ufeff\\ufff9-\\ufffc\\u{1d173}-\\u{1d17a}\\u{e0001}\\u{e0020}-\\u{e007f}',
  ].join('')}]`,
  'gu',
);

/** Case folded, compatibility characters resolved, ignorable ones dropped, white space trimmed and folded to one blank (RFC 4518 2). */
function prepare(value: string): string {
  // Nearly all names are ASCII, for which that is all.
  if (/^[ -~]*$/.test(value)) return value.toLowerCase().replace(/ {2,}/g, ' ').trim();
  return foldCase(value.replace(ignorable, '').normalize('NFKC'))
    .normalize('NFKC')
    .replace(/[\s\u0085]+/g, ' ')
    .trim();
}

/** Over capitals, for folding is more than small letters (RFC 3454 B.2): ß is ss, a sigma is one letter wherever it stands; ı stays itself. */
function foldCase(value: string): string {
  return value.replace(/[^\u0131]+/gu, (text) => text.toUpperCase().toLowerCase());
}

/** Whether two names are the same by RFC 5280 7.1: case and inner white space do not count, nor does the string type. */
export function namesEqual(a: Name, b: Name): boolean {
  if (a.rdns.length !== b.rdns.length) return false;
  if (Buffer.compare(a.der, b.der) === 0) return true;
  // From the most special on: names of one authority's holders begin alike.
  for (let index = a.rdns.length - 1; index >= 0; index--) {
    const [left, right] = [a.rdns[index] ?? [], b.rdns[index] ?? []];
    if (left.length !== right.length) return false;
    if (left.length === 1 && left[0]?.type !== right[0]?.type) return false;
    if (rdnKey(left) !== rdnKey(right)) return false;
  }
  return true;
}

/** Whether `name` lies in the subtree of directory names under `base`: the same RDNs, then any more. */
export function nameWithin(name: Name, base: Name): boolean {
  const { rdns } = keysOf(name);
  return keysOf(base).rdns.every((rdn, index) => rdns[index] === rdn);
}

/** Whether a Name has no RDN at all. */
export function isEmptyName(name: Name): boolean {
  return name.rdns.length === 0;
}
