/** What the citizen's own page says. */
export const myTexts = {
  title: { ja: 'マイページ', jaEasy: 'マイページ', en: 'My page' },
  lead: {
    ja: 'カードで送った申請を、まとめて見られます。',
    jaEasy: 'カードで {送|おく}った {申請|しんせい}を {見|み}る ことが できます。',
    en: 'See all applications that you sent with your card.',
  },
  purpose: {
    ja: '自分の申請の状況を見る',
    jaEasy: 'じぶんの {申請|しんせい}を {見|み}る',
    en: 'See your own applications',
  },
  loggedIn: {
    ja: 'カードでログインしています',
    jaEasy: 'カードで ログインして います',
    en: 'You are logged in by card',
  },
  none: {
    ja: 'このカードで送られた申請は、まだありません。スマホ用電子証明書で送ったものは、ここには出ません。',
    jaEasy: 'この カードの {申請|しんせい}は、まだ ありません。',
    en: 'There is no application yet that was sent with this card. Those sent with a phone’s token do not appear here.',
  },
  list: { ja: 'あなたの申請', jaEasy: 'あなたの {申請|しんせい}', en: 'Your applications' },
  procedure: { ja: '手続', jaEasy: '{手続|てつづき}', en: 'Procedure' },
  arrived: { ja: '到達日時', jaEasy: 'とどいた {日|ひ}', en: 'Arrived' },
  state: { ja: '状況', jaEasy: 'いまの ようす', en: 'State' },
  unknown: { ja: '（手続の名前なし）', jaEasy: '（{名前|なまえ} なし）', en: '(no title)' },
  leave: { ja: 'ログアウト', jaEasy: 'ログアウト', en: 'Log out' },
  left: { ja: 'ログアウトしました。', jaEasy: 'ログアウト しました。', en: 'You are logged out.' },
};
