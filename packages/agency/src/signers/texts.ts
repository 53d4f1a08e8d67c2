import type { Words } from '@madoguchi/ui';
import type { MandateStanding } from './mandate.js';
import type { SignerProgress } from './progress.js';

/** What the pages of those who sign together say. */
export const texts = {
  title: {
    ja: '署名のお願い',
    jaEasy: '{署名|しょめい}の おねがい',
    en: 'Your signature is asked for',
  },
  asks: {
    ja: '{name} さんが、この申請にあなたの署名を求めています。内容をよく読み、正しければ、あなたのカードで署名してください。',
    jaEasy: '{name} さんが あなたの {署名|しょめい}を まって います。よく {読|よ}んで ください。',
    en: '{name} asks you to sign this application. Read it well; if it is right, sign it with your own card.',
  },
  asksMandate: {
    ja: '{name} さんが、あなたの代理人としてこの申請を出しました。任せるなら、あなたのカードで委任状に署名してください。',
    jaEasy: '{name} さんが あなたの かわりに {申|もう}し{込|こ}みました。',
    en: '{name} filed this application as your representative. To give them the mandate, sign it with your own card.',
  },
  you: { ja: 'あなた', jaEasy: 'あなた', en: 'You sign as' },
  until: {
    ja: '署名の期限: {day}',
    jaEasy: 'いつまで: {day}',
    en: 'Sign by {day}',
  },
  late: {
    ja: '期限は過ぎています。まだ決まっていないので、署名することはできます。',
    jaEasy: '{期限|きげん}は すぎました。まだ {署名|しょめい}できます。',
    en: 'The day has passed. The case is not decided yet, so you can still sign.',
  },
  application: { ja: '申請の内容', jaEasy: '{申|もう}し{込|こ}みの {中身|なかみ}', en: 'The application' },
  fromCard: { ja: 'カードから', jaEasy: 'カードから', en: 'from the card' },
  attachments: { ja: '添付ファイル', jaEasy: 'ファイル', en: 'Attached files' },
  download: { ja: '{name} を開く', jaEasy: '{name} を {開|ひら}く', en: 'Open {name}' },
  signers: { ja: '署名する人', jaEasy: '{署名|しょめい}する {人|ひと}', en: 'Who signs' },
  standing: { ja: '署名の状況', jaEasy: '{署名|しょめい}の ようす', en: 'Signatures' },
  person: { ja: '人', jaEasy: '{人|ひと}', en: 'Person' },
  state: { ja: '署名', jaEasy: '{署名|しょめい}', en: 'Signature' },
  first: { ja: '申請した人', jaEasy: '{申|もう}し{込|こ}んだ {人|ひと}', en: 'Applicant' },
  sign: { ja: '署名', jaEasy: '{署名|しょめい}', en: 'Sign' },
  mandate: { ja: '委任状', jaEasy: '{委任状|いにんじょう}', en: 'Mandate' },
  how: {
    ja: '次に開く署名クライアントで、同じ内容をもう一度見てから署名します。',
    jaEasy: 'つぎの {画面|がめん}で もういちど {見|み}てから {署名|しょめい}します。',
    en: 'The signing client opens next: you see the same content once more before you sign.',
  },
  mandateFrom: {
    ja: '代理人が申請した日をふくむ期間にしてください。',
    jaEasy: '{申|もう}し{込|こ}んだ {日|ひ}を {入|い}れて ください。',
    en: 'The mandate must begin by the day on which the representative applied.',
  },
  mandateUntil: {
    ja: '期間のおわりは、今日より後の日にしてください。',
    jaEasy: 'おわりの {日|ひ}を {直|なお}して ください。',
    en: 'The last day must not lie in the past.',
  },
  mandatePowers: {
    ja: '「申請をすること」を任せないと、この申請は受け付けられません。',
    jaEasy: '「{申|もう}し{込|こ}む こと」が いります。',
    en: 'Without the power to file, this application cannot be taken.',
  },
  mandateGood: {
    ja: '委任状は、この代理人・この申請のもので、申請の日をふくんでいます。',
    jaEasy: '{委任状|いにんじょう}は {正|ただ}しいです。',
    en: 'The mandate names this representative and this application, and covers the day of filing.',
  },
  mandateOver: {
    ja: '委任状の期間は、申請のあとで終わりました。',
    jaEasy: '{委任状|いにんじょう}の {期間|きかん}が おわりました。',
    en: 'The period of the mandate has ended since the application was filed.',
  },
  mandateRevokedLight: {
    ja: '委任した本人が、申請のあとで委任を取り消しました。本人に確かめてから決めてください。',
    jaEasy: 'たのんだ {人|ひと}が {委任|いにん}を やめました。{確|たし}かめて ください。',
    en: 'The person represented has revoked the mandate since the application was filed. Ask them before you decide.',
  },
  noticeElsewhere: {
    ja: '役所の通知は、委任した本人に渡されます。',
    jaEasy: '{手紙|てがみ}は {本人|ほんにん}が {受|う}け{取|と}ります。',
    en: 'The office’s notice goes to the person you represent.',
  },
  mandates: { ja: '委任状', jaEasy: '{委任状|いにんじょう}', en: 'Mandates' },
  mandatesLead: {
    ja: 'あなたがカードで署名した委任状です。取り消すと、代理人は、そのあとの補正・取下げ・結果の受け取りができなくなります。',
    jaEasy: 'あなたが {署名|しょめい}した {委任状|いにんじょう}です。やめる ことが できます。',
    en: 'The mandates you signed with your card. When you revoke one, your representative can no longer correct or withdraw the application, or receive its result.',
  },
  mandatesNone: {
    ja: 'このカードで署名した委任状は、ありません。',
    jaEasy: '{委任状|いにんじょう}は ありません。',
    en: 'You have signed no mandate with this card.',
  },
  mandateGiven: { ja: '署名した日時', jaEasy: '{署名|しょめい}した {日|ひ}', en: 'Signed' },
  mandateStanding: { ja: '委任状のいま', jaEasy: 'いまの ようす', en: 'Standing' },
  revoke: { ja: 'この委任を取り消す', jaEasy: 'この {委任|いにん}を やめる', en: 'Revoke this mandate' },
  revokeNote: {
    ja: '取り消しは、すぐに効きます。もとにもどすことはできません。出された申請は残り、役所の担当者に、取り消したことが伝わります。',
    jaEasy: 'すぐに やめます。もとに もどせません。{役所|やくしょ}に {伝|つた}えます。',
    en: 'It takes effect at once and cannot be undone. What was filed stays, and the office is told that you revoked the mandate.',
  },
  revokeButton: { ja: '取り消す', jaEasy: 'やめる', en: 'Revoke' },
  revoked: {
    ja: '委任を取り消しました。',
    jaEasy: '{委任|いにん}を やめました。',
    en: 'The mandate is revoked.',
  },
  notRevoked: {
    ja: 'この委任は、もう終わっているか、あなたのものではありません。',
    jaEasy: 'この {委任|いにん}は もう ありません。',
    en: 'This mandate has ended already, or is not yours.',
  },
  toMandates: {
    ja: '委任状を見る・取り消す（カードでログインします）',
    jaEasy: '{委任状|いにんじょう}を {見|み}る、やめる（カードで ログイン）',
    en: 'See or revoke the mandate (log in by card)',
  },
  decline: { ja: '署名しないとき', jaEasy: '{署名|しょめい}しない とき', en: 'If you do not want to sign' },
  declineNote: {
    ja: '署名しないことを、申請した人と役所に知らせます。あとで気が変わったら、同じリンクから署名できます。',
    jaEasy: '{申|もう}し{込|こ}んだ {人|ひと}と {役所|やくしょ}に {知|し}らせます。',
    en: 'The applicant and the office are told. If you change your mind you can still sign by the same link.',
  },
  declineReason: {
    ja: '理由（書かなくてもかまいません）',
    jaEasy: '{理由|りゆう}（{書|か}かなくても いいです）',
    en: 'Why (you need not say)',
  },
  declineButton: {
    ja: '署名しないと知らせる',
    jaEasy: '{署名|しょめい}しないと {知|し}らせる',
    en: 'Tell them that I do not sign',
  },
  reasonLength: {
    ja: '理由は500文字までにしてください。',
    jaEasy: '{理由|りゆう}は 500{文字|もじ}までです。',
    en: 'Keep the reason within 500 characters.',
  },
  signedTitle: {
    ja: 'あなたの署名は届いています',
    jaEasy: 'あなたの {署名|しょめい}は とどきました',
    en: 'Your signature has arrived',
  },
  signedNext: {
    ja: '全員の署名がそろうと、役所が審査を始めます。このページで、いまのようすを見られます。',
    jaEasy: 'みんなの {署名|しょめい}が とどくと、{役所|やくしょ}が {調|しら}べます。',
    en: 'When everybody has signed, the office examines the application. This page shows how far it is.',
  },
  declinedTitle: {
    ja: '署名しないと知らせました',
    jaEasy: '{署名|しょめい}しないと {知|し}らせました',
    en: 'You have said that you do not sign',
  },
  closed: {
    ja: 'この申請は、いま署名を待っていません。',
    jaEasy: 'いまは {署名|しょめい}を まって いません。',
    en: 'This application does not wait for signatures now.',
  },
  corrected: {
    ja: 'この申請は、そのあと補正で変わりました。前の署名は数えません。申請した人に、新しい署名コードをもらってください。',
    jaEasy: '{申|もう}し{込|こ}みが {変|か}わりました。{新|あたら}しい コードを もらって ください。',
    en: 'This application has been corrected since. Earlier signatures no longer count; ask the applicant for the new code.',
  },
  enterTitle: {
    ja: '頼まれた申請に署名する',
    jaEasy: 'たのまれた {申|もう}し{込|こ}みに {署名|しょめい}する',
    en: 'Sign an application together',
  },
  enterLead: {
    ja: '申請した人から知らされた、到達番号と署名コードを書いてください。',
    jaEasy: '{到達番号|とうたつばんごう}と {署名|しょめい}コードを {書|か}いて ください。',
    en: 'Enter the receipt number and the signing code that the applicant gave you.',
  },
  code: { ja: '署名コード', jaEasy: '{署名|しょめい}コード', en: 'Signing code' },
  codeHint: { ja: '例: 7K3F2-9QXMA', jaEasy: '{例|れい}: 7K3F2-9QXMA', en: 'For example: 7K3F2-9QXMA' },
  open: { ja: '申請を見る', jaEasy: '{申|もう}し{込|こ}みを {見|み}る', en: 'See the application' },
  notFound: {
    ja: '到達番号と署名コードの組が見つかりません。2つを確かめてください。申請が補正されると、コードも変わります。',
    jaEasy: '{番号|ばんごう}か コードが ちがいます。たしかめて ください。',
    en: 'No application has this pair of number and code. Check both; a correction changes the code.',
  },
  askTitle: {
    ja: 'ほかの人の署名が必要です',
    jaEasy: 'ほかの {人|ひと}の {署名|しょめい}が いります',
    en: 'Others must sign too',
  },
  askLead: {
    ja: '下のリンクか、到達番号と署名コードを、それぞれの人に知らせてください。全員の署名がそろうと、審査が始まります。',
    jaEasy: '{下|した}の リンクを その {人|ひと}に {送|おく}って ください。',
    en: 'Give each person their link, or the receipt number and their code. The examination begins when everybody has signed.',
  },
  link: { ja: '知らせるリンク', jaEasy: '{送|おく}る リンク', en: 'Link to give them' },
  showCode: {
    ja: '{name} さんのリンクと署名コードを見る',
    jaEasy: '{name} さんの リンクを {見|み}る',
    en: 'Show the link and the code for {name}',
  },
  codeNote: {
    ja: 'このコードを知る人は、申請の内容を見られます。本人だけに知らせてください。',
    jaEasy: 'コードは その{人|ひと}だけに {知|し}らせて ください。',
    en: 'Who knows this code can read the application: give it to that person only.',
  },
  arrived: {
    ja: '署名が届きました',
    jaEasy: '{署名|しょめい}が とどきました',
    en: 'Your signature has arrived',
  },
  joined: {
    ja: 'これは、申請 {receipt} への署名として届きました。',
    jaEasy: 'これは {receipt} への {署名|しょめい}です。',
    en: 'This arrived as a signature under application {receipt}.',
  },
  being: {
    ja: 'これは、申請 {receipt} への署名です。確かめ終わると、その申請に加わります。',
    jaEasy: 'これは {receipt} への {署名|しょめい}です。いま {確|たし}かめて います。',
    en: 'This is a signature under application {receipt}. It joins it when it has been checked.',
  },
  toCase: {
    ja: '署名した申請を見る',
    jaEasy: '{署名|しょめい}した {申|もう}し{込|こ}みを {見|み}る',
    en: 'See the application you signed',
  },
  myRole: { ja: '（署名した人として）', jaEasy: '（{署名|しょめい}した {人|ひと}）', en: '(as a co-signer)' },
  back: { ja: '申請の状況', jaEasy: '{申|もう}し{込|こ}みの ようす', en: 'Application' },
} as const satisfies Record<string, Words>;

/** How a mandate stands, as its giver and the officer read it. */
export const standingWords: Record<MandateStanding, Words> = {
  good: { ja: '有効です', jaEasy: '{使|つか}えます', en: 'In force' },
  over: { ja: '期間が終わりました', jaEasy: '{期間|きかん}が おわりました', en: 'Its period has ended' },
  revoked: { ja: '取り消されました', jaEasy: 'やめました', en: 'Revoked' },
  other: {
    ja: 'この申請のものではありません',
    jaEasy: 'この {申|もう}し{込|こ}みの ものでは ありません',
    en: 'Not for this application',
  },
};

export const progressWords: Record<SignerProgress['state'], Words> = {
  waiting: { ja: 'まだです', jaEasy: 'まだです', en: 'Not yet' },
  signed: { ja: '署名しました', jaEasy: '{署名|しょめい}しました', en: 'Signed' },
  declined: {
    ja: '署名しないと答えました',
    jaEasy: '{署名|しょめい}しません',
    en: 'Declined to sign',
  },
};
