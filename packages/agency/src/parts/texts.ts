import type { Words } from '@madoguchi/ui';
import type { PartState } from './progress.js';
import type { PartPile } from './queries.js';

/** What the pages say of the parts of a one-stop application (ワンストップ). */
export const texts = {
  progress: {
    ja: '手続の進みぐあい',
    jaEasy: 'どこまで すすんだか',
    en: 'How far it is',
  },
  progressLead: {
    ja: '1回の申請を、{count}つの機関がそれぞれ確かめています。{done}つ終わりました。',
    jaEasy: '{count}つの {役所|やくしょ}が {調|しら}べます。{done}つ おわりました。',
    en: 'One application, {count} offices: {done} of them are done.',
  },
  progressNone: {
    ja: '1回の申請を、{count}つの機関がそれぞれ確かめています。終わったところは、まだありません。',
    jaEasy: '{count}つの {役所|やくしょ}が {調|しら}べて います。まだ おわって いません。',
    en: 'One application, {count} offices: none of them is done yet.',
  },
  progressAll: {
    ja: '1回の申請を、{count}つの機関がそれぞれ確かめました。',
    jaEasy: '{count}つの {役所|やくしょ}が {調|しら}べました。',
    en: 'One application, {count} offices: all of them are done.',
  },
  each: { ja: '機関ごとの状況', jaEasy: '{役所|やくしょ}ごとの ようす', en: 'Office by office' },
  part: { ja: '手続', jaEasy: '{手続|てつづき}', en: 'Part' },
  authority: { ja: '機関', jaEasy: '{役所|やくしょ}', en: 'Office' },
  state: { ja: '状況', jaEasy: 'いまの ようす', en: 'State' },
  by: { ja: '{day}ごろまで', jaEasy: '{day}くらいまで', en: 'by about {day}' },
  short: {
    ja: '（{count}つのうち{done}つ終了）',
    jaEasy: '（{count}の うち {done} おわり）',
    en: '({done} of {count} offices done)',
  },
  title: {
    ja: 'ワンストップの部分',
    jaEasy: 'じぶんの {役所|やくしょ}の {部分|ぶぶん}',
    en: 'One-stop parts',
  },
  lead: {
    ja: 'ひとつの申請のうち、この機関が決める部分です。その部分の項目だけが見えます。',
    jaEasy: 'じぶんの {部分|ぶぶん}だけ {見|み}えます。',
    en: 'The parts of one-stop applications that this office decides. Only the fields of a part are seen.',
  },
  empty: { ja: 'ありません。', jaEasy: 'ありません。', en: 'There are none.' },
  open: { ja: '開く', jaEasy: '{開|ひら}く', en: 'Open' },
  procedure: { ja: '申請', jaEasy: '{申請|しんせい}', en: 'Application' },
  applicant: { ja: '申請者', jaEasy: '{申請|しんせい}した {人|ひと}', en: 'Applicant' },
  due: { ja: '期限', jaEasy: '{期限|きげん}', en: 'Due' },
  lights: { ja: '確認', jaEasy: '{確|たし}かめた', en: 'Checks' },
  whole: { ja: '申請の全体', jaEasy: 'ぜんぶ', en: 'The whole application' },
  seen: {
    ja: 'この部分の申請内容',
    jaEasy: 'この {部分|ぶぶん}の {中身|なかみ}',
    en: 'What this part sees of the application',
  },
  seenNote: {
    ja: 'この手続に必要な項目だけを表示しています（手続の定義による）。',
    jaEasy: 'いる ものだけ {見|み}えます。',
    en: 'Only what this part needs is shown, as the definition of the procedure says.',
  },
  others: { ja: 'すべての機関', jaEasy: 'ぜんぶの {役所|やくしょ}', en: 'All offices' },
  hiddenEvidence: {
    ja: 'この部分にない人の情報をふくむため、根拠は申請の全体を見られる職員だけが見られます。',
    jaEasy: 'くわしい ことは {全体|ぜんたい}を {見|み}る {人|ひと}だけが {見|み}られます。',
    en: 'The evidence names people outside this part; only officers of the whole application see it.',
  },
  decide: { ja: 'この部分を決める', jaEasy: 'この {部分|ぶぶん}を {決|き}める', en: 'Decide this part' },
  decided: {
    ja: 'この部分は「{state}」です。',
    jaEasy: 'この {部分|ぶぶん}は「{state}」です。',
    en: 'This part: {state}.',
  },
  office: {
    ja: 'ワンストップの機関: {name}',
    jaEasy: '{役所|やくしょ}: {name}',
    en: 'One-stop office: {name}',
  },
} as const satisfies Record<string, Words>;

/** As the citizen reads it, and the officer. */
export const partStateWords: Record<PartState, Words> = {
  blocked: { ja: 'まだ始まっていません', jaEasy: 'まだ はじまって いません', en: 'Not begun yet' },
  waiting: { ja: '審査中', jaEasy: 'しらべて います', en: 'Being examined' },
  correction: { ja: '補正依頼', jaEasy: 'なおして ください', en: 'Correction asked for' },
  accepted: { ja: '承認', jaEasy: '{大丈夫|だいじょうぶ}でした', en: 'Accepted' },
  rejected: { ja: '却下', jaEasy: 'だめでした', en: 'Rejected' },
  ended: { ja: '終わりました', jaEasy: 'おわりました', en: 'Ended' },
};

export const pileWords: Record<PartPile, Words> = {
  waiting: { ja: '審査待ち', jaEasy: '{審査|しんさ}を まつ', en: 'To examine' },
  notYet: { ja: 'まだ始まらないもの', jaEasy: 'まだ はじまらない もの', en: 'Not yet' },
  correction: { ja: '補正中', jaEasy: '{直|なお}して もらって いる', en: 'Being corrected' },
  done: { ja: '終わったもの', jaEasy: 'おわった もの', en: 'Done' },
};
