import type { CheckWords } from './check-words.js';

/** Words for the checks of the block 有効性. */
export const validityCheckWords: Readonly<Record<string, CheckWords>> = {
  'validity.certificate': {
    title: { ja: '証明書があること', jaEasy: '{証明書|しょうめいしょ}が あるか', en: 'Certificate present' },
    passed: {
      ja: '署名した人の電子証明書があります。',
      jaEasy: '{電子証明書|でんししょうめいしょ}が あります。',
      en: 'The signer’s certificate is here.',
    },
    means: {
      ja: '以下は、この電子証明書についての確認です。',
      jaEasy: 'この {電子証明書|でんししょうめいしょ}を {調|しら}べます。',
      en: 'What follows is about this certificate.',
    },
    source: 'ETSI EN 319 102-1 5.2.3',
  },
  'validity.chain': {
    title: {
      ja: '認証局までのつながり',
      jaEasy: '{認証局|にんしょうきょく}との つながり',
      en: 'Path to the authority',
    },
    passed: {
      ja: '信頼する認証局までつながりました。',
      jaEasy: '{認証局|にんしょうきょく}まで つながりました。',
      en: 'It leads to an authority that is trusted here.',
    },
    means: {
      ja: '電子証明書が、信頼する認証局から発行されたことを確かめます。',
      jaEasy: '{正|ただ}しい ところが {作|つく}った ものか {調|しら}べます。',
      en: 'Shows that a trusted authority stands behind the certificate.',
    },
    source: 'RFC 5280 6; ETSI EN 319 102-1 5.2.6',
  },
  'validity.demo': {
    title: {
      ja: '認証局の種類（本番か体験版か）が合うこと',
      jaEasy: '{認証局|にんしょうきょく}の {種類|しゅるい}',
      en: 'Kind of authority (real or demonstration) as expected',
    },
    passed: {
      ja: '認証局の種類は、求められたものです。',
      jaEasy: '{認証局|にんしょうきょく}の {種類|しゅるい}は {正|ただ}しいです。',
      en: 'The authority is of the kind that was asked for.',
    },
    means: {
      ja: 'デモ用の電子証明書を本番で受け付けないためです。',
      jaEasy: '{練習用|れんしゅうよう}の ものを {使|つか}わない ためです。',
      en: 'It keeps demonstration certificates out of real use.',
    },
    source: '—',
  },
  'validity.keyUsage': {
    title: {
      ja: '署名用の証明書であること',
      jaEasy: '{署名|しょめい}に {使|つか}えるか',
      en: 'Meant for signing',
    },
    passed: {
      ja: '署名に使う電子証明書です。',
      jaEasy: '{署名|しょめい}に {使|つか}う ものです。',
      en: 'The certificate is meant for signing.',
    },
    means: {
      ja: 'ログイン用の電子証明書は、文書の署名には使えません。',
      jaEasy: 'ログイン{用|よう}の ものは {使|つか}えません。',
      en: 'A certificate for logging in does not count under a document.',
    },
    source: 'RFC 5280 4.2.1.3',
  },
  'validity.extKeyUsage': {
    title: {
      ja: '証明書の用途',
      jaEasy: '{証明書|しょうめいしょ}の {使|つか}い{方|かた}',
      en: 'Purposes of the certificate',
    },
    passed: {
      ja: '電子証明書の用途は、求められたものです。',
      jaEasy: '{使|つか}い{方|かた}は {正|ただ}しいです。',
      en: 'The certificate has the purposes that were asked for.',
    },
    means: {
      ja: '別の用途の電子証明書を受け付けないためです。',
      jaEasy: 'ほかの {使|つか}い{方|かた}の ものは {使|つか}えません。',
      en: 'It keeps out certificates made for another purpose.',
    },
    source: 'RFC 5280 4.2.1.12',
  },
  'validity.policy': {
    title: {
      ja: '証明書の種類',
      jaEasy: '{証明書|しょうめいしょ}の {種類|しゅるい}',
      en: 'Kind of certificate',
    },
    passed: {
      ja: '求められた種類の電子証明書です。',
      jaEasy: '{正|ただ}しい {種類|しゅるい}の {電子証明書|でんししょうめいしょ}です。',
      en: 'The certificate is of the kind that was asked for.',
    },
    means: {
      ja: 'どのような本人確認で発行されたかが、種類で分かります。',
      jaEasy: 'どのように {作|つく}られたか わかります。',
      en: 'The kind says how its holder was identified.',
    },
    source: 'RFC 5280 4.2.1.4',
  },
  'validity.algorithms': {
    title: {
      ja: '証明書の強さ',
      jaEasy: '{証明書|しょうめいしょ}の {強|つよ}さ',
      en: 'Strength of the certificates',
    },
    passed: {
      ja: '電子証明書と認証局の方式と鍵の長さは十分です。',
      jaEasy: '{電子証明書|でんししょうめいしょ}の {方法|ほうほう}は {安全|あんぜん}です。',
      en: 'Methods and keys of certificate and authorities are strong enough.',
    },
    means: {
      ja: '弱い方式では、電子証明書を偽造されるおそれがあります。',
      jaEasy: '{弱|よわ}い {方法|ほうほう}は あぶないです。',
      en: 'With weak ones the certificate might be a forgery.',
    },
    source: 'ETSI TS 119 312; ETSI EN 319 102-1 5.2.6',
  },
  'validity.anchor': {
    title: {
      ja: '大もとの認証局が今も信頼されていること',
      jaEasy: '{認証局|にんしょうきょく}は {今|いま}も だいじょうぶか',
      en: 'Root still trusted',
    },
    passed: {
      ja: '大もとの認証局は、この時に信頼されていました。',
      jaEasy: '{認証局|にんしょうきょく}は だいじょうぶです。',
      en: 'The root was trusted at that time.',
    },
    means: {
      ja: '役目を終えた認証局は、その前のことだけを証明します。',
      jaEasy: '{終|お}わった ところは、その {前|まえ}の ことだけ {証明|しょうめい}します。',
      en: 'An authority that was given up vouches only for what is older.',
    },
    source: 'ETSI EN 319 102-1 5.6.2.4',
  },
  'validity.notRevoked': {
    title: { ja: '失効していないこと', jaEasy: '{失効|しっこう}していないか', en: 'Not revoked' },
    passed: {
      ja: '失効したという情報はありません。',
      jaEasy: '{使|つか}えなく なった という {情報|じょうほう}は ありません。',
      en: 'Nothing says that it was revoked.',
    },
    means: {
      ja: '盗難や転居などで使えなくなった電子証明書ではないことを確かめます。',
      jaEasy: '{使|つか}えなく なった ものか {調|しら}べます。',
      en: 'Shows that it had not been cancelled, for theft or a change of address, say.',
    },
    source: 'ETSI EN 319 102-1 5.2.6.2, 5.6.2.4; RFC 5280 6.3',
  },
  'validity.period': {
    title: { ja: '有効期間', jaEasy: '{使|つか}える {期間|きかん}', en: 'Period of validity' },
    passed: {
      ja: '署名は電子証明書の有効期間の中のものです。',
      jaEasy: '{期限|きげん}の {中|なか}の {署名|しょめい}です。',
      en: 'The signature lies within the period of validity.',
    },
    means: {
      ja: '期間の外の署名は、証明になりません。',
      jaEasy: '{期限|きげん}の {外|そと}の {署名|しょめい}は だめです。',
      en: 'A signature outside the period proves nothing.',
    },
    source: 'ETSI EN 319 102-1 5.2.6; RFC 5280 4.1.2.5',
  },
  'validity.authorities': {
    title: {
      ja: '認証局が失効していないこと',
      jaEasy: '{認証局|にんしょうきょく}が {失効|しっこう}していないか',
      en: 'Authorities not revoked',
    },
    passed: {
      ja: '途中の認証局は失効していません。',
      jaEasy: '{認証局|にんしょうきょく}は だいじょうぶです。',
      en: 'No authority on the path was revoked.',
    },
    means: {
      ja: '認証局が失効すると、その下の電子証明書も信頼できません。',
      jaEasy: '{認証局|にんしょうきょく}が だめだと {電子証明書|でんししょうめいしょ}も だめです。',
      en: 'With a revoked authority, what it issued cannot be trusted.',
    },
    source: 'ETSI EN 319 102-1 5.2.6',
  },
  'validity.revocationData': {
    title: {
      ja: '失効情報があること',
      jaEasy: '{失効|しっこう}の {情報|じょうほう}',
      en: 'Revocation information found',
    },
    passed: {
      ja: '認証局の失効情報があり、本物です。',
      jaEasy: '{失効|しっこう}の {情報|じょうほう}が あります。',
      en: 'Genuine revocation information is here.',
    },
    means: {
      ja: '失効していないと言えるのは、失効情報を見たときだけです。',
      jaEasy: '{失効|しっこう}の {情報|じょうほう}を {見|み}ないと わかりません。',
      en: 'Only who has seen it can say that a certificate is not revoked.',
    },
    source: 'ETSI EN 319 102-1 5.2.5',
  },
  'validity.revocationFresh': {
    title: {
      ja: '失効情報の新しさ',
      jaEasy: '{情報|じょうほう}の {新|あたら}しさ',
      en: 'Revocation information fresh',
    },
    passed: {
      ja: '失効情報は、判断の時に新しいものでした。',
      jaEasy: '{失効|しっこう}の {情報|じょうほう}は {新|あたら}しいです。',
      en: 'The revocation information was fresh at the time judged.',
    },
    means: {
      ja: '古い情報では、そのあとの失効が分かりません。',
      jaEasy: '{古|ふる}い {情報|じょうほう}では わかりません。',
      en: 'Old information says nothing of what came after it.',
    },
    source: 'ETSI EN 319 102-1 5.2.5',
  },
  'validity.hold': {
    title: {
      ja: '一時停止されていないこと',
      jaEasy: '{一時停止|いちじていし}していないか',
      en: 'Not on hold',
    },
    passed: {
      ja: '一時停止という情報はありません。',
      jaEasy: '{止|と}まって いる という {情報|じょうほう}は ありません。',
      en: 'Nothing says that it is on hold.',
    },
    means: {
      ja: '一時停止が解かれるか失効になるまで、決められません。',
      jaEasy: '{止|と}まって いる {間|あいだ}は わかりません。',
      en: 'While it is on hold nothing can be decided.',
    },
    source: 'RFC 5280 5.3.1',
  },
  'validity.responder': {
    title: {
      ja: '認証局への問い合わせ',
      jaEasy: '{認証局|にんしょうきょく}に {聞|き}いたか',
      en: 'Responder asked',
    },
    passed: {
      ja: '問い合わせに答えがありました。',
      jaEasy: '{答|こた}えが ありました。',
      en: 'The responder answered.',
    },
    means: {
      ja: '答えがなくても、失効リストがあれば判断できます。',
      jaEasy: '{答|こた}えが なくても、ほかの {情報|じょうほう}で わかる ことが あります。',
      en: 'Without an answer a revocation list may still decide.',
    },
    source: 'RFC 6960',
  },
  'validity.revokedLater': {
    title: {
      ja: 'そのあとも失効していないこと',
      jaEasy: 'そのあとも {失効|しっこう}していないか',
      en: 'Not revoked since',
    },
    passed: {
      ja: 'そのあと失効したという情報はありません。',
      jaEasy: 'そのあと {使|つか}えなく なった という {情報|じょうほう}は ありません。',
      en: 'Nothing says that it was revoked since.',
    },
    means: {
      ja: 'あとの失効は、前の署名には影響しません。',
      jaEasy: 'あとで {使|つか}えなく なっても、{前|まえ}の {署名|しょめい}は だいじょうぶです。',
      en: 'A later revocation does not touch an earlier signature.',
    },
    source: 'ETSI EN 319 102-1 5.6.2.4',
  },
  'validity.expiredSince': {
    title: {
      ja: 'そのあとも期限内であること',
      jaEasy: 'そのあとも {使|つか}える {期間|きかん}か',
      en: 'Not expired since',
    },
    passed: {
      ja: '今も有効期間の中です。',
      jaEasy: '{今|いま}も {期限|きげん}の {中|なか}です。',
      en: 'It is still within its period of validity.',
    },
    means: {
      ja: 'あとで期限が切れても、前の署名には影響しません。',
      jaEasy: 'あとで {期限|きげん}が {切|き}れても、{前|まえ}の {署名|しょめい}は だいじょうぶです。',
      en: 'A later expiry does not touch an earlier signature.',
    },
    source: 'RFC 5280 4.1.2.5',
  },
};
