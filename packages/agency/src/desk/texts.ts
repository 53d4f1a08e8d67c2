import type { Words } from '@madoguchi/ui';
import type { CaseState } from '../cases/state.js';
import type { Decision, DecisionFault } from './decide.js';
import { verdictWords } from './match-section.js';
import type { ActionRow, Pile } from './queries.js';

/** The desk's words. */
export const texts = {
  loginPurpose: {
    ja: '審査の机に入る（職員）',
    jaEasy: '{審査|しんさ}の {机|つくえ}に {入|はい}る',
    en: 'Open the officer’s desk',
  },
  registerPurpose: {
    ja: '審査の机に入るカードとして登録する（職員）',
    jaEasy: 'この カードを {登録|とうろく}する',
    en: 'Register this card for the officer’s desk',
  },
  registerTitle: { ja: 'カードの登録', jaEasy: 'カードの {登録|とうろく}', en: 'Register your card' },
  register: {
    ja: 'あなたのカードを登録すると、次からは一度だけのリンクなしで、カードで机に入れます。覚えるのはカードの鍵の要約だけで、氏名などは使いません。',
    jaEasy: 'カードを {登録|とうろく}すると、つぎから カードで {入|はい}れます。',
    en: 'Once your card is registered it opens the desk without a one-time link. Only a digest of its key is kept.',
  },
  registerButton: {
    ja: 'このカードを登録する',
    jaEasy: 'カードを {登録|とうろく}する',
    en: 'Register this card',
  },
  registerLink: { ja: 'カードを登録する', jaEasy: 'カードを {登録|とうろく}する', en: 'Register a card' },
  cardKnown: {
    ja: 'あなたのカードは登録されています。次からはカードで入れます。',
    jaEasy: 'カードは {登録|とうろく}して あります。',
    en: 'A card of yours is registered: from now on it opens the desk.',
  },
  registerFirst: {
    ja: '登録は、机に入っている職員だけができます。',
    jaEasy: '{机|つくえ}に {入|はい}って いる {人|ひと}だけが できます。',
    en: 'Only an officer who is at the desk can register a card.',
  },
  cardTaken: {
    ja: 'このカードは、ほかの職員のカードとして登録されています。',
    jaEasy: 'この カードは ほかの {人|ひと}の カードです。',
    en: 'This card is registered for another officer.',
  },
  cardUnknown: {
    ja: 'このカードは、この机に登録されていません。はじめは、管理者から届いた一度だけのリンクで入ってください。',
    jaEasy: 'この カードは まだ {登録|とうろく}して いません。はじめは リンクで {入|はい}って ください。',
    en: 'This card is not registered for this desk. The first time, use the one-time link from your administrator.',
  },
  entryFirst: {
    ja: 'はじめての人は、管理者から届いた一度だけのリンクで入り、カードを登録してください。',
    jaEasy: 'はじめての {人|ひと}は、リンクで {入|はい}って、カードを {登録|とうろく}して ください。',
    en: 'The first time, enter by the one-time link from your administrator and register your card.',
  },
  desk: { ja: '審査の机', jaEasy: '{審査|しんさ}の {机|つくえ}', en: 'Officer’s desk' },
  queue: { ja: '受付', jaEasy: '{受付|うけつけ}', en: 'Applications' },
  role: { ja: '役割: {officer}', jaEasy: '{役割|やくわり}: {officer}', en: 'Role: {officer}' },
  due: { ja: '今日が期限', jaEasy: '{今日|きょう}が {期限|きげん}', en: 'Due today' },
  overdue: { ja: '期限切れ', jaEasy: '{期限|きげん}が すぎた', en: 'Overdue' },
  correctionOverdue: {
    ja: '補正の期限切れ',
    jaEasy: '{直|なお}す {期限|きげん}が すぎた',
    en: 'Corrections overdue',
  },
  week: { ja: '7日以内', jaEasy: '7{日|にち}の うち', en: 'Within 7 days' },
  all: { ja: 'すべて', jaEasy: 'ぜんぶ', en: 'All' },
  mine: { ja: '自分の担当だけ', jaEasy: 'じぶんの ものだけ', en: 'Only mine' },
  narrow: { ja: '絞り込む', jaEasy: 'えらぶ', en: 'Filter' },
  assignee: { ja: '担当', jaEasy: '{担当|たんとう}', en: 'Officer' },
  take: { ja: '自分が担当する', jaEasy: 'じぶんが {担当|たんとう}する', en: 'Work on this' },
  takeOver: { ja: '引き継ぐ', jaEasy: 'かわる', en: 'Take over' },
  release: { ja: '担当をはずれる', jaEasy: '{担当|たんとう}を やめる', en: 'Release' },
  worksOn: {
    ja: '{officer}が審査しています。決めるには、引き継いでください。',
    jaEasy: '{officer}が {審査|しんさ}して います。',
    en: '{officer} works on this. To decide, take it over.',
  },
  isYours: {
    ja: 'あなたが担当しています。',
    jaEasy: 'あなたの {担当|たんとう}です。',
    en: 'You work on this.',
  },
  exportCsv: {
    ja: 'この一覧をCSVで保存',
    jaEasy: 'CSVを {保存|ほぞん}する',
    en: 'Save this list as CSV',
  },
  procedure: { ja: '手続', jaEasy: '{手続|てつづき}', en: 'Procedure' },
  applicant: { ja: '申請者', jaEasy: '{申請|しんせい}した {人|ひと}', en: 'Applicant' },
  lights: {
    ja: '署名・照合・有効性',
    jaEasy: '{署名|しょめい}・{照合|しょうごう}・{有効性|ゆうこうせい}',
    en: 'Signature, identity, validity',
  },
  state: { ja: '状態', jaEasy: '{今|いま}の {状態|じょうたい}', en: 'State' },
  open: { ja: '開く', jaEasy: '{開|ひら}く', en: 'Open' },
  oldestFirst: {
    ja: '{pile}（古い順）',
    jaEasy: '{pile}（{古|ふる}い ものから）',
    en: '{pile} (oldest first)',
  },
  historyOrder: { ja: '起きた順', jaEasy: 'おきた {順番|じゅんばん}', en: 'In the order of events' },
  asStated: {
    ja: '申請書の記載',
    jaEasy: '{申請|しんせい}に {書|か}いて ある もの',
    en: 'As stated in the application',
  },
  empty: {
    ja: 'いま、ここにはありません。',
    jaEasy: 'いま、ここには ありません。',
    en: 'There is nothing here now.',
  },
  next: { ja: 'つぎの{count}件', jaEasy: 'つぎの {count}{件|けん}', en: 'Next {count}' },
  unread: {
    ja: '（まだ開かれていません）',
    jaEasy: '（まだ {開|ひら}いて いません）',
    en: '(not opened yet)',
  },
  unreadable: { ja: '（読めません）', jaEasy: '（{読|よ}めません）', en: '(cannot be read)' },
  leave: { ja: '机を閉じる', jaEasy: '{机|つくえ}を {閉|と}じる', en: 'Leave the desk' },
  evidence: { ja: '根拠を見る', jaEasy: '{理由|りゆう}を {見|み}る', en: 'See the evidence' },
  recheck: { ja: 'もう一度確かめる', jaEasy: 'もういちど {確|たし}かめる', en: 'Check again' },
  looked: {
    ja: '確かめた日時: {when}（{look}回目）',
    jaEasy: '{確|たし}かめた {日|ひ}: {when}（{look}{回目|かいめ}）',
    en: 'Checked {when} (look {look})',
  },
  notLooked: {
    ja: 'この申請は、まだ開かれていないか、確かめている途中です。しばらくして、このページを読み直してください。',
    jaEasy: 'まだ {確|たし}かめて います。すこし まって ください。',
    en: 'This application is still being opened or checked. Load this page again in a moment.',
  },
  refused: {
    ja: 'この申請は受付で断られました',
    jaEasy: 'この {申請|しんせい}は {受付|うけつけ}で ことわられました',
    en: 'This application was refused at reception',
  },
  application: {
    ja: '申請書（申請者が見たとおり）',
    jaEasy: '{申請|しんせい}した {人|ひと}が {見|み}た もの',
    en: 'Application, as the applicant saw it',
  },
  noApplication: {
    ja: '申請書を読めないため、表示できません。',
    jaEasy: '{申請|しんせい}を {読|よ}めません。',
    en: 'The application cannot be read and is not shown.',
  },
  dueOn: { ja: '期限', jaEasy: '{期限|きげん}', en: 'To be decided by' },
  fromCard: { ja: 'カードから', jaEasy: 'カードから', en: 'From the card' },
  attachments: { ja: '添付', jaEasy: 'いっしょに {送|おく}られた ファイル', en: 'Attachments' },
  noAttachments: { ja: 'ありません。', jaEasy: 'ありません。', en: 'None.' },
  download: { ja: '{name} を保存する', jaEasy: '{name} を {保存|ほぞん}する', en: 'Save {name}' },
  downloadNote: {
    ja: 'ここでは開きません。保存してから、ウイルス検査のあとで開いてください。',
    jaEasy: 'ここでは {開|ひら}きません。{保存|ほぞん}して、{調|しら}べてから {開|ひら}いて ください。',
    en: 'Not opened here: save it, and open it after a virus check.',
  },
  history: { ja: '経過', jaEasy: 'これまでの こと', en: 'History' },
  when: { ja: '日時', jaEasy: '{日|ひ}と {時間|じかん}', en: 'Time' },
  who: { ja: 'だれが', jaEasy: 'だれが', en: 'Who' },
  what: { ja: '何を', jaEasy: 'なにを', en: 'What' },
  reason: { ja: '理由', jaEasy: '{理由|りゆう}', en: 'Reason' },
  reasonHint: {
    ja: '補正・却下では必ず書いてください。申請者に伝わる言葉で。3つの印がすべて良いときの受理では、書かなくてもかまいません。',
    jaEasy: '{直|なお}して もらう ときと、ことわる ときは、かならず {書|か}いて ください。',
    en: 'Needed for a correction or a rejection, in words the applicant understands. Not needed to accept when all three lights are good.',
  },
  changed: {
    ja: '補正で変わったところ',
    jaEasy: '{直|なお}した ところ',
    en: 'What the correction changed',
  },
  changedNone: {
    ja: '書いてあることと添付は、前と同じです。',
    jaEasy: '{前|まえ}と {同|おな}じです。',
    en: 'Answers and attachments are the same as before.',
  },
  item: { ja: '項目', jaEasy: '{項目|こうもく}', en: 'Item' },
  before: { ja: '前', jaEasy: '{前|まえ}', en: 'Before' },
  after: { ja: '補正後', jaEasy: '{直|なお}した あと', en: 'After' },
  nothing: { ja: '（なし）', jaEasy: '（なし）', en: '(none)' },
  asCorrected: {
    ja: '申請書（補正後、申請者が見たとおり）',
    jaEasy: '{直|なお}した {申請|しんせい}',
    en: 'Application as corrected, as the applicant saw it',
  },
  correctBy: { ja: '補正の期限', jaEasy: '{直|なお}す {期限|きげん}', en: 'To be corrected by' },
  signBy: { ja: '署名の期限', jaEasy: '{署名|しょめい}の {期限|きげん}', en: 'To be signed by' },
  marks: {
    ja: '補正してほしい項目に印をつける',
    jaEasy: '{直|なお}して ほしい ものに しるしを つける',
    en: 'Mark what is to be corrected',
  },
  marksHint: {
    ja: '印をつけた項目は、申請者のページで示されます。',
    jaEasy: 'しるしは {申請|しんせい}した {人|ひと}に {見|み}えます。',
    en: 'The applicant sees these items highlighted.',
  },
  untilHint: {
    ja: '例: 2026-12-01。補正を求めるときだけ使います。',
    jaEasy: '{例|れい}: 2026-12-01',
    en: 'For example 2026-12-01. Used only when a correction is asked for.',
  },
  notice: {
    ja: '申請者への通知（署名つき）を見る',
    jaEasy: '{送|おく}った {手紙|てがみ}を {見|み}る',
    en: 'See the signed notice to the applicant',
  },
  decide: { ja: '決める', jaEasy: '{決|き}める', en: 'Decide' },
  decided: {
    ja: 'この申請は「{state}」です。',
    jaEasy: 'この {申請|しんせい}は「{state}」です。',
    en: 'This application is: {state}.',
  },
  duplicates: {
    ja: '同じ人から、同じ手続の申請がほかにも届いています（まだ決まっていないもの）。この手続は1人1件です。',
    jaEasy: '{同|おな}じ {人|ひと}の {申|もう}し{込|こ}みが ほかにも あります。',
    en: 'The same person has other open applications for this procedure, which allows one.',
  },
  erasedCase: {
    ja: '保存期間が過ぎたため、中身は消去しました。番号と日時だけが残っています。',
    jaEasy: '{期間|きかん}が {過|す}ぎたので {消|け}しました。',
    en: 'Its time was over: the content is erased, only numbers and times are left.',
  },
  exportBundle: {
    ja: '案件をまるごと1つのファイルで書き出す',
    jaEasy: 'ぜんぶを 1つの ファイルに {保存|ほぞん}する',
    en: 'Export the whole case as one file',
  },
  export: { ja: '証跡を書き出す', jaEasy: '{証拠|しょうこ}を {保存|ほぞん}する', en: 'Export the evidence' },
  entryTitle: { ja: '机を開く', jaEasy: '{机|つくえ}を {開|ひら}く', en: 'Open the desk' },
  entry: {
    ja: 'この机は、一度だけ使えるリンクで開きます。リンクは、Madoguchiを始めたときに表示され、addresses.json にも書かれています。',
    jaEasy: 'この {机|つくえ}は、1{回|かい}だけ {使|つか}える リンクで {開|ひら}きます。',
    en: 'The desk opens with a one-time link. It is printed when Madoguchi starts, and stands in addresses.json.',
  },
  entryByCard: {
    ja: '一度だけのリンクでできるのは、カードの登録だけです。登録したカードで入ってください。',
    jaEasy: 'リンクで できるのは カードの {登録|とうろく}だけです。カードで {入|はい}って ください。',
    en: 'A one-time link only registers your card. Log in with the card you registered.',
  },
  entryUsed: {
    ja: 'このリンクは使えません。すでに使われたか、期限が過ぎています。新しいリンクをもらってください。',
    jaEasy: 'この リンクは {使|つか}えません。{新|あたら}しい リンクを もらって ください。',
    en: 'This link does not open the desk: it was used or is out of time. Get a new one.',
  },
  left: { ja: '机を閉じました。', jaEasy: '{机|つくえ}を {閉|と}じました。', en: 'You have left the desk.' },
  badForm: {
    ja: 'ページが古くなっています。読み直して、もう一度してください。',
    jaEasy: 'ページが {古|ふる}いです。もういちど {開|ひら}いて ください。',
    en: 'This page is out of date. Load it again and repeat.',
  },
} as const satisfies Record<string, Words>;

