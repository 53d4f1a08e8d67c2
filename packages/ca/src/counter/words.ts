import type { Words } from '@madoguchi/ui';

/** The counter's own words. */
export const siteName: Words = {
  ja: '公的個人認証 窓口（見本）',
  jaEasy: '{公的個人認証|こうてきこじんにんしょう}の {窓口|まどぐち}（{見本|みほん}）',
  en: 'JPKI counter (demo)',
};

/** Of the office and its 24-hour line: invented. */
export const telephone = '099-201-0000';

export const banner: Words = {
  ja: 'これは見本です。ここで発行される証明書は本物ではありません。',
  jaEasy: 'これは {見本|みほん}です。{本物|ほんもの}の {証明書|しょうめいしょ}では ありません。',
  en: 'This is a demo. Certificates issued here are not real.',
};

export const w = {
  listTitle: {
    ja: '電子証明書の発行と失効',
    jaEasy: '{電子証明書|でんししょうめいしょ}を {見|み}る・やめる',
    en: 'Certificates: issued and revoked',
  },
  residents: {
    ja: '住民と証明書',
    jaEasy: '{住民|じゅうみん}と {証明書|しょうめいしょ}',
    en: 'Residents and certificates',
  },
  others: {
    ja: '登録にない方のカード',
    jaEasy: '{名簿|めいぼ}に ない {人|ひと}の カード',
    en: 'Cards of people not in the register',
  },
  find: {
    ja: '住民をさがす',
    jaEasy: '{住民|じゅうみん}を さがす',
    en: 'Find a resident',
  },
  findHint: {
    ja: '氏名・かな・生年月日（19750401）・住所の一部を、空白で区切って入れます。旧字と新字は区別しません。',
    jaEasy:
      '{名前|なまえ}、かな、{生|う}まれた {日|ひ}（19750401）、{住所|じゅうしょ}を {入|い}れて ください。',
    en: 'Parts of name, kana, birth date (19750401) or address, apart by blanks. Old and new forms of characters are one.',
  },
  findButton: { ja: 'さがす', jaEasy: 'さがす', en: 'Find' },
  all: {
    ja: '一覧を見る（はじめの50人）',
    jaEasy: '{一覧|いちらん}を {見|み}る',
    en: 'Show the list (first 50)',
  },
  nobody: {
    ja: '当てはまる住民はいません。字を減らすか、かな・生年月日でさがしてください。',
    jaEasy: 'この {人|ひと}は いません。かなか {生|う}まれた {日|ひ}で さがして ください。',
    en: 'Nobody fits. Use fewer characters, or kana or the birth date.',
  },
  more: {
    ja: '多いため、はじめの50人だけを出しています。',
    jaEasy: '{多|おお}いので 50{人|にん}だけ {出|だ}しました。',
    en: 'There are many: these are the first 50.',
  },
  address: { ja: '住所', jaEasy: '{住所|じゅうしょ}', en: 'Address' },
  name: { ja: '氏名', jaEasy: '{名前|なまえ}', en: 'Name' },
  birth: { ja: '生年月日', jaEasy: '{生|う}まれた {日|ひ}', en: 'Date of birth' },
  municipality: { ja: '市区町村', jaEasy: '{市|し}や {町|まち}', en: 'Municipality' },
  signature: { ja: '署名用', jaEasy: '{署名用|しょめいよう}', en: 'Signature' },
  phoneSignature: {
    ja: 'スマホの署名用',
    jaEasy: 'スマホの {署名用|しょめいよう}',
    en: 'Signature, smartphone',
  },
  phoneAuthentication: {
    ja: 'スマホの利用者証明用',
    jaEasy: 'スマホの {利用者証明用|りようしゃしょうめいよう}',
    en: 'User authentication, smartphone',
  },
  authentication: {
    ja: '利用者証明用',
    jaEasy: '{利用者証明用|りようしゃしょうめいよう}',
    en: 'User authentication',
  },
  kind: { ja: '種類', jaEasy: '{種類|しゅるい}', en: 'Kind' },
  status: { ja: '状態', jaEasy: '{状態|じょうたい}', en: 'Status' },
  issuedOn: { ja: '発行日', jaEasy: 'つくった {日|ひ}', en: 'Issued' },
  until: { ja: '有効期限', jaEasy: 'いつまで', en: 'Valid until' },
  valid: { ja: '有効', jaEasy: 'つかえる', en: 'valid' },
  revoked: { ja: '失効', jaEasy: 'もう つかえない', en: 'revoked' },
  expired: { ja: '期限切れ', jaEasy: '{期限|きげん}が おわった', en: 'expired' },
  unfinished: { ja: '発行の途中', jaEasy: 'つくって います', en: 'being issued' },
  none: { ja: 'なし', jaEasy: 'なし', en: 'none' },
  noCertificates: {
    ja: '証明書はまだありません。',
    jaEasy: '{証明書|しょうめいしょ}は まだ ありません。',
    en: 'No certificates yet.',
  },
  open: { ja: '開く', jaEasy: '{開|あ}ける', en: 'Open' },
  certificateTitle: { ja: '電子証明書', jaEasy: '{電子証明書|でんししょうめいしょ}', en: 'Certificate' },
  holder: { ja: '名義人', jaEasy: 'だれの {証明書|しょうめいしょ}', en: 'Holder' },
  place: { ja: '発行地', jaEasy: 'つくった {町|まち}', en: 'Place of issue' },
  revokedAt: { ja: '失効日時', jaEasy: 'やめた {日|ひ}と {時間|じかん}', en: 'Revoked at' },
  reason: { ja: '失効の理由', jaEasy: 'やめる {理由|りゆう}', en: 'Reason' },
  revokeHeading: { ja: '失効させる', jaEasy: '{証明書|しょうめいしょ}を やめる', en: 'Revoke' },
  checkFirst: {
    ja: 'まず確かめてください',
    jaEasy: 'はじめに {見|み}て ください',
    en: 'Check first',
  },
  revokeWarning: {
    ja: '失効すると、もとには戻せません。証明書の種類を確かめてください。カードの紛失・盗難は、住民のページの「紛失・盗難・発見の届出」で受けます。',
    jaEasy:
      'やめると、もとに もどせません。カードを なくした ときは、{住民|じゅうみん}の ページで {記録|きろく}します。',
    en: 'A revocation cannot be undone. Check the kind of certificate. A lost or stolen card is reported on the resident’s page.',
  },
  confirmLabel: { ja: '確認', jaEasy: '{確認|かくにん}', en: 'Confirmation' },
  confirm: {
    ja: '本人確認と届出の確認をしました',
    jaEasy: '{本人|ほんにん}か どうか {見|み}ました',
    en: 'I have checked the person and the request',
  },
  revokeButton: { ja: '失効させる', jaEasy: 'やめる', en: 'Revoke' },
  chooseReason: {
    ja: '失効の理由を選んでください。',
    jaEasy: '{理由|りゆう}を えらんで ください。',
    en: 'Choose a reason.',
  },
  tickConfirm: {
    ja: '確かめたら、印を付けてください。',
    jaEasy: '{確|たし}かめたら、しるしを つけて ください。',
    en: 'Tick the box when you have checked.',
  },
  exOfficio: {
    ja: '職権で失効させる（責任者）',
    jaEasy: '{役所|やくしょ}が やめる',
    en: 'Revoke ex officio (supervisor)',
  },
  officeEvidence: { ja: '根拠', jaEasy: 'もとに なる もの', en: 'On what evidence' },
  badOffice: {
    ja: '根拠を選んでください。',
    jaEasy: 'もとに なる ものを えらんで ください。',
    en: 'Choose the evidence.',
  },
  nextTitle: { ja: '次にすること', jaEasy: 'つぎに する こと', en: 'Do this next' },
  nextCaption: { ja: '待っている手続き', jaEasy: 'まって いる {手続|てつづ}き', en: 'Waiting acts' },
  nextAct: { ja: '手続き', jaEasy: '{手続|てつづ}き', en: 'Act' },
  nextStep: { ja: '次の一歩', jaEasy: 'つぎ', en: 'Next step' },
  nextEnd: { ja: '終わりにする', jaEasy: 'おわりに する', en: 'Close it' },
  nextPins: {
    ja: '申請者のパスワード入力へ',
    jaEasy: 'パスワードの ページへ',
    en: 'On to the applicant’s PINs',
  },
  nextAgain: {
    ja: '機械が途中で止まりました。作りかけの証明書は失効しています。住民のページから、もう一度行ってください。カードのパスワードは変わっていることがあります。',
    jaEasy:
      '{途中|とちゅう}で {止|と}まりました。{住民|じゅうみん}の ページから もういちど して ください。パスワードは かわって いる ことが あります。',
    en: 'The machine stopped in the middle. What had been made is revoked. Do it again from the resident’s page; the card’s PINs may have changed already.',
  },
  nextSettle: { ja: '済んだ・取りやめ', jaEasy: 'おわった', en: 'Seen to, or called off' },
  doneTitle: {
    ja: '失効させました',
    jaEasy: '{証明書|しょうめいしょ}を やめました',
    en: 'The certificate is revoked',
  },
  doneBody: {
    ja: '失効情報（OCSPと失効リスト）には、すでに載っています。',
    jaEasy: 'この {証明書|しょうめいしょ}は もう つかえません。',
    en: 'OCSP and the revocation list already say so.',
  },
  backToList: { ja: '一覧にもどる', jaEasy: '{一覧|いちらん}に もどる', en: 'Back to the list' },
  closedTitle: {
    ja: '窓口は閉じています',
    jaEasy: '{窓口|まどぐち}は しまって います',
    en: 'The counter is closed',
  },
  closedBody: {
    ja: '窓口は、一度だけ使えるリンクで開きます。起動したときに画面に出たリンクを開いてください。もう使ったときは、起動し直すと新しいリンクが出ます。',
    jaEasy:
      '{窓口|まどぐち}は {一回|いっかい}だけ つかえる リンクで {開|あ}きます。はじめに {画面|がめん}に {出|で}た リンクを {開|あ}けて ください。',
    en: 'The counter opens with a link that works once: the one shown when the program started. If it has been used, start again to get a new one.',
  },
  contact: {
    ja: '見本市 市民課（見本）',
    jaEasy: '{見本市|みほんし} {市民課|しみんか}（{見本|みほん}）',
    en: 'Mihon City, residents’ section (demo)',
  },
} satisfies Record<string, Words>;
