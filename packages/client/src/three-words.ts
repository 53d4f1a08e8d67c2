import type { Words } from '@madoguchi/ui';

/** One text in the three registers; furigana as `{漢字|かんじ}`. */
export function w(ja: string, jaEasy: string, en: string): Words {
  return { ja, jaEasy, en };
}

/** A name, a number: the same in every register. */
export function same(text: string): Words {
  return w(text, text, text);
}
