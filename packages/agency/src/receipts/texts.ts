import type { Words } from '@madoguchi/ui';
import type { CaseState } from '../cases/state.js';

export const texts = {
  arrived: {
    ja: '申請が届きました',
    jaEasy: '{申|もう}し{込|こ}みが とどきました',
    en: 'Your application has arrived',
  },
  decided: {
    ja: '審査が終わりました',
    jaEasy: '{調|しら}べるのが {終|お}わりました',
    en: 'Your application has been decided',
  },
  withdrawn: {
    ja: '申請を取り下げました',
    jaEasy: '{申|もう}し{込|こ}みを やめました',
    en: 'You have withdrawn your application',
  },
  receiptOf: {
    ja: '受付のお知らせ（到達通知）',
    jaEasy: '{受付|うけつけ}の お{知|し}らせ',
    en: 'Notice of receipt (到達通知)',
  },
  arrivedAt: { ja: '到達日時', jaEasy: 'とどいた {日|ひ}と {時間|じかん}', en: 'Arrived' },
  procedure: { ja: '手続', jaEasy: '{申|もう}し{込|こ}み', en: 'Procedure' },
  agency: { ja: 'あて先', jaEasy: 'とどいた ところ', en: 'Sent to' },
  state: { ja: '状況', jaEasy: 'いまの ようす', en: 'State' },
  next: { ja: 'このあと', jaEasy: 'このあと', en: 'What happens next' },
  days: {
    ja: 'めやすは、到達から{days}日です（土日・祝日をのぞく）。',
    jaEasy:
      'だいたい {days}{日|にち} かかります（{土曜日|どようび}・{日曜日|にちようび}・{休|やす}みの {日|ひ}は {入|はい}りません）。',
    en: 'This usually takes {days} working days after arrival.',
  },
  ask: { ja: '問い合わせ先', jaEasy: '{聞|き}きたい とき', en: 'Questions' },
  askValue: {
    ja: '{name}　電話 {telephone}',
    jaEasy: '{name}　でんわ {telephone}',
    en: '{name}, telephone {telephone}',
  },
  showInquiry: {
    ja: '問合せ番号を見る',
    jaEasy: '{問合|といあわ}せ{番号|ばんごう}を {見|み}る',
    en: 'Show the inquiry number (問合せ番号)',
  },
  inquiryNote: {
    ja: 'あとで状況を見るときに、到達番号といっしょに使います。ほかの人に見せないでください。',
    jaEasy: 'あとで {見|み}る ときに つかいます。ほかの {人|ひと}に {見|み}せないで ください。',
    en: 'You need it with the receipt number to look up your application later. Show it to nobody.',
  },
  pdf: { ja: 'PDFで保存', jaEasy: 'PDFを {保存|ほぞん}する', en: 'Save as PDF' },
  print: { ja: '印刷する', jaEasy: '{印刷|いんさつ}する', en: 'Print' },
  addressed: { ja: '{agency} あて', jaEasy: '{agency} へ', en: 'To {agency}' },
  copy: {
    ja: '申請書の控えをPDFで保存',
    jaEasy: '{申|もう}し{込|こ}みの コピー（PDF）を {保存|ほぞん}する',
    en: 'Save a copy of the application as PDF',
  },
  copyFoot: {
    ja: '電子署名された申請書の控えです。署名されたデータ（application.json）の SHA-256: {digest}',
    jaEasy: 'これは コピーです。SHA-256: {digest}',
    en: 'A copy of the application that was signed electronically. SHA-256 of the signed data (application.json): {digest}',
  },
  signed: {
    ja: '受領書のデータ（役所の署名つき）を保存',
    jaEasy: '{署名|しょめい}つきの データを {保存|ほぞん}する',
    en: 'Save the receipt with the office’s signature',
  },
  close: {
    ja: 'この画面は閉じてかまいません。',
    jaEasy: 'この {画面|がめん}は とじて いいです。',
    en: 'You may close this window.',
  },
  refused: {
    ja: 'この申請は受け付けられませんでした',
    jaEasy: 'この {申|もう}し{込|こ}みは {受|う}け{付|つ}けられません',
    en: 'This application was refused',
  },
  filesTitle: {
    ja: '送られたファイルに、問題があるかもしれません',
    jaEasy: '{送|おく}った ファイルを {見|み}て ください',
    en: 'There may be something wrong with a file that you sent',
  },
  filesNext: {
    ja: '申請は届いています。役所が開けないときは、補正をお願いしますので、正しいファイルを用意しておいてください。急ぐときは、申請を取り下げて出し直すか、下の問い合わせ先へご連絡ください。',
    jaEasy:
      '{申|もう}し{込|こ}みは とどいて います。{役所|やくしょ}から なおして くださいと {言|い}われるかも しれません。ファイルを {用意|ようい}して ください。',
    en: 'Your application has arrived. If the office cannot open the file, it will ask you for a correction: have the right file ready. If it is urgent, withdraw the application and file it again, or contact the office below.',
  },
  filesAgain: {
    ja: 'この申請を取り下げる',
    jaEasy: 'この {申|もう}し{込|こ}みを やめる',
    en: 'Withdraw this application',
  },
  filesLater: {
    ja: '送られたファイルは、これから確かめます。問題があれば、この画面とマイページでお知らせします。',
    jaEasy:
      'ファイルを これから {調|しら}べます。{問題|もんだい}が あれば、この {画面|がめん}に {出|で}ます。',
    en: 'Your files will now be checked. If something is wrong with one, this page and My page will say so.',
  },
  filesShort: {
    ja: 'ファイルに問題があるかもしれません',
    jaEasy: 'ファイルを {見|み}て ください',
    en: 'Look at your files',
  },
  twiceTitle: {
    ja: '同じ内容の申請を、前にも出しています',
    jaEasy: 'おなじ {申|もう}し{込|こ}みを まえにも {出|だ}して います',
    en: 'You have already filed this',
  },
  twice: {
    ja: '{when}に、到達番号 {receipt} で届いています。どちらも届いているので、役所は両方を審査します。間違えて2回送ったときは、この申請を取り下げてください。2回分が必要なときは、何もしなくてかまいません。',
    jaEasy:
      '{when}に とどいて います。{番号|ばんごう}は {receipt} です。まちがえた ときは、この {申|もう}し{込|こ}みを やめて ください。ふたつ ほしい ときは、そのままで いいです。',
    en: 'It arrived on {when} under the number {receipt}. Both are here and both will be examined. If you sent it twice by mistake, withdraw this one; if you need it twice, do nothing.',
  },
  ended: {
    ja: 'この申請は、同じ内容の申請があるため、役所が終わりにしました。先の申請で手続きを続けます。',
    jaEasy:
      'おなじ {申|もう}し{込|こ}みが あるので、これは おわりです。もう ひとつの {申|もう}し{込|こ}みを {調|しら}べます。',
    en: 'The office ended this application because there is another one that says the same. It goes on with that one.',
  },
  endedBy: {
    ja: '続ける申請の到達番号は {receipt} です。',
    jaEasy: '{番号|ばんごう}は {receipt} です。',
    en: 'The one that goes on has the number {receipt}.',
  },
  paused: {
    ja: '審査を保留にしています',
    jaEasy: 'いま {調|しら}べるのを とめて います',
    en: 'The examination is on hold',
  },
  pausedNote: {
    ja: '役所が、上の理由で審査を止めています。あなたがすることはありません。止まっている日数は、処理の日数に数えません。',
    jaEasy: '{役所|やくしょ}の つごうです。あなたが する ことは ありません。',
    en: 'The office waits for the reason above; there is nothing for you to do. The days on hold are not counted in the time that it takes.',
  },
  pausedUntil: {
    ja: '{day}に、審査を続ける予定です。',
    jaEasy: '{day}に また {調|しら}べます。',
    en: 'It is to go on on {day}.',
  },
  erasedTitle: {
    ja: 'この申請の内容は、消去されました',
    jaEasy: 'この {申|もう}し{込|こ}みの なかみは {消|け}しました',
    en: 'The content of this application was erased',
  },
  erased: {
    ja: '決まりの保存期間が過ぎたため、{when}に内容を消去しました。残っているのは、到達番号、日時と結果だけです。通知書などを受け取っていないときは、下の問い合わせ先へご連絡ください。',
    jaEasy:
      '{期間|きかん}が {過|す}ぎたので、{when}に {消|け}しました。{番号|ばんごう}と {日|ひ}だけが あります。',
    en: 'Its time of keeping was over, so its content was erased on {when}. What is left is its number, the times and the result. If you never fetched a notice, contact the office below.',
  },
  lookUp: {
    ja: '申請の状況を見る',
    jaEasy: '{申|もう}し{込|こ}みを {見|み}る',
    en: 'Look up an application',
  },
  lookUpLead: {
    ja: '到達番号と問合せ番号を書いてください。問合せ番号は、申請が届いたときの画面の「問合せ番号を見る」にあります。',
    jaEasy:
      'ふたつの {番号|ばんごう}を {書|か}いて ください。{申請|しんせい}した ときの {画面|がめん}に あります。',
    en: 'Enter the receipt number and the inquiry number. The inquiry number stands on the page that said your application had arrived, under “Show the inquiry number”.',
  },
  look: { ja: '見る', jaEasy: '{見|み}る', en: 'Show' },
  numberHint: { ja: '例: 2026-0001234', jaEasy: '{例|れい}: 2026-0001234', en: 'For example: 2026-0001234' },
  inquiryHint: { ja: '例: 7K3F2-9QXMA', jaEasy: '{例|れい}: 7K3F2-9QXMA', en: 'For example: 7K3F2-9QXMA' },
  bothNumbers: {
    ja: '番号を2つとも書いてください。',
    jaEasy: '{番号|ばんごう}を ふたつとも {書|か}いて ください。',
    en: 'Enter both numbers.',
  },
  tooOften: {
    ja: '短い時間に何度も調べられたため、止めています。しばらく待って、もう一度ためしてください。',
    jaEasy: 'みじかい あいだに なんども {調|しら}べました。すこし まってから やって ください。',
    en: 'You have looked up too often within a short time. Wait a little and try again.',
  },
  notFound: {
    ja: '到達番号と問合せ番号の組が見つかりません。2つの番号を確かめてください。',
    jaEasy: '{番号|ばんごう}が ちがいます。たしかめて ください。',
    en: 'No application has this pair of numbers. Check both.',
  },
  foot: {
    ja: 'この書面は、申請が役所のコンピューターに記録されたこと（到達）を知らせるものです。許可や交付を約束するものではありません。',
    jaEasy: 'これは、とどいた ことを {知|し}らせる {紙|かみ}です。',
    en: 'This notice says that the application was recorded at the office (arrival). It promises no decision.',
  },
  sentence: {
    ja: '次の申請が届きました。',
    jaEasy: 'つぎの {申|もう}し{込|こ}みが とどきました。',
    en: 'The following application has arrived.',
  },
} as const satisfies Record<string, Words>;

