import type { Words } from '@madoguchi/ui';
import type { EventKind } from '../register/event-rules.js';
import type { ChangedItem } from '../register/new-value.js';

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
    ja: '新しい内容（変更・訂正・在留期限のとき）',
    jaEasy: '{新|あたら}しい {名前|なまえ}・{住所|じゅうしょ}など',
    en: 'New value (of a change, a correction or the permitted stay)',
  },
  eventValueHint: {
    ja: '日付は 2031-03-31、性別は 男・女・その他・不明 のように書きます。',
    jaEasy: '{日|ひ}は 2031-03-31 のように {書|か}きます。',
    en: 'Write a day like 2031-03-31, and the sex as male, female, other or unknown.',
  },
  badValue: {
    ja: '新しい内容を読めません。日付は 2031-03-31、性別は 男・女・その他・不明 のように書いてください。',
    jaEasy: '{新|あたら}しい ものが {読|よ}めません。',
    en: 'The new value cannot be read. Write a day like 2031-03-31, the sex as male, female, other or unknown.',
  },
  eventButton: { ja: '異動を登録する', jaEasy: '{登録|とうろく}する', en: 'Record the event' },
  eventNote: {
    ja: '署名用は、氏名・住所・生年月日・性別の変更と訂正、転出と国外転出で失効します。在留期限の変更では失効しません。死亡では両方が失効します。後見の開始で今の署名用も失効させるかは、この役所の設定によります。失効は同時に行われ、戻せません。',
    jaEasy:
      '{名前|なまえ}や {住所|じゅうしょ}が かわると、{署名用|しょめいよう}は つかえなく なります。もどせません。',
    en: 'A change or correction of name, address, birth date or sex, or moving away, revokes the signature certificate; a death revokes both; a new end of the permitted stay revokes nothing. Whether the beginning of guardianship ends a signature certificate that is there, is a setting of this office. It is done at once and cannot be undone.',
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

/** One choice on the page: the kind of event, and the item that its one new value is. */
interface ScreenEvent {
  readonly id: string;
  readonly kind: EventKind;
  readonly item?: ChangedItem;
  readonly label: Words;
}

const choice = (id: string, kind: EventKind, label: Words, item?: ChangedItem): ScreenEvent => ({
  ...{ id, kind, label },
  ...(item === undefined ? {} : { item }),
});

const put = (what: string, easy: string, en: string): Words => ({
  ja: `${what}の記録の訂正`,
  jaEasy: `まちがって いた ${easy}を なおす`,
  en: `Correction of a record error: ${en}`,
});

/** What may be entered by hand: every kind of event, a correction by the item that was wrong. */
export const screenEvents: readonly ScreenEvent[] = [
  choice(
    'address',
    'address',
    {
      ja: '転居・住居表示の変更',
      jaEasy: '{住所|じゅうしょ}が かわった',
      en: 'Move within the municipality',
    },
    'address',
  ),
  choice(
    'name',
    'name',
    { ja: '氏名の変更', jaEasy: '{名前|なまえ}が かわった', en: 'Change of name' },
    'name',
  ),
  choice(
    'birth',
    'birth',
    { ja: '生年月日の変更', jaEasy: '{生|う}まれた {日|ひ}が かわった', en: 'Change of birth date' },
    'birthDate',
  ),
  choice(
    'sex',
    'sex',
    { ja: '性別の変更', jaEasy: '{性別|せいべつ}が かわった', en: 'Change of sex' },
    'sex',
  ),
  choice('correction-name', 'correction', put('氏名', '{名前|なまえ}', 'name'), 'name'),
  choice('correction-address', 'correction', put('住所', '{住所|じゅうしょ}', 'address'), 'address'),
  choice(
    'correction-birth',
    'correction',
    put('生年月日', '{生|う}まれた {日|ひ}', 'birth date'),
    'birthDate',
  ),
  choice('correction-sex', 'correction', put('性別', '{性別|せいべつ}', 'sex'), 'sex'),
  choice('left', 'left', {
    ja: '転出',
    jaEasy: 'ほかの {町|まち}へ {行|い}った',
    en: 'Moved to another municipality',
  }),
  choice('abroad', 'abroad', { ja: '国外転出', jaEasy: '{外国|がいこく}へ {行|い}った', en: 'Moved abroad' }),
  choice('death', 'death', { ja: '死亡', jaEasy: 'なくなった', en: 'Death' }),
  choice(
    'stay',
    'stay',
    {
      ja: '在留期限の変更',
      jaEasy: '{在留期限|ざいりゅうきげん}が かわった',
      en: 'New end of the permitted stay',
    },
    'stayUntil',
  ),
  choice('ward', 'ward', {
    ja: '後見の開始（成年被後見人になった）',
    jaEasy: '{後見人|こうけんにん}が ついた',
    en: 'Guardianship begins (adult ward)',
  }),
  choice('wardEnded', 'wardEnded', {
    ja: '後見の終了',
    jaEasy: '{後見|こうけん}が おわった',
    en: 'Guardianship ends',
  }),
];
