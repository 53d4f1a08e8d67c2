import { w } from '../client-words.js';
import {
  freshRequest,
  nothingSent,
  perhapsSent,
  signedNotSent,
  type TroubleEntry,
} from './trouble-sentences.js';

/** What stops a signing on its way from the password to the receipt; and what the check and the agent itself may run into. */
export const signingTroubles = {
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
} as const satisfies Record<string, TroubleEntry>;
