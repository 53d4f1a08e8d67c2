import { explainRule } from '@madoguchi/procedure/basics';
import { fill, type Words } from '@madoguchi/ui';
import type { ClientError } from '../../client-error.js';
import { w } from '../../client-words.js';
import { cardTrouble, type Trouble } from '../trouble.js';

/** At a login nothing can be half sent: either the token has gone to the site or nothing has. */
const nothingSent: Words = w(
  'サイトには何も送られていません。',
  'サイトには なにも {送|おく}って いません。',
  'Nothing was sent to the site.',
);

const again: Words = w(
  'この窓を閉じて、元のページでもう一度ログインしてください。',
  'この まどを {閉|と}じて、もとの ページで もういちど ログインして ください。',
  'Close this window and log in again on the page you came from.',
);

const counter: Words = w(
  'お住まいの市区町村の窓口で、利用者証明用電子証明書を発行・更新できます。カードをお持ちください。',
  '{住|す}んでいる {市|し}や {町|まち}の {窓口|まどぐち}で もらえます。カードを もって いって ください。',
  'Your municipal counter issues or renews it. Bring the card.',
);

type Entry = readonly [what: Words, next: Words, action: Trouble['action']];

const table = {
  'login-expired': [
    w(
      'ログインの依頼の期限（{date}）が過ぎました。',
      'ログインの おねがいの {時間|じかん}が おわりました（{date}）。',
      'The login request has passed its time ({date}).',
    ),
    again,
    'close',
  ],
  'login-ended': [
    w(
      'このログインのページは、すでに終わっています。',
      'この ページは もう {終|お}わりました。',
      'This login page has already ended.',
    ),
    again,
    'close',
  ],
  'login-stopped': [w('ログインをやめました。', 'ログインを やめました。', 'You stopped.'), again, 'close'],
  'login-certificate-none': [
    w(
      'このカードには、利用者証明用電子証明書が入っていません。',
      'この カードには、{利用者証明用電子証明書|りようしゃしょうめいようでんししょうめいしょ}が ありません。',
      'There is no authentication certificate on this card.',
    ),
    counter,
    'card',
  ],
  'login-certificate-expired': [
    w(
      'カードの利用者証明用電子証明書は、いまは有効期間ではありません。パソコンの日付がちがうときも、このように表示されます。',
      'カードの {利用者証明用電子証明書|りようしゃしょうめいようでんししょうめいしょ}の {期間|きかん}では ありません。',
      'The authentication certificate on the card is out of its period. A wrong date of this computer shows the same.',
    ),
    counter,
    'card',
  ],
  'login-certificate-faulty': [
    w(
      'カードの利用者証明用電子証明書を確かめられませんでした。',
      'カードの {利用者証明用電子証明書|りようしゃしょうめいようでんししょうめいしょ}が おかしいです。',
      'The authentication certificate on the card could not be validated.',
    ),
    counter,
    'card',
  ],
  'login-signature-faulty': [
    w(
      'カードが作った署名を確かめたところ、正しくありませんでした。使いません。',
      'カードの {署名|しょめい}が おかしいです。{使|つか}いません。',
      'The signature the card made does not verify. It is not used.',
    ),
    again,
    'close',
  ],
} as const satisfies Record<string, Entry>;

export function loginTrouble(id: keyof typeof table, values: Record<string, Words | string> = {}): Trouble {
  const [what, next, action] = table[id];
  return { id, what: fill(what, values), sent: nothingSent, next: fill(next, values), action };
}

/** A login request the agent refuses, in the words of the rule that failed. */
export function loginRequestTrouble(rule: string): Trouble {
  const { what, next } = explainRule(rule);
  return { id: rule, what, sent: nothingSent, next, action: 'close' };
}

/** A failure at the card during a login. */
export function loginCardTrouble(error: ClientError): Trouble {
  if (error.code === 'no-certificate') return loginTrouble('login-certificate-none');
  return { ...cardTrouble(error), sent: nothingSent };
}
