import { type EasyFault, easyFaults, fill, longestEasySentence, type Words } from '@madoguchi/ui';
import type { Column, Values } from './listing.js';

const text = {
  long: {
    ja: '{label}: 1文が{n}字より長いです。分けてください。「{at}」',
    jaEasy: '{label}: {文|ぶん}が {長|なが}いです。「{at}」',
    en: '{label}: a sentence of more than {n} characters: “{at}”',
  },
  reading: {
    ja: '{label}: 読みがなのない漢字があります。「{at}」',
    jaEasy: '{label}: {読|よ}みがなが ありません。「{at}」',
    en: '{label}: kanji without a reading: “{at}”',
  },
  double: {
    ja: '{label}: 打ち消しが2つあります。「{at}」',
    jaEasy: '{label}: 「ない」が 2つ あります。「{at}」',
    en: '{label}: says no twice: “{at}”',
  },
} satisfies Record<EasyFault['kind'], Words>;

/** What the linter of やさしい日本語 says about an entry. It may be published all the same: a person judges. */
export function easyRemarks(columns: readonly Column[], values: Values): Words[] {
  return columns
    .filter(({ easy }) => easy)
    .flatMap(({ name, label }) =>
      (values[name] ?? '')
        .split('\n')
        .flatMap(easyFaults)
        .map(({ kind, at }) => fill(text[kind], { label, at: at.slice(0, 80), n: longestEasySentence })),
    );
}
