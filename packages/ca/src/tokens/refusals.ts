import { CaError, type Sentence } from '../error.js';

const words = {
  'token.form': {
    ja: 'スマートフォン用電子証明書の申請を読めません。もう一度はじめから行ってください。',
    jaEasy: '{申請|しんせい}が {読|よ}めません。もう{一度|いちど} して ください。',
    en: 'The request for a smartphone token cannot be read. Start again.',
  },
  'token.nonce': {
    ja: '受付番号が古いか、使用済みです。もう一度はじめから行ってください。',
    jaEasy: 'もう{一度|いちど} はじめから して ください。',
    en: 'The nonce is too old or used. Start again.',
  },
  'token.card': {
    ja: 'カードの署名用電子証明書が有効でないため、スマートフォン用を発行できません。窓口で手続きしてください。',
    jaEasy: 'カードの {証明書|しょうめいしょ}が つかえません。{窓口|まどぐち}に {来|き}て ください。',
    en: 'The card’s signature certificate is not valid, so it gives no token. Please come to the counter.',
  },
  'token.changed': {
    ja: '氏名・住所・生年月日・性別のどれかが変わっているか、住民の登録が終わっています。窓口で手続きしてください。',
    jaEasy: '{名前|なまえ}や {住所|じゅうしょ}が かわって います。{窓口|まどぐち}に {来|き}て ください。',
    en: 'Name, address, birth date or sex has changed, or the registration has ended. Please come to the counter.',
  },
  'token.exists': {
    ja: '同じ種類のスマートフォン用電子証明書がすでにあります。入れ替えるときは、そのことを選んでください（前のものは失効します）。',
    jaEasy:
      '{同|おな}じ {種類|しゅるい}の ものが もう あります。{新|あたら}しくすると、{前|まえ}のものは つかえなく なります。',
    en: 'There is a token of this kind already. Choose to replace it: the one before is revoked then.',
  },
  'token.unknown': {
    ja: 'そのスマートフォン用電子証明書はありません。',
    jaEasy: 'その {証明書|しょうめいしょ}は ありません。',
    en: 'There is no such token.',
  },
  'token.tooMany': {
    ja: '今日は、スマートフォン用電子証明書の申請が何度も始められています。明日もう一度行ってください。',
    jaEasy: 'きょうは もう できません。あした もう{一度|いちど} して ください。',
    en: 'Too many tokens were begun within a day. Try again tomorrow.',
  },
  'token.again': {
    ja: '手続きは途中で終わりました。もう一度はじめから行ってください。',
    jaEasy: 'もう{一度|いちど} はじめから して ください。',
    en: 'The attempt has lapsed. Start again.',
  },
  'token.scheme': {
    ja: 'この認証局は、スマートフォン用電子証明書を発行しません。',
    jaEasy: 'ここでは スマホの {証明書|しょうめいしょ}を つくれません。',
    en: 'This authority issues no smartphone tokens.',
  },
} as const satisfies Record<string, Sentence>;

/** Why nothing is done for a token; each names its rule and what to do. */
export function refused(rule: keyof typeof words): CaError {
  return new CaError(rule, words[rule], 77);
}
