import type { Words } from '@madoguchi/ui';
import { startAgain, toCounter } from '../next-steps.js';
import { w } from '../three-words.js';
import type { TokenStep } from './make-token.js';
import type { TokenRule } from './token-error.js';
import type { TokenMedium } from './token-service.js';

/** What happened, and the one next step. */
export const tokenWords: Readonly<Record<TokenRule, readonly [what: Words, next: Words]>> = {
  'token.card': [
    w(
      'カードの署名用電子証明書が有効でないため、スマホ用を発行できません。',
      'カードの {証明書|しょうめいしょ}が {使|つか}えないので、つくれません。',
      'The card’s signature certificate is not valid, so it gives no smartphone token.',
    ),
    toCounter,
  ],
  'token.changed': [
    w(
      '氏名・住所・生年月日・性別のどれかが変わっているか、住民の登録が終わっています。',
      '{名前|なまえ}や {住所|じゅうしょ}が かわりました。',
      'Name, address, birth date or sex has changed, or the registration has ended.',
    ),
    toCounter,
  ],
  'token.exists': [
    w(
      'この種類のスマホ用電子証明書が、すでにあります。',
      'この {種類|しゅるい}の ものは もう あります。',
      'There is a token of this kind already.',
    ),
    w(
      '入れ替えるときは、「前のものと入れ替える」を選んでください。前のものは失効します。',
      'かえる ときは「まえの ものと かえる」を えらんで ください。',
      'To replace it, choose that. The one before is revoked then.',
    ),
  ],
  'token.unknown': [
    w(
      'そのスマホ用電子証明書は、もうありません。',
      'それは もう ありません。',
      'There is no such token any more.',
    ),
    startAgain,
  ],
  'token.tooMany': [
    w(
      '今日は、スマホ用電子証明書の申請が何度も始められています。',
      'きょうは もう できません。',
      'Smartphone tokens were begun too often within a day.',
    ),
    w('明日、もう一度お試しください。', 'あした もういちど して ください。', 'Try again tomorrow.'),
  ],
  'token.again': [
    w('手続きが途中で終わりました。', '{手続|てつづ}きが {終|お}わりました。', 'The attempt has lapsed.'),
    startAgain,
  ],
  'token.scheme': [
    w(
      'この認証局は、スマホ用電子証明書を発行しません。',
      'ここでは つくれません。',
      'This authority issues no smartphone tokens.',
    ),
    toCounter,
  ],
  'token.refused': [
    w(
      '認証局が受け付けませんでした。',
      '{認証局|にんしょうきょく}が うけつけませんでした。',
      'The authority did not accept it.',
    ),
    startAgain,
  ],
  'token.unreachable': [
    w(
      '認証局につながりません。',
      '{認証局|にんしょうきょく}に つながりません。',
      'The authority cannot be reached.',
    ),
    w(
      'しばらくしてから、同じパスワードでもう一度行ってください。途中からなら続きになります。',
      'あとで おなじ パスワードで もういちど して ください。',
      'Try again after a while, with the same passwords: what was begun goes on.',
    ),
  ],
  'token.answer': [
    w(
      '認証局から届いたものが、求めたものと合いません。',
      'とどいた ものが ちがいます。',
      'What came back is not what was asked for.',
    ),
    startAgain,
  ],
  'token.file': [
    w(
      '置き場所に同じ名前のものがあるか、書き込めません。',
      'おなじ {名前|なまえ}の ものが あります。',
      'There is something of that name already, or it cannot be written.',
    ),
    w(
      '別の場所を選ぶか、前のものを片づけてください。',
      'ちがう {場所|ばしょ}に して ください。',
      'Choose another place, or move it away.',
    ),
  ],
  'token.pins': [
    w(
      '新しいパスワードがきまりに合いません。',
      '{新|あたら}しい パスワードが だめです。',
      'A new password breaks a rule.',
    ),
    w(
      '署名用は英字と数字を両方使って6〜16文字、利用者証明用は数字4けたです。',
      '{英字|えいじ}と {数字|すうじ}で 6〜16{文字|もじ}、もう ひとつは {数字|すうじ} 4けたです。',
      'Signature: 6 to 16 letters and digits, at least one of each. Authentication: 4 digits.',
    ),
  ],
};

export const tokenStepWords: Readonly<Record<TokenStep, Words>> = {
  making: w(
    'スマホの中に鍵を作っています…',
    'スマホの {中|なか}に かぎを つくって います…',
    'Keys are made in the smartphone …',
  ),
  asking: w(
    'カードで署名して、認証局に求めています…',
    'カードで たのんで います…',
    'The card signs the request to the authority …',
  ),
  writing: w('書き込み、読み直しています…', '{書|か}いて、{読|よ}んで います…', 'Written and read back …'),
  confirming: w(
    '認証局に知らせています…',
    '{認証局|にんしょうきょく}に {知|し}らせて います…',
    'The authority is told …',
  ),
};

export const tokenNames: Readonly<Record<TokenMedium, Words>> = {
  android: w('Android', 'Android', 'Android'),
  iphone: w('iPhone', 'iPhone', 'iPhone'),
};
