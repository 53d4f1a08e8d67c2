import { registers, type Words, words } from '@madoguchi/ui';

/** A text as people may type it: in every register, and its reading without kanji (`{住民票|じゅうみんひょう}`). */
export function spoken(text: Words): string[] {
  const reading = text.jaEasy.replace(/\{[^{}|]*\|([^{}|]*)\}/g, '$1').replaceAll(' ', '');
  return [...registers.map((register) => words(text, register)), reading];
}
