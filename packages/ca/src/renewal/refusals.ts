import { japaneseDay } from '@madoguchi/ui';
import { CaError, type Sentence } from '../error.js';

const counter = {
  ja: '窓口で手続きしてください。',
  jaEasy: '{窓口|まどぐち}に きて ください。',
  en: 'Please come to the counter.',
};

const say = (ja: string, jaEasy: string, en: string): Sentence => ({
  ja: `${ja}${counter.ja}`,
  jaEasy: `${jaEasy}${counter.jaEasy}`,
  en: `${en} ${counter.en}`,
});

/** Why an online renewal is refused; each names its rule and what to do. */
const refusals = {
  'renewal.form': say(
    '更新の申請を読めません。',
    '{申請|しんせい}が {読|よ}めません。',
    'The request cannot be read.',
  ),
  'renewal.nonce': say(
    '更新の受付番号が古いか、使用済みです。もう一度はじめから行うか、',
    'もういちど はじめから するか、',
    'The nonce is too old or used. Start again, or:',
  ),
  'renewal.again': say(
    'この鍵の手続きは途中で終わりました。カードの中で新しい鍵を作り、はじめから行うか、',
    'もういちど はじめから するか、',
    'The renewal with this key has lapsed. Make a new key in the card and start again, or:',
  ),
  'renewal.tooMany': say(
    '今日は、この証明書の更新が何度も始められています。明日もう一度行うか、',
    'きょうは もう できません。あした するか、',
    'The renewal of this certificate was begun too often within a day. Try again tomorrow, or:',
  ),
  'renewal.card': say(
    '新しい鍵は、この方のカードの中で作られたものではありません。',
    'この カードでは {更新|こうしん}できません。',
    'The new key was not made inside this person’s card.',
  ),
  'renewal.cardEnds': say(
    'カードそのものの有効期間が、証明書と同じ日までに終わります。新しいカードを申し込んでください。',
    'カードも おわります。{新|あたら}しい カードが いります。',
    'The card itself ends with the certificate: apply for a new card.',
  ),
  'renewal.unknown': say(
    'この証明書では更新できません（住民の登録と結び付いていません）。',
    'この {証明書|しょうめいしょ}は {更新|こうしん}できません。',
    'This certificate cannot be renewed online: it is not linked to a registered resident.',
  ),
  'renewal.revoked': say(
    'この証明書は失効しています（一時停止を含みます）。',
    'この {証明書|しょうめいしょ}は もう つかえません。',
    'This certificate is revoked or held.',
  ),
  'renewal.expired': say(
    'この証明書は有効期間が終わっています。',
    'この {証明書|しょうめいしょ}は {期限|きげん}が おわりました。',
    'This certificate has expired.',
  ),
  'renewal.changed': say(
    '氏名・住所・生年月日・性別のどれかが、証明書を発行したときから変わっています。',
    '{名前|なまえ}や {住所|じゅうしょ}が かわって います。',
    'Name, address, birth date or sex has changed since the certificate was issued.',
  ),
  'renewal.guardian': say(
    '署名用の電子証明書は、15歳未満の方と成年被後見人の方には、オンラインで発行できません。',
    '{代理|だいり}の {人|ひと}と',
    'A signature certificate is not issued online to a child under 15 or an adult ward.',
  ),
  'renewal.gone': say(
    '住民の登録が終わっています。',
    '{住民|じゅうみん}の {登録|とうろく}が ありません。',
    'The registration as a resident has ended.',
  ),
} as const;

type RenewalRule = keyof typeof refusals;

/** Before its time. The day is Japan's. */
export function tooEarly(opens: Date): CaError {
  const day = japaneseDay(opens);
  return new CaError(
    'renewal.early',
    {
      ja: `オンラインで更新できるのは ${day} からです。それまでは、いまの証明書を使えます。`,
      jaEasy: `${day} から できます。それまで いまの {証明書|しょうめいしょ}を つかって ください。`,
      en: `It can be renewed online from ${day} on. Until then the present certificate is good.`,
    },
    77,
  );
}

export function refused(rule: RenewalRule): CaError {
  return new CaError(rule, refusals[rule], 77);
}
