import { say, type Words } from './words.js';

/** What happened, and the one thing to do next. */
export interface Explanation {
  what: Words;
  next: Words;
}

const tellAgency = say(
  '署名せずに閉じて、役所の電話番号に問い合わせてください。',
  '{閉|と}じて ください。{役所|やくしょ}に {電話|でんわ}して ください。',
  'Close this without signing, and call the office.',
);
const startAgain = say(
  '役所のページにもどって、もう一度「署名へ進む」を押してください。書いたことは残っています。',
  '{役所|やくしょ}の ページに もどって、もういちど おして ください。{書|か}いた ことは のこって います。',
  'Go back to the office’s page and press the button again. What you typed is still there.',
);
const tryLater = say(
  'しばらく待って、もう一度ためしてください。書いたことは残っています。',
  'すこし まって、もういちど やって ください。{書|か}いた ことは のこって います。',
  'Wait a little and try again. What you typed is still there.',
);
const applyAgain = say(
  'もう一度、はじめから申請してください。',
  'もういちど、はじめから {申|もう}し{込|こ}んで ください。',
  'Please apply again from the beginning.',
);
const askOffice = say(
  '役所に電話で問い合わせてください。',
  '{役所|やくしょ}に {電話|でんわ}して ください。',
  'Please call the office.',
);
const fixDefinition = say(
  '役所の係に、手続の定義を直すよう伝えてください。',
  '{役所|やくしょ}に {電話|でんわ}して ください。',
  'Tell the office that the definition of this procedure needs to be put right.',
);

const brokenRequest = say(
  '役所からの署名の依頼が、こわれているか、決まりに合っていません。',
  '{役所|やくしょ}からの お{願|ねが}いが こわれて います。',
  'The signing request is damaged or not in the agreed form.',
);
const notTheAgency = say(
  'この依頼に署名したのは、役所として認められた相手ではありません。',
  'この お{願|ねが}いは {役所|やくしょ}から では ありません。',
  'This request was not signed by a recognised public office.',
);
const unconfirmed = say(
  '役所の証明書が今も有効かどうかを、確かめられませんでした。',
  '{役所|やくしょ}の {証明書|しょうめいしょ}を たしかめられません。',
  'It could not be confirmed that the office’s certificate is still valid.',
);
const tampered = say(
  '署名のあとで、申請の中身が変わっています。',
  '{署名|しょめい}の あとで {中身|なかみ}が かわって います。',
  'The application was changed after it was signed.',
);
const notAsShown = say(
  '申請に、手続の様式では表示されない内容が入っています。',
  '{画面|がめん}に ない ことが {入|はい}って います。',
  'The application holds something that the form does not show.',
);
const badReceipt = say(
  '届いた受領書が、送ったものと合いません。',
  '{受|う}け{取|と}りの {紙|かみ}が {正|ただ}しく ありません。',
  'The receipt does not belong to what was sent.',
);

const badContainer: Explanation = {
  what: say(
    '申請の入れもの（ASiC-E）の形が、決まりに合っていません。',
    'データの {形|かたち}が {正|ただ}しく ありません。',
    'The container of the application (ASiC-E) is not in the agreed form.',
  ),
  next: applyAgain,
};

