import { fail } from '../der/fault.js';
import { notXml } from './names.js';

const REFERENCE = /&(?:#x([0-9A-Fa-f]{1,8})|#([0-9]{1,8})|([A-Za-z]{1,8}));|&/g;
const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Resolves character references and the five predefined entities in text that is otherwise normalised: what they stand for is not
 * normalised again. `raw` is the text as it stands in the document from `start` on, to tell where a fault is. `plain` refuses
 * character references. Throws DerFault.
 */
export function resolveReferences(raw: string, normalised: string, start: number, plain: boolean): string {
  if (!raw.includes('&')) return normalised;
  let found = 0;
  return normalised.replace(REFERENCE, (_, hex?: string, decimal?: string, entity?: string) => {
    found += 1;
    const read = referenced(hex, decimal, entity, plain);
    return 'rule' in read ? fail(read.rule, start + nthAmpersand(raw, found)) : read.character;
  });
}

function referenced(
  hex: string | undefined,
  decimal: string | undefined,
  entity: string | undefined,
  plain: boolean,
): { character: string } | { rule: string } {
  const digits = hex ?? decimal;
  if (digits === undefined) {
    const character = ENTITIES.get(entity ?? '');
    return character === undefined ? { rule: 'xml.entity' } : { character };
  }
  const bad = { rule: 'xml.characterReference' };
  const code = Number.parseInt(digits, hex === undefined ? 10 : 16);
  if (plain || code > 0x10ffff) return bad;
  const character = String.fromCodePoint(code);
  return notXml.test(character) ? bad : { character };
}

/** How many references there are at most. */
export function countReferences(raw: string): number {
  let count = 0;
  for (let at = raw.indexOf('&'); at >= 0; at = raw.indexOf('&', at + 1)) count += 1;
  return count;
}

/** Where the n-th ampersand stands: normalising moves references, but never past each other. */
function nthAmpersand(raw: string, n: number): number {
  let at = -1;
  for (let i = 0; i < n; i++) at = raw.indexOf('&', at + 1);
  return at;
}

const [TAB, LF, CR, SPACE] = [9, 10, 13, 32];

/** Line ends as XML 1.0 2.11 has them: CRLF and CR are LF. */
export function normaliseLines(raw: string): string {
  return raw.includes('\r') ? withBreaks(raw, LF, TAB) : raw;
}

/** Attribute values as 3.3.3 has them: line ends and tabs are spaces. */
export function normaliseAttribute(raw: string): string {
  return /[\t\r\n]/.test(raw) ? withBreaks(raw, SPACE, SPACE) : raw;
}

/** On octets, because replacing millions of characters in a string takes seconds. */
function withBreaks(raw: string, lineEnd: number, tab: number): string {
  const bytes = Buffer.from(raw);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const octet = bytes[at] ?? 0;
    if (octet === CR && bytes[at + 1] === LF) at += 1;
    bytes[length] = octet === CR || octet === LF ? lineEnd : octet === TAB ? tab : octet;
    length += 1;
  }
  return bytes.toString('utf8', 0, length);
}
