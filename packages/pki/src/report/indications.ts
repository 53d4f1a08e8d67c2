import type { Words } from './words.js';

/** A sub-indication: the main indication it stands under, what it means, and what would change the answer. */
interface SubIndicationWords {
  readonly under: 'FAILED' | 'INDETERMINATE';
  readonly means: Words;
  /** What the reader can do about it. */
  readonly next: Words;
}

const w = (ja: string, jaEasy: string, en: string): Words => ({ ja, jaEasy, en });

const nothing = w(
  '結果は変わりません。署名した人に、署名のやり直しを求めてください。',
  '{結果|けっか}は {変|か}わりません。もう{一度|いちど} {署名|しょめい}して もらって ください。',
  'Nothing will change this. Ask for a new signature.',
);
const proof = w(
  'その前に署名があったことを示すもの（タイムスタンプ、到達の記録）があれば、結果が変わります。',
  '{前|まえ}に {署名|しょめい}した ことが わかる もの（タイムスタンプなど）が あれば、{結果|けっか}が {変|か}わります。',
  'A proof that the signature existed before (a time stamp, a record of its arrival) would change the answer.',
);
const stronger = w(
  '結果は変わりません。今の方式で署名し直してもらってください。',
  '{結果|けっか}は {変|か}わりません。{新|あたら}しい {方法|ほうほう}で もう{一度|いちど} {署名|しょめい}して もらって ください。',
  'Nothing will change this. Ask for a new signature with a method of today.',
);
const anchors = w(
  '発行元の証明書を信頼するものとして加えれば、結果が変わります。加えるかどうかは、確かな方法で確かめてから決めてください。',
  '{電子証明書|でんししょうめいしょ}を {作|つく}った ところを {信頼|しんらい}できると わかれば、{結果|けっか}が {変|か}わります。',
  "The answer changes if the issuer's root is trusted here. Confirm it in another way before you add it.",
);

