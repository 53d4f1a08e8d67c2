import { glossary, type Words } from '@madoguchi/ui/words';
import type { PinKind } from './client-error.js';
import { w } from './three-words.js';

/** The one name of each password, with its form; the same everywhere. */
export const pinTitles: Record<PinKind, Words> = {
  sign: glossary.pinSign,
  auth: glossary.pinAuth,
  text: w(
    '券面事項入力補助用パスワード（数字4けた）',
    '{券面事項入力補助用|けんめんじこうにゅうりょくほじょよう}パスワード（{数字|すうじ} 4けた）',
    'Input-support password (4 digits) 券面事項入力補助用パスワード',
  ),
};

/** What a new password must be: lifecycle of the card, and what the card itself checks when it is set. */
export const newPinRules: Record<PinKind, Words> = {
  sign: w(
    '英大文字と数字を両方使い、6文字以上16文字以下。小文字で入れても大文字になります。',
    '{英字|えいじ}と {数字|すうじ}を どちらも {使|つか}って ください。6〜16{文字|もじ}です。',
    'Letters and digits, at least one of each, 6 to 16 in all. Lower case becomes upper case.',
  ),
  auth: w('数字4けた。', '{数字|すうじ} 4けたです。', '4 digits.'),
  text: w('数字4けた。', '{数字|すうじ} 4けたです。', '4 digits.'),
};
