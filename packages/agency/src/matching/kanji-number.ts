export const KANJI_NUMBER = '〇零一二三四五六七八九十百千';

const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** 二十三 → 23, 一〇五 → 105, 百二 → 102. */
export function kanjiToDigits(text: string): string {
  if (!/[十百千]/.test(text)) return Array.from(text, (ch) => Math.max(0, digitOf(ch))).join('');
  let total = 0;
  let digit = 0;
  for (const ch of text) {
    const unit = UNITS[ch];
    if (unit === undefined) {
      digit = Math.max(0, digitOf(ch));
    } else {
      total += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
    }
  }
  return String(total + digit);
}

function digitOf(ch: string): number {
  return ch === '零' ? 0 : '〇一二三四五六七八九'.indexOf(ch);
}
