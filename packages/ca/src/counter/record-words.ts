import type { Words } from '@madoguchi/ui';
import { a } from './act-words.js';
import { screenEvents } from './event-words.js';
import { evidenceWords, type Presenter } from './evidence.js';
import { grounds, lossKinds } from './grounds.js';
import { letterKinds, letterKindWords } from './letter-form.js';
import { loss, lossKindWords } from './loss-words.js';
import { questions } from './questions.js';
import type { AnyActKind } from './record-act.js';

/** Words of the auditor's page. */
export const r = {
  title: { ja: '窓口の記録', jaEasy: '{窓口|まどぐち}の {記録|きろく}', en: 'Record of the counter' },
  lead: {
    ja: 'だれが、なにを、なぜ、何を見て行ったか。氏名・住所・証明書の番号は出ません。',
    jaEasy: 'だれが なにを したかの {記録|きろく}です。{名前|なまえ}は {出|で}ません。',
    en: 'Who did what, why, and on what evidence. Names, addresses and serial numbers do not stand here.',
  },
  number: { ja: '受付番号・日時', jaEasy: '{番号|ばんごう}・{日時|にちじ}', en: 'Reference, time' },
  clerk: { ja: '職員', jaEasy: '{職員|しょくいん}', en: 'By' },
  what: { ja: 'したこと', jaEasy: 'した こと', en: 'Act' },
  why: { ja: '理由・来た方', jaEasy: 'わけ・{来|き}た {人|ひと}', en: 'Why, for whom' },
  evidence: { ja: '確かめたもの', jaEasy: '{見|み}た もの', en: 'Evidence' },
  chain: { ja: '監査の鎖', jaEasy: '{監査|かんさ}', en: 'Audit chain' },
  fromDay: { ja: 'いつから（2026-11-27）', jaEasy: 'いつから（2026-11-27）', en: 'From (2026-11-27)' },
  untilDay: { ja: 'いつまで', jaEasy: 'いつまで', en: 'Until' },
  kind: { ja: '種類', jaEasy: '{種類|しゅるい}', en: 'Kind of act' },
  all: { ja: 'すべて', jaEasy: 'すべて', en: 'all' },
  show: { ja: '絞り込む', jaEasy: 'さがす', en: 'Show' },
  none: {
    ja: '当てはまる記録はありません。',
    jaEasy: '{記録|きろく}は ありません。',
    en: 'There is no such record.',
  },
  more: { ja: '前の記録', jaEasy: '{前|まえ}の {記録|きろく}', en: 'Older ones' },
  check: { ja: '監査の鎖を確かめる', jaEasy: '{監査|かんさ}を {見|み}る', en: 'Check the audit chain' },
  chainGood: {
    ja: '監査の鎖は切れていません（{entries} 件、末尾 {end}）。',
    jaEasy: '{記録|きろく}は かわって いません（{entries}{件|けん}）。',
    en: 'The audit chain is whole ({entries} entries, end {end}).',
  },
  chainHead: {
    ja: '配布中の失効リストに載っている {seq} 番の値とも一致します。そこまでは切り取られていません。',
    jaEasy: 'くばって いる リストの {番号|ばんごう}（{seq}）とも おなじです。',
    en: 'It agrees with entry {seq} as the published revocation list carries it: up to there nothing was cut off.',
  },
  toPeople: {
    ja: '出入りと職員の記録',
    jaEasy: '{入|はい}った {人|ひと}の {記録|きろく}',
    en: 'Entries and accounts',
  },
  toActs: { ja: '手続きの記録', jaEasy: '{手続|てつづ}きの {記録|きろく}', en: 'Record of acts' },
  chainBad: {
    ja: '監査の鎖が {seq} 番で切れています。すぐに管理者へ知らせてください。',
    jaEasy: '{記録|きろく}が かわって います（{seq}）。すぐに {知|し}らせて ください。',
    en: 'The audit chain is broken at entry {seq}. Tell the operator at once.',
  },
  agrees: { ja: '{seq} 番と一致', jaEasy: '{seq}と {同|おな}じ', en: 'same as entry {seq}' },
  differs: { ja: '{seq} 番と違います', jaEasy: '{seq}と ちがいます', en: 'differs from entry {seq}' },
  untied: { ja: '記録以前', jaEasy: '{前|まえ}の もの', en: 'older than the tie' },
  person: { ja: '宛名番号 {number}', jaEasy: '{番号|ばんごう} {number}', en: 'register number {number}' },
  revoked: { ja: '失効 {count} 枚', jaEasy: '{count}まい やめた', en: '{count} revoked' },
  consent: {
    ja: '代替文字への同意: {who}',
    jaEasy: '{字|じ}の {同意|どうい}: {who}',
    en: 'substitution agreed by: {who}',
  },
  byClerk: { ja: '職員', jaEasy: '{職員|しょくいん}', en: 'clerk' },
  byApplicant: { ja: '申請者', jaEasy: '{申請者|しんせいしゃ}', en: 'applicant' },
  asked: { ja: '質問: {what}', jaEasy: '{聞|き}いた: {what}', en: 'asked: {what}' },
} satisfies Record<string, Words>;