/** Buttons that show what would go out. */
export const previewWords = {
  accepted: {
    ja: '受理の通知の下書きを見る',
    jaEasy: '{受|う}けつける {手紙|てがみ}を {見|み}る',
    en: 'See the notice of acceptance',
  },
  rejected: {
    ja: '却下の通知の下書きを見る',
    jaEasy: 'ことわる {手紙|てがみ}を {見|み}る',
    en: 'See the notice of rejection',
  },
} as const satisfies Record<string, Words>;

export const pileWords: Record<Pile, Words> = {
  waiting: { ja: '審査待ち', jaEasy: '{審査|しんさ}を まつ', en: 'To examine' },
  cosigning: { ja: '署名待ち', jaEasy: '{署名|しょめい}を まつ', en: 'Awaiting signatures' },
  correction: { ja: '補正中', jaEasy: '{直|なお}して もらって いる', en: 'Being corrected' },
  refused: {
    ja: '受付で断ったもの',
    jaEasy: '{受付|うけつけ}で ことわった もの',
    en: 'Refused at reception',
  },
  done: { ja: '終わったもの', jaEasy: 'おわった もの', en: 'Done' },
};

export const stateWords: Record<CaseState, Words> = {
  arrived: { ja: '到達', jaEasy: 'とどいた', en: 'Arrived' },
  opened: { ja: '確認中', jaEasy: '{確|たし}かめて いる', en: 'Being checked' },
  cosigning: { ja: '共同の署名待ち', jaEasy: 'みんなの {署名|しょめい}を まつ', en: 'Awaiting signatures' },
  verified: { ja: '審査待ち', jaEasy: '{審査|しんさ}を まつ', en: 'To examine' },
  tryLater: {
    ja: '失効情報を待っています',
    jaEasy: '{情報|じょうほう}を まって いる',
    en: 'Waiting for revocation information',
  },
  refused: { ja: '受付で断った', jaEasy: 'ことわった', en: 'Refused' },
  accepted: { ja: '受理', jaEasy: '{受|う}けつけた', en: 'Accepted' },
  correction: { ja: '補正中', jaEasy: '{直|なお}して もらって いる', en: 'Being corrected' },
  rejected: { ja: '却下', jaEasy: 'だめと {決|き}めた', en: 'Rejected' },
  withdrawn: { ja: '取下げ', jaEasy: '{取|と}りやめた', en: 'Withdrawn' },
  joined: {
    ja: 'ほかの申請に加わった',
    jaEasy: 'ほかの {申請|しんせい}に {入|はい}った',
    en: 'Joined to another application',
  },
};

