import type { Words } from '@madoguchi/ui';
import type { EditableFile } from '../content/content.js';

export const fileWords: Record<EditableFile, Words> = {
  'news.csv': { ja: 'お知らせ', jaEasy: 'お{知|し}らせ', en: 'News' },
  'questions.json': { ja: 'よくある質問', jaEasy: 'よく ある {質問|しつもん}', en: 'Common questions' },
  'shops.csv': { ja: 'カードリーダーの店', jaEasy: 'カードリーダーの {店|みせ}', en: 'Shops' },
  'classes.csv': { ja: '講座と相談会', jaEasy: 'おしえる {日|ひ}', en: 'Classes' },
};

/** Where what a file says is to be seen. */
export const filePages: Record<EditableFile, string> = {
  'news.csv': '/',
  'questions.json': '/help',
  'shops.csv': '/readers/shops',
  'classes.csv': '/classes',
};

export const texts = {
  title: { ja: 'このサイトの管理', jaEasy: 'サイトの {管理|かんり}', en: 'Manage this site' },
  lead: {
    ja: '文と一覧を変えます。公開する前に下見ができ、公開したあとも前の版にもどせます。',
    jaEasy: '{文|ぶん}を {変|か}えます。もとにも もどせます。',
    en: 'Change texts and lists. Preview before you publish; any earlier version can come back.',
  },
  files: { ja: '変えられるもの', jaEasy: '{変|か}えられる もの', en: 'What can be changed' },
  file: { ja: '名前', jaEasy: '{名前|なまえ}', en: 'Name' },
  version: { ja: '公開中の版', jaEasy: '{版|はん}', en: 'Published version' },
  rows: { ja: '項目の数', jaEasy: '{数|かず}', en: 'Items' },
  draft: { ja: '下書き', jaEasy: '{下書|したが}き', en: 'Draft' },
  has: { ja: 'あり', jaEasy: 'あり', en: 'yes' },
  hasNot: { ja: 'なし', jaEasy: 'なし', en: 'no' },
  original: { ja: '初めの版', jaEasy: 'はじめ', en: 'as it came' },
  versionValue: { ja: '第{n}版', jaEasy: '{n}', en: '{n}' },
  text: { ja: '中身', jaEasy: '{中身|なかみ}', en: 'Content' },
  textHint: {
    ja: 'ここで書きかえるか、ファイルを受け取って表計算ソフトなどで直し、下から送ってください。',
    jaEasy: 'ここで {書|か}きかえます。',
    en: 'Change it here, or download the file, edit it in a spreadsheet and upload it below.',
  },
  upload: { ja: '直したファイル', jaEasy: 'ファイル', en: 'Changed file' },
  uploadHint: {
    ja: '文字コードはUTF-8にしてください。選ぶと、上の欄の代わりに使います。',
    jaEasy: 'UTF-8の ファイルです。',
    en: 'In UTF-8. When chosen it is used instead of the text above.',
  },
  download: { ja: 'いまの中身を受け取る', jaEasy: 'ファイルを もらう', en: 'Download what is here' },
  save: { ja: '下書きにして下見する', jaEasy: '{下見|したみ}する', en: 'Save as draft and preview' },
  publish: { ja: '公開する', jaEasy: '{公開|こうかい}する', en: 'Publish' },
  drop: { ja: '下書きを捨てる', jaEasy: '{下書|したが}きを すてる', en: 'Discard the draft' },
  see: { ja: '下見のページを開く', jaEasy: '{下見|したみ}を {見|み}る', en: 'Open the preview' },
  changed: { ja: '公開中の版との違い', jaEasy: '{変|か}わった ところ', en: 'What the draft changes' },
  none: { ja: '違いはありません。', jaEasy: 'ありません。', en: 'Nothing.' },
  more: { ja: 'ほかに{n}行', jaEasy: 'ほかに {n}', en: '{n} more lines' },
  history: { ja: '公開した版', jaEasy: 'これまでの {版|はん}', en: 'Published versions' },
  at: { ja: 'とき', jaEasy: 'いつ', en: 'When' },
  by: { ja: 'だれが', jaEasy: 'だれ', en: 'Who' },
  undo: { ja: 'この版にもどす', jaEasy: 'これに もどす', en: 'Back to this version' },
  undone: { ja: '第{n}版をもどしたもの', jaEasy: '{n}を もどした', en: 'version {n} again' },
  published: { ja: '公開しました', jaEasy: '{公開|こうかい}しました', en: 'Published' },
  faulty: {
    ja: '直すところがあります。直すまで公開できません。',
    jaEasy: '{直|なお}して ください。',
    en: 'Something has to be put right before it can be published.',
  },
  line: { ja: '{line}行目: {message}', jaEasy: '{line}: {message}', en: 'Line {line}: {message}' },
  conflict: {
    ja: 'ほかの人が先に公開しました。違いを確かめて、もう一度公開してください。',
    jaEasy: 'ほかの {人|ひと}が {先|さき}に {変|か}えました。もう いちど {見|み}て ください。',
    en: 'Somebody else published first. Look at the differences, then publish again.',
  },
  long: { ja: '4MBまでにしてください。', jaEasy: '4MBまでです。', en: 'At most 4 MB.' },
  utf8: {
    ja: 'ファイルがUTF-8ではありません。',
    jaEasy: 'UTF-8では ありません。',
    en: 'The file is not UTF-8.',
  },
  preview: {
    ja: '下見です。ここに見えるものは、まだ公開されていません。',
    jaEasy: '{下見|したみ}です。ほかの {人|ひと}には {見|み}えません。',
    en: 'Preview: nobody else sees this yet.',
  },
  entryTitle: {
    ja: '管理のページに入る',
    jaEasy: '{管理|かんり}の ページに {入|はい}る',
    en: 'Enter the management',
  },
  entry: {
    ja: '管理者は、一度だけのリンクで入ります。リンクは「madoguchi portal admin 名前」で作れます。',
    jaEasy: 'リンクで {入|はい}ります。',
    en: 'You enter by a one-time link: “madoguchi portal admin NAME” makes one.',
  },
  used: {
    ja: 'このリンクは使えません。もう使われたか、期限が過ぎています。',
    jaEasy: 'この リンクは {使|つか}えません。',
    en: 'This link cannot be used: it was used before or is out of time.',
  },
  leave: { ja: '出る', jaEasy: '{出|で}る', en: 'Leave' },
} satisfies Record<string, Words>;
