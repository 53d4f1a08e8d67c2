import { w } from '../three-words.js';
import type { DoctorCheckId } from './report.js';

export const nothingToDo = w('何もする必要はありません。', 'なにも しなくて いいです。', 'Nothing to do.');
export const after = w(
  '前の項目が直ってから、もう一度確かめます。',
  '{前|まえ}の ものが なおってから、もういちど {見|み}ます。',
  'This is checked once the line above is good.',
);
export const notChecked = w('確かめていません', '{見|み}て いません', 'Not checked');

export const titles: Record<DoctorCheckId, ReturnType<typeof w>> = {
  system: w('パソコン', 'パソコン', 'System'),
  node: w('動作環境（Node.js）', 'Node.js', 'Node.js'),
  service: w('カードリーダーのサービス', 'カードリーダーの サービス', 'Card reader service (PC/SC)'),
  reader: w('カードリーダー', 'カードリーダー', 'Card reader'),
  driver: w('カードリーダーのドライバ', 'カードリーダーの ドライバ', 'Card reader driver'),
  card: w('カード', 'カード', 'Card'),
  certificate: w(
    '利用者証明用電子証明書',
    '{利用者証明用電子証明書|りようしゃしょうめいようでんししょうめいしょ}',
    'Authentication certificate',
  ),
  'certificate-sign': w(
    '署名用電子証明書',
    '{署名用電子証明書|しょめいようでんししょうめいしょ}',
    'Signature certificate',
  ),
  'pin-sign': w('署名用パスワード', '{署名用|しょめいよう}パスワード', 'Signature password'),
  'pin-auth': w(
    '利用者証明用パスワード',
    '{利用者証明用|りようしゃしょうめいよう}パスワード',
    'Authentication password',
  ),
  agent: w('署名クライアント', '{署名|しょめい}クライアント', 'Signing agent'),
  login: w('ログイン時の自動起動', '{自動|じどう}で はじまるか', 'Start at login'),
  browser: w('ブラウザ', 'ブラウザ', 'Browser'),
  receivers: w('申請先の受付システム', '{申請先|しんせいさき}の システム', 'Receiving systems'),
};

export const systemWords = {
  known: w('このシステムで動きます。', 'この パソコンで うごきます。', 'This system is supported.'),
  unknown: w(
    'このシステムでは試していません。動くかもしれません。',
    'この パソコンで うごくか、わかりません。',
    'This system has not been tried. It may work.',
  ),
  unknownNext: w(
    'うまくいかないときは、Windows・macOS・Linuxのパソコンをお使いください。',
    'だめな ときは、ほかの パソコンを {使|つか}って ください。',
    'If it fails, use a computer with Windows, macOS or Linux.',
  ),
  nodeGood: w('必要な版がそろっています。', 'だいじょうぶです。', 'The version is recent enough.'),
  nodeOld: w(
    '版が古すぎます（20.19以上が必要です）。',
    'ふるすぎます。',
    'Too old: 20.19 or newer is needed.',
  ),
  nodeNext: w(
    'Node.jsを新しくしてください。',
    'Node.jsを あたらしく して ください。',
    'Install a newer Node.js.',
  ),
  serviceGood: w('動いています', 'うごいて います', 'Running'),
  serviceMeans: w(
    'カードリーダーと話せます。',
    'カードリーダーを {使|つか}えます。',
    'Card readers can be reached.',
  ),
  readers: w('{names}', '{names}', '{names}'),
  readerMeans: w(
    'カードリーダーを使えます。',
    'カードリーダーを {使|つか}えます。',
    'A card reader is ready.',
  ),
} as const;

