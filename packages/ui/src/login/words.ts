/** What the pages of a login by card say. */
export const loginWords = {
  login: { ja: 'カードでログインする', jaEasy: 'カードで ログインする', en: 'Log in with your card' },
  needed: {
    ja: 'マイナンバーカードと、利用者証明用パスワード（数字4けた）を使います。',
    jaEasy: 'マイナンバーカードと、4けたの {数字|すうじ}の パスワードを つかいます。',
    en: 'You need your My Number Card and its authentication password (4 digits, 利用者証明用パスワード).',
  },
  byTls: {
    ja: 'ブラウザーの証明書でログインする（PKCS#11を使う方）',
    jaEasy: 'ブラウザーの {証明書|しょうめいしょ}で ログインする',
    en: 'Log in by the browser’s own certificate (for those who use PKCS#11)',
  },
  noCertificate: {
    ja: 'カードの利用者証明用電子証明書が示されませんでした。',
    jaEasy: 'カードの {証明書|しょうめいしょ}が ありませんでした。',
    en: 'Your browser showed no authentication certificate of a card.',
  },
  learns: {
    ja: 'ログインでは、氏名や住所はサイトに伝わりません。',
    jaEasy: 'ログインでは、{名前|なまえ}や {住所|じゅうしょ}は {伝|つた}わりません。',
    en: 'Logging in tells the site neither your name nor your address.',
  },
  openTitle: {
    ja: '署名クライアントを開きます',
    jaEasy: '{署名|しょめい}クライアントを ひらきます',
    en: 'The signing agent opens',
  },
  open: {
    ja: '署名クライアントを開く',
    jaEasy: '{署名|しょめい}クライアントを ひらく',
    en: 'Open the signing agent',
  },
  openNote: {
    ja: '5分以内に、パスワードを入れてください。',
    jaEasy: '5{分|ふん}の {間|あいだ}に、パスワードを {入|い}れて ください。',
    en: 'Type your password within five minutes.',
  },
  opening: {
    ja: '署名クライアントを開いています…',
    jaEasy: '{署名|しょめい}クライアントを ひらいて います…',
    en: 'Opening the signing agent …',
  },
  working: {
    ja: '別の窓で、署名クライアントが動いています。そちらでパスワードを入れてください。',
    jaEasy: 'べつの まどで パスワードを {入|い}れて ください。',
    en: 'The signing agent is open in another window. Type your password there.',
  },
  noAgentTitle: {
    ja: '署名クライアントが見つかりません',
    jaEasy: '{署名|しょめい}クライアントが ありません',
    en: 'The signing agent was not found',
  },
  noAgent: {
    ja: 'このパソコンで署名クライアントを動かしてから、もう一度押してください。',
    jaEasy: '{署名|しょめい}クライアントを うごかして、もういちど おして ください。',
    en: 'Start the signing agent on this computer, then press again.',
  },
  getAgent: {
    ja: '署名クライアントを手に入れる',
    jaEasy: '{署名|しょめい}クライアントを もらう',
    en: 'Get the signing agent',
  },
  refused: {
    ja: '署名クライアントが、ログインの依頼を受け付けませんでした。理由は別の窓に出ています。',
    jaEasy: '{署名|しょめい}クライアントが {止|と}めました。わけは べつの まどに あります。',
    en: 'The signing agent refused the login. The other window says why.',
  },
  blocked: {
    ja: 'ブラウザーが窓を止めました。このサイトの窓（ポップアップ）を許可して、もう一度押してください。',
    jaEasy: 'ブラウザーが まどを {止|と}めました。まどを ゆるして、もういちど おして ください。',
    en: 'The browser blocked the window. Allow pop-ups for this site and press again.',
  },
  failed: {
    ja: 'ログインを始められませんでした。少し待って、もう一度押してください。',
    jaEasy: 'ログインが できませんでした。すこし まって、もういちど おして ください。',
    en: 'The login could not be started. Wait a little and press again.',
  },
  doneTitle: { ja: 'ログインしました', jaEasy: 'ログインしました', en: 'You are logged in' },
  done: {
    ja: 'この窓を閉じて、元のページにもどってください。',
    jaEasy: 'この まどを {閉|と}じて、もとの ページに もどって ください。',
    en: 'Close this window and go back to the page you came from.',
  },
  goOn: { ja: 'この窓でつづける', jaEasy: 'この まどで つづける', en: 'Go on in this window' },
  failedTitle: {
    ja: 'ログインできませんでした',
    jaEasy: 'ログイン できませんでした',
    en: 'You are not logged in',
  },
  noNonce: {
    ja: 'このブラウザーで始めたログインではないか、5分が過ぎたか、すでに使われています。',
    jaEasy: '{時間|じかん}が すぎたか、べつの ブラウザーの ログインです。',
    en: 'This login was not started in this browser, has run out after five minutes, or was used already.',
  },
  again: { ja: 'もう一度ログインする', jaEasy: 'もういちど ログインする', en: 'Log in again' },
};
