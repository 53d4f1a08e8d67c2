import type { Words } from '@madoguchi/ui';

/** What the agency's own pages say. */
export const texts = {
  homeLead: {
    ja: 'マイナンバーカードで、家から申請できます。手続を選んでください。',
    jaEasy: 'マイナンバーカードで、{家|いえ}から {申|もう}し{込|こ}めます。ひとつ えらんで ください。',
    en: 'Apply from home with your My Number Card. Choose a procedure.',
  },
  procedures: { ja: '手続の一覧', jaEasy: 'できること', en: 'Procedures' },
  lookUp: {
    ja: '申請の状況を見る',
    jaEasy: '{申|もう}し{込|こ}みが どうなったか {見|み}る',
    en: 'Look up an application',
  },
  afterwards: {
    ja: '申請したあと',
    jaEasy: '{申|もう}し{込|こ}んだ あと',
    en: 'After you applied',
  },
  my: { ja: 'マイページ', jaEasy: 'マイページ', en: 'My page' },
  myNote: {
    ja: 'カードでログインして、自分の申請をまとめて見ます。',
    jaEasy: 'カードで ログインして、じぶんの {申|もう}し{込|こ}みを {見|み}ます。',
    en: 'Log in with your card and see all your applications.',
  },
  lookUpNote: {
    ja: '到達番号と問合せ番号を使います。',
    jaEasy: 'ふたつの {番号|ばんごう}を つかいます。',
    en: 'You need the receipt number and the inquiry number.',
  },
  needed: { ja: '必要なもの', jaEasy: 'いるもの', en: 'You need' },
  minutes: { ja: '時間のめやす', jaEasy: 'かかる {時間|じかん}', en: 'Time needed' },
  minutesValue: { ja: '{minutes}分', jaEasy: '{minutes}{分|ぷん}', en: 'about {minutes} minutes' },
  fee: { ja: '手数料', jaEasy: 'お{金|かね}', en: 'Fee' },
  outside: { ja: '{name}で申請します', jaEasy: '{name}で {申|もう}し{込|こ}みます', en: 'Filed with {name}' },
  outsideNote: {
    ja: 'この手続は、この窓口では受け付けていません。{name}（{host}）で申請してください。',
    jaEasy: 'ここでは {申|もう}し{込|こ}めません。{name}（{host}）で {申|もう}し{込|こ}みます。',
    en: 'This application is not received here. File it with {name} ({host}).',
  },
  sharedReception: {
    ja: '共同の窓口',
    jaEasy: '{共同|きょうどう}の {窓口|まどぐち}',
    en: 'the shared counter',
  },
  sharedNote: {
    ja: 'この手続は、いくつかの役所がいっしょに受け付けています。{name}で申請してください。',
    jaEasy:
      'いくつかの {役所|やくしょ}が いっしょに {受|う}けつけて います。{name}で {申|もう}し{込|こ}みます。',
    en: 'Several agencies receive this application together. File it with {name}.',
  },
  prepare: { ja: '用意するもの', jaEasy: 'よういする もの', en: 'What to prepare' },
  toOutside: { ja: '{name}へ進む', jaEasy: '{name}へ {行|い}く', en: 'Go to {name}' },
  basis: {
    ja: '根拠の法令と様式',
    jaEasy: 'この {申|もう}し{込|こ}みの {決|き}まり',
    en: 'Law and form that this follows',
  },
  basisLaw: { ja: '根拠の法令', jaEasy: '{法律|ほうりつ}', en: 'Law' },
  basisStyle: { ja: '様式', jaEasy: '{紙|かみ}の かたち', en: 'Form (様式)' },
  basisSources: {
    ja: '項目・税率の出どころ',
    jaEasy: '{調|しら}べた もの',
    en: 'Sources of fields and rates',
  },
  noticeTitle: { ja: 'お知らせ', jaEasy: 'お{知|し}らせ', en: 'Please note' },
  notice: {
    ja: 'あなたの氏名・住所・生年月日・性別は、署名のときカードから入ります。書く必要はありません。',
    jaEasy: '{名前|なまえ}・{住所|じゅうしょ}などは カードから {入|はい}ります。{書|か}かなくて いいです。',
    en: 'Your name, address, date of birth and sex are taken from the card when you sign. You need not type them.',
  },
  askedAgain: {
    ja: '役所が直してほしいところです',
    jaEasy: 'ここを {直|なお}して ください',
    en: 'The office asks you to correct this',
  },
  kept: {
    ja: '前に送ったファイルをもう一度送ります。変えるときは、選び直してください:',
    jaEasy: '{前|まえ}の ファイルを また {送|おく}ります。{変|か}える ときは えらんで ください:',
    en: 'The file you sent before goes along again. To replace it, choose another:',
  },
  toNext: { ja: '次へ', jaEasy: 'つぎへ', en: 'Next' },
  toPrevious: { ja: 'もどる', jaEasy: 'もどる', en: 'Back' },
  stepOf: {
    ja: '手順 {number} / {count}',
    jaEasy: '{number}ばんめ（ぜんぶで {count}）',
    en: 'Step {number} of {count}',
  },
  addRow: { ja: 'もう1つ書く', jaEasy: 'もう ひとつ {書|か}く', en: 'Add another' },
  dropRow: { ja: 'これを消す', jaEasy: 'これを {消|け}す', en: 'Remove this' },
  byPostCode: {
    ja: '郵便番号から住所を入れる',
    jaEasy: '{郵便番号|ゆうびんばんごう}で {住所|じゅうしょ}を {入|い}れる',
    en: 'Fill in the address by post code',
  },
  postCode: { ja: '郵便番号', jaEasy: '{郵便番号|ゆうびんばんごう}', en: 'Post code' },
  fillAddress: { ja: '住所を入れる', jaEasy: '{住所|じゅうしょ}を {入|い}れる', en: 'Fill in the address' },
  noSuchPostCode: {
    ja: 'この郵便番号の住所が見つかりません。7けたの数字を確かめるか、住所をそのまま書いてください。',
    jaEasy:
      'この {番号|ばんごう}の {住所|じゅうしょ}が ありません。{住所|じゅうしょ}を {書|か}いて ください。',
    en: 'No address has this post code. Check the 7 digits, or type the address.',
  },
  addressFilled: {
    ja: '「{address}」を入れました。番地から先を書き足してください。',
    jaEasy: '「{address}」を {入|い}れました。つづきを {書|か}いて ください。',
    en: '“{address}” is filled in. Please add the block and house number.',
  },
  choosePlace: {
    ja: 'この郵便番号には住所がいくつかあります。1つ選んでください。',
    jaEasy: 'ひとつ えらんで ください。',
    en: 'This post code stands for several places. Choose one.',
  },
  resume: { ja: 'つづきから書く', jaEasy: 'つづきから {書|か}く', en: 'Go on from there' },
  agree: { ja: 'はい', jaEasy: 'はい', en: 'Yes' },
  toSigning: { ja: '署名へ進む', jaEasy: '{署名|しょめい}へ すすむ', en: 'Continue to signing' },
  stop: { ja: '途中でやめる', jaEasy: 'ここで やめる', en: 'Stop for now' },
  stopNote: {
    ja: '「途中でやめる」を押すと、書いた内容はこの端末にのこります。',
    jaEasy: 'やめても、{書|か}いた ことは この {機械|きかい}に のこります。',
    en: 'If you stop, what you typed stays on this device.',
  },
  restored: {
    ja: '前に書いた内容を、この端末からもどしました。',
    jaEasy: '{前|まえ}に {書|か}いた ことを もどしました。',
    en: 'What you typed before was brought back from this device.',
  },
  forget: {
    ja: '書いた内容を この端末から消す',
    jaEasy: '{書|か}いた ことを {消|け}す',
    en: 'Remove it from this device',
  },
  checked: {
    ja: '書いた内容に誤りはありません',
    jaEasy: '{書|か}いた ことは {正|ただ}しいです',
    en: 'Your answers are complete',
  },
  checkedNext: {
    ja: 'つぎは署名です。署名には、ブラウザーのJavaScriptと署名クライアントを使います。JavaScriptを有効にして、もう一度「署名へ進む」を押してください。',
    jaEasy:
      'つぎは {署名|しょめい}です。ブラウザーの JavaScript を オンに して ください。そして もういちど おして ください。',
    en: 'Signing comes next. It needs JavaScript in the browser and the signing client. Switch JavaScript on and press the button again.',
  },
  checkedFiles: {
    ja: '添付ファイルは、署名のまえにもう一度選んでください。',
    jaEasy: 'ファイルは もういちど えらんで ください。',
    en: 'Choose the files again before signing.',
  },
  opening: {
    ja: '署名クライアントを開いています…',
    jaEasy: '{署名|しょめい}の {画面|がめん}を ひらいて います…',
    en: 'Opening the signing client…',
  },
  working: {
    ja: '署名クライアントの画面で続けてください。このページは開いたままにしてください。',
    jaEasy: '{署名|しょめい}の {画面|がめん}で つづけて ください。この ページは とじないで ください。',
    en: 'Go on in the window of the signing client. Leave this page open.',
  },
  arrived: {
    ja: '申請が届きました。受付のページへ移ります…',
    jaEasy: 'とどきました。つぎの ページへ いきます…',
    en: 'Your application has arrived. Going to the receipt…',
  },
  noAgentTitle: {
    ja: '署名クライアントが見つかりません',
    jaEasy: '{署名|しょめい}の ソフトが ありません',
    en: 'The signing client was not found',
  },
  noAgent: {
    ja: '署名クライアントを入れて起動し、もう一度「署名へ進む」を押してください。書いた内容はこのページに残っています。',
    jaEasy:
      '{署名|しょめい}の ソフトを {入|い}れて ください。そして もういちど おして ください。{書|か}いた ことは のこって います。',
    en: 'Install and start the signing client, then press the button again. What you typed is still on this page.',
  },
  getAgent: {
    ja: '署名クライアントの入れ方を見る',
    jaEasy: 'ソフトの {入|い}れ{方|かた}を {見|み}る',
    en: 'How to get the signing client',
  },
  refusedTitle: {
    ja: '署名クライアントが署名の依頼を断りました',
    jaEasy: '{署名|しょめい}の ソフトが ことわりました',
    en: 'The signing client refused the request',
  },
  refused: {
    ja: '理由は署名クライアントの画面に書いてあります。まだ何も送っていません。書いた内容は残っています。',
    jaEasy: '{署名|しょめい}の {画面|がめん}を {見|み}て ください。まだ {送|おく}って いません。',
    en: 'Its window says why. Nothing has been sent, and what you typed is still here.',
  },
  blockedTitle: {
    ja: 'ブラウザーが新しい画面を止めました',
    jaEasy: 'ブラウザーが {画面|がめん}を とめました',
    en: 'The browser stopped the new window',
  },
  blocked: {
    ja: 'このサイトのポップアップを許可して、もう一度「署名へ進む」を押してください。書いた内容は残っています。',
    jaEasy:
      'ポップアップを {許可|きょか}して、もういちど おして ください。{書|か}いた ことは のこって います。',
    en: 'Allow pop-ups for this site and press the button again. What you typed is still here.',
  },
  failedTitle: {
    ja: '役所の受付につながりません',
    jaEasy: '{役所|やくしょ}に つながりません',
    en: 'The office cannot be reached',
  },
  failed: {
    ja: 'まだ何も送っていません。少し待って、もう一度「署名へ進む」を押してください。書いた内容は残っています。',
    jaEasy:
      'まだ {送|おく}って いません。すこし まって、もういちど おして ください。{書|か}いた ことは のこって います。',
    en: 'Nothing has been sent. Wait a little and press the button again. What you typed is still here.',
  },
  expiredTitle: {
    ja: '署名の依頼の期限が過ぎました',
    jaEasy: '{時間|じかん}が すぎました',
    en: 'The signing request has expired',
  },
  expired: {
    ja: 'まだ何も届いていません。もう一度「署名へ進む」を押してください。書いた内容は残っています。',
    jaEasy: 'まだ とどいて いません。もういちど おして ください。{書|か}いた ことは のこって います。',
    en: 'Nothing has arrived. Press the button again. What you typed is still here.',
  },
  noStapleTitle: {
    ja: 'いまは署名の依頼を出せません',
    jaEasy: 'いま できません',
    en: 'Signing is not possible just now',
  },
} as const satisfies Record<string, Words>;
