import type { StatusWord } from '@madoguchi/card';
import { fill, type Words } from '@madoguchi/ui';
import type { ClientError } from '../client-error.js';
import { explainClientError, w } from '../client-words.js';

/** A failure as the citizen reads it: what happened, what was and was not sent, the one next step. */
export interface Trouble {
  id: string;
  what: Words;
  sent: Words;
  next: Words;
  /** What the page offers: the card again, sending the same bytes again, or nothing but closing. */
  action: 'card' | 'resend' | 'close';
}

const nothingSent: Words = w(
  '何も送られていません。入力した内容は、元のページに のこっています。',
  'なにも {送|おく}って いません。{書|か}いた ものは、もとの ページに のこって います。',
  'Nothing was sent. What you typed is still on the page you came from.',
);

const signedNotSent: Words = w(
  '署名はできましたが、申請はまだ送られていません。署名した申請は、このページが預かっています。',
  '{署名|しょめい}は できました。でも、{申請|しんせい}は まだ {送|おく}って いません。',
  'Your application is signed, but it has not been sent. This page is keeping it.',
);

const perhapsSent: Words = w(
  '申請は送りましたが、届いたかどうかが分かりません。もう一度送っても、同じ申請が2件になることはありません。',
  '{申請|しんせい}を {送|おく}りました。でも、とどいたか わかりません。もういちど {送|おく}っても、2つに なりません。',
  'The application was sent, but it is not known whether it arrived. Sending it again cannot make two of it.',
);

const freshRequest: Words = w(
  'この窓を閉じて、元のページで「署名へ進む」をもう一度押してください。',
  'この まどを {閉|と}じて、もとの ページの「{署名|しょめい}へ {進|すす}む」を もういちど おして ください。',
  'Close this window and press “Go on to sign” again on the page you came from.',
);

const tellAgency: Words = w(
  'この窓を閉じてください。くりかえすときは、元のページにある電話番号へお知らせください。',
  'この まどを {閉|と}じて ください。また おきたら、もとの ページの {電話番号|でんわばんごう}に {電話|でんわ}して ください。',
  'Close this window. If it happens again, tell the office whose telephone number stands on the page you came from.',
);

const suspicious: Words = w(
  'パスワードは入れないでください。この窓を閉じ、申請先の公式ページから始め直してください。',
  'パスワードを {入|い}れないで ください。この まどを {閉|と}じて、{市|し}や {町|まち}の {本当|ほんとう}の ページから はじめて ください。',
  'Do not type any password. Close this window and start again from the official page of the office.',
);

type Entry = readonly [what: Words, sent: Words, next: Words, action: Trouble['action']];

