import type { Explanation } from '../explain.js';
import { say } from '../words.js';
import { askOffice, clockBehind, fixDefinition, startAgain, tellAgency, tryLater } from './next-steps.js';

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

/** Signing requests and receipts: what the agent may say before a PIN, and after an arrival. */
export const requests: Record<string, Explanation> = {
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
  'request.notYet': clockBehind,
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
};
