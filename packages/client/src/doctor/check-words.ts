import { w } from '../three-words.js';

export const driverWords = {
  known: w(
    'ドライバ（CCID）の一覧にあります',
    'ドライバが {知|し}って います',
    'It is on the driver’s (CCID) list',
  ),
  unlisted: w(
    'ドライバ（CCID）の一覧にはありませんが、動いています',
    'ドライバは {知|し}りませんが、うごいて います',
    'It is not on the driver’s (CCID) list, but it works',
  ),
  virtual: w('仮想のカードリーダーです', 'にせものの カードリーダーです', 'It is a virtual reader'),
  none: w(
    'カードイメージを直接使っています',
    'カードリーダーを つかって いません',
    'A card image is used directly',
  ),
  good: w('使えます。', '{使|つか}えます。', 'It can be used.'),
  unseen: w(
    'USBに {names} がつながっていますが、使えていません',
    'USBに {names} が ありますが、{使|つか}えません',
    'On USB there is {names}, but it is not in use',
  ),
  unseenMeans: w(
    'つないだカードリーダーを、ドライバが動かしていません。',
    'カードリーダーが うごいて いません。',
    'No driver runs the reader that is plugged in.',
  ),
  unseenNext: w(
    '抜いて差し直してください。だめなときは、リーダーのメーカーのドライバを入れてください。',
    'ぬいて、もういちど さして ください。だめな ときは、メーカーの ドライバを いれて ください。',
    'Unplug it and plug it in again; if that fails, install its maker’s driver.',
  ),
} as const;

export const signWords = {
  hidden: w(
    '入っています（中身は署名用パスワードを入れないと読めません）',
    'あります（パスワードを {入|い}れると {読|よ}めます）',
    'It is there (its content opens with the signature password only)',
  ),
  hiddenMeans: w(
    '有効期限と失効は、パスワードを入れて確かめられます: madoguchi doctor --signature',
    'パスワードを {入|い}れると、くわしく わかります。',
    'Dates and revocation are checked with the password: madoguchi doctor --signature',
  ),
  absent: w('入っていません', 'ありません', 'There is none'),
  absentMeans: w(
    '申請に署名できません。15歳未満の方には発行されません。',
    '{署名|しょめい}できません。15{歳|さい}より {下|した}の {人|ひと}には ありません。',
    'Applications cannot be signed. Children under 15 are given none.',
  ),
} as const;

export const ocspWords = {
  good: w(
    '失効していません（{time} 認証局に確認）',
    '{使|つか}えます（{time} に {確認|かくにん}）',
    'Not revoked (the authority says so, {time})',
  ),
  revoked: w('{time} に失効しています', '{time} に {使|つか}えなく なりました', 'Revoked on {time}'),
  revokedMeans: w(
    'この証明書は、もう使えません。住所や氏名が変わったときは自動で失効します。',
    'この {証明書|しょうめいしょ}は もう {使|つか}えません。',
    'It can be used no longer. A change of name or address revokes it by itself.',
  ),
  revokedNext: w(
    'お住まいの市区町村の窓口で、新しい証明書を入れてもらってください。',
    '{住|す}んでいる {市|し}や {町|まち}の {窓口|まどぐち}で、{新|あたら}しい ものを {入|い}れて もらって ください。',
    'Have a new one written into the card at your municipal counter.',
  ),
  unknown: w(
    '認証局はこの証明書を知りません',
    '{認証局|にんしょうきょく}が この {証明書|しょうめいしょ}を {知|し}りません',
    'The authority does not know it',
  ),
  unreachable: w(
    '失効の確認はできませんでした（{why}）',
    '{使|つか}えるか、{確認|かくにん}できませんでした',
    'Revocation could not be checked ({why})',
  ),
  notAsked: w(
    '失効は、ここでは確かめていません',
    '{使|つか}えるかは、まだ {見|み}て いません',
    'Revocation was not checked here',
  ),
} as const;

export const loginWords = {
  on: w('入っています', '{自動|じどう}で はじまります', 'Yes'),
  onMeans: w(
    'パソコンを始めると、署名クライアントも始まります。',
    'パソコンを つけると、はじまります。',
    'The agent starts when you log in.',
  ),
  off: w('入っていません', '{自動|じどう}では はじまりません', 'No'),
  offMeans: w(
    '署名のたびに、署名クライアントを自分で始めます。',
    'じぶんで はじめます。',
    'You start the agent by hand each time.',
  ),
  offNext: w(
    '自動で始めるには: madoguchi agent install --trust フォルダー',
    '{自動|じどう}が いい ときは: madoguchi agent install',
    'To have it start by itself: madoguchi agent install --trust DIR',
  ),
  moved: w(
    '入っていますが、プログラムの場所が変わっています',
    'プログラムの {場所|ばしょ}が {変|か}わりました',
    'Yes, but the program has moved since',
  ),
  movedNext: w(
    'もう一度入れてください: madoguchi agent install',
    'もういちど いれて ください: madoguchi agent install',
    'Install it again: madoguchi agent install',
  ),
} as const;

export const receiverWords = {
  none: w('登録がありません', 'まだ ありません', 'None is listed'),
  noneMeans: w(
    '申請先は --receiver URL で確かめられます。',
    '{申請先|しんせいさき}は、まだ {見|み}て いません。',
    'Name one with --receiver URL to check it.',
  ),
  good: w('つながります: {names}', 'つながります: {names}', 'Reached: {names}'),
  goodMeans: w('申請のページを開けます。', '{申請|しんせい}できます。', 'Applications can be sent there.'),
  bad: w('つながりません: {names}', 'つながりません: {names}', 'Not reached: {names}'),
  badMeans: w(
    'いまは申請できません。',
    'いまは {申請|しんせい}できません。',
    'Nothing can be sent there now.',
  ),
  badNext: w(
    'インターネットへの接続と、受付システムのお知らせ（休止時間）を確かめてください。',
    'インターネットを {見|み}て ください。システムが お{休|やす}みの {時間|じかん}かも しれません。',
    'Check the internet connection and the system’s notices: it may be closed at this hour.',
  ),
} as const;
