import type { Words } from '@madoguchi/ui';
import { w } from '../client-words.js';

/** What was and was not sent, and what to do next: the sentences that troubles share. */
export const nothingSent: Words = w(
  '何も送られていません。入力した内容は、元のページに のこっています。',
  'なにも {送|おく}って いません。{書|か}いた ものは、もとの ページに のこって います。',
  'Nothing was sent. What you typed is still on the page you came from.',
);

export const signedNotSent: Words = w(
  '署名はできましたが、申請はまだ送られていません。署名した申請は、このページが預かっています。',
  '{署名|しょめい}は できました。でも、{申請|しんせい}は まだ {送|おく}って いません。',
  'Your application is signed, but it has not been sent. This page is keeping it.',
);

export const perhapsSent: Words = w(
  '申請は送りましたが、届いたかどうかが分かりません。もう一度送っても、同じ申請が2件になることはありません。',
  '{申請|しんせい}を {送|おく}りました。でも、とどいたか わかりません。もういちど {送|おく}っても、2つに なりません。',
  'The application was sent, but it is not known whether it arrived. Sending it again cannot make two of it.',
);

export const freshRequest: Words = w(
  'この窓を閉じて、元のページで「署名へ進む」をもう一度押してください。',
  'この まどを {閉|と}じて、もとの ページの「{署名|しょめい}へ {進|すす}む」を もういちど おして ください。',
  'Close this window and press “Go on to sign” again on the page you came from.',
);

export const tellAgency: Words = w(
  'この窓を閉じてください。くりかえすときは、元のページにある電話番号へお知らせください。',
  'この まどを {閉|と}じて ください。また おきたら、もとの ページの {電話番号|でんわばんごう}に {電話|でんわ}して ください。',
  'Close this window. If it happens again, tell the office whose telephone number stands on the page you came from.',
);

export const suspicious: Words = w(
  'パスワードは入れないでください。この窓を閉じ、申請先の公式ページから始め直してください。',
  'パスワードを {入|い}れないで ください。この まどを {閉|と}じて、{市|し}や {町|まち}の {本当|ほんとう}の ページから はじめて ください。',
  'Do not type any password. Close this window and start again from the official page of the office.',
);

/** What happened, what was sent, what to do next, and what the page offers. */
export type TroubleEntry = readonly [
  what: Words,
  sent: Words,
  next: Words,
  action: 'card' | 'resend' | 'close',
];

/** What happened and what to do next, of a page of the agent's own: nothing was to be sent. */
export type OwnEntry = readonly [what: Words, next: Words];

/** A job that somebody looks for after it has ended. */
export const jobEnded: OwnEntry = [
  w(
    'このページは、すでに終わっています。',
    'この ページは もう {終|お}わりました。',
    'This page has already ended.',
  ),
  w(
    '初めのページから、もう一度選んでください。',
    'はじめの ページから えらんで ください。',
    'Start again from the start page.',
  ),
];

export const untilDone: Words = w(
  '終わるまでお待ちください。',
  'すこし まって ください。',
  'Wait until it is done.',
);
