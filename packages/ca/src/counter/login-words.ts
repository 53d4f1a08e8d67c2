import type { Words } from '@madoguchi/ui';

/** Words of the way in. */
export const l = {
  title: {
    ja: '窓口に入る（職員）',
    jaEasy: '{窓口|まどぐち}に {入|はい}る（{職員|しょくいん}）',
    en: 'Enter the counter (staff)',
  },
  lead: {
    ja: '職員自身のカードで入ります。はじめての方は、管理者からもらった一度だけのリンクでカードを登録してください。',
    jaEasy:
      '{自分|じぶん}の カードで {入|はい}ります。はじめての {人|ひと}は、もらった リンクで カードを {登録|とうろく}して ください。',
    en: 'Staff enter with their own card. The first time, register it with the one-time link from your administrator.',
  },
  demo: {
    ja: '見本の職員のカードは「demo-clerk.card」、利用者証明用パスワードは 1234 です。',
    jaEasy: '{見本|みほん}の カードは「demo-clerk.card」です。パスワードは 1234です。',
    en: 'The demo clerk’s card is “demo-clerk.card”, its authentication PIN 1234.',
  },
  purpose: {
    ja: '窓口に入る（職員）',
    jaEasy: '{窓口|まどぐち}に {入|はい}る',
    en: 'Enter the counter (staff)',
  },
  registerPurpose: {
    ja: '窓口に入る職員のカードを登録する',
    jaEasy: '{窓口|まどぐち}の カードを {登録|とうろく}する',
    en: 'Register the card of a clerk at the counter',
  },
  registerTitle: {
    ja: '自分のカードを登録する',
    jaEasy: '{自分|じぶん}の カードを {登録|とうろく}する',
    en: 'Register your card',
  },
  registerLead: {
    ja: 'このアカウントで窓口に入るカードを登録します。登録できるのは自分のカードだけです。前に登録したカードでは入れなくなります。',
    jaEasy:
      '{窓口|まどぐち}に {入|はい}る カードを きめます。{自分|じぶん}の カードだけです。{前|まえ}の カードは つかえなく なります。',
    en: 'Choose the card by which this account enters the counter: your own and no other. A card registered before no longer opens it.',
  },
  registerButton: {
    ja: 'このカードを登録する',
    jaEasy: 'この カードを {登録|とうろく}する',
    en: 'Register this card',
  },
  registered: {
    ja: 'カードを登録しました。これからは、このカードで窓口に入れます。',
    jaEasy: 'カードを {登録|とうろく}しました。この カードで {入|はい}れます。',
    en: 'Your card is registered: from now on it opens the counter.',
  },
  account: { ja: 'アカウント', jaEasy: 'アカウント', en: 'Account' },
  cardUnknown: {
    ja: 'このカードは、窓口の職員のものとして登録されていません。',
    jaEasy: 'この カードは {登録|とうろく}されて いません。',
    en: 'This card is not registered for anybody at this counter.',
  },
  cardRenewed: {
    ja: 'このカードの証明書は更新されています。責任者が「職員とカード」の画面で確かめると、入れます。責任者に知らせてください。',
    jaEasy: 'カードが {新|あたら}しく なりました。{責任者|せきにんしゃ}に たしかめて もらって ください。',
    en: 'This card’s certificate was renewed. You come in once a supervisor has confirmed it on the page “Clerks and their cards”: tell them.',
  },
  cardTaken: {
    ja: 'このカードは、ほかの職員のものとして登録されているか、アカウントが廃止されています。',
    jaEasy: 'この カードは ほかの {人|ひと}の ものです。',
    en: 'This card is registered for somebody else, or the account has ended.',
  },
  registerFirst: {
    ja: 'カードの登録は、登録用のリンクで開いた画面から始めてください。',
    jaEasy: 'もらった リンクを {開|あ}けて、はじめて ください。',
    en: 'Start from the page that your registration link opens.',
  },
  linkUsed: {
    ja: 'このリンクは使用済みか、1日が過ぎています。カードで入るか、新しいリンクをもらってください。',
    jaEasy: 'この リンクは もう つかえません。カードで {入|はい}って ください。',
    en: 'This link was used or is older than a day. Enter with your card, or ask for a new link.',
  },
  left: {
    ja: 'ログアウトしました。',
    jaEasy: 'ログアウトしました。',
    en: 'You have logged out.',
  },
  whoIsIn: {
    ja: '{account}（{role}）で入っています。',
    jaEasy: '{account}（{role}）で {入|はい}って います。',
    en: 'You are in as {account} ({role}).',
  },
  leave: { ja: 'ログアウト', jaEasy: 'ログアウト', en: 'Log out' },
  ended: {
    ja: '窓口に入っていないか、しばらく使わなかったか、カードが失効したため、画面を閉じました。',
    jaEasy: 'すこし つかわなかったので、おわりました。もういちど {入|はい}って ください。',
    en: 'You are not in, or the counter was left alone for too long, or your card’s certificate has ended.',
  },
  refusedTitle: {
    ja: 'この役割ではできません',
    jaEasy: 'これは できません',
    en: 'Your role does not allow this',
  },
  refused: {
    ja: 'あなたの役割（{role}）では、この操作はできません。必要なときは責任者に頼んでください。',
    jaEasy: 'あなた（{role}）は これが できません。{責任者|せきにんしゃ}に {聞|き}いて ください。',
    en: 'As {role} you cannot do this. Ask a supervisor where it is needed.',
  },
  home: { ja: 'はじめのページへ', jaEasy: 'はじめの ページへ', en: 'To your first page' },
  navList: { ja: '住民と証明書', jaEasy: '{住民|じゅうみん}と {証明書|しょうめいしょ}', en: 'Residents' },
  navLoss: { ja: '紛失・盗難（電話）', jaEasy: 'なくした（{電話|でんわ}）', en: 'Loss line' },
  navClerks: { ja: '職員', jaEasy: '{職員|しょくいん}', en: 'Clerks' },
  navRecord: { ja: '記録', jaEasy: '{記録|きろく}', en: 'Record' },
} satisfies Record<string, Words>;
