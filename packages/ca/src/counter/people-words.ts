import { explainRule } from '@madoguchi/procedure/basics';
import type { Words } from '@madoguchi/ui';
import type { PeopleAction } from './people.js';

/** Words of the auditor's second page: people and accounts. */
export const p = {
  title: {
    ja: '出入りと職員の記録',
    jaEasy: '{入|はい}った {人|ひと}の {記録|きろく}',
    en: 'Entries and accounts',
  },
  lead: {
    ja: 'だれが窓口に入ったか、入れなかったか、職員の登録・カード・設定がいつ変わったか。',
    jaEasy: 'だれが {入|はい}ったか、{入|はい}れなかったかの {記録|きろく}です。',
    en: 'Who came in, who was not let in, and when accounts, cards and settings changed.',
  },
  at: { ja: '日時', jaEasy: '{日時|にちじ}', en: 'Time' },
  who: { ja: 'だれ', jaEasy: 'だれ', en: 'Who' },
  what: { ja: 'できごと', jaEasy: 'できごと', en: 'Event' },
  detail: { ja: '内容', jaEasy: '{内容|ないよう}', en: 'Detail' },
  nobody: { ja: '（登録のない人）', jaEasy: '（だれか）', en: '(nobody known)' },
  byCard: { ja: 'カードで', jaEasy: 'カードで', en: 'by card' },
  byLink: { ja: '一度だけのリンクで', jaEasy: 'リンクで', en: 'by a one-time link' },
  byRegister: {
    ja: 'カードを登録するリンクで',
    jaEasy: 'カードを {登録|とうろく}する リンクで',
    en: 'by a link that registers a card',
  },
  refusedMore: {
    ja: '{why}（その前の1分に、ほかに {more} 回）',
    jaEasy: '{why}（ほかに {more}{回|かい}）',
    en: '{why} (and {more} more in the minute before)',
  },
  added: { ja: '{account}（{role}）', jaEasy: '{account}（{role}）', en: '{account} ({role})' },
} satisfies Record<string, Words>;

export const actionWords: Readonly<Record<PeopleAction, Words>> = {
  'counter.entered': { ja: '窓口に入った', jaEasy: '{窓口|まどぐち}に {入|はい}った', en: 'came in' },
  'counter.left': { ja: '窓口を出た', jaEasy: '{窓口|まどぐち}を {出|で}た', en: 'logged out' },
  'counter.refused': { ja: '入れなかった', jaEasy: '{入|はい}れなかった', en: 'not let in' },
  'clerk.added': { ja: '職員を登録した', jaEasy: '{職員|しょくいん}を ふやした', en: 'account added' },
  'clerk.removed': { ja: '職員の登録を終えた', jaEasy: '{職員|しょくいん}を やめた', en: 'account ended' },
  'clerk.card': { ja: 'カードを登録した', jaEasy: 'カードを {登録|とうろく}した', en: 'card registered' },
  'clerk.cardRenewed': {
    ja: '更新されたカードを確かめて結び直した',
    jaEasy: '{新|あたら}しい カードを つないだ',
    en: 'renewed card confirmed',
  },
  'office.setting': { ja: '役所の設定を変えた', jaEasy: '{設定|せってい}を かえた', en: 'setting changed' },
};

const own: Readonly<Record<string, Words>> = {
  'login.nonce': {
    ja: 'ログインの途中が、このブラウザーのものではないか、5分を過ぎていました',
    jaEasy: 'ちがう ブラウザーか、{時間|じかん}が すぎました',
    en: 'the login was not begun in this browser, or more than five minutes ago',
  },
  'link.used': {
    ja: '使用済みか期限の過ぎたリンク',
    jaEasy: 'つかえない リンク',
    en: 'a link that is used or too old',
  },
  'card.unknown': {
    ja: 'どの職員にも登録されていないカード',
    jaEasy: '{登録|とうろく}の ない カード',
    en: 'a card that is registered for nobody',
  },
  'card.taken': {
    ja: 'ほかの職員に登録されているカード',
    jaEasy: 'ほかの {人|ひと}の カード',
    en: 'a card that is somebody else’s',
  },
  'card.renewed': {
    ja: '更新されたカード（責任者の確認待ち）',
    jaEasy: '{新|あたら}しく した カード（まって います）',
    en: 'a renewed card that waits to be confirmed',
  },
};

/** Why somebody was not let in. */
export const refusalWords = (rule: string): Words => own[rule] ?? explainRule(rule).what;