export const cardWords = {
  good: w(
    'マイナンバーカードが {reader} に入っています',
    'マイナンバーカードが あります（{reader}）',
    'A My Number Card is in {reader}',
  ),
  phone: w(
    'スマホ用電子証明書が {reader} にあります',
    'スマホの {証明書|しょうめいしょ}が あります（{reader}）',
    'A smartphone token is in {reader}',
  ),
  means: w(
    '署名とログインに使えます。',
    '{署名|しょめい}と ログインに {使|つか}えます。',
    'It can sign and log in.',
  ),
  certificate: w(
    '{from} から {to} まで（あと {days} 日）',
    '{from} から {to} まで（あと {days} {日|にち}）',
    'Valid from {from} to {to} (days left: {days})',
  ),
  certificateOnly: w('{from} から {to} まで', '{from} から {to} まで', 'Valid from {from} to {to}'),
  certificateGood: w('有効期間の中です。', '{使|つか}えます。', 'In force.'),
  certificateSoon: w(
    'まもなく有効期限が切れます。',
    'もうすぐ {使|つか}えなく なります。',
    'It expires soon.',
  ),
  certificateOver: w('有効期限が切れています。', '{期限|きげん}が {終|お}わりました。', 'It has expired.'),
  certificateNotYet: w(
    'まだ有効期間に入っていません。パソコンの日付も確かめてください。',
    'まだ {使|つか}えません。パソコンの {日|ひ}にちも {見|み}て ください。',
    'Not valid yet. Check the date of this computer too.',
  ),
  certificateUnread: w('読み取れません', '{読|よ}めません', 'It cannot be read'),
  certificateNone: w(
    'このカードには入っていません。',
    'この カードに ありません。',
    'There is none on this card.',
  ),
  renew: w(
    'お住まいの市区町村の窓口で更新してください。有効期限の3か月前から手続きできます。',
    '{住|す}んでいる {市|し}や {町|まち}の {窓口|まどぐち}で あたらしく して ください。',
    'Renew it at your municipal counter; you can do so from three months before it expires.',
  ),
  tries: w('のこり {tries} 回', 'のこり {tries} {回|かい}', 'Tries left: {tries}'),
  triesGood: w('パスワードを使えます。', 'パスワードを {使|つか}えます。', 'The password can be used.'),
  triesLow: w(
    'あと {tries} 回まちがえると、ロックされます。',
    'あと {tries} {回|かい} まちがえると、{使|つか}えなく なります。',
    '{tries} more mistakes lock it.',
  ),
  triesLowNext: w(
    '正しいパスワードを1回入れると、回数はもとにもどります。',
    '{正|ただ}しい パスワードを {入|い}れると、もとに もどります。',
    'One right entry gives all tries back.',
  ),
  locked: w('ロックされています', '{使|つか}えなく なって います', 'Locked'),
  lockedMeans: w(
    'まちがいが続いたため、使えません。',
    'まちがいが つづいたので、{使|つか}えません。',
    'It was typed wrong too often.',
  ),
} as const;

export const agentWords = {
  running: w('動いています（版 {version}）', 'うごいて います（{version}）', 'Running (version {version})'),
  runningMeans: w(
    '申請のページから署名のページが開きます。',
    '{申請|しんせい}の ページから {署名|しょめい}できます。',
    'Application pages can open the signing page.',
  ),
  stopped: w('動いていません', 'うごいて いません', 'Not running'),
  stoppedMeans: w(
    '申請のページから署名のページを開けません。',
    '{申請|しんせい}の ページから {署名|しょめい}できません。',
    'Application pages cannot open the signing page.',
  ),
  stoppedNext: w(
    '署名クライアントを始めてください（madoguchi agent wake）。自動で始めるには madoguchi agent install。',
    '{署名|しょめい}クライアントを はじめて ください。',
    'Start it: madoguchi agent wake. To have it start by itself: madoguchi agent install.',
  ),
  taken: w(
    'ほかのプログラムが入口（ポート {port}）を使っています: {holder}',
    'ほかの プログラムが {入口|いりぐち}を {使|つか}って います: {holder}',
    'Another program holds port {port}: {holder}',
  ),
  takenNext: w(
    'そのプログラムを閉じてから、署名クライアントを始めてください。',
    'その プログラムを {閉|と}じて ください。',
    'Close that program, then start the signing agent.',
  ),
  browsers: w('{names}', '{names}', '{names}'),
  browserMeans: w(
    '申請のページを開けます。',
    '{申請|しんせい}の ページを {開|ひら}けます。',
    'Application pages can be opened.',
  ),
  noBrowser: w('見つかりません', '{見|み}つかりません', 'None found'),
  noBrowserMeans: w(
    'いつもの場所に、知っているブラウザがありません。',
    'ブラウザが {見|み}つかりません。',
    'No known browser is in the usual places.',
  ),
  noBrowserNext: w(
    'ほかのブラウザでも、新しいものなら使えます。',
    'あたらしい ブラウザなら {使|つか}えます。',
    'Any other recent browser will do.',
  ),
} as const;
