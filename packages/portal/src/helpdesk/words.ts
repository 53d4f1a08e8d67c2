import type { Words } from '@madoguchi/ui';
import type { CallTime, TicketActionKind, TicketState, TicketTopic } from './ticket.js';

export const topicWords: Record<TicketTopic, Words> = {
  ready: { ja: 'はじめる前の準備', jaEasy: '{準備|じゅんび}', en: 'Getting ready' },
  reader: { ja: 'カードリーダー', jaEasy: 'カードリーダー', en: 'The card reader' },
  card: { ja: 'カードと電子証明書', jaEasy: 'カード', en: 'The card and its certificates' },
  password: { ja: 'パスワード', jaEasy: 'パスワード', en: 'Passwords' },
  procedure: { ja: '申請のしかた', jaEasy: '{申|もう}し{込|こ}み', en: 'Applying' },
  other: { ja: 'そのほか', jaEasy: 'ほかの こと', en: 'Something else' },
};

export const callWords: Record<CallTime, Words> = {
  none: { ja: '電話は要らない', jaEasy: '{電話|でんわ}は いりません', en: 'No call, please' },
  any: { ja: 'いつでも', jaEasy: 'いつでも', en: 'At any time' },
  morning: { ja: '午前', jaEasy: '{午前|ごぜん}', en: 'In the morning' },
  afternoon: { ja: '午後', jaEasy: '{午後|ごご}', en: 'In the afternoon' },
};

export const stateWords: Record<TicketState, Words> = {
  new: { ja: '受け付けました', jaEasy: 'とどきました', en: 'Received' },
  open: { ja: '担当が調べています', jaEasy: '{調|しら}べて います', en: 'A helper is looking into it' },
  answered: { ja: '返事をしました', jaEasy: '{返事|へんじ}を しました', en: 'Answered' },
  closed: { ja: '終わりました', jaEasy: 'おわりました', en: 'Closed' },
};

export const actionWords: Record<TicketActionKind, Words> = {
  taken: { ja: '担当になる', jaEasy: '{担当|たんとう}に なる', en: 'Take it' },
  reply: { ja: '返事を書く', jaEasy: '{返事|へんじ}を {書|か}く', en: 'Reply' },
  note: { ja: '内部のメモを残す', jaEasy: 'メモを {書|か}く', en: 'Leave a note (internal)' },
  called: { ja: '電話したことを記録する', jaEasy: '{電話|でんわ}を した', en: 'Record a call' },
  closed: { ja: '終わりにする', jaEasy: 'おわりに する', en: 'Close' },
  reopened: { ja: 'もう一度開く', jaEasy: 'もう いちど ひらく', en: 'Open again' },
};