export const decisionWords: Record<Decision, Words> = {
  accept: { ja: '受理する', jaEasy: '{受|う}けつける', en: 'Accept' },
  correct: { ja: '補正を求める', jaEasy: '{直|なお}して もらう', en: 'Ask for a correction' },
  reject: { ja: '却下する', jaEasy: 'だめと {決|き}める', en: 'Reject' },
  proposeAccept: {
    ja: '受理を起案する',
    jaEasy: '{受|う}けつけると {提案|ていあん}する',
    en: 'Propose to accept',
  },
  proposeReject: { ja: '却下を起案する', jaEasy: 'だめと {提案|ていあん}する', en: 'Propose to reject' },
  note: { ja: 'メモを残す', jaEasy: 'メモを {残|のこ}す', en: 'Leave a note' },
};

export const faultWords: Record<DecisionFault, Words> = {
  decided: {
    ja: 'この申請は、もう決まっています。',
    jaEasy: 'この {申請|しんせい}は もう {決|き}まって います。',
    en: 'This application has already been decided.',
  },
  changed: {
    ja: 'あなたが見ているあいだに、この申請に動きがありました。下の経過を見て、もう一度決めてください。',
    jaEasy:
      '{見|み}て いる あいだに {変|か}わりました。{下|した}を {見|み}て、もういちど {決|き}めて ください。',
    en: 'Something happened to this application while you looked at it. See the history below and decide again.',
  },
  reason: {
    ja: '理由を書いてください。',
    jaEasy: '{理由|りゆう}を {書|か}いて ください。',
    en: 'Write the reason.',
  },
  reasonLength: {
    ja: '理由は2000文字までにしてください。',
    jaEasy: '{理由|りゆう}は 2000{文字|もじ}までです。',
    en: 'Keep the reason within 2000 characters.',
  },
  signature: {
    ja: '署名が誤りの申請は、受理できません。補正を求めるか、却下してください。',
    jaEasy: '{署名|しょめい}が まちがいの {申請|しんせい}は {受|う}けつけられません。',
    en: 'An application with a wrong signature cannot be accepted. Ask for a correction or reject it.',
  },
  locked: {
    ja: 'ほかの担当者がこの申請を審査しています。引き継いでから決めてください。',
    jaEasy: 'ほかの {人|ひと}が {審査|しんさ}して います。',
    en: 'Somebody else works on this application. Take it over before you decide.',
  },
  fourEyes: {
    ja: 'この役所では、ほかの職員が同じ決定を起案してから決めます。',
    jaEasy: 'ほかの {人|ひと}の {提案|ていあん}が いります。',
    en: 'At this office another officer must propose the same decision first.',
  },
  until: {
    ja: '補正の期限は、今日から1年までの日を「2026-12-01」のように書いてください。',
    jaEasy: '{期限|きげん}の {日|ひ}を「2026-12-01」のように {書|か}いて ください。',
    en: 'Give the last day for the correction, today or later within a year, as 2026-12-01.',
  },
  withdrawal: {
    ja: 'もとの申請は、もう取り下げられない状態です。経過を見てください。',
    jaEasy: 'もとの {申請|しんせい}は もう {決|き}まって います。',
    en: 'The application that this withdraws is already decided.',
  },
  cosigning: {
    ja: 'まだ全員の署名がそろっていません。待つか、補正を求めるか、却下してください。',
    jaEasy: 'まだ みんなの {署名|しょめい}が ありません。',
    en: 'Not everybody has signed yet. Wait, ask for a correction, or reject.',
  },
  cosignature: {
    ja: 'これは、ほかの申請への署名です。その申請が署名を待っているときだけ受理でき、補正は求められません。',
    jaEasy: 'ほかの {申請|しんせい}の {署名|しょめい}です。{直|なお}す ことは できません。',
    en: 'This is a signature under another application. It can be accepted while that one waits for it; no correction can be asked for.',
  },
  parts: {
    ja: 'この申請は、それぞれの機関が自分の部分を決めます。全体の決定は、それで決まります。',
    jaEasy: 'それぞれの {役所|やくしょ}が {決|き}めます。',
    en: 'Each office decides its own part of this application; the whole follows from that.',
  },
  blocked: {
    ja: '先に決まる部分が、まだ承認されていません。',
    jaEasy: 'ほかの {役所|やくしょ}が さきに {決|き}めます。',
    en: 'Another part that comes first has not been accepted yet.',
  },
  partCorrection: {
    ja: 'この部分は、補正を待っています。',
    jaEasy: '{直|なお}して もらうのを まって います。',
    en: 'This part waits for a correction.',
  },
  unopened: {
    ja: 'まだ確かめ終わっていません。しばらく待ってください。',
    jaEasy: 'まだ {確|たし}かめて います。まって ください。',
    en: 'It has not been checked yet. Please wait.',
  },
};

