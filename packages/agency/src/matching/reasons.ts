import type { Comparison, Difference } from './compare.js';

/** Where on the ladder two values met. The first four are a match, `variant` is near, `none` is a mismatch. */
export type Rung = 'exact' | 'unicode' | 'folded' | 'substitution' | 'structure' | 'variant' | 'none';

export interface FieldMatch {
  readonly verdict: 'match' | 'near' | 'mismatch' | 'absent';
  readonly rung: Rung;
  /** One or two Japanese sentences for the officer: what differs, and where. */
  readonly reason: string;
}

const SOURCES = {
  joyo: '常用漢字表',
  unihan: 'Unihan',
  hand: '戸籍の慣用',
  agency: '機関の表',
} as const;

const sourceMark = (source: keyof typeof SOURCES) => `異体字の表: ${SOURCES[source]}`;
/** Stands in the reason of every match that rests on a row of the agency's own. */
export const ownRowMark = sourceMark('agency');

const SHOWN = 3;

export const mismatch = (reason: string): FieldMatch => ({ verdict: 'mismatch', rung: 'none', reason });

/** 2文字目 証明書「邉」申請「辺」（異体字：戸籍の慣用） */
export function placesOf(comparison: Comparison, only?: Difference['kind']): string {
  const chosen = comparison.differences.filter(({ kind }) => only === undefined || kind === only);
  const shown = chosen.slice(0, SHOWN).map(placeOf);
  const more = chosen.length > SHOWN ? `、ほか${chosen.length - SHOWN}か所` : '';
  return shown.join('、') + more;
}

function placeOf({ at, certificate, typed, row }: Difference): string {
  const source = row === undefined ? '' : `［${sourceMark(row.source)}］`;
  return `${at + 1}文字目 証明書「${visible(certificate)}」申請「${visible(typed)}」${source}`;
}

/** What cannot be seen is named: a zero-width space, a direction mark, half a surrogate pair. */
function visible(text: string): string {
  if (text === '') return 'なし';
  return Array.from(text, (ch) =>
    /[\p{C}\p{Z}]/u.test(ch) && ch !== '\u3000' && ch !== ' '
      ? `U+${(ch.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
      : ch,
  ).join('');
}

const SCRIPTS = [
  ['Latin', 'ラテン文字'],
  ['Cyrillic', 'キリル文字'],
  ['Greek', 'ギリシャ文字'],
  ['Katakana', 'カタカナ'],
  ['Hiragana', 'ひらがな'],
  ['Han', '漢字'],
] as const;

/**
 * Why two that look the same are not: カタカナのカと漢字の力, or a form that the certificate would have flagged. Empty where there is
 * nothing of the kind.
 */
export function differenceNote(comparison: Comparison): string {
  for (const { kind, certificate, typed, unflagged } of comparison.differences) {
    if (kind !== 'different') continue;
    if (unflagged) {
      return `「${typed}」は証明書で表せない字体ですが、証明書のその位置に代替文字の印がないため、登録されている文字は「${certificate}」です。`;
    }
    const [mine, theirs] = [scriptOf(certificate), scriptOf(typed)];
    if (mine !== undefined && theirs !== undefined && mine !== theirs) {
      return `証明書の「${certificate}」は${mine}、申請の「${typed}」は${theirs}です。`;
    }
  }
  return '';
}

function scriptOf(text: string): string | undefined {
  if (text === 'ー' || text === 'ｰ') return '長音符号';
  return SCRIPTS.find(([script]) => new RegExp(`^\\p{Script=${script}}$`, 'u').test(text))?.[1];
}