export const contactTexts = {
  title: { ja: 'ヘルプデスクに相談する', jaEasy: '{相談|そうだん}する', en: 'Ask the helpdesk' },
  lead: {
    ja: 'こまっていることを書いて送ってください。返事はこのサイトで見られます。電話での返事も選べます。',
    jaEasy: 'こまって いる ことを {書|か}いて ください。{返事|へんじ}は ここで {見|み}ます。',
    en: 'Write what troubles you. The answer appears on this site; you may also ask to be called.',
  },
  secretTitle: {
    ja: 'パスワードは書かないでください',
    jaEasy: 'パスワードは {書|か}かないで ください',
    en: 'Never write a password',
  },
  secret: {
    ja: 'ヘルプデスクがパスワードやマイナンバーをたずねることは、ありません。',
    jaEasy: 'パスワードや マイナンバーは {聞|き}きません。',
    en: 'The helpdesk never asks for passwords or for your My Number.',
  },
  topic: { ja: 'どれについて', jaEasy: 'どれの こと', en: 'What is it about?' },
  body: { ja: 'こまっていること', jaEasy: 'こまって いる こと', en: 'What troubles you' },
  bodyHint: {
    ja: 'したこと、画面に出たことば、使っている機械を書くと、早くわかります。2,000文字まで。',
    jaEasy: '{画面|がめん}の ことばも {書|か}いて ください。',
    en: 'What you did, what the screen said and your machine help us most. Up to 2,000 characters.',
  },
  callAt: { ja: '電話での返事', jaEasy: '{電話|でんわ}の {返事|へんじ}', en: 'Shall we call you?' },
  telephone: { ja: '電話番号', jaEasy: '{電話番号|でんわばんごう}', en: 'Telephone number' },
  telephoneHint: {
    ja: '電話での返事を選んだときだけ書いてください。',
    jaEasy: '{電話|でんわ}の ときだけ {書|か}いて ください。',
    en: 'Only if you want to be called.',
  },
  report: {
    ja: '環境の確認の結果のファイル',
    jaEasy: '{準備|じゅんび}の {確認|かくにん}の ファイル',
    en: 'Report of the environment check',
  },
  reportHint: {
    ja: '署名クライアントの「環境の確認」で「結果を保存する」を押すとできるファイルです。名前、番号、パスワードは入っていません。',
    jaEasy: 'ソフトの {画面|がめん}で ほぞんした ファイルです。{名前|なまえ}は {入|はい}って いません。',
    en: 'The file that “Save the result” in the signing client makes. It holds no name, number or password.',
  },
  consent: { ja: 'ファイルを送ること', jaEasy: 'ファイルを {送|おく}る こと', en: 'Sending the file' },
  consentYes: {
    ja: 'このファイルをヘルプデスクに送ってよい',
    jaEasy: 'ファイルを {送|おく}って いいです',
    en: 'The helpdesk may have this file',
  },
  send: { ja: '送る', jaEasy: '{送|おく}る', en: 'Send' },
  kept: {
    ja: '書いたことと電話番号は、相談が終わって90日たつと消します。',
    jaEasy: '{書|か}いた ことは、おわって 90{日|にち}で {消|け}します。',
    en: 'What you wrote and your number are erased 90 days after the matter is closed.',
  },
  sent: {
    ja: '相談を受け付けました',
    jaEasy: '{相談|そうだん}が とどきました',
    en: 'Your question has arrived',
  },
  number: { ja: '相談番号', jaEasy: '{相談番号|そうだんばんごう}', en: 'Number' },
  code: { ja: '確認コード', jaEasy: '{確認|かくにん}コード', en: 'Code' },
  keep: {
    ja: '相談番号と確認コードを書きとめてください。返事を見るときに使います。確認コードは、もう一度は出ません。',
    jaEasy: 'ふたつの {番号|ばんごう}を {紙|かみ}に {書|か}いて ください。また {使|つか}います。',
    en: 'Write both down: you need them to read the answer. The code is not shown again.',
  },
  again: {
    ja: 'この相談は、もう受け付けています。確認コードは、はじめの画面に出たものです。',
    jaEasy: 'もう とどいて います。',
    en: 'This question has already arrived. Its code is the one shown the first time.',
  },
  look: { ja: '返事を見る', jaEasy: '{返事|へんじ}を {見|み}る', en: 'Read the answer' },
  lookTitle: {
    ja: '相談の返事を見る',
    jaEasy: '{返事|へんじ}を {見|み}る',
    en: 'Read the answer to your question',
  },
  lookLead: {
    ja: '相談を送ったあとの画面に出た、2つを書いてください。',
    jaEasy: '{相談|そうだん}した ときに {出|で}た ふたつを {書|か}いて ください。',
    en: 'Enter the two that were shown when you had sent your question.',
  },
  lookFault: {
    ja: '相談番号か確認コードが違います。もう一度確かめてください。',
    jaEasy: '{番号|ばんごう}が ちがいます。もう いちど {見|み}て ください。',
    en: 'The number or the code is wrong. Please check them.',
  },
  state: { ja: 'いまの状態', jaEasy: 'いま', en: 'State' },
  openedAt: { ja: '受け付けた日時', jaEasy: 'とどいた {日|ひ}', en: 'Received' },
  answer: { ja: 'ヘルプデスクの返事', jaEasy: '{返事|へんじ}', en: 'The helpdesk’s answer' },
  noAnswer: {
    ja: '返事はまだありません。',
    jaEasy: '{返事|へんじ}は まだ です。',
    en: 'There is no answer yet.',
  },
  erased: {
    ja: '書いた内容は、保存の期間が過ぎたので消しました。',
    jaEasy: '{書|か}いた ことは もう {消|け}しました。',
    en: 'What was written has been erased, as its time was over.',
  },
  closedDesk: {
    ja: 'このサイトにはヘルプデスクがありません。下の電話でおたずねください。',
    jaEasy: '{電話|でんわ}で {聞|き}いて ください。',
    en: 'This site has no helpdesk. Please call the number below.',
  },
} satisfies Record<string, Words>;