/** What the officer may do when a light is not good. */
export const adviceWords = {
  check: {
    ja: '要確認の印があります。根拠を見て、理由を書けば受理できます。補正を求めることもできます。',
    jaEasy: '{確認|かくにん}が いります。{理由|りゆう}を {書|か}けば {受|う}けつけられます。',
    en: 'A light needs checking: see the evidence. You may accept with a reason, or ask for a correction.',
  },
  pending: {
    ja: '失効情報を待っています。自動でもう一度確かめます。待つことを理由に却下することはありません。',
    jaEasy: '{情報|じょうほう}を まって います。{自動|じどう}で もういちど {確|たし}かめます。',
    en: 'Revocation information is awaited and will be asked for again. Waiting is no reason to reject.',
  },
  bad: {
    ja: '誤りの印があります。補正を求めるか、却下できます。本人に確かめたときは、その理由を書いて受理できます。',
    jaEasy: 'まちがいが あります。{直|なお}して もらうか、ことわる ことが できます。',
    en: 'A light is wrong. Ask for a correction or reject; if you have made sure with the person, accept with that reason.',
  },
  signature: {
    ja: '署名が誤りのため受理できません。補正を求めるか、却下してください。',
    jaEasy: '{署名|しょめい}が まちがいです。{直|なお}して もらうか、ことわって ください。',
    en: 'The signature is wrong, so it cannot be accepted. Ask for a correction or reject.',
  },
} as const satisfies Record<string, Words>;

