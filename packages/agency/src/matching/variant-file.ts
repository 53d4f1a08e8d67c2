// Tables of character forms as files: one row a line, `kind TAB forms TAB source [TAB note]`, `#` begins a comment.

import { isInRepertoire } from './repertoire.js';

export type VariantKind = 'variant' | 'between-kanji' | 'substitute';

/** Where a row comes from; an agency's own rows say `agency`. */
type VariantSource = 'joyo' | 'unihan' | 'hand' | 'agency';

export interface VariantRow {
  readonly kind: VariantKind;
  /** Two or more characters, each one code point. Of a substitute the first is the one that no certificate can show. */
  readonly forms: readonly string[];
  readonly source: VariantSource;
  readonly note: string;
}

/** What is wrong with a line of a table, in words for who keeps it. */
export interface VariantFault {
  /** From 1. */
  readonly line: number;
  readonly rule: 'columns' | 'kind' | 'source' | 'forms' | 'script' | 'neverTheSame' | 'repertoire' | 'size';
  readonly message: string;
}

const kinds: readonly string[] = ['variant', 'between-kanji', 'substitute'] satisfies VariantKind[];
const sources: readonly string[] = ['joyo', 'unihan', 'hand', 'agency'] satisfies VariantSource[];
const MOST_CHARACTERS = 2_000_000;
const MOST_FAULTS = 50;

/** Characters that look alike and are not the same: no table may join two of one group. */
// biome-ignore format: a list to read at a glance
const NEVER_THE_SAME = [
  '土士', '未末', '己已巳', '日曰', '人入', '干千于', '天夭', '大太犬', '王玉', '戊戌戍', '斤斥', '鳥烏', '萩荻', '網綱',
  '緑縁', '候侯', '孤弧', '口ロ', '力カ', '二ニ', '八ハ', '工エ', '夕タ', '卜ト', '一ー', '刀刃', '午牛', '石右', '友反',
];

/** Reads a table. Any bad row refuses the whole file, and every bad row is told with its line. Never throws. */
export function parseVariantFile(
  text: string,
): { ok: true; rows: readonly VariantRow[] } | { ok: false; faults: readonly VariantFault[] } {
  if (text.length > MOST_CHARACTERS) {
    return {
      ok: false,
      faults: [{ line: 1, rule: 'size', message: 'The table is larger than 2 million characters.' }],
    };
  }
  const rows: VariantRow[] = [];
  const faults: VariantFault[] = [];
  text.split('\n').forEach((raw, at) => {
    const line = (at === 0 ? raw.replace(/^\uFEFF/, '') : raw).replace(/\r$/, '');
    if (line.trim() === '' || line.startsWith('#') || faults.length >= MOST_FAULTS) return;
    const read = readRow(line);
    if ('rule' in read) faults.push({ line: at + 1, ...read });
    else rows.push(read);
  });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, rows };
}

function readRow(line: string): VariantRow | Omit<VariantFault, 'line'> {
  const [kind = '', joined = '', source = '', note = '', ...more] = line
    .split('\t')
    .map((cell) => cell.trim());
  if (joined === '' || source === '' || more.length > 0) {
    return { rule: 'columns', message: 'A row is kind, forms, source and note, with one tab between them.' };
  }
  if (!isOneOf<VariantKind>(kinds, kind)) {
    return { rule: 'kind', message: `The kind is “${kind}”; it can be ${kinds.join(', ')}.` };
  }
  if (!isOneOf<VariantSource>(sources, source)) {
    return { rule: 'source', message: `The source is “${source}”; it can be ${sources.join(', ')}.` };
  }
  const forms = Array.from(joined);
  if (forms.length < 2 || forms.length > 12 || new Set(forms).size !== forms.length) {
    return { rule: 'forms', message: `“${joined}”: two to twelve characters, each another.` };
  }
  const allowed = kind === 'between-kanji' ? /^[\p{Script=Han}ぁ-ヺ]$/u : /^\p{Script=Han}$/u;
  const stranger = forms.find((form) => !allowed.test(form));
  if (stranger !== undefined) {
    const code = stranger.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return { rule: 'script', message: `U+${code} is no kanji${kind === 'between-kanji' ? ' or kana' : ''}.` };
  }
  for (const group of NEVER_THE_SAME) {
    const both = forms.filter((form) => group.includes(form));
    if (both.length > 1) {
      return {
        rule: 'neverTheSame',
        message: `${both.join(' and ')} look alike and are different characters.`,
      };
    }
  }
  if (kind === 'substitute' && (isInRepertoire(forms[0] ?? '') || !forms.slice(1).every(isInRepertoire))) {
    return {
      rule: 'repertoire',
      message: `“${joined}”: the first must be a character that no certificate can show, the others ones that it can (JIS X 0208 and 0212).`,
    };
  }
  return { kind, forms, source, note };
}

function isOneOf<T extends string>(list: readonly string[], text: string): text is T {
  return list.includes(text);
}