/** The six words a citizen sees. What only the staff needs to know (checks that wait) is part of 審査中. */
export const stateWords: Record<CaseState, Words> = {
  arrived: { ja: '到達（届きました）', jaEasy: 'とどきました', en: 'Arrived' },
  opened: { ja: '審査中', jaEasy: 'しらべて います', en: 'Being examined' },
  cosigning: {
    ja: 'ほかの人の署名を待っています',
    jaEasy: 'ほかの {人|ひと}の {署名|しょめい}を まって います',
    en: 'Waiting for other signatures',
  },
  verified: { ja: '審査中', jaEasy: 'しらべて います', en: 'Being examined' },
  tryLater: { ja: '審査中', jaEasy: 'しらべて います', en: 'Being examined' },
  refused: { ja: '受け付けられません', jaEasy: '{受|う}け{付|つ}けられません', en: 'Refused' },
  accepted: { ja: '受理', jaEasy: '{大丈夫|だいじょうぶ}でした', en: 'Accepted' },
  correction: { ja: '補正依頼', jaEasy: 'なおして ください', en: 'Correction asked for' },
  rejected: { ja: '却下', jaEasy: 'だめでした', en: 'Rejected' },
  withdrawn: { ja: '取下げ', jaEasy: 'やめました', en: 'Withdrawn' },
  duplicate: {
    ja: '重複のため終了',
    jaEasy: 'おなじ ものが あるので おわり',
    en: 'Ended as a duplicate',
  },
  joined: {
    ja: 'もとの申請に加わりました',
    jaEasy: 'はじめの {申|もう}し{込|こ}みに {入|はい}りました',
    en: 'Part of your earlier application',
  },
};
