/** One text in the three registers of the product. Furigana stands inside as `{漢字|かんじ}`. */
export interface Words {
  ja: string;
  jaEasy: string;
  en: string;
}

/** A text in its three registers, in one line. Values from outside go in by `fill` (a brace in them is no furigana mark). */
export function say(ja: string, jaEasy: string, en: string): Words {
  return { ja, jaEasy, en };
}