/** Sub-indications of ETSI EN 319 102-1 (tables 5 and 6); their URI is `urn:etsi:019102:subindication:NAME`. docs/indications.md shows how each arises. */
export const subIndications = {
  FORMAT_FAILURE: {
    under: 'FAILED',
    means: w(
      '形式が正しくないため、署名として扱えません。',
      '{形|かたち}が {正|ただ}しくありません。',
      'It is not well-formed and cannot be processed as a signature.',
    ),
    next: nothing,
  },
  HASH_FAILURE: {
    under: 'FAILED',
    means: w(
      '署名のあとで、文書が変えられています。',
      '{署名|しょめい}の あとで、{書類|しょるい}が {変|か}わっています。',
      'The document was changed after it was signed.',
    ),
    next: w(
      '署名した時のままの文書があれば、それで確かめ直してください。',
      '{署名|しょめい}した ときの {書類|しょるい}が あれば、それで もう{一度|いちど} {調|しら}べて ください。',
      'If the document as it was signed is still there, verify that one.',
    ),
  },
  SIG_CRYPTO_FAILURE: {
    under: 'FAILED',
    means: w(
      '署名が、署名した人の鍵によるものではありません。',
      '{署名|しょめい}が {電子証明書|でんししょうめいしょ}と {合|あ}いません。',
      "The signature was not made with the signer's key.",
    ),
    next: nothing,
  },
  REVOKED: {
    under: 'FAILED',
    means: w(
      '電子証明書は、署名の前に失効していました。',
      '{署名|しょめい}の {前|まえ}に、{電子証明書|でんししょうめいしょ}は {使|つか}えなく なっていました。',
      'The certificate had been revoked before the signature was made.',
    ),
    next: nothing,
  },
  EXPIRED: {
    under: 'FAILED',
    means: w(
      '電子証明書の有効期間が終わったあとの署名です。',
      '{電子証明書|でんししょうめいしょ}の {期限|きげん}が {終|お}わった あとの {署名|しょめい}です。',
      'The signature was made after the certificate had expired.',
    ),
    next: nothing,
  },
  NOT_YET_VALID: {
    under: 'FAILED',
    means: w(
      '電子証明書の有効期間が始まる前の署名です。',
      '{電子証明書|でんししょうめいしょ}が {使|つか}える ように なる {前|まえ}の {署名|しょめい}です。',
      'The signature was made before the certificate became valid.',
    ),
    next: nothing,
  },
  SIG_CONSTRAINTS_FAILURE: {
    under: 'INDETERMINATE',
    means: w(
      '署名に付けられた情報が、求められている決まりに合いません。',
      '{署名|しょめい}の {情報|じょうほう}が きまりに {合|あ}いません。',
      'What is attached to the signature does not meet the rules that were asked for.',
    ),
    next: w(
      '別の規則（ポリシー）で確かめるか、署名のやり直しを求めてください。',
      'もう{一度|いちど} {署名|しょめい}して もらって ください。',
      'Verify under another policy, or ask for a new signature.',
    ),
  },
  CHAIN_CONSTRAINTS_FAILURE: {
    under: 'INDETERMINATE',
    means: w(
      '電子証明書は本物ですが、求められている種類のものではありません。',
      'この {種類|しゅるい}の {電子証明書|でんししょうめいしょ}は {使|つか}えません。',
      'The certificate is genuine, but not of the kind that was asked for.',
    ),
    next: w(
      '求められている種類の電子証明書で署名し直してもらってください。',
      '{正|ただ}しい {種類|しゅるい}の {電子証明書|でんししょうめいしょ}で もう{一度|いちど} {署名|しょめい}して もらって ください。',
      'Ask for a signature with a certificate of the right kind.',
    ),
  },
  CERTIFICATE_CHAIN_GENERAL_FAILURE: {
    under: 'INDETERMINATE',
    means: w(
      '電子証明書を認証局までたどる途中に誤りがあります。',
      '{電子証明書|でんししょうめいしょ}に まちがいが あります。',
      "There is a fault on the certificate's path to the authority.",
    ),
    next: w(
      '正しい中間の証明書があれば、結果が変わります。',
      '{正|ただ}しい {証明書|しょうめいしょ}が あれば、{結果|けっか}が {変|か}わります。',
      'The right certificates between signer and root, if there are any, would change the answer.',
    ),
  },
  CRYPTO_CONSTRAINTS_FAILURE: {
    under: 'INDETERMINATE',
    means: w(
      '安全と認められない方式または短い鍵が使われています。',
      '{安全|あんぜん}では ない {方法|ほうほう}です。',
      'A method or a key is too weak to prove anything.',
    ),
    next: stronger,
  },
  CRYPTO_CONSTRAINTS_FAILURE_NO_POE: {
    under: 'INDETERMINATE',
    means: w(
      '今では安全と認められない方式が使われています。安全だった時に署名されたことを確かめられません。',
      '{方法|ほうほう}が {古|ふる}いです。{安全|あんぜん}だった ときの {署名|しょめい}か わかりません。',
      'A method or a key is too weak today, and there is no proof that the signature is older than that.',
    ),
    next: proof,
  },
  NO_SIGNING_CERTIFICATE_FOUND: {
    under: 'INDETERMINATE',
    means: w(
      '署名した人の電子証明書がないか、読み取れません。',
      '{電子証明書|でんししょうめいしょ}が ありません。',
      "The signer's certificate is missing or cannot be read.",
    ),
    next: w(
      '署名した人の電子証明書があれば、結果が変わります。',
      '{電子証明書|でんししょうめいしょ}が あれば、{結果|けっか}が {変|か}わります。',
      "The signer's certificate would change the answer.",
    ),
  },
  NO_CERTIFICATE_CHAIN_FOUND: {
    under: 'INDETERMINATE',
    means: w(
      '発行元が、信頼できる認証局として登録されていません。',
      '{電子証明書|でんししょうめいしょ}を {作|つく}った ところが わかりません。',
      'The issuer is not among the authorities that are trusted here.',
    ),
    next: anchors,
  },
  NO_CERTIFICATE_CHAIN_FOUND_NO_POE: {
    under: 'INDETERMINATE',
    means: w(
      '大もとの認証局は現在は信頼の対象ではなく、その前に署名されたことを確かめられません。',
      '{電子証明書|でんししょうめいしょ}を {作|つく}った ところは、{今|いま}は {使|つか}われて いません。',
      'The root is no longer trusted, and there is no proof that the signature is older than that.',
    ),
    next: proof,
  },
  SIGNED_DATA_NOT_FOUND: {
    under: 'INDETERMINATE',
    means: w(
      '署名された文書がここにありません。',
      '{署名|しょめい}した {書類|しょるい}が ありません。',
      'The signed document is not here.',
    ),
    next: w(
      '署名された文書を一緒に指定してください（--content）。',
      '{署名|しょめい}した {書類|しょるい}も えらんで ください。',
      'Give the document that was signed, too (--content).',
    ),
  },
  SIGNATURE_POLICY_NOT_AVAILABLE: {
    under: 'INDETERMINATE',
    means: w(
      '署名が従っている署名ポリシーの文書がありません。',
      '{署名|しょめい}の きまりの {文書|ぶんしょ}が ありません。',
      'The document of the signature policy is not available.',
    ),
    next: w(
      'その文書を読み、規則（ポリシー）の signaturePolicies に加えてください。',
      'きまりの {文書|ぶんしょ}が あれば、{結果|けっか}が {変|か}わります。',
      'Read that document and name it in the policy under signaturePolicies.',
    ),
  },
  POLICY_PROCESSING_ERROR: {
    under: 'INDETERMINATE',
    means: w(
      '署名ポリシーの文書が、署名の示すものと異なります。',
      '{署名|しょめい}の きまりの {文書|ぶんしょ}が ちがいます。',
      'The signature policy is not the document that the signature names.',
    ),
    next: w(
      '署名の示す版の文書があれば、結果が変わります。',
      '{正|ただ}しい {文書|ぶんしょ}が あれば、{結果|けっか}が {変|か}わります。',
      'The version of the document that the signature names would change the answer.',
    ),
  },
  TIMESTAMP_ORDER_FAILURE: {
    under: 'INDETERMINATE',
    means: w(
      'タイムスタンプの時刻の順序が合いません。',
      'タイムスタンプの {時間|じかん}の じゅんばんが {合|あ}いません。',
      'The times of the time stamps contradict each other.',
    ),
    next: nothing,
  },
  REVOKED_NO_POE: {
    under: 'INDETERMINATE',
    means: w(
      '電子証明書は失効しています。失効の前に署名されたかどうかは確かめられません。',
      '{電子証明書|でんししょうめいしょ}は {使|つか}えなく なっています。{署名|しょめい}が その {前|まえ}か わかりません。',
      'The certificate is revoked, and there is no proof that the signature is older than that.',
    ),
    next: proof,
  },
  REVOKED_CA_NO_POE: {
    under: 'INDETERMINATE',
    means: w(
      '認証局の証明書が失効しています。その前に署名されたことを確かめられません。',
      '{電子証明書|でんししょうめいしょ}を {作|つく}った ところの {証明書|しょうめいしょ}が {使|つか}えなく なっています。',
      "An authority's certificate is revoked, and there is no proof that the signature is older than that.",
    ),
    next: proof,
  },
  OUT_OF_BOUNDS_NOT_REVOKED: {
    under: 'INDETERMINATE',
    means: w(
      '今は電子証明書の有効期間の外です。失効はしていませんが、期間の中で署名されたことを確かめられません。',
      '{期限|きげん}の {中|なか}の {署名|しょめい}か わかりません。',
      'The certificate is outside its validity now; it was not revoked, but there is no proof that the signature was made inside.',
    ),
    next: proof,
  },
  OUT_OF_BOUNDS_NO_POE: {
    under: 'INDETERMINATE',
    means: w(
      '今は電子証明書の有効期間の外です。期間の中で署名されたことを確かめられません。',
      '{期限|きげん}の {中|なか}の {署名|しょめい}か わかりません。',
      'The certificate is outside its validity now, and there is no proof that the signature was made inside.',
    ),
    next: proof,
  },
  REVOCATION_OUT_OF_BOUNDS_NO_POE: {
    under: 'INDETERMINATE',
    means: w(
      '失効情報を出した認証局の証明書はすでに終わっており、その前からあった情報かどうか確かめられません。',
      '{失効|しっこう}の {情報|じょうほう}が いつ {作|つく}られたか わかりません。',
      "The certificate behind the revocation information has ended, and the information's age is not proven.",
    ),
    next: proof,
  },
  NO_POE: {
    under: 'INDETERMINATE',
    means: w(
      '判断の材料が、その方式が安全だった時からあったことを確かめられません。',
      'いつから あるか わかりません。',
      'There is no proof that what the answer rests on existed before its method became weak.',
    ),
    next: proof,
  },
  TRY_LATER: {
    under: 'INDETERMINATE',
    means: w(
      '今はまだ決められません。新しい失効情報が必要です。',
      'まだ わかりません。{新|あたら}しい {情報|じょうほう}が {必要|ひつよう}です。',
      'It cannot be decided yet: newer revocation information is needed.',
    ),
    next: w(
      '新しい失効情報（--crl）を加えるか、認証局に問い合わせて（--ocsp）、もう一度確かめてください。',
      'あとで もう{一度|いちど} {調|しら}べて ください。',
      'Try again with newer revocation lists (--crl), or ask the responder (--ocsp).',
    ),
  },
} as const satisfies Record<string, SubIndicationWords>;

/** Sub-indications that a report can end with: all of ETSI EN 319 102-1. */
export type ReportSubIndication = keyof typeof subIndications;
