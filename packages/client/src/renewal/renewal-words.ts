import type { Words } from '@madoguchi/ui';
import { toCounter } from '../next-steps.js';
import { w } from '../three-words.js';
import type { RenewalStep } from './renew-key.js';
import type { RenewalRule } from './renewal-error.js';

const later: Words = w(
  'しばらくしてから、もう一度「電子証明書の更新」を開いてください。続きから進みます。',
  'あとで もういちど して ください。つづきから できます。',
  'Open “Certificate renewal” again after a while: it goes on from where it stopped.',
);

/** What happened, and the one next step. What became of the old certificate stands beside it on the page. */
export const renewalWords: Readonly<Record<RenewalRule, readonly [what: Words, next: Words]>> = {
  'renewal.early': [
    w(
      'この証明書は、まだ更新の時期ではありません。',
      'まだ {更新|こうしん}の {日|ひ}では ありません。',
      'It is too early to renew this certificate.',
    ),
    w(
      '期限が近くなったら、もう一度お試しください。',
      '{期限|きげん}が {近|ちか}く なったら、また して ください。',
      'Try again when its end is near.',
    ),
  ],
  'renewal.revoked': [
    w(
      'この証明書は失効しています（一時停止を含みます）。オンラインでは更新できません。',
      'この {証明書|しょうめいしょ}は もう {使|つか}えません。ここでは {更新|こうしん}できません。',
      'This certificate is revoked or held. It cannot be renewed online.',
    ),
    toCounter,
  ],
  'renewal.expired': [
    w(
      'この証明書は有効期間が終わっています。オンラインでは更新できません。',
      '{期限|きげん}が {終|お}わりました。ここでは {更新|こうしん}できません。',
      'This certificate has expired. It cannot be renewed online.',
    ),
    toCounter,
  ],
  'renewal.changed': [
    w(
      '氏名・住所・生年月日・性別のどれかが、証明書と違っています。オンラインでは更新できません。',
      '{名前|なまえ}や {住所|じゅうしょ}が かわりました。ここでは {更新|こうしん}できません。',
      'Name, address, birth date or sex is no longer what the certificate says. It cannot be renewed online.',
    ),
    toCounter,
  ],
  'renewal.gone': [
    w(
      '住民の登録が終わっているため、更新できません。',
      '{住民|じゅうみん}の {登録|とうろく}が ありません。{更新|こうしん}できません。',
      'The registration as a resident has ended, so it cannot be renewed.',
    ),
    toCounter,
  ],
  'renewal.guardian': [
    w(
      '署名用の電子証明書は、15歳未満の方と成年被後見人の方には、オンラインで発行できません。代理の方といっしょに手続きしてください。',
      'ここでは できません。{代理|だいり}の {人|ひと}と いっしょに いって ください。',
      'A signature certificate is not issued online to a child under 15 or an adult ward. Come together with the representative.',
    ),
    toCounter,
  ],
  'renewal.unknown': [
    w(
      'この認証局は、この証明書を更新できません。',
      'この {証明書|しょうめいしょ}は {更新|こうしん}できません。',
      'This authority cannot renew this certificate.',
    ),
    toCounter,
  ],
  'renewal.card': [
    w(
      'このカードは、認証局に登録されたカードと違います。',
      'この カードでは {更新|こうしん}できません。',
      'This card is not the one that the authority knows as yours.',
    ),
    toCounter,
  ],
  'renewal.cardEnds': [
    w(
      'カードそのものの有効期限が、証明書と同じ日までに来ます。新しいカードが必要です。',
      'カードも おわります。{新|あたら}しい カードが いります。',
      'The card itself ends with the certificate: you need a new card.',
    ),
    w(
      'お住まいの市区町村の窓口で、カードの更新を申し込んでください。',
      '{窓口|まどぐち}で {新|あたら}しい カードを たのんで ください。',
      'Apply for a new card at the counter of your municipality.',
    ),
  ],
  'renewal.tooMany': [
    w(
      '今日は、この証明書の更新が何度も始められています。',
      'きょうは もう できません。',
      'The renewal of this certificate was begun too often within a day.',
    ),
    w('明日、もう一度お試しください。', 'あした もういちど して ください。', 'Try again tomorrow.'),
  ],
  'renewal.again': [
    w(
      '前の手続きは時間が切れました。',
      'まえの {手続|てつづ}きは おわりました。',
      'The earlier attempt has lapsed.',
    ),
    w('もう一度、はじめから行ってください。', 'もういちど はじめから して ください。', 'Start again.'),
  ],
  'renewal.refused': [
    w(
      '認証局が更新を受け付けませんでした。',
      '{更新|こうしん}できませんでした。',
      'The authority did not accept the renewal.',
    ),
    w(
      'もう一度行っても同じときは、お住まいの市区町村の窓口へご相談ください。',
      'もういちど して ください。だめな ときは {窓口|まどぐち}で {聞|き}いて ください。',
      'Try once more; if it is the same, ask at the counter of your municipality.',
    ),
  ],
  'renewal.unreachable': [
    w(
      '認証局につながりません。',
      '{認証局|にんしょうきょく}に つながりません。',
      'The authority cannot be reached.',
    ),
    later,
  ],
  'renewal.answer': [
    w(
      '認証局から届いたものが、求めたものと合いません。カードには使っていません。',
      'とどいた ものが ちがいます。カードは かわって いません。',
      'What came back is not what was asked for. It was not put into use.',
    ),
    later,
  ],
  'renewal.notOffered': [
    w(
      'このカードは、オンラインで更新できません。',
      'この カードは ここで {更新|こうしん}できません。',
      'This card cannot be renewed online.',
    ),
    toCounter,
  ],
};

/** The steps as they are told while they are done. */
export const renewalStepWords: Readonly<Record<RenewalStep, Words>> = {
  making: w(
    'カードの中に新しい鍵を作っています…',
    'カードの {中|なか}に {新|あたら}しい かぎを つくって います…',
    'A new key is made in the card …',
  ),
  asking: w(
    '認証局に新しい証明書を求めています…',
    '{認証局|にんしょうきょく}に {証明書|しょうめいしょ}を たのんで います…',
    'The authority is asked for the certificate …',
  ),
  writing: w(
    'カードに書き込み、読み直しています…',
    'カードに {書|か}いて、{読|よ}んで います…',
    'It is written to the card and read back …',
  ),
  confirming: w(
    '新しい証明書を受け取ったことを伝えています…',
    '{新|あたら}しい {証明書|しょうめいしょ}を もらった ことを {伝|つた}えて います…',
    'The authority is told that it was read back …',
  ),
  activating: w(
    'カードを新しい証明書に切り替えています…',
    'カードを {新|あたら}しく して います…',
    'The card changes to the new one …',
  ),
  telling: w(
    '古い証明書を終わらせています…',
    '{古|ふる}い {証明書|しょうめいしょ}を おわらせて います…',
    'The old certificate is ended …',
  ),
};

/** The two certificates by their fixed names. */
export const renewedNames = {
  sign: w('署名用電子証明書', '{署名用電子証明書|しょめいようでんししょうめいしょ}', 'Signature certificate'),
  auth: w(
    '利用者証明用電子証明書',
    '{利用者証明用電子証明書|りようしゃしょうめいようでんししょうめいしょ}',
    'User authentication certificate',
  ),
} as const;
