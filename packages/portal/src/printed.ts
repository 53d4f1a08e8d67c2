import { readFileSync, statSync } from 'node:fs';
import type { Words } from '@madoguchi/ui';

export interface PrintedFile {
  /** Under `content/`, and its address under `/`. */
  name: string;
  title: Words;
  note: Words;
  bytes: number;
}

const at = (name: string) => new URL(`../content/${name}`, import.meta.url);

const list: readonly Omit<PrintedFile, 'bytes'>[] = [
  {
    name: 'manual.pdf',
    title: { ja: '利用者マニュアル', jaEasy: '{使|つか}いかたの {本|ほん}', en: 'Manual (利用者マニュアル)' },
    note: {
      ja: 'はじめの一歩から受付まで、15の手続を画面の絵で説明します。',
      jaEasy: 'はじめから おわりまで、{絵|え}で {見|み}せます。',
      en: 'From the first step to the receipt, fifteen procedures in pictures of the screen.',
    },
  },
  {
    name: 'leaflet-citizens.pdf',
    title: {
      ja: 'リーフレット（市民のみなさまへ）',
      jaEasy: 'チラシ（みなさんへ）',
      en: 'Leaflet for citizens',
    },
    note: {
      ja: 'A4の表と裏です。窓口や店でくばれます。',
      jaEasy: 'A4の {紙|かみ} 1まいです。',
      en: 'A4, both sides: to hand out at counters and in shops.',
    },
  },
  {
    name: 'leaflet-counters.pdf',
    title: {
      ja: 'リーフレット（窓口で案内する方へ）',
      jaEasy: 'チラシ（{窓口|まどぐち}の {人|ひと}へ）',
      en: 'Leaflet for counters',
    },
    note: {
      ja: '聞かれたときの答えと、渡す前に確かめることです。',
      jaEasy: '{窓口|まどぐち}の {人|ひと}が {見|み}る {紙|かみ}です。',
      en: 'What to answer and what to check before handing over a card.',
    },
  },
];

/** The printed matter (PDF) that `npm run manual` makes; what is not there is not offered. */
export const printedFiles: readonly PrintedFile[] = list.flatMap((file) => {
  const bytes = statSync(at(file.name), { throwIfNoEntry: false })?.size;
  return bytes === undefined ? [] : [{ ...file, bytes }];
});

/** The bytes of one of them, by its name alone. */
export function printedFile(name: string): Uint8Array | undefined {
  return printedFiles.some((file) => file.name === name) ? new Uint8Array(readFileSync(at(name))) : undefined;
}
