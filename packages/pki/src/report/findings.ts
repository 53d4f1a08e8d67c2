import type { Words } from './words.js';

/**
 * What a check can find, in words for officers and citizens: what it means, never how it was computed. The matching words for
 * a passed check are the page's business. `{漢字|かんじ}` is a reading aid.
 */
export const findings = {
  'container.format': {
    ja: '書類の入れ物（ASiC-E）の形式が正しくありません。',
    jaEasy: 'とどいた ファイルの かたちが {正|ただ}しくありません。',
    en: 'The container (ASiC-E) is not well-formed.',
  },
  'container.fileChanged': {
    ja: '署名のあとで、書類の中身が変えられています。',
    jaEasy: '{署名|しょめい}の あとで、{書類|しょるい}の {中|なか}が {変|か}わっています。',
    en: 'A file was changed after it was signed.',
  },
  'container.fileMissing': {
    ja: '署名された書類が入っていません。',
    jaEasy: '{署名|しょめい}した {書類|しょるい}が {入|はい}っていません。',
    en: 'A file that was signed is missing.',
  },
  'container.fileAdded': {
    ja: '署名されていない書類が加えられています。',
    jaEasy: '{署名|しょめい}していない {書類|しょるい}が {入|はい}っています。',
    en: 'A file that was not signed has been added.',
  },
  'xml.wrapped': {
    ja: '署名された部分が文書の中で動かされたか、まぎらわしい別の部分が加えられています。',
    jaEasy: '{署名|しょめい}した ところが うごいて いるか、にせものが {入|はい}っています。',
    en: 'What was signed was moved within the document, or something was added that could be taken for it.',
  },
  'xml.uncovered': {
    ja: '文書の中に、署名の対象になっていない部分があります（この様式では正常な場合もあります）。',
    jaEasy: '{署名|しょめい}して いない ところが あります。',
    en: 'Parts of the document are not covered by a signature; some forms are made that way.',
  },
  'xml.unjudged': {
    ja: '署名に、ここでは確かめない情報（長期保存用のタイムスタンプなど）が付いています。',
    jaEasy: '{署名|しょめい}に、ここで {調|しら}べない {情報|じょうほう}が あります。',
    en: 'The signature carries properties that are not judged here, such as archive time stamps.',
  },
  'pdf.format': {
    ja: 'PDFの構造が正しくないか、見るソフトによって違う文書に見えるおそれがあるため、読み取れません。',
    jaEasy: 'PDFの かたちが {正|ただ}しくありません。{読|よ}むことが できません。',
    en: 'The PDF is not well-formed: programs could show it differently, so it is not read.',
  },
  'pdf.encrypted': {
    ja: 'PDFが暗号化（パスワードで保護）されているため、確かめられません。',
    jaEasy: 'PDFに パスワードが かかっています。{調|しら}べることが できません。',
    en: 'The PDF is encrypted and cannot be checked.',
  },
  'pdf.unsigned': {
    ja: 'このPDFには電子署名がありません。',
    jaEasy: 'この PDFには {電子署名|でんししょめい}が ありません。',
    en: 'There is no signature in this PDF.',
  },
  'pdf.place': {
    ja: '電子署名がPDFの全体を正しく覆っていません。署名されていない部分が紛れ込むおそれがあります。',
    jaEasy: '{電子署名|でんししょめい}の ない ところが あります。',
    en: 'The signature does not properly cover the document it stands in; unsigned parts could hide.',
  },
  'pdf.changed': {
    ja: '署名のあとで、PDFの文書が変えられています。署名されたのは変えられる前の文書です。',
    jaEasy: '{署名|しょめい}の あとで、PDFの {中|なか}が {変|か}わっています。',
    en: 'The document was changed after it was signed; what was signed is the document before that.',
  },
  'pdf.laterStamp': {
    ja: 'あとから加えられた署名の印影が、ページの上に表示されます。隠れた文字がないか確かめてください。',
    jaEasy:
      'あとの {署名|しょめい}の しるしが ページの {上|うえ}に あります。{文字|もじ}が かくれて いないか {見|み}て ください。',
    en: 'A later signature shows a stamp on a page; look whether it hides anything.',
  },
  'pdf.filled': {
    ja: '署名のあとで、許された範囲の記入や注釈が加えられています。',
    jaEasy: '{署名|しょめい}の あとで、{書|か}いて よい ところに {書|か}いて あります。',
    en: 'After the signature the form was filled in or annotated, as its certification allows.',
  },
  'pdf.metadata': {
    ja: '署名のあとで、PDFの付属情報（題名など）が変えられています。',
    jaEasy: '{署名|しょめい}の あとで、PDFの {題名|だいめい}などが {変|か}わっています。',
    en: 'The metadata of the PDF (its title, for instance) was changed after it was signed.',
  },
  'pdf.pades': {
    ja: 'PAdESの決まりと異なる点があります（署名の確かさには影響しません）。',
    jaEasy: 'きまりと {少|すこ}し ちがいます（{問題|もんだい}は ありません）。',
    en: 'The signature departs from the form of PAdES; this does not weaken it.',
  },
  'pdf.registry': {
    ja: '登記・供託オンライン申請のPDF署名の形式に合っていない点があります。',
    jaEasy: '{登記|とうき}の {申請|しんせい}に つかう PDFの {署名|しょめい}の かたちと ちがいます。',
    en: 'The signature departs from the form that the registries take.',
  },
  'signature.format': {
    ja: '電子署名の形式が正しくないため、読み取れません。',
    jaEasy: '{電子署名|でんししょめい}を {読|よ}むことが できません。',
    en: 'The signature is not well-formed and cannot be read.',
  },
  'signature.noCertificate': {
    ja: '署名した人の電子証明書が入っていません。',
    jaEasy: '{署名|しょめい}した {人|ひと}の {電子証明書|でんししょうめいしょ}が ありません。',
    en: "The signer's certificate is missing.",
  },
  'signature.contentChanged': {
    ja: '署名のあとで、申請の内容が変えられています。',
    jaEasy: '{署名|しょめい}の あとで、{申請|しんせい}の {内容|ないよう}が {変|か}わっています。',
    en: 'The content was changed after it was signed.',
  },
  'signature.contentMissing': {
    ja: '署名された内容がありません。',
    jaEasy: '{署名|しょめい}した {内容|ないよう}が ありません。',
    en: 'The signed content is missing.',
  },
  'signature.broken': {
    ja: '電子署名が電子証明書と合いません。署名した本人のものとは認められません。',
    jaEasy: '{電子署名|でんししょめい}が {電子証明書|でんししょうめいしょ}と {合|あ}いません。',
    en: 'The signature does not belong to the certificate.',
  },
  'signature.certificateExchanged': {
    ja: '電子証明書が、署名に使われたものとは別のものに取り替えられています。',
    jaEasy: '{電子証明書|でんししょうめいしょ}が {別|べつ}の ものに {変|か}わっています。',
    en: 'The certificate is not the one that signed: it was exchanged.',
  },
  'signature.attributes': {
    ja: '電子署名に付けられた情報が決まりに合っていません。',
    jaEasy: '{電子署名|でんししょめい}の {情報|じょうほう}が きまりに {合|あ}いません。',
    en: 'The signed attributes of the signature do not follow the rules.',
  },
  'signature.unknownAlgorithm': {
    ja: '電子署名に、確かめることのできない方式が使われています。',
    jaEasy: 'この {電子署名|でんししょめい}の {方法|ほうほう}は {調|しら}べることが できません。',
    en: 'The signature uses a method that cannot be checked.',
  },
  'signature.weak': {
    ja: '電子署名に、今では安全と認められない方式または短い鍵が使われています。',
    jaEasy: '{電子署名|でんししょめい}の {方法|ほうほう}が {古|ふる}くて、{安全|あんぜん}では ありません。',
    en: 'The signature uses a method or a key that is too weak today.',
  },
  'signature.unreferenced': {
    ja: '電子署名が、どの電子証明書によるものかを示していません。',
    jaEasy: 'どの {電子証明書|でんししょうめいしょ}の {署名|しょめい}か わかりません。',
    en: 'The signature does not say which certificate it was made for.',
  },
  'signature.severalSigners': {
    ja: '署名した人がひとりではありません。',
    jaEasy: '{署名|しょめい}した {人|ひと}が ひとりでは ありません。',
    en: 'There is more than one signer.',
  },
  'signature.policyUnknown': {
    ja: 'この署名は、ここにない署名ポリシーに従って作られています。その文書がないと判断できません。',
    jaEasy: 'この {署名|しょめい}の きまりの {文書|ぶんしょ}が ここに ありません。',
    en: 'The signature was made under a signature policy whose document is not known here.',
  },
  'signature.policyDiffers': {
    ja: 'この署名が従っている署名ポリシーは、ここにある文書と内容が異なります。',
    jaEasy: 'この {署名|しょめい}の きまりは ここの {文書|ぶんしょ}と ちがいます。',
    en: 'The signature policy it was made under is not the document that is known here.',
  },
  'signature.noTime': {
    ja: '署名した日時が書かれていません。',
    jaEasy: '{署名|しょめい}した {日|ひ}と {時間|じかん}が ありません。',
    en: 'The signature does not say when it was made.',
  },
  'signature.oddTime': {
    ja: '署名に書かれた日時が、申請の受け付けの前後と合いません。署名した機器の時計がずれている可能性があります。',
    jaEasy:
      '{署名|しょめい}の {日|ひ}と {時間|じかん}が {合|あ}いません。パソコンの {時計|とけい}が {正|ただ}しくない かもしれません。',
    en: 'The time in the signature does not fit the time of the application; the clock of the device may be wrong.',
  },
  'signature.unordered': {
    ja: '電子署名の情報の並び順が標準と異なります（署名の確かさには影響しません）。',
    jaEasy:
      '{電子署名|でんししょめい}の {情報|じょうほう}の ならびかたが ちがいます（{問題|もんだい}は ありません）。',
    en: 'The signed attributes are not in the standard order; this does not weaken the signature.',
  },
  'signature.timeStampBroken': {
    ja: '署名に付けられたタイムスタンプが、この署名のものではないか、壊れています。',
    jaEasy: '{署名|しょめい}の タイムスタンプが {正|ただ}しくありません。',
    en: 'A time stamp on the signature is broken or belongs to something else.',
  },
  'signature.timeStampOrder': {
    ja: '署名に付けられたタイムスタンプの時刻の順序が合いません。',
    jaEasy: 'タイムスタンプの {時間|じかん}の じゅんばんが {合|あ}いません。',
    en: 'The times of the time stamps contradict each other or the time of the application.',
  },
  'signature.timeStampUnproven': {
    ja: '署名に付けられたタイムスタンプの中に、時刻の証明として使えないものがあります。',
    jaEasy: '{使|つか}えない タイムスタンプが あります。',
    en: 'A time stamp on the signature cannot be used as a proof of time.',
  },
  'signature.counterSignature': {
    ja: '署名に対する副署（カウンター署名）が正しくありません。',
    jaEasy: '{署名|しょめい}に つけた もう1つの {署名|しょめい}が {正|ただ}しくありません。',
    en: 'A counter-signature on the signature is not valid.',
  },
  'validity.noCertificate': {
    ja: '署名した人の電子証明書がないため、有効かどうか確かめられません。',
    jaEasy: '{電子証明書|でんししょうめいしょ}が ないので、{調|しら}べることが できません。',
    en: "Without the signer's certificate its validity cannot be checked.",
  },
  'validity.notExamined': {
    ja: '署名を取り出せないため、電子証明書は確かめていません。',
    jaEasy:
      '{署名|しょめい}を {出|だ}せないので、{電子証明書|でんししょうめいしょ}は {調|しら}べていません。',
    en: 'The signature could not be taken out, so the certificate was not looked at.',
  },
  'validity.unknownIssuer': {
    ja: '電子証明書の発行元が、信頼できる認証局として登録されていません。',
    jaEasy: '{電子証明書|でんししょうめいしょ}を {作|つく}った ところが わかりません。',
    en: 'The certificate was issued by an authority that is not trusted here.',
  },
  'validity.brokenChain': {
    ja: '電子証明書を認証局までたどる途中に誤りがあります。',
    jaEasy: '{電子証明書|でんししょうめいしょ}を {調|しら}べたら、まちがいが ありました。',
    en: "The certificate's path to the authority is not valid.",
  },
  'validity.demoIssuer': {
    ja: 'デモ用の認証局が発行した電子証明書です。本番では使えません。',
    jaEasy:
      'これは {練習用|れんしゅうよう}の {電子証明書|でんししょうめいしょ}です。{本当|ほんとう}の {手続|てつづき}きには {使|つか}えません。',
    en: 'The certificate was issued by a demo authority and does not count here.',
  },
  'validity.keyUsage': {
    ja: 'この電子証明書は署名用ではありません。',
    jaEasy: 'この {電子証明書|でんししょうめいしょ}は {署名|しょめい}に {使|つか}う ものでは ありません。',
    en: 'This certificate is not meant for signing documents.',
  },
  'validity.policy': {
    ja: 'この手続きで使える種類の電子証明書ではありません。',
    jaEasy: 'この {電子証明書|でんししょうめいしょ}は この {手続|てつづき}きに {使|つか}えません。',
    en: 'This kind of certificate cannot be used here.',
  },
  'validity.weak': {
    ja: '電子証明書に、今では安全と認められない方式または短い鍵が使われています。',
    jaEasy:
      '{電子証明書|でんししょうめいしょ}の {方法|ほうほう}が {古|ふる}くて、{安全|あんぜん}では ありません。',
    en: 'The certificate or its authority uses a method or key that is too weak today.',
  },
  'validity.anchorEnded': {
    ja: '電子証明書の大もとの認証局は、現在は信頼の対象から外れています。外れる前に署名されたことを確かめられません。',
    jaEasy:
      '{電子証明書|でんししょうめいしょ}を {作|つく}った ところは、{今|いま}は {使|つか}われて いません。その {前|まえ}の {署名|しょめい}か わかりません。',
    en: 'The authority at the root is no longer trusted, and there is no proof that the signature is older than that.',
  },
  'validity.weakRevocationData': {
    ja: '失効情報に、今では安全と認められない方式が使われています。その方式が安全だった時からあったことを確かめられません。',
    jaEasy:
      '{失効|しっこう}の {情報|じょうほう}の {方法|ほうほう}が {古|ふる}いです。いつから あるか わかりません。',
    en: 'The revocation information uses a method that is too weak today, and there is no proof that it is older than that.',
  },
  'validity.responderSilent': {
    ja: '認証局への問い合わせ（OCSP）に、使える回答がありませんでした。署名が正しくないという意味ではありません。',
    jaEasy:
      '{認証局|にんしょうきょく}に {聞|き}きましたが、{答|こた}えが ありませんでした。{署名|しょめい}が {正|ただ}しくない という ことでは ありません。',
    en: 'The responder (OCSP) gave no usable answer. This says nothing against the signature.',
  },
  'validity.revoked': {
    ja: '電子証明書は、署名の前に失効していました。',
    jaEasy:
      '{署名|しょめい}の {前|まえ}に、{電子証明書|でんししょうめいしょ}は {使|つか}えなく なっていました。',
    en: 'The certificate had been revoked before the signature was made.',
  },
  'validity.revokedNoProof': {
    ja: '電子証明書は失効しています。失効の前に署名されたかどうかは確かめられません。',
    jaEasy:
      '{電子証明書|でんししょうめいしょ}は {使|つか}えなく なっています。{署名|しょめい}が その {前|まえ}か {後|あと}か わかりません。',
    en: 'The certificate is revoked, and there is no proof that the signature was made before.',
  },
  'validity.revokedLater': {
    ja: '電子証明書は申請の到達後に失効しました（到達の時には有効でした）。',
    jaEasy:
      '{申請|しんせい}が とどいた あとで、{電子証明書|でんししょうめいしょ}は {使|つか}えなく なりました（とどいた ときは {使|つか}えました）。',
    en: 'The certificate was revoked after the arrival; at the arrival it was valid.',
  },
  'validity.notYetValid': {
    ja: '電子証明書の有効期間が始まる前に署名されています。',
    jaEasy: '{電子証明書|でんししょうめいしょ}が {使|つか}える ように なる {前|まえ}の {署名|しょめい}です。',
    en: 'The signature was made before the certificate became valid.',
  },
  'validity.expired': {
    ja: '電子証明書の有効期間が終わったあとに署名されています。',
    jaEasy: '{電子証明書|でんししょうめいしょ}の {期限|きげん}が {終|お}わった あとの {署名|しょめい}です。',
    en: 'The signature was made after the certificate had expired.',
  },
  'validity.outOfBounds': {
    ja: '署名が電子証明書の有効期間の中で行われたことを確かめられません。',
    jaEasy:
      '{電子証明書|でんししょうめいしょ}の {期限|きげん}の {中|なか}の {署名|しょめい}か どうか わかりません。',
    en: 'There is no proof that the signature was made while the certificate was valid.',
  },
  'validity.expiredSince': {
    ja: '電子証明書の有効期間は、到達のあとに終わりました（到達の時には有効でした）。',
    jaEasy:
      '{申請|しんせい}が とどいた あとで、{電子証明書|でんししょうめいしょ}の {期限|きげん}が {終|お}わりました（とどいた ときは {使|つか}えました）。',
    en: 'The certificate has expired since the arrival; at the arrival it was valid.',
  },
  'validity.caRevoked': {
    ja: '認証局の証明書が失効しています。',
    jaEasy:
      '{電子証明書|でんししょうめいしょ}を {作|つく}った ところの {証明書|しょうめいしょ}が {使|つか}えなく なっています。',
    en: "An authority's certificate is revoked.",
  },
  'validity.noCaRevocationData': {
    ja: '認証局の失効情報がまだ得られていません。あとでもう一度確かめます。',
    jaEasy: 'まだ {調|しら}べている ところです。あとで もう{一度|いちど} {調|しら}べます。',
    en: 'Current revocation information about the authority is not there yet; it will be asked for again.',
  },
  'validity.noRevocationData': {
    ja: '失効情報がまだ得られていません。あとでもう一度確かめます。',
    jaEasy: 'まだ {調|しら}べている ところです。あとで もう{一度|いちど} {調|しら}べます。',
    en: 'Revocation information is not there yet; it will be asked for again.',
  },
  'validity.outlivedRevocationData': {
    ja: '失効情報が、認証局の証明書の有効期間が終わる前からあったことを確かめられません。',
    jaEasy: '{失効|しっこう}の {情報|じょうほう}が いつ {作|つく}られたか わかりません。',
    en: "There is no proof that the revocation information existed before the authority's certificate ended.",
  },
  'validity.staleRevocationData': {
    ja: '失効情報が古いため、新しい情報を待っています。あとでもう一度確かめます。',
    jaEasy:
      '{新|あたら}しい {情報|じょうほう}を {待|ま}っています。あとで もう{一度|いちど} {調|しら}べます。',
    en: 'The revocation information is out of date; newer information is awaited.',
  },
  'validity.onHold': {
    ja: '電子証明書が一時停止中です。あとでもう一度確かめます。',
    jaEasy:
      '{電子証明書|でんししょうめいしょ}が {今|いま} {止|と}まっています。あとで もう{一度|いちど} {調|しら}べます。',
    en: 'The certificate is on hold; it will be asked about again.',
  },
} as const satisfies Record<string, Words>;

/** A finding of a report; its words: explainFinding. */
export type FindingId = keyof typeof findings;

/** The words of a finding; undefined on an id this version does not know (a stored report may be newer). */
export function explainFinding(id: string): Words | undefined {
  return Object.entries(findings).find(([known]) => known === id)?.[1];
}