const actionWords: Readonly<Record<string, Words>> = {
  arrived: { ja: '到達', jaEasy: 'とどいた', en: 'Arrived' },
  opened: { ja: '開封（復号）', jaEasy: '{開|ひら}いた', en: 'Opened (decrypted)' },
  refused: { ja: '受付で断った', jaEasy: '{受付|うけつけ}で ことわった', en: 'Refused at reception' },
  verified: { ja: '確かめた', jaEasy: '{確|たし}かめた', en: 'Checked' },
  tryLater: {
    ja: '確かめた（失効情報待ち）',
    jaEasy: '{確|たし}かめた（{情報|じょうほう}を まつ）',
    en: 'Checked (revocation information awaited)',
  },
  accepted: { ja: '受理', jaEasy: '{受|う}けつけた', en: 'Accepted' },
  correctionAsked: {
    ja: '補正を求めた',
    jaEasy: '{直|なお}して ほしいと {伝|つた}えた',
    en: 'Correction asked for',
  },
  rejected: { ja: '却下', jaEasy: 'だめと {決|き}めた', en: 'Rejected' },
  corrected: { ja: '補正が届いた', jaEasy: '{直|なお}した ものが とどいた', en: 'Correction arrived' },
  withdrawn: { ja: '取下げ', jaEasy: '{取|と}りやめた', en: 'Withdrawn' },
  joined: {
    ja: 'ほかの申請に加えた',
    jaEasy: 'ほかの {申請|しんせい}に {入|い}れた',
    en: 'Joined to another application',
  },
  cosignAsked: {
    ja: 'ほかの人の署名を待ち始めた',
    jaEasy: '{署名|しょめい}を まちはじめた',
    en: 'Waiting for other signatures',
  },
  cosigned: { ja: '署名が加わった', jaEasy: '{署名|しょめい}が とどいた', en: 'Signature joined' },
  cosignDeclined: { ja: '署名をことわった', jaEasy: '{署名|しょめい}を ことわった', en: 'Declined to sign' },
  cosignComplete: {
    ja: '全員の署名がそろった',
    jaEasy: 'みんなが {署名|しょめい}した',
    en: 'Everybody has signed',
  },
  partAccepted: { ja: '部分の承認', jaEasy: '{部分|ぶぶん}を {受|う}けつけた', en: 'Part accepted' },
  partRejected: { ja: '部分の却下', jaEasy: '{部分|ぶぶん}を ことわった', en: 'Part rejected' },
  note: { ja: 'メモ', jaEasy: 'メモ', en: 'Note' },
  assigned: { ja: '担当になった', jaEasy: '{担当|たんとう}に なった', en: 'Assigned' },
  takenOver: { ja: '担当を引き継いだ', jaEasy: '{担当|たんとう}を かわった', en: 'Taken over' },
  released: { ja: '担当をはずれた', jaEasy: '{担当|たんとう}を やめた', en: 'Released' },
  handedOver: {
    ja: '基幹システムが引き取った',
    jaEasy: 'ほかの システムへ わたした',
    en: 'Taken over by a core system',
  },
  handOverFailed: {
    ja: '基幹システムが引き取れなかった',
    jaEasy: 'ほかの システムへ わたせなかった',
    en: 'Could not be taken over',
  },
  replied: { ja: '署名した通知を送った', jaEasy: '{手紙|てがみ}を {送|おく}った', en: 'Signed notice made' },
  replyFetched: {
    ja: '通知を受け取った',
    jaEasy: '{手紙|てがみ}を {受|う}け{取|と}った',
    en: 'Notice fetched',
  },
  held: { ja: '消去を止めた', jaEasy: '{消|け}さない ことに した', en: 'Held' },
  holdEnded: { ja: '消去の停止を解いた', jaEasy: '{消|け}しても よい ことに した', en: 'No longer held' },
  erased: {
    ja: '保存期間が過ぎたため消去した',
    jaEasy: '{期間|きかん}が {過|す}ぎたので {消|け}した',
    en: 'Erased: its time was over',
  },
  exported: {
    ja: '証跡を書き出した',
    jaEasy: '{証拠|しょうこ}を {保存|ほぞん}した',
    en: 'Evidence exported',
  },
};

