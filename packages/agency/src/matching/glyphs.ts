import { isInRepertoire } from './repertoire.js';

/** One character on its way through the comparison. */
export interface Glyph {
  /** Folded: ASCII for everything that has a full-width twin, `-` for every dash, one space for every space. */
  readonly ch: string;
  /** As it was written, for the reason. */
  readonly raw: string;
  /** The certificate's substitution flag: true = another character stands in the register. Undefined: not known. */
  readonly substituted: boolean | undefined;
  /** True when no certificate can show it. */
  readonly outside: boolean;
}

const DASHES = new Set('-‐‑‒–—―−－ーｰ〜～﹣');
const SPACE = /\s/u;
const VARIATION = /[\u{E0100}-\u{E01EF}\uFE00-\uFE0F]/u;

/** Strips variation selectors and composes (NFC): what rung `unicode` compares. */
export function unicodeForm(text: string): string {
  return text.replaceAll(/[\u{E0100}-\u{E01EF}\uFE00-\uFE0F]/gu, '').normalize('NFC');
}

/**
 * Cuts a text into folded glyphs. `flags` has one digit per character of the certificate's string; when its length does not
 * fit it is not believed. For a typed text leave it out.
 */
export function toGlyphs(text: string, flags?: string): Glyph[] {
  const plain = Array.from(text);
  const known = flags !== undefined && flags.length === plain.length ? flags : undefined;
  // With flags each character keeps its place; a certificate has no half-width letters anyway.
  const characters = known === undefined ? Array.from(composeKana(text)) : plain;
  const glyphs: Glyph[] = [];
  characters.forEach((raw, at) => {
    if (VARIATION.test(raw)) return;
    const ch = foldCharacter(raw);
    const flag = known?.[at];
    glyphs.push({
      ch,
      raw,
      substituted: flag === undefined ? undefined : flag === '1',
      outside: ch.codePointAt(0) !== undefined && ch > '\x7f' && !isInRepertoire(ch),
    });
  });
  return glyphs;
}

/** Half-width katakana and kana with a separate voicing mark become one character. */
function composeKana(text: string): string {
  return text
    .replaceAll(/[\uFF66-\uFF9F]+/g, (run) => run.normalize('NFKC'))
    .replaceAll(/[\u3041-\u30FF][\u3099\u309A]/g, (pair) => pair.normalize('NFC'));
}

function foldCharacter(raw: string): string {
  if (DASHES.has(raw)) return '-';
  if (SPACE.test(raw)) return ' ';
  const code = raw.codePointAt(0) ?? 0;
  const ascii = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : raw;
  return ascii >= 'a' && ascii <= 'z' && ascii.length === 1 ? ascii.toUpperCase() : ascii;
}

/** Without spaces, except one between two digits: 3 101 is not 31 01. */
export function withoutSpaces(glyphs: readonly Glyph[]): Glyph[] {
  return glyphs.filter((glyph, at) => {
    if (glyph.ch !== ' ') return true;
    if (glyphs[at - 1]?.ch === ' ') return false;
    const next = glyphs.slice(at).find((other) => other.ch !== ' ');
    return isDigit(glyphs[at - 1]?.ch) && isDigit(next?.ch);
  });
}

function isDigit(ch: string | undefined): boolean {
  return ch !== undefined && ch >= '0' && ch <= '9' && ch.length === 1;
}

export function textOf(glyphs: readonly Glyph[]): string {
  return glyphs.map((glyph) => glyph.raw).join('');
}

/** One UTF-16 unit per glyph, so that a pattern's positions are glyph positions. */
export function shapeOf(glyphs: readonly Glyph[]): string {
  return glyphs.map((glyph) => (glyph.ch.length === 1 ? glyph.ch : '\uFFFD')).join('');
}

/** Replaces what the pattern (with flag g) finds; the replacement's glyphs are plain. */
export function rewrite(glyphs: readonly Glyph[], pattern: RegExp, make: (found: string) => string): Glyph[] {
  const shape = shapeOf(glyphs);
  const result: Glyph[] = [];
  let from = 0;
  for (const match of shape.matchAll(pattern)) {
    result.push(...glyphs.slice(from, match.index));
    for (const ch of make(match[0])) result.push({ ch, raw: ch, substituted: false, outside: false });
    from = match.index + match[0].length;
  }
  result.push(...glyphs.slice(from));
  return result;
}
