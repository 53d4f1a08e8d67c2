import { type FieldMatch, mismatch } from './reasons.js';

const LONGEST = 1000;
const DASHES = /[-‐‑‒–—―−－ーｰ〜～]/gu;
/** ァ→ア, ッ→ツ, ャ→ヤ, ヮ→ワ, ヵ→カ, ヶ→ケ. */
const SMALL = 'ァィゥェォッャュョヮヵヶ';
const LARGE = 'アイウエオツヤユヨワカケ';
/** The vowel that a long mark after this kana stands for. */
const VOWELS: readonly (readonly [string, string])[] = [
  ['ア', 'アカガサザタダナハバパマヤラワ'],
  ['イ', 'イキギシジチヂニヒビピミリヰ'],
  ['ウ', 'ウクグスズツヅヌフブプムユルヴ'],
  ['エ', 'エケゲセゼテデネヘベペメレヱ'],
  ['オ', 'オコゴソゾトドノホボポモヨロヲ'],
];

/** Each lets two readings meet that people write in more than one way; the words say what they have done. */
const LOOSER: readonly (readonly [string, (text: string) => string])[] = [
  ['小さい文字と大きい文字', large],
  ['濁点・半濁点', (text) => text.normalize('NFD').replaceAll(/[\u3099\u309A]/g, '')],
  ['ヂとジ、ヅとズ', (text) => text.replaceAll('ヂ', 'ジ').replaceAll('ヅ', 'ズ')],
  [
    'ヲとオ、ヱとエ、ヰとイ',
    (text) => text.replaceAll('ヲ', 'オ').replaceAll('ヱ', 'エ').replaceAll('ヰ', 'イ'),
  ],
  ['長音の書き方', longVowels],
];

/**
 * Compares two readings (フリガナ) of a name, as a register or an applicant gives them. Half width, hiragana, spaces, dashes for the
 * long mark and separate voicing marks are one way to write (`folded`). Small kana, voicing marks and long vowels that differ are
 * `near`: passports and old records leave them out, and キヨ and キョ are also two names. Never throws.
 */
export function matchKana(record: string, typed: string): FieldMatch {
  if (typed.trim() === '')
    return { verdict: 'absent', rung: 'none', reason: '申請にフリガナが書かれていません。' };
  if (record.trim() === '') return mismatch('記録にフリガナがありません。');
  if (record === typed) return { verdict: 'match', rung: 'exact', reason: '完全に一致します。' };
  if (record.length > LONGEST || typed.length > LONGEST) {
    return mismatch('フリガナが長すぎて比べられません。');
  }
  const [mine, theirs] = [plain(record), plain(typed)];
  const stranger = Array.from(mine + theirs).find((ch) => !/[ァ-ヶー]/u.test(ch));
  if (mine === theirs) {
    return {
      verdict: 'match',
      rung: 'folded',
      reason: '全角・半角、ひらがな・カタカナ、空白の違いのみです。',
    };
  }
  if (stranger === undefined) {
    const words = differences(mine, theirs);
    if (words !== undefined) {
      return {
        verdict: 'near',
        rung: 'variant',
        reason: `${words.join('と')}が違います（記録「${record}」申請「${typed}」）。目で確かめてください。`,
      };
    }
  }
  const at = Array.from(mine).findIndex((ch, index) => Array.from(theirs)[index] !== ch);
  const place = (at < 0 ? Array.from(mine).length : at) + 1;
  return mismatch(`フリガナが${place}文字目から違います（記録「${record}」申請「${typed}」）。`);
}

/** The looser ways that are needed, fewest first; undefined when even all of them do not bring the two together. */
function differences(mine: string, theirs: string): readonly string[] | undefined {
  const sets = Array.from({ length: (1 << LOOSER.length) - 1 }, (_, at) =>
    LOOSER.filter((_, bit) => (at + 1) & (1 << bit)),
  ).sort((a, b) => a.length - b.length);
  const chosen = sets.find((set) => {
    const loosened = (text: string) => set.reduce((found, [, loosen]) => loosen(found), text);
    return loosened(mine) === loosened(theirs);
  });
  return chosen?.map(([words]) => words);
}

function plain(text: string): string {
  return text
    .replaceAll(DASHES, 'ー')
    .normalize('NFKC')
    .replaceAll(/[\s・]/gu, '')
    .replaceAll(/[ぁ-ゖ]/gu, (ch) => String.fromCharCode(ch.charCodeAt(0) + 0x60));
}

function large(text: string): string {
  return text.replaceAll(/[ァィゥェォッャュョヮヵヶ]/gu, (ch) => LARGE[SMALL.indexOf(ch)] ?? ch);
}

/** ヨーコ, ヨウコ, ヨオコ → ヨオコ: a long mark, and ウ after an o-sound, become the vowel. */
function longVowels(text: string): string {
  let before = '';
  let written = '';
  for (const ch of text) {
    const vowel = VOWELS.find(([, kana]) => kana.includes(large(before)))?.[0];
    const now =
      before !== '' && vowel !== undefined && (ch === 'ー' || (ch === 'ウ' && vowel === 'オ')) ? vowel : ch;
    written += now;
    before = now;
  }
  return written;
}