/** Rules in full, or their beginning up to a dot. The longest that fits is taken. */
const table: Record<string, Explanation> = {
  zip: badContainer,
  xml: badContainer,
  manifest: badContainer,
  jws: { what: brokenRequest, next: startAgain },
  'jws.signature': {
    what: say(
      '依頼の署名が合いません。途中で書きかえられた可能性があります。',
      'この お{願|ねが}いは {途中|とちゅう}で かわった かもしれません。',
      'The signature of the request does not fit. It may have been altered on the way.',
    ),
    next: tellAgency,
  },
  'jws.header': { what: notTheAgency, next: tellAgency },
  'jws.x5c': { what: notTheAgency, next: tellAgency },
  signer: { what: notTheAgency, next: tellAgency },
  'signer.demo': {
    what: say(
      'この依頼は、見本（デモ）の証明書で署名されています。本番では使えません。',
      'これは {見本|みほん}の お{願|ねが}いです。つかえません。',
      'This request is signed under the demo authority. It does not count here.',
    ),
    next: tellAgency,
  },
  'signer.expired': {
    what: say(
      '役所の証明書の有効期間が過ぎているか、まだ始まっていません。パソコンの時計がずれていることもあります。',
      '{役所|やくしょ}の {証明書|しょうめいしょ}の {期間|きかん}では ありません。',
      'The office’s certificate is out of its period. The clock of this computer may be wrong.',
    ),
    next: say(
      'パソコンの時計を確かめてください。合っていれば、役所に知らせてください。',
      'パソコンの {時計|とけい}を たしかめて ください。',
      'Check the clock of this computer. If it is right, tell the office.',
    ),
  },
  'signer.revoked': {
    what: say(
      '役所の証明書は失効しています。',
      '{役所|やくしょ}の {証明書|しょうめいしょ}は つかえません。',
      'The office’s certificate has been revoked.',
    ),
    next: tellAgency,
  },
  'signer.revocationUnknown': { what: unconfirmed, next: tryLater },
  request: { what: brokenRequest, next: startAgain },
  'request.iss': { what: notTheAgency, next: tellAgency },
  'request.origin': {
    what: say(
      '署名を求めたページと、依頼に書かれたページがちがいます。だれかがあなたをだまそうとしているかもしれません。',
      'ページが ちがいます。うその ページかも しれません。',
      'The page that asked is not the page named in the request. Someone may be trying to deceive you.',
    ),
    next: say(
      '署名しないで閉じてください。役所のページを、自分で開きなおしてください。',
      '{署名|しょめい}しないで {閉|と}じて ください。',
      'Do not sign. Close this, and open the office’s page yourself.',
    ),
  },
  'request.scheme': {
    what: say(
      '依頼の中の送り先が、安全な通信（https）ではありません。',
      '{送|おく}り{先|さき}が {安全|あんぜん}では ありません。',
      'An address in the request is not secure (https).',
    ),
    next: tellAgency,
  },
  'request.host': {
    what: say(
      '依頼の中の送り先が、この役所のものではありません。',
      '{送|おく}り{先|さき}が この {役所|やくしょ}では ありません。',
      'An address in the request does not belong to this office.',
    ),
    next: tellAgency,
  },
  'request.expired': {
    what: say(
      '署名の依頼の期限が過ぎました。まだ何も送っていません。',
      '{時間|じかん}が すぎました。まだ {送|おく}って いません。',
      'The signing request has expired. Nothing has been sent.',
    ),
    next: startAgain,
  },
  'request.notYet': {
    what: say(
      'パソコンの時計が、役所の時計より大きく遅れています。',
      'パソコンの {時計|とけい}が {遅|おく}れて います。',
      'The clock of this computer is far behind the office’s.',
    ),
    next: say(
      'パソコンの時計を合わせて、もう一度ためしてください。',
      '{時計|とけい}を なおして ください。',
      'Set the clock of this computer and try again.',
    ),
  },
  'request.encryption': {
    what: say(
      '暗号化に使う役所の証明書が、この役所のものと確かめられません。',
      '{役所|やくしょ}の {鍵|かぎ}を たしかめられません。',
      'The certificate for encryption is not shown to be this office’s.',
    ),
    next: tellAgency,
  },
  'request.encryptionRevocationUnknown': { what: unconfirmed, next: tryLater },
  'request.definition': {
    what: say(
      '手続の定義が、依頼に書かれたものとちがいます。',
      '{手続|てつづ}きの {内容|ないよう}が ちがいます。',
      'The definition of the procedure is not the one named in the request.',
    ),
    next: startAgain,
  },
  'request.attachments': {
    what: say(
      '渡された添付ファイルが、依頼に書かれたものとちがいます。',
      'ファイルが ちがいます。',
      'The files handed over are not those named in the request.',
    ),
    next: startAgain,
  },
  receipt: { what: badReceipt, next: askOffice },
  draw: { what: notAsShown, next: tellAgency },
  definition: {
    what: say(
      '手続の定義に誤りがあります。',
      '{手続|てつづ}きの {内容|ないよう}に まちがいが あります。',
      'The definition of the procedure has a fault.',
    ),
    next: fixDefinition,
  },
  json: {
    what: say(
      '申請のデータの形が、決まりに合っていません。',
      'データの {形|かたち}が {正|ただ}しく ありません。',
      'The data of the application is not in the agreed form.',
    ),
    next: applyAgain,
  },
  application: {
    what: say(
      '申請のデータの形が、決まりに合っていません。',
      'データの {形|かたち}が {正|ただ}しく ありません。',
      'The data of the application is not in the agreed form.',
    ),
    next: applyAgain,
  },
  asic: badContainer,
  'asic.digest': { what: tampered, next: applyAgain },
  submission: { what: tampered, next: applyAgain },
  'submission.files': {
    what: say(
      '申請の入れものに、足りないファイルか、余分なファイルがあります。',
      'ファイルが たりないか、{多|おお}すぎます。',
      'A file is missing from the application, or there is one too many.',
    ),
    next: applyAgain,
  },
  envelope: {
    what: say(
      '暗号化された申請を、この役所の鍵で開けません。',
      '{申|もう}し{込|こ}みを {開|ひら}けません。',
      'The encrypted application cannot be opened with this office’s key.',
    ),
    next: applyAgain,
  },
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
};

const unknown: Explanation = {
  what: say(
    '確かめている途中で、決まりに合わないところが見つかりました。',
    '{正|ただ}しく ない ところが ありました。',
    'Something was found that does not follow the rules.',
  ),
  next: askOffice,
};

/** A rule that failed, in words: what happened and the one next step. Every rule has words; an unknown one gets general words. */
export function explainRule(rule: string): Explanation {
  for (let key = rule; key !== ''; key = key.slice(0, Math.max(0, key.lastIndexOf('.')))) {
    const found = Object.hasOwn(table, key) ? table[key] : undefined;
    if (found) return found;
  }
  return unknown;
}
