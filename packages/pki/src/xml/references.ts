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

/** Where the n-th ampersand stands: normalising moves references, but never past each other. */
function nthAmpersand(raw: string, n: number): number {
  let at = -1;
  for (let i = 0; i < n; i++) at = raw.indexOf('&', at + 1);
  return at;
}

/** Line ends as XML 1.0 2.11 has them: CRLF and CR are LF. */
export function normaliseLines(raw: string): string {
  return raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
}
