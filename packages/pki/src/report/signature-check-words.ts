import type { CheckWords } from './check-words.js';

/** Words for the checks of the block 署名. */
export const signatureCheckWords: Readonly<Record<string, CheckWords>> = {
  container: {
    title: { ja: '書類の入れ物', jaEasy: 'ファイルの {入|い}れもの', en: 'Container' },
    passed: {
      ja: '入れ物は正しく、中の書類はすべて署名されたとおりです。',
      jaEasy: '{書類|しょるい}は {署名|しょめい}した ときと {同|おな}じです。',
      en: 'The container is well-formed, and every file in it is as it was signed.',
    },
    means: {
      ja: '加えられた書類、取り除かれた書類、変えられた書類がないことを確かめます。',
      jaEasy: '{書類|しょるい}が {変|か}わって いないか {調|しら}べます。',
      en: 'Shows that no file was added, taken out or changed.',
    },
    source: 'ETSI EN 319 162-1 4',
  },
  'signature.format': {
    title: { ja: '署名の形式', jaEasy: '{署名|しょめい}の かたち', en: 'Form of the signature' },
    passed: {
      ja: '署名を読み取れました。',
      jaEasy: '{署名|しょめい}を {読|よ}めました。',
      en: 'The signature can be read.',
    },
    means: {
      ja: '読み取れない署名は、何も証明しません。',
      jaEasy: '{読|よ}めない {署名|しょめい}は {使|つか}えません。',
      en: 'A signature that cannot be read proves nothing.',
    },
    source: 'ETSI EN 319 102-1 5.2.2',
  },
  'signature.certificate': {
    title: {
      ja: '署名した人の証明書',
      jaEasy: '{署名|しょめい}した {人|ひと}の {証明書|しょうめいしょ}',
      en: 'Signer’s certificate',
    },
    passed: {
      ja: '署名した人の電子証明書が見つかりました。',
      jaEasy: '{電子証明書|でんししょうめいしょ}が ありました。',
      en: 'The signer’s certificate was found.',
    },
    means: {
      ja: '誰の鍵による署名かは、電子証明書で分かります。',
      jaEasy: 'だれの {署名|しょめい}か {電子証明書|でんししょうめいしょ}で わかります。',
      en: 'The certificate says whose key it is.',
    },
    source: 'ETSI EN 319 102-1 5.2.3',
  },
  'signature.computable': {
    title: { ja: '署名の方式', jaEasy: '{署名|しょめい}の {方法|ほうほう}', en: 'Method of the signature' },
    passed: {
      ja: '署名の方式を計算できます。',
      jaEasy: '{署名|しょめい}の {方法|ほうほう}が わかりました。',
      en: 'The method of the signature can be computed.',
    },
    means: {
      ja: '知らない方式の署名は、確かめられません。',
      jaEasy: '{知|し}らない {方法|ほうほう}は {調|しら}べられません。',
      en: 'A method that is not known here cannot be checked.',
    },
    source: 'ETSI EN 319 102-1 5.2.7',
  },
  'signature.content': {
    title: {
      ja: '内容が変わっていないこと',
      jaEasy: '{内容|ないよう}が {同|おな}じか',
      en: 'Content unchanged',
    },
    passed: {
      ja: '署名された内容のハッシュ値が一致しました。',
      jaEasy: '{内容|ないよう}は {同|おな}じです。',
      en: 'The digest of the content is the one that was signed.',
    },
    means: {
      ja: '署名のあとで1文字でも変われば、一致しません。',
      jaEasy: '1{文字|もじ}でも {変|か}わると わかります。',
      en: 'If a single character had changed since, it would differ.',
    },
    source: 'ETSI EN 319 102-1 5.2.7',
  },
  'signature.value': {
    title: {
      ja: '証明書の鍵による署名',
      jaEasy: '{証明書|しょうめいしょ}の かぎの {署名|しょめい}か',
      en: 'Signed with the certificate’s key',
    },
    passed: {
      ja: '署名は、この電子証明書の鍵によるものです。',
      jaEasy: 'この {電子証明書|でんししょうめいしょ}の かぎの {署名|しょめい}です。',
      en: 'The signature was made with the key of this certificate.',
    },
    means: {
      ja: '鍵を持つ人だけが作れる署名であることを、計算で確かめます。',
      jaEasy: 'かぎを {持|も}つ {人|ひと}だけが できる {署名|しょめい}です。',
      en: 'Only the holder of the key can have made it; this is computed.',
    },
    source: 'ETSI EN 319 102-1 5.2.7',
  },
  'signature.attributes': {
    title: { ja: '署名の属性', jaEasy: '{署名|しょめい}の {情報|じょうほう}', en: 'Signed attributes' },
    passed: {
      ja: '署名に付けられた情報は決まりどおりです。',
      jaEasy: '{署名|しょめい}の {情報|じょうほう}は {正|ただ}しいです。',
      en: 'The signed attributes follow the rules.',
    },
    means: {
      ja: '署名の意味を変える情報が紛れていないことを確かめます。',
      jaEasy: 'へんな {情報|じょうほう}が ないか {調|しら}べます。',
      en: 'Shows that nothing in them changes what the signature means.',
    },
    source: 'ETSI EN 319 102-1 5.2.8',
  },
  'signature.algorithm': {
    title: { ja: '署名の強さ', jaEasy: '{署名|しょめい}の {強|つよ}さ', en: 'Strength of the signature' },
    passed: {
      ja: '署名の方式と鍵の長さは十分です。',
      jaEasy: '{署名|しょめい}の {方法|ほうほう}は {安全|あんぜん}です。',
      en: 'Method and key length are strong enough.',
    },
    means: {
      ja: '弱い方式では、他人が同じ署名を作れるおそれがあります。',
      jaEasy: '{弱|よわ}い {方法|ほうほう}は あぶないです。',
      en: 'With a weak method somebody else might have made it.',
    },
    source: 'ETSI EN 319 102-1 5.2.8; ETSI TS 119 312',
  },
  'signature.reference': {
    title: {
      ja: '証明書の指定',
      jaEasy: '{証明書|しょうめいしょ}の {指定|してい}',
      en: 'Certificate named in the signature',
    },
    passed: {
      ja: '署名は、この電子証明書を名指ししています。',
      jaEasy: 'どの {電子証明書|でんししょうめいしょ}か {書|か}いて あります。',
      en: 'The signature names this certificate by its digest.',
    },
    means: {
      ja: '似た別の電子証明書への取り替えを防ぎます。',
      jaEasy: '{電子証明書|でんししょうめいしょ}を {取|と}りかえられません。',
      en: 'It keeps the certificate from being exchanged for a similar one.',
    },
    source: 'ETSI EN 319 122-1 5.2.2; RFC 5035',
  },
  'xml.digests': {
    title: { ja: '要約の方式', jaEasy: '{要約|ようやく}の {方法|ほうほう}', en: 'Digests in the XML' },
    passed: {
      ja: '署名された部分の要約に使われた方式は十分です。',
      jaEasy: '{方法|ほうほう}は {安全|あんぜん}です。',
      en: 'The digests over what is signed are strong enough.',
    },
    means: {
      ja: '弱い方式では、同じ要約になる別の内容を作られるおそれがあります。',
      jaEasy: '{弱|よわ}い {方法|ほうほう}は あぶないです。',
      en: 'With a weak one, other content with the same digest might be made.',
    },
    source: 'XML Signature 1.1, 4.4.3.5; ETSI TS 119 312',
  },
  'xml.reference': {
    title: {
      ja: '証明書の指定（XML）',
      jaEasy: '{証明書|しょうめいしょ}の {指定|してい}（XML）',
      en: 'Certificate named in the XML signature',
    },
    passed: {
      ja: '署名は、この電子証明書を名指ししています。',
      jaEasy: 'どの {電子証明書|でんししょうめいしょ}か {書|か}いて あります。',
      en: 'The signature names this certificate by its digest.',
    },
    means: {
      ja: 'XML 署名の基本の形では、電子証明書を名指しできません。XAdES ならできます。',
      jaEasy: 'XML{署名|しょめい}では {電子証明書|でんししょうめいしょ}を {書|か}けない ことが あります。',
      en: 'Plain XML Signature has no place for this; XAdES has.',
    },
    source: 'ETSI EN 319 132-1 5.2.2',
  },
  'xml.coverage': {
    title: { ja: '署名の及ぶ範囲', jaEasy: '{署名|しょめい}した ところ', en: 'What the signature covers' },
    passed: {
      ja: '文書のすべてが署名されています。',
      jaEasy: '{書類|しょるい}の ぜんぶが {署名|しょめい}されて います。',
      en: 'All of the document is signed.',
    },
    means: {
      ja: '署名されていない部分は、あとから変えられていても分かりません。',
      jaEasy: '{署名|しょめい}して いない ところは {変|か}わっても わかりません。',
      en: 'Parts that are not signed may have been changed since.',
    },
    source: 'XML Signature 1.1, 8.1; 2.1',
  },
  'xml.unjudged': {
    title: {
      ja: '確かめていない情報',
      jaEasy: '{調|しら}べて いない {情報|じょうほう}',
      en: 'Properties not looked at',
    },
    passed: {
      ja: '確かめていない情報はありません。',
      jaEasy: 'ぜんぶ {調|しら}べました。',
      en: 'No property was left out.',
    },
    means: {
      ja: '署名に付けられた情報のうち、判断に使わないものを挙げます。',
      jaEasy: '{使|つか}わない {情報|じょうほう}です。',
      en: 'They are named because the answer does not depend on them.',
    },
    source: 'ETSI EN 319 132-1 5',
  },
  'signature.contentType': {
    title: {
      ja: '署名された内容の種類',
      jaEasy: '{内容|ないよう}の {種類|しゅるい}',
      en: 'Kind of signed content',
    },
    passed: {
      ja: '署名された内容の種類は、求められたものです。',
      jaEasy: '{内容|ないよう}の {種類|しゅるい}は {正|ただ}しいです。',
      en: 'The kind of content is the one that was asked for.',
    },
    means: {
      ja: '別の目的で作られた署名の流用を防ぎます。',
      jaEasy: 'ほかの {目的|もくてき}の {署名|しょめい}では ありません。',
      en: 'It keeps a signature made for another purpose from being used here.',
    },
    source: 'RFC 5652 5.3, 11.1',
  },
  'signature.signers': {
    title: {
      ja: '署名した人の数',
      jaEasy: '{署名|しょめい}した {人|ひと}の {数|かず}',
      en: 'Number of signers',
    },
    passed: {
      ja: 'この報告は、1人の署名についてのものです。',
      jaEasy: 'ひとりの {署名|しょめい}です。',
      en: 'This report is about one signer.',
    },
    means: {
      ja: '何人もの署名があるときは、1人ずつ確かめます。',
      jaEasy: 'ひとりずつ {調|しら}べます。',
      en: 'Where there are several signers, each is judged alone.',
    },
    source: 'RFC 5652 5.1',
  },
  'signature.policy': {
    title: { ja: '署名ポリシー', jaEasy: '{署名|しょめい}の きまり', en: 'Signature policy' },
    passed: {
      ja: '署名が従う署名ポリシーは、ここにある文書と同じです。',
      jaEasy: '{署名|しょめい}の きまりは {同|おな}じです。',
      en: 'The signature policy it was made under is known here.',
    },
    means: {
      ja: '署名した人が、どの約束のもとで署名したかを示します。',
      jaEasy: 'どんな きまりの {署名|しょめい}か わかります。',
      en: 'It says under which terms the signer signed.',
    },
    source: 'ETSI EN 319 122-1 5.2.9; ETSI EN 319 102-1 5.2.4',
  },
  'signature.claimedTime': {
    title: {
      ja: '署名に書かれた日時',
      jaEasy: '{署名|しょめい}の {日|ひ}と {時間|じかん}',
      en: 'Time stated in the signature',
    },
    passed: {
      ja: '署名に書かれた日時は、ほかの記録と矛盾しません。',
      jaEasy: '{署名|しょめい}の {日|ひ}と {時間|じかん}は {合|あ}います。',
      en: 'The time stated in the signature fits what is known.',
    },
    means: {
      ja: '署名した機器の時計によるもので、時刻の証明にはなりません。',
      jaEasy: 'パソコンの {時計|とけい}の {時間|じかん}です。{証明|しょうめい}では ありません。',
      en: 'It comes from the signer’s own clock and is no proof of time.',
    },
    source: 'RFC 5652 11.3',
  },
  'signature.order': {
    title: {
      ja: '属性の並び順',
      jaEasy: '{情報|じょうほう}の {順番|じゅんばん}',
      en: 'Order of the attributes',
    },
    passed: {
      ja: '署名の情報は標準の順に並んでいます。',
      jaEasy: '{情報|じょうほう}の じゅんばんは {正|ただ}しいです。',
      en: 'The signed attributes stand in the standard order.',
    },
    means: {
      ja: '順序が違っても、署名の確かさは変わりません。',
      jaEasy: 'ちがっても {問題|もんだい}は ありません。',
      en: 'Another order would not weaken the signature.',
    },
    source: 'RFC 5652 5.3; X.690 11.6',
  },
  'signature.timeStamps': {
    title: { ja: 'タイムスタンプ', jaEasy: 'タイムスタンプ', en: 'Time stamps' },
    passed: {
      ja: 'タイムスタンプは、どれもこの署名のもので、壊れていません。',
      jaEasy: 'タイムスタンプは {正|ただ}しいです。',
      en: 'Every time stamp is intact and belongs to this signature.',
    },
    means: {
      ja: '壊れたタイムスタンプは、手を加えられたしるしかもしれません。',
      jaEasy: 'こわれた ものは あぶないです。',
      en: 'A broken time stamp may be a sign of tampering.',
    },
    source: 'RFC 3161; ETSI EN 319 102-1 5.4',
  },
  'signature.timeStampProofs': {
    title: { ja: '時刻の証明', jaEasy: '{時間|じかん}の {証明|しょうめい}', en: 'Proof of time' },
    passed: {
      ja: 'タイムスタンプは、どれも時刻の証明として使えます。',
      jaEasy: 'タイムスタンプは みんな {使|つか}えます。',
      en: 'Every time stamp counts as a proof of its time.',
    },
    means: {
      ja: 'その時刻に署名がすでにあったことを、第三者が証明します。',
      jaEasy:
        'その {時|とき}に {署名|しょめい}が あった ことを、ほかの {人|ひと}が {証明|しょうめい}します。',
      en: 'A third party vouches that the signature existed by then.',
    },
    source: 'ETSI EN 319 102-1 5.4, 5.6.3',
  },
  'signature.counterSignatures': {
    title: { ja: '副署', jaEasy: 'もう1つの {署名|しょめい}', en: 'Counter-signatures' },
    passed: {
      ja: '副署は計算上正しいものです。',
      jaEasy: 'もう1つの {署名|しょめい}も {正|ただ}しいです。',
      en: 'The counter-signatures are mathematically intact.',
    },
    means: {
      ja: '副署した人を信頼できるかは、ここでは確かめていません。',
      jaEasy: 'だれの {署名|しょめい}かは {調|しら}べていません。',
      en: 'Whether to trust those who counter-signed is not asked here.',
    },
    source: 'RFC 5652 11.4',
  },
};
