import type { Explanation } from '../explain.js';
import { say } from '../words.js';
import { askOffice, clockBehind, tellAgency, tryLater } from './next-steps.js';

const startLoginAgain = say(
  '元のページにもどって、もう一度ログインしてください。',
  'もとの ページに もどって、もういちど ログインして ください。',
  'Go back to the page you came from and log in again.',
);

const brokenRequest = say(
  '役所からのログインの依頼が、こわれているか、決まりに合っていません。',
  '{役所|やくしょ}からの お{願|ねが}いが こわれて います。',
  'The login request is damaged or not in the agreed form.',
);

const badToken = say(
  'ログインのために届いたデータが、こわれているか、決まりに合っていません。',
  'ログインの データが こわれて います。',
  'What arrived for the login is damaged or not in the agreed form.',
);

const notThisCard = say(
  'このカードの電子証明書では、ログインできません。',
  'この カードでは ログインできません。',
  'The certificate on this card cannot be used to log in here.',
);

/** Login requests at the agent (`login.…`) and tokens at the agency (`token.…`). */
export const logins: Record<string, Explanation> = {
  login: { what: brokenRequest, next: startLoginAgain },
  'login.origin': {
    what: say(
      'ログインを求めたページと、依頼に書かれたページがちがいます。だれかがあなたをだまそうとしているかもしれません。',
      'ページが ちがいます。うその ページかも しれません。',
      'The page that asked is not the page named in the request. Someone may be trying to deceive you.',
    ),
    next: tellAgency,
  },
  'login.scheme': {
    what: say(
      'ログインの送り先が、安全な通信（https）ではありません。',
      '{送|おく}り{先|さき}が {安全|あんぜん}では ありません。',
      'The address for the login is not secure (https).',
    ),
    next: tellAgency,
  },
  'login.host': {
    what: say(
      'ログインの送り先が、この役所のものではありません。',
      '{送|おく}り{先|さき}が この {役所|やくしょ}では ありません。',
      'The address for the login does not belong to this office.',
    ),
    next: tellAgency,
  },
  'login.return': {
    what: say(
      'ログインの送り先が、依頼したサイトとちがいます。',
      '{送|おく}り{先|さき}が ちがいます。',
      'The login would be sent to another site than the one that asked.',
    ),
    next: tellAgency,
  },
  'login.expired': {
    what: say(
      'ログインの依頼の期限（5分）が過ぎました。まだ何も送っていません。',
      '{時間|じかん}（5{分|ふん}）が すぎました。まだ {送|おく}って いません。',
      'The login request has expired (five minutes). Nothing has been sent.',
    ),
    next: startLoginAgain,
  },
  'login.notYet': clockBehind,
  token: { what: badToken, next: startLoginAgain },
  'token.certificate': { what: notThisCard, next: askOffice },
  'token.usage': {
    what: say(
      '利用者証明用ではない電子証明書が使われました。',
      'ログイン{用|よう}では ない {証明書|しょうめいしょ}が {使|つか}われました。',
      'Another certificate than the one for authentication was used.',
    ),
    next: startLoginAgain,
  },
  'token.demo': { what: notThisCard, next: askOffice },
  'token.path': { what: notThisCard, next: askOffice },
  'token.expired': {
    what: say(
      '利用者証明用電子証明書の有効期間ではありません。',
      '{利用者証明用電子証明書|りようしゃしょうめいようでんししょうめいしょ}の {期間|きかん}では ありません。',
      'The authentication certificate is out of its period.',
    ),
    next: say(
      'お住まいの市区町村の窓口で更新してください。',
      '{市|し}や {町|まち}の {窓口|まどぐち}で あたらしく して ください。',
      'Renew it at your municipal counter.',
    ),
  },
  'token.revoked': {
    what: say(
      '利用者証明用電子証明書は失効しています。',
      '{利用者証明用電子証明書|りようしゃしょうめいようでんししょうめいしょ}は つかえません。',
      'The authentication certificate has been revoked.',
    ),
    next: say(
      'お住まいの市区町村の窓口へお問い合わせください。',
      '{市|し}や {町|まち}の {窓口|まどぐち}で {聞|き}いて ください。',
      'Ask at your municipal counter.',
    ),
  },
  'token.revocationUnknown': {
    what: say(
      '電子証明書が今も有効かどうかを、確かめられませんでした。',
      '{証明書|しょうめいしょ}を たしかめられません。',
      'It could not be confirmed that the certificate is still valid.',
    ),
    next: tryLater,
  },
  'token.signature': {
    what: say(
      'ログインの署名が、このサイトとこのログインのものではありません。',
      'この サイトの ログインでは ありません。',
      'The signature does not belong to this site and this login.',
    ),
    next: startLoginAgain,
  },
};
