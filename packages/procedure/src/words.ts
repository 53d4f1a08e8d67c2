import type { Words } from '@madoguchi/ui';

export type { Words };

/** A text in its three registers, in one line. Values from outside go in by `fill` (a brace in them is no furigana mark). */
export function say(ja: string, jaEasy: string, en: string): Words {
  return { ja, jaEasy, en };
}
