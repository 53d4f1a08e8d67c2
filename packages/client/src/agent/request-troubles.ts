import { w } from '../client-words.js';
import { freshRequest, nothingSent, suspicious, type TroubleEntry, tellAgency } from './trouble-sentences.js';

/** Why a request is not taken: who asks, what it holds, its certificate, its time. */
export const requestTroubles = {
  'origin-missing': [
    w(
      'どのページから開かれたかが分からないため、署名の依頼を受け付けませんでした。',
      'どの ページから きたか わからないので、{署名|しょめい}を {止|と}めました。',
      'The request was refused, because the browser did not say which page opened this window.',
    ),
    nothingSent,
    suspicious,
    'close',
  ],
  'origin-other': [
    w(
      '署名の依頼は別のサイトのものでした。開いたページは {origin} です。受け付けませんでした。',
      'ちがう サイトが {署名|しょめい}を たのみました（{origin}）。{止|と}めました。',
      'The request belongs to another site than the page that opened this window ({origin}). It was refused.',
    ),
    nothingSent,
    suspicious,
    'close',
  ],
  framed: [
    w(
      '署名のページが、ほかのページの中に組み込まれようとしたため、止めました。',
      'ほかの ページの {中|なか}では {開|ひら}けません。{止|と}めました。',
      'The page was about to be shown inside another page. It was stopped.',
    ),
    nothingSent,
    suspicious,
    'close',
  ],
  'form-broken': [
    w(
      '受け取った署名の依頼が、正しい形ではありません。',
      '{署名|しょめい}の おねがいが こわれて います。',
      'What was handed over is not a well-formed request.',
    ),
    nothingSent,
    freshRequest,
    'close',
  ],
  'too-large': [
    w(
      '添付ファイルの合計が大きすぎて、受け取れませんでした（{limit}まで）。',
      'ファイルが {大|おお}きすぎます（{limit}まで）。',
      'The attachments together are too large (at most {limit}).',
    ),
    nothingSent,
    w(
      'この窓を閉じ、元のページで添付ファイルを小さくするか減らしてください。',
      'この まどを {閉|と}じて、ファイルを {小|ちい}さく するか、へらして ください。',
      'Close this window and make the attachments smaller or fewer.',
    ),
    'close',
  ],
  busy: [
    w('署名クライアントが、いま手いっぱいです。', 'いま いそがしいです。', 'The signing agent is busy.'),
    nothingSent,
    freshRequest,
    'close',
  ],
  'other-user': [
    w(
      'このパソコンの、ほかの利用者のプログラムからの依頼のため、受け付けませんでした。',
      'この パソコンの ほかの {人|ひと}から きたので、{止|と}めました。',
      'Refused: it comes from a program of another user of this computer.',
    ),
    nothingSent,
    suspicious,
    'close',
  ],
  'definition-broken': [
    w(
      '手続の定義が正しくないため、申請の内容を確かに表示できません。',
      '{手続|てつづき}の {内容|ないよう}が こわれて いるので、{見|み}せる ことが できません。',
      'The definition of the procedure is faulty, so the application cannot be shown faithfully.',
    ),
    nothingSent,
    tellAgency,
    'close',
  ],
  'definition-other': [
    w(
      '手続の定義が、署名の依頼に書かれたものと違います。',
      '{手続|てつづき}の {内容|ないよう}が、おねがいと ちがいます。',
      'The definition of the procedure is not the one the request names.',
    ),
    nothingSent,
    tellAgency,
    'close',
  ],
  'cosigned-other': [
    w(
      'いっしょに署名する申請が届いていないか、依頼に書かれたものと違います。',
      'いっしょに {署名|しょめい}する {申請|しんせい}が、おねがいと ちがいます。',
      'The application that you would sign together with somebody else is missing, or is not the one the request names.',
    ),
    nothingSent,
    tellAgency,
    'close',
  ],
  'answer-hidden': [
    w(
      '画面に表示できない項目が依頼にふくまれていたため、止めました（{field}）。見えないものには署名しません。',
      '{見|み}えない ものが {入|はい}って いたので、{止|と}めました（{field}）。',
      'Stopped: the request holds something this page cannot show ({field}). What is not seen is not signed.',
    ),
    nothingSent,
    tellAgency,
    'close',
  ],
  'attachment-other': [
    w(
      '受け取った添付ファイルが、署名の依頼に書かれたものと違います。',
      'ファイルが、おねがいと ちがいます。',
      'The attached files are not the ones the request names.',
    ),
    nothingSent,
    freshRequest,
    'close',
  ],
  'issuer-unknown': [
    w(
      'このカードを発行した認証局は、ここでは使えません。{mode}',
      'この カードは、ここでは {使|つか}えません。{mode}',
      'The authority that issued this card is not accepted here. {mode}',
    ),
    nothingSent,
    w(
      'パスワードは入れないでください。使えるカードに入れ替えてください。',
      'パスワードを {入|い}れないで ください。ちがう カードを {入|い}れて ください。',
      'Do not type your password. Use another card.',
    ),
    'card',
  ],
  'certificate-expired': [
    w(
      'カードの署名用電子証明書の有効期限が切れています（{date}まで）。',
      'カードの {署名用電子証明書|しょめいようでんししょうめいしょ}の {期限|きげん}が {終|お}わりました（{date}まで）。',
      'The signature certificate on the card has expired ({date}).',
    ),
    nothingSent,
    w(
      'お住まいの市区町村の窓口で更新してください。カードと署名用パスワードが必要です。',
      '{住|す}んでいる {市|し}や {町|まち}の {窓口|まどぐち}で あたらしく して ください。カードを もって いって ください。',
      'Renew it at your municipal counter. Bring the card.',
    ),
    'card',
  ],
  'certificate-not-yet': [
    w(
      'カードの署名用電子証明書は、まだ有効期間に入っていません（{date}から）。パソコンの日付がちがうときも、このように表示されます。',
      'カードの {署名用電子証明書|しょめいようでんししょうめいしょ}は、まだ {使|つか}えません（{date}から）。',
      'The signature certificate on the card is not valid yet (from {date}). A wrong date of this computer shows the same.',
    ),
    nothingSent,
    w(
      'パソコンの日付を確かめてください。正しいときは、有効期間に入ってからお試しください。',
      'パソコンの {日|ひ}にちを たしかめて ください。',
      'Check the date of this computer. If it is right, wait until the certificate is valid.',
    ),
    'card',
  ],
  'certificate-faulty': [
    w(
      'カードの署名用電子証明書を確かめられませんでした。',
      'カードの {署名用電子証明書|しょめいようでんししょうめいしょ}が おかしいです。',
      'The signature certificate on the card could not be validated.',
    ),
    nothingSent,
    w(
      'お住まいの市区町村の窓口で、カードを見てもらってください。',
      '{住|す}んでいる {市|し}や {町|まち}の {窓口|まどぐち}で カードを {見|み}て もらって ください。',
      'Have the card looked at at your municipal counter.',
    ),
    'card',
  ],
  'request-expired': [
    w(
      '署名の依頼の期限（{date}）が過ぎました。',
      '{署名|しょめい}の おねがいの {時間|じかん}が おわりました（{date}）。',
      'The request has passed its time ({date}).',
    ),
    nothingSent,
    freshRequest,
    'close',
  ],
} as const satisfies Record<string, TroubleEntry>;