export function actionInWords({ kind, detail }: Pick<ActionRow, 'kind' | 'detail'>): Words {
  if (kind === 'matched') return verdictWords[detail.verdict === 'same' ? 'same' : 'different'];
  if (kind === 'proposed')
    return decisionWords[detail.proposal === 'accept' ? 'proposeAccept' : 'proposeReject'];
  return actionWords[kind] ?? { ja: kind, jaEasy: kind, en: kind };
}

const actorWords: Readonly<Record<string, Words>> = {
  intake: { ja: '受付', jaEasy: '{受付|うけつけ}', en: 'Intake' },
  reception: { ja: '受付', jaEasy: '{受付|うけつけ}', en: 'Reception' },
  'officer:desk': {
    ja: '審査の担当者',
    jaEasy: '{審査|しんさ}の {担当|たんとう}',
    en: 'Examining officer',
  },
  verifier: { ja: '自動の確認', jaEasy: '{自動|じどう}', en: 'Automatic check' },
  applicant: { ja: '申請者', jaEasy: '{申請|しんせい}した {人|ひと}', en: 'Applicant' },
  cosigner: {
    ja: 'いっしょに署名する人',
    jaEasy: 'いっしょに {署名|しょめい}する {人|ひと}',
    en: 'Co-signer',
  },
  system: { ja: 'システム', jaEasy: 'システム', en: 'System' },
  operator: { ja: '運用者', jaEasy: 'システムの {担当|たんとう}', en: 'Operator' },
  agency: { ja: '役所（自動）', jaEasy: '{役所|やくしょ}', en: 'Agency, automatic' },
};

export function actorInWords(actor: string): Words {
  const known = actorWords[actor];
  if (known !== undefined) return known;
  if (actor.startsWith('system:')) {
    const system = actor.slice(7);
    return { ja: `システム ${system}`, jaEasy: `システム ${system}`, en: `System ${system}` };
  }
  const id = actor.replace(/^officer:/, '');
  return { ja: `担当 ${id}`, jaEasy: `{担当|たんとう} ${id}`, en: `Officer ${id}` };
}
