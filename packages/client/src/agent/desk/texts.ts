import { w } from '../../client-words.js';

/** Words of the page on which a counter's card work is done. */
export const texts = {
  title: w('窓口の手続き', '{窓口|まどぐち}の {手続|てつづ}き', 'At the counter'),
  clerkPart: w('職員の方へ', '{職員|しょくいん}の {人|ひと}へ', 'For the clerk'),
  clerkLead: w(
    '内容を確かめ、カードをリーダーに置いて、画面を申請者に向けてください。',
    '{見|み}て、カードを おいて ください。{画面|がめん}を {申請者|しんせいしゃ}に {見|み}せて ください。',
    'Check this, put the card into the reader, and turn the screen to the applicant.',
  ),
  kind: w('行うこと', 'する こと', 'What is done'),
  issue: w(
    'カードの中に鍵を作り、証明書を書き込みます。パスワードを設定します。',
    'カードに かぎと {証明書|しょうめいしょ}を {入|い}れます。パスワードを {決|き}めます。',
    'Keys are made in the card and certificates written to it; passwords are set.',
  ),
  renew: w(
    'カードの中に新しい鍵を作り、いまの証明書と入れ替えます。パスワードを設定します。',
    'カードの {証明書|しょうめいしょ}を {新|あたら}しく します。パスワードを {決|き}めます。',
    'New keys are made in the card, and new certificates take the place of the present ones; passwords are set.',
  ),
  pin: w(
    'パスワードを設定し直します。証明書は変わりません。',
    'パスワードを {決|き}めなおします。',
    'Passwords are set anew. The certificates stay.',
  ),
  number: w('受付番号', '{番号|ばんごう}', 'Reference'),
  name: w('カードの持ち主', 'カードの {人|ひと}', 'Whose card'),
  office: w('依頼した窓口', 'たのんだ {窓口|まどぐち}', 'Asked by'),
  issuer: w('証明書の発行者', '{証明書|しょうめいしょ}を {出|だ}した ところ', 'Certificate issued by'),
  clerk: w('職員', '{職員|しょくいん}', 'Clerk'),
  until: w('期限', '{期限|きげん}', 'Until'),
  reader: w('カード', 'カード', 'Card'),
  cardIn: w('{name} にカードがあります', '{name}に カードが あります', 'a card is in {name}'),
  noCard: w(
    'リーダーにカードがありません。置くと、この画面が変わります。',
    'カードが ありません。おいて ください。',
    'No card is in a reader. Put it in: this page changes.',
  ),
  applicantPart: w(
    '申請者の方へ: パスワードを決めてください',
    '{申請者|しんせいしゃ}へ: パスワードを {決|き}めて ください',
    'For the applicant: choose your passwords',
  ),
  applicantLead: w(
    'パスワードはこのパソコンからカードへ直接入り、ネットワークには出ません。職員には見せないでください。',
    'パスワードは カードだけに {入|はい}ります。{職員|しょくいん}に {見|み}せないで ください。',
    'Your passwords go from this computer into the card and over no network. Do not show them to the clerk.',
  ),
  byAgent: w(
    '代理の方へ: 申請者が封をして渡した用紙のとおりに入れてください。',
    'たのまれた {人|ひと}へ: {紙|かみ}の とおりに {入|い}れて ください。',
    'You act for the applicant: type what they wrote on the sealed slip.',
  ),
  signature: w(
    '署名用パスワード（英数字6〜16文字）',
    '{署名用|しょめいよう}パスワード（{英数字|えいすうじ}6〜16{文字|もじ}）',
    'Signature password (6 to 16 letters and digits)',
  ),
  signatureRule: w(
    '英字と数字をどちらも使います。大文字と小文字は区別しません。',
    '{英語|えいご}の {字|じ}と {数字|すうじ}を つかって ください。',
    'Use letters and digits, at least one of each. Capitals and small letters count alike.',
  ),
  authentication: w(
    '利用者証明用パスワード（数字4けた）',
    '{利用者証明用|りようしゃしょうめいよう}パスワード（{数字|すうじ}4けた）',
    'Authentication password (4 digits)',
  ),
  authenticationRule: w(
    '券面事項入力補助用にも、同じ番号が入ります。誕生日など、人が知っている番号は避けてください。',
    '{生|う}まれた {日|ひ}などは つかわないで ください。',
    'The same number is set for the card’s text items. Avoid birthdays and other numbers that people know.',
  ),
  signature2: w(
    '署名用パスワード（もう一度）',
    '{署名用|しょめいよう}パスワード（もういちど）',
    'Signature password, once more',
  ),
  authentication2: w(
    '利用者証明用パスワード（もう一度）',
    '{利用者証明用|りようしゃしょうめいよう}パスワード（もういちど）',
    'Authentication password, once more',
  ),
  badSignature: w(
    '英字と数字をどちらも使い、6〜16文字にしてください。',
    '{英語|えいご}の {字|じ}と {数字|すうじ}で 6〜16{文字|もじ}に して ください。',
    'Use 6 to 16 letters and digits, at least one of each.',
  ),
  badAuthentication: w('数字4けたにしてください。', '{数字|すうじ} 4けたに して ください。', 'Use 4 digits.'),
  differ: w(
    '2回の入力が違います。',
    '2{回|かい}の {入力|にゅうりょく}が ちがいます。',
    'The two entries differ.',
  ),
  substitution: w(
    '証明書に書けない文字',
    '{証明書|しょうめいしょ}に {書|か}けない {字|じ}',
    'Characters that a certificate cannot hold',
  ),
  substitutionLead: w(
    '次の文字を置き換えて書きます。よければ、下のボタンを押してください。',
    'つぎの {字|じ}を かえて {書|か}きます。よければ おして ください。',
    'These are replaced as shown. If you agree, press the button below.',
  ),
  itemName: w('氏名', '{名前|なまえ}', 'Name'),
  itemAddress: w('住所', '{住所|じゅうしょ}', 'Address'),
  item: w('項目', '{項目|こうもく}', 'Item'),
  from: w('住民票の文字', '{住民票|じゅうみんひょう}の {字|じ}', 'As registered'),
  to: w('証明書の文字', '{証明書|しょうめいしょ}の {字|じ}', 'In the certificate'),
  go: w('このパスワードで進む', 'この パスワードで {進|すす}む', 'Go on with these'),
  goAgree: w(
    '置き換えに同意し、このパスワードで進む',
    '{字|じ}が かわって よい。{進|すす}む',
    'I agree; go on with these',
  ),
  working: w('カードに書き込んでいます', 'カードに {書|か}いて います', 'Writing to the card'),
  workingLead: w(
    'カードを動かさないでください。この窓は自動で進みます。',
    'カードを うごかさないで ください。{自動|じどう}で {進|すす}みます。',
    'Leave the card where it is. This window goes on by itself.',
  ),
  done: w(
    '終わりました。窓口の画面にもどります',
    'おわりました。{窓口|まどぐち}へ もどります',
    'Done. Back to the counter',
  ),
  doneLead: w(
    '画面を職員に返してください。',
    '{画面|がめん}を {職員|しょくいん}に {返|かえ}して ください。',
    'Give the screen back to the clerk.',
  ),
  back: w('窓口の画面にもどる', '{窓口|まどぐち}へ もどる', 'Back to the counter'),
  failed: w('先へ進めませんでした', '{先|さき}へ {進|すす}めませんでした', 'This could not go on'),
};

export const stepWords = {
  looking: w('カードを確かめています…', 'カードを {見|み}て います…', 'Looking at the card …'),
  pins: w('パスワードを設定しています…', 'パスワードを {入|い}れて います…', 'Setting the passwords …'),
  authentication: w(
    '利用者証明用の鍵を作り、証明書を書き込んでいます…',
    '{利用者証明用|りようしゃしょうめいよう}の {証明書|しょうめいしょ}を {書|か}いて います…',
    'Making the authentication key and writing its certificate …',
  ),
  signature: w(
    '署名用の鍵を作り、証明書を書き込んでいます…',
    '{署名用|しょめいよう}の {証明書|しょうめいしょ}を {書|か}いて います…',
    'Making the signature key and writing its certificate …',
  ),
  ending: w(
    '認証局に知らせています…',
    '{認証局|にんしょうきょく}に {知|し}らせて います…',
    'Telling the authority …',
  ),
};