export const actKindWords: Readonly<Record<AnyActKind, Words>> = {
  issue: { ja: '発行', jaEasy: 'つくる', en: 'issue' },
  renew: { ja: '更新', jaEasy: '{新|あたら}しく する', en: 'renewal' },
  pin: { ja: 'パスワードの再設定', jaEasy: 'パスワード', en: 'PINs anew' },
  revoke: { ja: '失効', jaEasy: 'やめる', en: 'revocation' },
  hold: { ja: '一時停止（電話）', jaEasy: 'とめる（{電話|でんわ}）', en: 'hold by telephone' },
  report: { ja: '紛失・発見の届出', jaEasy: 'なくした・{見|み}つかった', en: 'loss report' },
  letter: { ja: '照会書の送付', jaEasy: '{手紙|てがみ}', en: 'letter of inquiry' },
  event: { ja: '異動の入力', jaEasy: 'かわった こと', en: 'register event' },
};

export const stateWords: Readonly<Record<string, Words>> = {
  prepared: { ja: '入力待ち', jaEasy: 'まって います', en: 'waiting' },
  working: { ja: '作業中', jaEasy: 'して います', en: 'at work' },
  done: { ja: '完了', jaEasy: 'おわりました', en: 'done' },
  failed: { ja: 'できなかった', jaEasy: 'できません', en: 'failed' },
  cancelled: { ja: '取りやめ', jaEasy: 'やめました', en: 'cancelled' },
};

const presenterWords: Readonly<Record<Presenter, Words>> = {
  self: a.self,
  guardian: a.guardian,
  agent: { ja: '任意代理人', jaEasy: 'たのまれた {人|ひと}', en: 'agent' },
  family: loss.family,
  office: { ja: '職権', jaEasy: '{役所|やくしょ}', en: 'ex officio' },
};

export const presenterLabel = (id: string): Words | string =>
  Object.hasOwn(presenterWords, id) ? presenterWords[id as Presenter] : id;

/** A reason as it was recorded, in words where it is one of ours. */
export function reasonLabel(kind: AnyActKind, reason: string): Words | string {
  const ground = grounds.find(({ id }) => id === reason);
  if (kind === 'revoke' && ground !== undefined) return ground.label;
  const lost = lossKinds.find((one) => one === reason);
  if (lost !== undefined) return lossKindWords[lost];
  if (kind === 'letter') return letterReason(reason);
  const event = screenEvents.find(({ id }) => id === reason);
  if (kind === 'event' && event !== undefined) return event.label;
  return reasonWords[reason] ?? reason;
}

/** What an agent may do by the letter, one after the other. */
function letterReason(reason: string): Words {
  const kinds = letterKinds
    .filter((kind) => reason.split(' ').includes(kind))
    .map((kind) => letterKindWords[kind]);
  const joined = (register: 'ja' | 'jaEasy' | 'en', mark: string) =>
    kinds.map((words) => words[register]).join(mark);
  return { ja: joined('ja', '、'), jaEasy: joined('jaEasy', '、'), en: joined('en', ', ') };
}

const reasonWords: Readonly<Record<string, Words>> = {
  application: { ja: '発行の申請', jaEasy: 'つくりたい', en: 'application' },
  renewal: { ja: '更新の申請', jaEasy: '{新|あたら}しく したい', en: 'renewal' },
  pinForgottenOrLocked: {
    ja: 'パスワードを忘れた・ロックした',
    jaEasy: 'パスワードを わすれた',
    en: 'PIN forgotten or locked',
  },
};

/** A kind of evidence in words. */
export function evidenceLabel(id: string): Words | string {
  const asked = questions.find((question) => `asked-${question.id}` === id);
  return asked?.label ?? evidenceWords(id) ?? id;
}

/** Why an act came to nothing, by the first part of its rule where nothing is said of the whole. */
const stoppedWords: Readonly<Record<string, Words>> = {
  'counter.brokenOff': {
    ja: '機械が途中で止まった',
    jaEasy: 'とちゅうで {止|と}まった',
    en: 'the machine stopped midway',
  },
  'counter.noCard': {
    ja: 'カードがリーダーになかった',
    jaEasy: 'カードが なかった',
    en: 'no card in the reader',
  },
  'loss.nobody': {
    ja: '答えが一致する方がいない',
    jaEasy: 'こたえが あいません',
    en: 'the answers fit nobody',
  },
  'issue.second': {
    ja: '有効な証明書がすでにある',
    jaEasy: 'もう {証明書|しょうめいしょ}が ある',
    en: 'there are valid certificates already',
  },
  card: { ja: 'カードが使えなかった', jaEasy: 'カードが つかえない', en: 'the card could not be used' },
  job: {
    ja: '机のリーダーでの作業が終わらなかった',
    jaEasy: 'つくえの リーダーで おわらなかった',
    en: 'the work at the desk’s reader did not end',
  },
  key: {
    ja: '鍵が使えないものだった',
    jaEasy: '{鍵|かぎ}が だめでした',
    en: 'the key could not be certified',
  },
};

/** In words, with the rule itself behind them: an operator finds it in the log. */
export function stoppedLabel(rule: string): Words | string {
  const known = [rule, rule.split('.')[0] ?? ''].find((one) => Object.hasOwn(stoppedWords, one));
  const words = known === undefined ? undefined : stoppedWords[known];
  if (words === undefined) return rule;
  const withRule = (text: string) => `${text}（${rule}）`;
  return { ja: withRule(words.ja), jaEasy: withRule(words.jaEasy), en: `${words.en} (${rule})` };
}
