import type { Words } from '@madoguchi/ui';

/** What the citizen's pages of correction (補正) and withdrawal (取下げ) say. */
export const texts = {
  correction: {
    ja: '申請の補正',
    jaEasy: '{申|もう}し{込|こ}みを {直|なお}す',
    en: 'Correct your application',
  },
  asked: { ja: '直してほしいところ', jaEasy: '{直|なお}して ほしい ところ', en: 'What the office asks' },
  until: {
    ja: '期限: {day}',
    jaEasy: 'いつまで: {day}',
    en: 'To be corrected by {day}',
  },
  deadline: { ja: '補正の期限', jaEasy: '{直|なお}す {期限|きげん}', en: 'Correction due' },
  calendar: {
    ja: '期限をカレンダーに入れる',
    jaEasy: '{期限|きげん}を カレンダーに {入|い}れる',
    en: 'Put the day into a calendar',
  },
  late: {
    ja: '期限は過ぎています。まだ決まっていないので、送ることはできます。役所に電話もしてください。',
    jaEasy: '{期限|きげん}は すぎました。まだ {送|おく}れます。{電話|でんわ}も して ください。',
    en: 'The day has passed. The case is not decided yet, so you can still send; please also call the office.',
  },
  how: {
    ja: '前に書いた内容が入っています。印のあるところを直して、もう一度署名してください。',
    jaEasy:
      '{前|まえ}に {書|か}いた ことが {入|はい}って います。{直|なお}して、{署名|しょめい}して ください。',
    en: 'Your earlier answers are filled in. Correct what is marked and sign again.',
  },
  correct: { ja: '補正する', jaEasy: '{直|なお}す', en: 'Correct it' },
  correctionAsked: {
    ja: '補正をお願いします',
    jaEasy: '{直|なお}して ください',
    en: 'Please correct your application',
  },
  withdrawal: {
    ja: '申請の取下げ',
    jaEasy: '{申|もう}し{込|こ}みを やめる',
    en: 'Withdraw your application',
  },
  withdraw: {
    ja: 'この申請を取り下げる',
    jaEasy: 'この {申|もう}し{込|こ}みを やめる',
    en: 'Withdraw this application',
  },
  withdrawNote: {
    ja: '「{title}」（到達番号 {receipt}）を取り下げます。取り下げたあとで、もとにもどすことはできません。署名が確かめられたときに取り下げられます。',
    jaEasy: '「{title}」（{receipt}）を やめます。あとで もとに もどせません。',
    en: 'You withdraw “{title}” (receipt number {receipt}). This cannot be undone. It takes effect when your signature has been checked.',
  },
  notNow: {
    ja: 'この申請は、いま補正できる状態ではありません。',
    jaEasy: 'いまは {直|なお}せません。',
    en: 'This application cannot be corrected now.',
  },
  notWithdrawable: {
    ja: 'この申請は、もう取り下げられる状態ではありません。',
    jaEasy: 'もう やめる ことは できません。',
    en: 'This application can no longer be withdrawn.',
  },
  mandateRevoked: {
    ja: '本人が委任を取り消したため、代理人にはもうできません。役所には、本人が申し出てください。',
    jaEasy: '{本人|ほんにん}が {委任|いにん}を やめました。もう できません。',
    en: 'The person you represent has revoked the mandate. They can turn to the office themselves.',
  },
  mandateEnded: {
    ja: '委任状の期間が終わったため、代理人にはもうできません。新しい委任で、申請し直してください。',
    jaEasy: '{委任状|いにんじょう}の {期間|きかん}が おわりました。',
    en: 'The period of your mandate has ended. File again under a new one.',
  },
  mandatePower: {
    ja: '委任状で、このことは任されていません。本人に確かめてください。',
    jaEasy: '{委任状|いにんじょう}に ありません。{本人|ほんにん}に {聞|き}いて ください。',
    en: 'Your mandate does not cover this. Ask the person you represent.',
  },
  noProcedure: {
    ja: 'この手続は、いまこの役所のページにありません。役所に電話で問い合わせてください。',
    jaEasy: '{役所|やくしょ}に {電話|でんわ}して ください。',
    en: 'This procedure is no longer offered here. Please call the office.',
  },
  back: { ja: '申請の状況', jaEasy: '{申|もう}し{込|こ}みの ようす', en: 'Your application' },
  joined: {
    ja: 'これは、申請 {receipt} の補正または取下げとして届きました。',
    jaEasy: 'これは {receipt} の ために とどきました。',
    en: 'This arrived as a correction or withdrawal of application {receipt}.',
  },
  toCase: {
    ja: 'もとの申請を見る',
    jaEasy: 'はじめの {申|もう}し{込|こ}みを {見|み}る',
    en: 'See that application',
  },
} as const satisfies Record<string, Words>;
