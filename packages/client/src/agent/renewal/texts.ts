import { w } from '../../client-words.js';

/** What the pages of a renewal say. */
export const renewalTexts = {
  title: w(
    '電子証明書の更新',
    '{電子証明書|でんししょうめいしょ}の {更新|こうしん}',
    'Certificate renewal（電子証明書の更新）',
  ),
  lead: w(
    '期限の近い電子証明書を、このパソコンで新しくします。窓口へ行く必要はありません。',
    '{期限|きげん}が {近|ちか}い {証明書|しょうめいしょ}を {新|あたら}しく します。{窓口|まどぐち}に いかなくて いいです。',
    'A certificate that ends soon is made new here, on this computer. You need not go to the counter.',
  ),
  linkNote: w(
    '期限の90日前から、カードとパスワードで新しくできます。',
    '{期限|きげん}の 90{日|にち}まえから できます。',
    'From 90 days before its end, with your card and passwords.',
  ),
  soonTitle: w(
    '電子証明書の期限が近づいています',
    '{電子証明書|でんししょうめいしょ}が もうすぐ おわります',
    'Your certificate ends soon',
  ),
  soon: w(
    '利用者証明用電子証明書は {date}までです（あと {days} 日）。',
    '{date}までです。あと {days} {日|にち}です。',
    'The user authentication certificate ends on {date}, in {days} days.',
  ),
  start: w('更新する', '{更新|こうしん}する', 'Renew'),
  unfinished: w(
    '前の更新が途中です。続きから行えます。',
    'まえの {更新|こうしん}が とちゅうです。つづきから できます。',
    'An earlier renewal was broken off. It goes on from there.',
  ),
  card: w('カード', 'カード', 'Card'),
  authEnd: w(
    '利用者証明用の期限',
    '{利用者証明用|りようしゃしょうめいよう}の {期限|きげん}',
    'Authentication certificate ends',
  ),
  signEnd: w('署名用の期限', '{署名用|しょめいよう}の {期限|きげん}', 'Signature certificate ends'),
  afterPassword: w(
    'パスワードを入れると分かります',
    'パスワードを {入|い}れると わかります',
    'Told when its password is typed',
  ),
  whatTitle: w('更新で行うこと', '{更新|こうしん}で する こと', 'What will be done'),
  what: [
    {
      title: w(
        'カードの中に新しい鍵を作ります',
        'カードの {中|なか}に {新|あたら}しい かぎを つくります',
        'A new key is made inside the card',
      ),
      body: w(
        '鍵はカードの外に出ません。いまの鍵は、まだそのままです。',
        'かぎは カードから {出|で}ません。',
        'It never leaves the card. The present key stays for now.',
      ),
    },
    {
      title: w(
        'いまの鍵で申し込み、新しい証明書を受け取ります',
        'いまの かぎで {証明書|しょうめいしょ}を たのみます',
        'The present key asks the authority for a new certificate',
      ),
      body: w(
        '認証局は、氏名・住所・生年月日・性別が住民の登録と同じかどうかを確かめます。',
        '{名前|なまえ}や {住所|じゅうしょ}が おなじか {見|み}ます。',
        'It checks that name, address, birth date and sex are still those of the resident register.',
      ),
    },
    {
      title: w(
        'カードに書き込んで読み直し、古い証明書と入れ替えます',
        'カードに {書|か}いて、{古|ふる}い ものと かえます',
        'It is written to the card, read back, and takes the place of the old one',
      ),
      body: w(
        '古い証明書は、このとき失効します。途中で止まったときは、もう一度ここを開くと続きから行えます。',
        'とちゅうで {止|と}まったら、また ここを ひらいて ください。',
        'Only then is the old one revoked. If something stops in between, open this page again: it goes on from there.',
      ),
    },
  ],
  passwords: w(
    'パスワードは変わりません。片方だけ更新するときは、もう片方を空けておいてください。',
    'パスワードは かわりません。ひとつだけ でも いいです。',
    'Your passwords stay the same. To renew only one, leave the other empty.',
  ),
  locked: w(
    '{name}のパスワードはロックされています。この証明書は、窓口で手続きしてください。',
    '{name}の パスワードは {使|つか}えません。{窓口|まどぐち}へ いって ください。',
    'The password is locked: {name}. See the counter for this one.',
  ),
  tries: w('のこり {tries} 回', 'のこり {tries} {回|かい}', 'tries left: {tries}'),
  lastTryLabel: w(
    'のこり 1 回のパスワードがあります',
    'のこり 1{回|かい}です',
    'A password has one try left',
  ),
  next: w('次へ', 'つぎへ', 'Next'),
  confirmTitle: w(
    '更新する電子証明書',
    '{更新|こうしん}する {電子証明書|でんししょうめいしょ}',
    'Certificates to renew',
  ),
  confirmLead: w(
    '内容を確かめて、「更新する」を押してください。1分ほどかかります。カードを動かさないでください。',
    '{見|み}て、「{更新|こうしん}する」を おして ください。カードを うごかさないで ください。',
    'Read this, then press “Renew”. It takes about a minute. Leave the card where it is.',
  ),
  person: w('氏名', '{名前|なまえ}', 'Name'),
  address: w('住所', '{住所|じゅうしょ}', 'Address'),
  end: w('いまの期限', 'いまの {期限|きげん}', 'Ends now on'),
  plan: w('行うこと', 'する こと', 'What is done'),
  planRenew: w('新しい証明書と入れ替えます', '{新|あたら}しく します', 'A new certificate takes its place'),
  planGoOn: w('途中から続けます', 'つづきから します', 'The earlier attempt goes on'),
  planLater: w('まだ更新できません（{date} から）', 'まだ できません（{date}から）', 'Not yet (from {date})'),
  nothingDue: w(
    'いま更新できる証明書はありません。',
    'いま {更新|こうしん}できる ものは ありません。',
    'There is nothing to renew now.',
  ),
  workingTitle: w('更新しています', '{更新|こうしん}して います', 'Renewing'),
  workingLead: w(
    'カードを動かさないでください。この窓は自動で進みます。',
    'カードを うごかさないで ください。この まどは {自動|じどう}で {進|すす}みます。',
    'Leave the card where it is. This window goes on by itself.',
  ),
  reading: w('カードを読んでいます…', 'カードを {読|よ}んで います…', 'Reading the card …'),
  stepOf: w('{name}：{step}', '{name}：{step}', '{name}: {step}'),
  doneTitle: w('更新しました', '{更新|こうしん}しました', 'Renewed'),
  doneLead: w(
    '新しい電子証明書を、カードから読み直して確かめました。パスワードはいままでと同じです。',
    '{新|あたら}しい {証明書|しょうめいしょ}に なりました。パスワードは おなじです。',
    'The new certificate was read back from your card. Your passwords are the same.',
  ),
  newEnd: w('新しい期限', '{新|あたら}しい {期限|きげん}', 'Ends now on'),
  oldEnd: w('古い証明書', '{古|ふる}い {証明書|しょうめいしょ}', 'Old certificate'),
  oldGone: w(
    '失効しました（期限は {date}でした）',
    'もう {使|つか}えません（{date}まで でした）',
    'revoked (it would have ended on {date})',
  ),
  at: w('更新した日時', '{更新|こうしん}した {日|ひ}', 'Renewed at'),
  halfTitle: w(
    'もう一方の証明書は更新できませんでした',
    'もう ひとつは できませんでした',
    'The other certificate was not renewed',
  ),
  print: w(
    'このページは印刷して控えにできます。新しい証明書がほかの窓口で使えるまで、最大24時間かかることがあります。',
    'この ページを {印刷|いんさつ}できます。',
    'You may print this page. It can take up to 24 hours until every service knows the new certificate.',
  ),
};
