import type { Explanation } from '../explain.js';
import { say } from '../words.js';
import { applyAgain, askOffice, lookUpAgain, startAgain, tryLater } from './next-steps.js';

/** What reception turns away, or refuses under its receipt. */
export const intake: Record<string, Explanation> = {
  'intake.ticket': {
    what: say(
      'この受付の切符は、この役所が出したものではないか、期限が過ぎています。何も受け取っていません。',
      '{受付|うけつけ}できません。{時間|じかん}が すぎたかも しれません。',
      'The ticket was not given by this office, or has expired. Nothing was taken in.',
    ),
    next: startAgain,
  },
  'intake.type': {
    what: say(
      '送られたものは、暗号化された申請ではありません。何も受け取っていません。',
      '{申|もう}し{込|こ}みでは ありません。',
      'What was sent is not an encrypted application. Nothing was taken in.',
    ),
    next: applyAgain,
  },
  'intake.size': {
    what: say(
      '送られたものが大きすぎます。何も受け取っていません。',
      '{大|おお}きすぎます。{受|う}け{取|と}って いません。',
      'What was sent is too large. Nothing was taken in.',
    ),
    next: say(
      '添付ファイルを小さくして、もう一度申請してください。',
      'ファイルを {小|ちい}さく して ください。',
      'Make the attached files smaller and apply again.',
    ),
  },
  'intake.tooMany': {
    what: say(
      '同じ依頼に対して、何度も別の申請が送られました。',
      'なんども {送|おく}られました。',
      'Different applications were sent many times for one request.',
    ),
    next: startAgain,
  },
  'intake.signerRate': {
    what: say(
      'あなたのカードで、短い時間にたくさんの申請が送られたため、受付を待っています。この申請は、まだ受け取っていません。',
      'この カードで たくさん {送|おく}られました。まだ {受|う}けとって いません。',
      'Many applications were sent with your card within a short time. This one was not taken in yet.',
    ),
    next: say(
      '少し待って、もう一度送ってください。前に送ったものは届いています。自分で送った覚えがないときは、カードの一時停止をコールセンターへ連絡してください。',
      'すこし まって、もういちど {送|おく}って ください。{知|し}らない ときは、すぐ {電話|でんわ}して ください。',
      'Wait a little and send it again; what was sent before has arrived. If you did not send those, have your card suspended.',
    ),
  },
  'intake.rate': {
    what: say(
      '短い時間に、同じところから何度も送られたため、受付を待っています。何も受け取っていません。',
      'みじかい あいだに なんども {送|おく}られました。まだ {受|う}けとって いません。',
      'Too much was sent from the same place within a short time. Nothing was taken in.',
    ),
    next: tryLater,
  },
  'intake.unavailable': {
    what: say(
      '役所の受付が今は動いていません。何も受け取っていません。',
      '{役所|やくしょ}の {受付|うけつけ}が いま うごきません。',
      'The office’s reception is not working now. Nothing was taken in.',
    ),
    next: tryLater,
  },
  'intake.agency': {
    what: say(
      'この申請は、別の役所にあてたものです。',
      'ちがう {役所|やくしょ}の {申|もう}し{込|こ}みです。',
      'This application is addressed to another office.',
    ),
    next: applyAgain,
  },
  'intake.nonce': {
    what: say(
      'この申請は、この役所が出した依頼に答えるものではありません。',
      'この {役所|やくしょ}の お{願|ねが}いへの {答|こた}えでは ありません。',
      'This application does not answer a request that this office made.',
    ),
    next: applyAgain,
  },
  'intake.nonceUsed': {
    what: say(
      'この依頼には、すでに別の申請が届いています。',
      'もう {別|べつ}の {申|もう}し{込|こ}みが とどいて います。',
      'Another application has already arrived for this request.',
    ),
    next: applyAgain,
  },
  'intake.definition': {
    what: say(
      '申請の様式が、役所の出した依頼のものとちがいます。',
      '{様式|ようしき}が ちがいます。',
      'The form is not the one that the office’s request named.',
    ),
    next: applyAgain,
  },
  'intake.answers': {
    what: say(
      '申請の内容が、役所のページで書かれたものとちがいます。',
      '{書|か}いた ことと ちがいます。',
      'The answers are not those given on the office’s page.',
    ),
    next: applyAgain,
  },
  'intake.attachments': {
    what: say(
      '添付ファイルが、役所のページで選ばれたものとちがいます。',
      'ファイルが ちがいます。',
      'The files are not those chosen on the office’s page.',
    ),
    next: applyAgain,
  },
  'intake.relation': {
    what: say(
      '補正や取下げの相手の申請が、役所のページで示されたものとちがいます。',
      '{直|なお}す {申|もう}し{込|こ}みが ちがいます。',
      'The earlier application that this one corrects or withdraws is not the one named on the office’s page.',
    ),
    next: lookUpAgain,
  },
  'relation.unknown': {
    what: say(
      '補正や取下げの相手の申請が、見つかりません。',
      'はじめの {申|もう}し{込|こ}みが ありません。',
      'The earlier application that this one corrects, withdraws or joins is not here.',
    ),
    next: askOffice,
  },
  'relation.digest': {
    what: say(
      'はじめの申請は、そのあいだに別の補正で変わりました。前の内容への補正や署名は受け取れません。',
      'はじめの {申|もう}し{込|こ}みが もう {変|か}わって います。',
      'The earlier application has meanwhile been changed by a correction. What answers its earlier text does not count.',
    ),
    next: lookUpAgain,
  },
  'relation.state': {
    what: say(
      'はじめの申請は、いま補正・取下げ・署名ができる状態ではありません。',
      'いまは {直|なお}したり {署名|しょめい}したり できません。',
      'The earlier application cannot be corrected, withdrawn or signed by others now.',
    ),
    next: lookUpAgain,
  },
  'relation.mandate': {
    what: say(
      '委任状で任されていないか、委任が終わっているため、代理人はこの手続をできません。',
      '{委任状|いにんじょう}に ない ことは できません。',
      'The mandate does not allow the representative to do this, or it has ended.',
    ),
    next: say(
      '本人に確かめてください。本人は、自分で役所に申し出ることができます。',
      '{本人|ほんにん}に {聞|き}いて ください。',
      'Ask the person you represent; they can turn to the office themselves.',
    ),
  },
  'relation.signer': {
    what: say(
      'この申請は、その人の署名を求めていません。',
      'その{人|ひと}の {署名|しょめい}は いりません。',
      'This application does not ask for the signature of that person.',
    ),
    next: askOffice,
  },
  'relation.cosigned': {
    what: say(
      'この人の署名は、もう届いています。もう一度署名する必要はありません。',
      'この{人|ひと}の {署名|しょめい}は もう とどいて います。',
      'The signature of this person has already arrived. Nobody needs to sign again.',
    ),
    next: lookUpAgain,
  },
  'cosign.person': {
    what: say(
      '署名した人のカードの氏名が、申請書に書かれた人とちがいます。本人のカードで署名してください。',
      'カードの {名前|なまえ}が、{書|か}いて ある {人|ひと}と ちがいます。',
      'The name on the card that signed is not that of the person named in the application. That person signs with their own card.',
    ),
    next: say(
      'カードを確かめて、知らされたリンクからもう一度署名してください。氏名の書きまちがいなら、申請した人が取り下げて出し直します。',
      'カードを たしかめて、もういちど {署名|しょめい}して ください。',
      'Check the card and sign again by the link. If the name was misspelt, the applicant withdraws and applies again.',
    ),
  },
  'cosign.samePerson': {
    what: say(
      'この人は、この申請にもう署名しています。ほかの人のカードで署名してください。',
      'この{人|ひと}は もう {署名|しょめい}して います。',
      'This person has already signed this application. The other person signs with their own card.',
    ),
    next: lookUpAgain,
  },
  'cosign.signature': {
    what: say(
      '署名が正しくありません。この署名は数えられません。',
      '{署名|しょめい}が {正|ただ}しく ありません。',
      'The signature is not good. It does not count.',
    ),
    next: say(
      '知らされたリンクから、もう一度署名してください。',
      'もういちど {署名|しょめい}して ください。',
      'Sign again by the link you were given.',
    ),
  },
  'cosign.validity': {
    what: say(
      '署名した人の電子証明書が、失効しているか、期限が切れています。この署名は数えられません。',
      '{証明書|しょうめいしょ}が もう {使|つか}えません。',
      'The certificate of the person who signed is revoked or has expired. The signature does not count.',
    ),
    next: say(
      '市区町村の窓口で電子証明書を新しくしてから、もう一度署名してください。',
      '{役所|やくしょ}で {新|あたら}しい {証明書|しょうめいしょ}を もらって ください。',
      'Get a new certificate at the municipal counter, then sign again.',
    ),
  },
  'cosign.mandate': {
    what: say(
      '委任状の代理人・手続・期間が、申請と合っていません。',
      '{委任状|いにんじょう}が {申|もう}し{込|こ}みと ちがいます。',
      'Representative, procedure or period of the mandate do not fit the application.',
    ),
    next: say(
      '知らされたリンクから、もう一度署名してください。',
      'もういちど {署名|しょめい}して ください。',
      'Sign again by the link you were given.',
    ),
  },
};
