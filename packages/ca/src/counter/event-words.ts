import type { Words } from '@madoguchi/ui';
import type { EventKind } from '../register/event-rules.js';

/** Words of register events on the resident's page. */
export const m = {
  event: { ja: '異動を入力する', jaEasy: 'かわった ことを {入|い}れる', en: 'Enter a register event' },
  eventKind: { ja: '異動の種類', jaEasy: 'なにが かわりましたか', en: 'Kind of event' },
  eventNumber: { ja: '異動番号', jaEasy: '{番号|ばんごう}', en: 'Number of the event' },
  eventDay: {
    ja: '異動の日（例: 2026-11-27）',
    jaEasy: 'かわった {日|ひ}（2026-11-27）',
    en: 'Day (e.g. 2026-11-27)',
  },
  eventValue: {
    ja: '新しい内容（氏名・住所・生年月日のとき）',
    jaEasy: '{新|あたら}しい {名前|なまえ}・{住所|じゅうしょ}など',
    en: 'New value (name, address, birth date)',
  },
  eventButton: { ja: '異動を登録する', jaEasy: '{登録|とうろく}する', en: 'Record the event' },
  eventNote: {
    ja: '署名用は、氏名・住所・生年月日・性別の変更と国外転出で失効します。死亡では両方が失効します。後見の開始で今の署名用も失効させるかは、この役所の設定によります。失効は同時に行われ、戻せません。',
    jaEasy:
      '{名前|なまえ}や {住所|じゅうしょ}が かわると、{署名用|しょめいよう}は つかえなく なります。もどせません。',
    en: 'A change of name, address, birth date or sex, or moving away, revokes the signature certificate; a death revokes both. Whether the beginning of guardianship ends a signature certificate that is there, is a setting of this office. It is done at once and cannot be undone.',
  },
  badDay: {
    ja: '日付は 2026-11-27 のように書いてください。',
    jaEasy: '2026-11-27 のように {書|か}いて ください。',
    en: 'Write the day like 2026-11-27.',
  },
  badNumber: {
    ja: '異動番号を英数字40文字までで入れてください。',
    jaEasy: '{番号|ばんごう}を {入|い}れて ください。',
    en: 'Enter the number of the event (letters and digits, up to 40).',
  },
  badEventKind: {
    ja: '異動の種類を選んでください。',
    jaEasy: 'なにが かわったか えらんで ください。',
    en: 'Choose the kind of event.',
  },
} satisfies Record<string, Words>;

/** Kinds that a clerk may enter by hand; the others come by file. */
export const screenKinds = [
  'address',
  'name',
  'birth',
  'left',
  'abroad',
  'death',
  'ward',
  'wardEnded',
] as const satisfies readonly EventKind[];

export const kindWords: Readonly<Record<(typeof screenKinds)[number], Words>> = {
  address: {
    ja: '転居・住居表示の変更',
    jaEasy: '{住所|じゅうしょ}が かわった',
    en: 'Move within the municipality',
  },
  name: { ja: '氏名の変更', jaEasy: '{名前|なまえ}が かわった', en: 'Change of name' },
  birth: { ja: '生年月日の変更', jaEasy: '{生|う}まれた {日|ひ}が かわった', en: 'Change of birth date' },
  left: { ja: '転出', jaEasy: 'ほかの {町|まち}へ {行|い}った', en: 'Moved to another municipality' },
  abroad: { ja: '国外転出', jaEasy: '{外国|がいこく}へ {行|い}った', en: 'Moved abroad' },
  death: { ja: '死亡', jaEasy: 'なくなった', en: 'Death' },
  ward: {
    ja: '後見の開始（成年被後見人になった）',
    jaEasy: '{後見人|こうけんにん}が ついた',
    en: 'Guardianship begins (adult ward)',
  },
  wardEnded: {
    ja: '後見の終了',
    jaEasy: '{後見|こうけん}が おわった',
    en: 'Guardianship ends',
  },
};
