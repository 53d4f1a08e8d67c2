import type { Words } from '@madoguchi/ui';

/** One text in the three registers; furigana as `{漢字|かんじ}`. */
export function w(ja: string, jaEasy: string, en: string): Words {
  return { ja, jaEasy, en };
}