const table = {
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
  'session-ended': [
    w(
      'この署名のページは、すでに終わっています。',
      'この ページは もう {終|お}わりました。',
      'This signing page has already ended.',
    ),
    w(
      '送られたかどうかは、元のページでご確認ください。',
      '{送|おく}ったか どうかは、もとの ページで {見|み}て ください。',
      'The page you came from shows whether something was sent.',
    ),
    freshRequest,
    'close',
  ],
  stopped: [
    w('署名をやめました。', '{署名|しょめい}を やめました。', 'You stopped.'),
    nothingSent,
    w(
      'この窓を閉じてください。元のページで、内容を直したり、もう一度始めたりできます。',
      'この まどを {閉|と}じて ください。もとの ページで、なおす ことが できます。',
      'Close this window. On the page you came from you can change your answers or start again.',
    ),
    'close',
  ],
  'stopped-signed': [
    w('送るのをやめました。', '{送|おく}るのを やめました。', 'You stopped sending.'),
    w(
      '署名した申請は消しました。途中で届いているかどうかは、元のページでご確認ください。',
      '{署名|しょめい}した ものは けしました。とどいたか どうかは、もとの ページで {見|み}て ください。',
      'The signed application was deleted here. Whether it had arrived meanwhile, the page you came from shows.',
    ),
    w(
      'この窓を閉じて、元のページを見てください。',
      'この まどを {閉|と}じて、もとの ページを {見|み}て ください。',
      'Close this window and look at the page you came from.',
    ),
    'close',
  ],
  'pin-forgotten': [
    w(
      '時間がたったため、お預かりしたパスワードを消しました。',
      '{時間|じかん}が たったので、パスワードを けしました。',
      'Time has passed, so the password was wiped.',
    ),
    nothingSent,
    w(
      'パスワードをもう一度入れてください。',
      'パスワードを もういちど {入|い}れて ください。',
      'Type the password again.',
    ),
    'card',
  ],
  'card-exchanged': [
    w(
      'カードが入れ替わっています。はじめに読み取ったカードと違うため、署名しませんでした。',
      'カードが かわりました。{署名|しょめい}を していません。',
      'This is another card than the one read before. Nothing was signed.',
    ),
    nothingSent,
    w(
      'はじめのカードを入れるか、このカードでもう一度パスワードを入れてください。',
      'はじめの カードを {入|い}れて、もういちど パスワードを {入|い}れて ください。',
      'Put the first card back, or type the password of this card.',
    ),
    'card',
  ],
  'signature-faulty': [
    w(
      'カードが作った署名を確かめたところ、正しくありませんでした。使いません。',
      'カードの {署名|しょめい}が おかしいです。{使|つか}いません。',
      'The signature the card made does not verify. It is not used.',
    ),
    nothingSent,
    w(
      'カードを入れ直して、もう一度お試しください。続くときは市区町村の窓口へ。',
      'カードを {入|い}れて、もういちど して ください。だめな ときは {窓口|まどぐち}へ。',
      'Put the card in again and retry. If it goes on, go to your municipal counter.',
    ),
    'card',
  ],
  'agency-down': [
    w(
      '{agency}の受付につながりませんでした。',
      '{agency}に つながりませんでした。',
      'The office ({agency}) could not be reached.',
    ),
    signedNotSent,
    w(
      '少し待って「もう一度送る」を押してください。カードもパスワードも、もういりません。',
      'すこし まって、「もういちど {送|おく}る」を おして ください。カードは もう いりません。',
      'Wait a little and press “Send again”. Neither card nor password is needed again.',
    ),
    'resend',
  ],
  'agency-tls': [
    w(
      '{agency}の受付との通信が安全だと確かめられないため、送りませんでした。',
      '{agency}との {通信|つうしん}が {安全|あんぜん}か わからないので、{送|おく}りませんでした。',
      'The connection to the office ({agency}) could not be verified as safe, so nothing was sent.',
    ),
    signedNotSent,
    w(
      '別の回線に替えるか、少し待って「もう一度送る」を押してください。カードもパスワードも、もういりません。',
      'すこし まって、「もういちど {送|おく}る」を おして ください。カードは もう いりません。',
      'Use another network or wait a little, then press “Send again”. Neither card nor password is needed again.',
    ),
    'resend',
  ],
  'agency-later': [
    w(
      '{agency}の受付が、いまは受け取れないと答えました。',
      '{agency}は、いま {受|う}けとれません。',
      'The office ({agency}) says it cannot take the application just now.',
    ),
    signedNotSent,
    w(
      '少し待って「もう一度送る」を押してください。カードもパスワードも、もういりません。',
      'すこし まって、「もういちど {送|おく}る」を おして ください。カードは もう いりません。',
      'Wait a little and press “Send again”. Neither card nor password is needed again.',
    ),
    'resend',
  ],
  'agency-silent': [
    w(
      '{agency}の受付から、返事が届きませんでした。',
      '{agency}から {返事|へんじ}が ありません。',
      'No answer came from the office ({agency}).',
    ),
    perhapsSent,
    w(
      '「もう一度送る」を押してください。',
      '「もういちど {送|おく}る」を おして ください。',
      'Press “Send again”.',
    ),
    'resend',
  ],
  'agency-refused': [
    w(
      '{agency}の受付が、この申請を受け取りませんでした。',
      '{agency}は、この {申請|しんせい}を {受|う}けとりませんでした。',
      'The office ({agency}) did not take this application.',
    ),
    w(
      '申請は受け付けられていません。入力した内容は、元のページに のこっています。',
      '{申請|しんせい}は とどいて いません。{書|か}いた ものは、もとの ページに のこって います。',
      'The application has not arrived. What you typed is still on the page you came from.',
    ),
    freshRequest,
    'close',
  ],
  'receipt-faulty': [
    w(
      '{agency}から返った受領書を確かめられませんでした。',
      '{agency}の {受領書|じゅりょうしょ}が おかしいです。',
      'The receipt that came back from the office ({agency}) does not verify.',
    ),
    perhapsSent,
    w(
      '「もう一度送る」を押してください。続くときは、元のページにある電話番号へお問い合わせください。',
      '「もういちど {送|おく}る」を おして ください。だめな ときは、もとの ページの {電話番号|でんわばんごう}に {電話|でんわ}して ください。',
      'Press “Send again”. If it goes on, call the telephone number on the page you came from.',
    ),
    'resend',
  ],
  'card-cannot-write': [
    w(
      'カードが残り回数を書き込めなかったため、パスワードを確かめませんでした。残り回数は減っていません。',
      'カードに {書|か}けませんでした。のこりの {回数|かいすう}は へって いません。',
      'The card could not note the try, so it did not look at the password. No try was used up.',
    ),
    nothingSent,
    w(
      'カードイメージ（体験版）のときは、パソコンの空き容量を増やして、もう一度お試しください。本物のカードのときは、市区町村の窓口でカードを見てもらってください。',
      'パソコンの {空|あ}きを ふやして、もういちど して ください。',
      'With a card image (demonstration), free some space on the disk and try again. A real card should be looked at at your municipal counter.',
    ),
    'card',
  ],
  'portal-unknown': [
    w(
      'このサイト（{origin}）には、環境の確認の結果を知らせません。',
      'この サイト（{origin}）には {結果|けっか}を {知|し}らせません。',
      'This site ({origin}) is not one that may be told the result of the environment check.',
    ),
    nothingSent,
    w(
      'この窓を閉じてください。環境の確認は、署名クライアントの初めのページからできます。',
      'この まどを {閉|と}じて ください。',
      'Close this window. The check can be opened from the agent’s own start page.',
    ),
    'close',
  ],
  'check-ended': [
    w(
      'このページは、すでに終わっています。',
      'この ページは もう {終|お}わりました。',
      'This page has already ended.',
    ),
    nothingSent,
    w(
      'この窓を閉じて、署名クライアントか元のサイトから、もう一度開いてください。',
      'この まどを {閉|と}じて、もういちど {開|ひら}いて ください。',
      'Close this window and open it again from the agent or from the site you came from.',
    ),
    'close',
  ],
  defect: [
    w(
      '署名クライアントの中で、思いがけないことが起きました。',
      '{署名|しょめい}クライアントが うまく うごきませんでした。',
      'Something unexpected happened inside the signing agent.',
    ),
    nothingSent,
    freshRequest,
    'close',
  ],
} as const satisfies Record<string, Entry>;

export type TroubleId = keyof typeof table;

/** The words of a trouble, with values such as `{date}` filled in. */
export function trouble(id: TroubleId, values: Record<string, Words | string> = {}): Trouble {
  const [what, sent, next, action] = table[id];
  return { id, what: fill(what, values), sent: fill(sent, values), next: fill(next, values), action };
}

/** Status 6581: a card image on a full disk says so, before it compares a PIN. */
const cardMemoryFailure: StatusWord['kind'] = 'memoryFailure';

/** A failure at the card, told on the agent's pages: nothing has left the computer. */
export function cardTrouble(error: ClientError): Trouble {
  if (error.code === 'card-unexpected' && error.detail.subject === cardMemoryFailure)
    return trouble('card-cannot-write');
  const { what, next } = explainClientError(error);
  return { id: error.code, what, sent: nothingSent, next, action: 'card' };
}

/** A request the agent refuses, in the words of the rule that failed. */
export function requestTrouble(rule: string, explained: { what: Words; next: Words }): Trouble {
  return { id: rule, what: explained.what, sent: nothingSent, next: explained.next, action: 'close' };
}