export const deskTexts = {
  title: { ja: 'ヘルプデスク', jaEasy: 'ヘルプデスク', en: 'Helpdesk' },
  queue: { ja: '相談の一覧', jaEasy: '{相談|そうだん}', en: 'Questions' },
  none: { ja: '相談はありません。', jaEasy: '{相談|そうだん}は ありません。', en: 'There are no questions.' },
  number: { ja: '番号', jaEasy: '{番号|ばんごう}', en: 'Number' },
  topic: { ja: '内容', jaEasy: '{内容|ないよう}', en: 'About' },
  openedAt: { ja: '受付', jaEasy: '{受付|うけつけ}', en: 'Received' },
  callAt: { ja: '電話の希望', jaEasy: '{電話|でんわ}', en: 'Call' },
  state: { ja: '状態', jaEasy: 'いま', en: 'State' },
  helper: { ja: '担当', jaEasy: '{担当|たんとう}', en: 'Helper' },
  all: { ja: 'すべて', jaEasy: 'ぜんぶ', en: 'All' },
  undone: { ja: '終わっていないもの', jaEasy: 'まだの もの', en: 'Not closed' },
  written: { ja: '書いてあること', jaEasy: '{書|か}いて ある こと', en: 'What was written' },
  telephone: { ja: '電話番号', jaEasy: '{電話番号|でんわばんごう}', en: 'Telephone' },
  language: { ja: 'ことば', jaEasy: 'ことば', en: 'Language' },
  report: { ja: '環境の確認の結果', jaEasy: '{準備|じゅんび}の {確認|かくにん}', en: 'Environment check' },
  checked: { ja: '確かめたこと', jaEasy: '{確|たし}かめた こと', en: 'Check' },
  result: { ja: '結果', jaEasy: '{結果|けっか}', en: 'Result' },
  found: { ja: 'わかったこと', jaEasy: 'わかった こと', en: 'Found' },
  history: { ja: 'これまでのこと', jaEasy: 'これまで', en: 'What was done' },
  act: { ja: '対応する', jaEasy: '{返事|へんじ}など', en: 'Handle it' },
  action: { ja: 'すること', jaEasy: 'する こと', en: 'What do you do?' },
  text: { ja: '文', jaEasy: '{文|ぶん}', en: 'Text' },
  textHint: {
    ja: '「返事を書く」の文は相談した人に見えます。ほかの文は見えません。',
    jaEasy: '{返事|へんじ}だけ {見|み}えます。',
    en: 'Only the text of a reply is shown to the person who asked.',
  },
  record: { ja: '記録する', jaEasy: '{記録|きろく}する', en: 'Record' },
  textMissing: {
    ja: '文を書いてください。',
    jaEasy: '{文|ぶん}を {書|か}いて ください。',
    en: 'Write a text.',
  },
  actionMissing: {
    ja: 'することを選んでください。',
    jaEasy: 'えらんで ください。',
    en: 'Choose what you do.',
  },
  entryTitle: { ja: 'ヘルプデスクに入る', jaEasy: 'ヘルプデスクに {入|はい}る', en: 'Enter the helpdesk' },
  entry: {
    ja: '担当者は、管理者から受け取った一度だけのリンクで入ります。リンクは「madoguchi portal helper 名前」で作れます。',
    jaEasy: '{管理者|かんりしゃ}の リンクで {入|はい}ります。',
    en: 'Helpers enter by a one-time link from the operator: “madoguchi portal helper NAME” makes one.',
  },
  used: {
    ja: 'このリンクは使えません。もう使われたか、期限が過ぎています。新しいリンクを管理者に頼んでください。',
    jaEasy: 'この リンクは {使|つか}えません。{新|あたら}しい リンクを もらって ください。',
    en: 'This link cannot be used: it was used before or is out of time. Ask the operator for a new one.',
  },
  leave: { ja: '出る', jaEasy: '{出|で}る', en: 'Leave' },
  questions: { ja: 'よくある質問を見る', jaEasy: 'よく ある {質問|しつもん}', en: 'Common questions' },
} satisfies Record<string, Words>;
