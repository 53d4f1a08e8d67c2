import { w } from '../../client-words.js';

/** What the pages of a revocation by the holder say. */
export const revocationTexts = {
  title: w(
    '電子証明書の失効申請',
    '{電子証明書|でんししょうめいしょ}を おわりに する',
    'Certificate revocation（電子証明書の失効申請）',
  ),
  lead: w(
    '使わなくなった電子証明書を、このパソコンから失効させます。失効すると、もとには戻せません。',
    '{使|つか}わない {証明書|しょうめいしょ}を おわりに します。もとに もどせません。',
    'A certificate that you no longer want is revoked from here. That is for ever.',
  ),
  linkNote: w(
    '使わなくなった証明書を失効させる。もとには戻せません。',
    '{使|つか}わない {証明書|しょうめいしょ}を おわりに します。',
    'End a certificate that you no longer want. It cannot be undone.',
  ),
  beforeTitle: w('先に確かめてください', 'さきに {見|み}て ください', 'Before you go on'),
  before: [
    {
      title: w(
        '新しい証明書は窓口で作ります',
        '{新|あたら}しい ものは {窓口|まどぐち}で つくります',
        'A new one is made at the counter',
      ),
      body: w(
        '引っ越しや氏名の変更のときは、自動で失効するので、この申請は要りません。',
        'ひっこした ときは、しなくて いいです。',
        'After a move or a change of name it ends by itself: nothing is to be done here.',
      ),
    },
    {
      title: w('カードをなくしたとき', 'カードを なくした とき', 'If the card is lost'),
      body: w(
        'この申請にはカードが要ります。一時停止の電話（24時間）へ連絡してください。',
        '{電話|でんわ}して ください。24{時間|じかん} できます。',
        'This page needs the card. Call the 24-hour line for a hold.',
      ),
    },
    {
      title: w(
        'パスワードや鍵を知られたとき',
        'パスワードを {知|し}られた とき',
        'If somebody knows your password',
      ),
      body: w(
        '窓口へ届け出てください。本人確認のうえで失効させます。',
        '{窓口|まどぐち}へ いって ください。',
        'Tell the counter, which asks who you are and revokes it.',
      ),
    },
  ],
  /** As headings: no word too long for a phone with large type. */
  names: {
    sign: w('署名用電子証明書', '{署名用|しょめいよう}の {証明書|しょうめいしょ}', 'Signature certificate'),
    auth: w(
      '利用者証明用電子証明書',
      '{利用者|りようしゃ}{証明用|しょうめいよう}の {証明書|しょうめいしょ}',
      'User authentication certificate',
    ),
  },
  ends: {
    sign: w(
      'オンラインの申請や契約の署名ができなくなります。スマホ用の署名の証明書も失効します。',
      '{申請|しんせい}の {署名|しょめい}が できなく なります。スマホの {署名|しょめい}も できません。',
      'You can no longer sign applications or contracts. The signature certificate on your smartphone ends too.',
    ),
    auth: w(
      'ログイン、コンビニ交付などができなくなります。スマホ用の利用者証明の証明書も失効します。',
      'ログインや コンビニの {証明書|しょうめいしょ}が できなく なります。スマホも できません。',
      'You can no longer log in or use convenience-store kiosks. The authentication certificate on your smartphone ends too.',
    ),
  },
  absent: w('このカードにはありません。', 'この カードには ありません。', 'This card has none.'),
  locked: w(
    'パスワードがロックされています。窓口で手続きしてください。',
    'パスワードが {使|つか}えません。{窓口|まどぐち}へ いって ください。',
    'Its password is locked. See the counter.',
  ),
  tries: w('のこり {tries} 回', 'のこり {tries} {回|かい}', 'Tries left: {tries}'),
  end: w('失効させる', 'おわりに する', 'Revoke'),
  doneTitle: w('失効しました', 'おわりました', 'It is revoked'),
  doneLead: w(
    'この証明書は、もう使えません。受け付けた時刻から、どの役所にも失効と分かります。',
    'この {証明書|しょうめいしょ}は もう {使|つか}えません。',
    'The certificate can be used no longer. Every office is told so from that moment on.',
  ),
  which: w('証明書', '{証明書|しょうめいしょ}', 'Certificate'),
  at: w('失効した日時', '{時間|じかん}', 'Revoked on'),
  others: w(
    'カードのもう一つの証明書は、そのままです。',
    'カードの もう ひとつの {証明書|しょうめいしょ}は そのままです。',
    'The other certificate on the card is as it was.',
  ),
} as const;
