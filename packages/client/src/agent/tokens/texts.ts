import { w } from '../../client-words.js';

/** What the pages of smartphones say. */
export const phoneTexts = {
  title: w(
    'スマホ用電子証明書',
    'スマホの {証明書|しょうめいしょ}',
    'Smartphone certificates（スマホ用電子証明書）',
  ),
  lead: w(
    'マイナンバーカードで署名して、スマホ用の電子証明書を作ります。カードがなくても、スマホで申請や署名ができるようになります。',
    'カードで スマホの {証明書|しょうめいしょ}を つくります。カードが なくても {使|つか}えます。',
    'Your My Number Card vouches for certificates on your smartphone. Then you can apply and sign without the card.',
  ),
  linkNote: w(
    'カードからスマホ用の証明書を作る、なくしたスマホの証明書を失効する。',
    'スマホの {証明書|しょうめいしょ}を つくります。なくした スマホを {止|と}めます。',
    'Make one from your card, or revoke that of a lost phone.',
  ),
  demo: w(
    'この体験版では、このパソコンの中のファイルがスマホの代わりです。',
    'ここでは ファイルが スマホの かわりです。',
    'Here a file on this computer stands for the phone.',
  ),
  whatTitle: w('知っておくこと', 'だいじな こと', 'Good to know'),
  what: [
    {
      title: w(
        'パスワードはスマホ専用です',
        'パスワードは スマホだけの ものです',
        'It has passwords of its own',
      ),
      body: w(
        '署名用と利用者証明用の二つを、新しく決めます。カードのパスワードは変わりません。',
        '2つ きめます。カードの パスワードは かわりません。',
        'Two of them, chosen now. Those of your card stay the same.',
      ),
    },
    {
      title: w(
        '期限はカードの証明書と同じ日です',
        '{期限|きげん}は カードと おなじです',
        'It ends with the card’s certificate',
      ),
      body: w(
        'カードの証明書が失効したときや、引っ越しなどのときは、スマホ用も失効します。',
        'カードが {使|つか}えなく なると、スマホも {使|つか}えません。',
        'If that is revoked, or you move, it ends too.',
      ),
    },
    {
      title: w('AndroidとiPhone、一つずつです', 'ひとつずつ つくれます', 'One on Android and one on iPhone'),
      body: w(
        '同じ種類をもう一度作ると、前のものは失効します。',
        'もういちど つくると、まえの ものは {使|つか}えません。',
        'A second one of the same kind takes the place of the first.',
      ),
    },
  ],
  card: w('カード', 'カード', 'Card'),
  locked: w(
    '署名用パスワードはロックされています。窓口で手続きしてください。',
    '{署名用|しょめいよう}パスワードは {使|つか}えません。{窓口|まどぐち}へ いって ください。',
    'The signature password is locked. See the counter.',
  ),
  noSign: w(
    'このカードには署名用電子証明書がありません。',
    'この カードには {証明書|しょうめいしょ}が ありません。',
    'This card has no signature certificate.',
  ),
  tries: w(
    'カードのパスワードです。のこり {tries} 回',
    'カードの パスワードです。のこり {tries} {回|かい}',
    'That of your card; tries left: {tries}',
  ),
  next: w('次へ', 'つぎへ', 'Next'),
  haveTitle: w('いまあるスマホ用電子証明書', 'いま ある もの', 'What you have'),
  none: w('まだありません。', 'まだ ありません。', 'None yet.'),
  made: w('発行した日', 'つくった {日|ひ}', 'Made on'),
  ends: w('期限', '{期限|きげん}', 'Ends on'),
  lost: w('なくしたので失効する', 'なくしたので {止|と}める', 'Revoke: it is lost'),
  disposed: w('手放したので失効する', 'もう {使|つか}わないので {止|と}める', 'Revoke: I gave it away'),
  endNote: w(
    '押すと、このスマホ用の証明書はすぐに失効します。元にもどせません。',
    'おすと、この スマホの {証明書|しょうめいしょ}は {使|つか}えなく なります。もとに もどりません。',
    'Either button revokes the certificates of this phone at once. That cannot be undone.',
  ),
  ended: w(
    '{medium}用を失効しました',
    '{medium}を {止|と}めました',
    'The certificates of the {medium} phone are revoked',
  ),
  newTitle: w('新しく作る', '{新|あたら}しく つくる', 'Make a new one'),
  medium: w('スマホの種類', 'スマホの {種類|しゅるい}', 'Kind of smartphone'),
  replaceLabel: w('同じ種類がすでにあるとき', 'もう ある とき', 'Where there is one of that kind'),
  replace: w(
    '前のものと入れ替える（前のものは失効します）',
    'まえの ものと かえる',
    'Replace it: the one before is revoked',
  ),
  newSign: w(
    'スマホの署名用パスワード（英数字6〜16文字）',
    'スマホの {署名用|しょめいよう}パスワード（{英字|えいじ}と {数字|すうじ}、6〜16{文字|もじ}）',
    'Signature password of the phone (6 to 16 letters and digits)',
  ),
  newAuth: w(
    'スマホの利用者証明用パスワード（数字4けた）',
    'スマホの {利用者証明用|りようしゃしょうめいよう}パスワード（{数字|すうじ} 4けた）',
    'Authentication password of the phone (4 digits)',
  ),
  twice: w('もう一度', 'もういちど', 'once more'),
  signHint: w(
    '英字と数字を、それぞれ1文字以上使ってください。大文字・小文字は区別しません。',
    '{英字|えいじ}と {数字|すうじ}を どちらも {使|つか}って ください。',
    'At least one letter and one digit. Upper and lower case make no difference.',
  ),
  make: w('発行する', 'つくる', 'Make it'),
  workingTitle: w('手続きしています', '{手続|てつづ}きを して います', 'Working'),
  workingLead: w(
    'カードを動かさないでください。この窓は自動で進みます。',
    'カードを うごかさないで ください。この まどは {自動|じどう}で {進|すす}みます。',
    'Leave the card where it is. This window goes on by itself.',
  ),
  reading: w('カードを読んでいます…', 'カードを {読|よ}んで います…', 'Reading the card …'),
  doneTitle: w('スマホ用電子証明書ができました', 'できました', 'Your smartphone certificate is ready'),
  doneLead: w(
    '署名するとき、カードの代わりに選べます。パスワードは、いま決めたスマホ用のものです。',
    '{署名|しょめい}の とき、カードの かわりに えらべます。',
    'Choose it instead of your card when you sign, with the passwords you have just set.',
  ),
  file: w('スマホの代わりのファイル', 'ファイル', 'File that stands for the phone'),
  kind: w('種類', '{種類|しゅるい}', 'Kind'),
};
