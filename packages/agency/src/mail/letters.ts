import { fill, formatDate, type Register, type Words, words } from '@madoguchi/ui/words';

/** What is written about. */
export type MailKind = 'confirm' | 'receipt' | 'correction' | 'sign' | 'signSoon' | 'released' | 'decided';

const texts = {
  subject: {
    confirm: {
      ja: '【{agency}】お知らせメールの確認',
      jaEasy: '【{agency}】メールの {確認|かくにん}',
      en: '[{agency}] Confirm your e-mail notices',
    },
    receipt: {
      ja: '【{agency}】申請が届いています（到達番号 {receipt}）',
      jaEasy: '【{agency}】{申|もう}し{込|こ}みが とどいて います（{receipt}）',
      en: '[{agency}] Your application has arrived ({receipt})',
    },
    correction: {
      ja: '【{agency}】申請について確認してください（到達番号 {receipt}）',
      jaEasy: '【{agency}】{申|もう}し{込|こ}みを {見|み}て ください（{receipt}）',
      en: '[{agency}] Please look at your application ({receipt})',
    },
    sign: {
      ja: '【{agency}】あなたの署名を待っている申請があります（到達番号 {receipt}）',
      jaEasy: '【{agency}】あなたの {署名|しょめい}を まって います（{receipt}）',
      en: '[{agency}] An application waits for your signature ({receipt})',
    },
    signSoon: {
      ja: '【{agency}】署名の期限が近づいています（到達番号 {receipt}）',
      jaEasy: '【{agency}】もうすぐ {署名|しょめい}の {期限|きげん}です（{receipt}）',
      en: '[{agency}] The time to sign is nearly over ({receipt})',
    },
    released: {
      ja: '【{agency}】あなたの署名は必要なくなりました（到達番号 {receipt}）',
      jaEasy: '【{agency}】あなたの {署名|しょめい}は いりません（{receipt}）',
      en: '[{agency}] Your signature is not needed any more ({receipt})',
    },
    decided: {
      ja: '【{agency}】申請の審査が終わりました（到達番号 {receipt}）',
      jaEasy: '【{agency}】{審査|しんさ}が {終|お}わりました（{receipt}）',
      en: '[{agency}] The examination of your application has ended ({receipt})',
    },
  },
  body: {
    confirm: {
      ja: 'このメールアドレスに、申請（到達番号 {receipt}）のお知らせを送ってよいですか。\nよければ、3日以内に次のページを開いて、ボタンを押してください。\n\n{confirm}\n\n心当たりがないときは、何もしないでください。お知らせは送られません。',
      jaEasy:
        'この アドレスに お{知|し}らせを {送|おく}っても いいですか（{receipt}）。\nいい ときは、3{日|にち}の うちに ページを {開|ひら}いて、ボタンを {押|お}して ください。\n\n{confirm}\n\nわからない ときは、{何|なに}も しないで ください。',
      en: 'May notices about an application (receipt number {receipt}) be sent to this address?\nIf so, open this page within three days and press the button.\n\n{confirm}\n\nIf you know nothing of this, do nothing: no notices will be sent.',
    },
    receipt: {
      ja: '申請は、{when}に届いています。\n動きがあったときに、このアドレスへお知らせします。',
      jaEasy: '{申|もう}し{込|こ}みは {when}に とどきました。\nなにか あったら、メールを {送|おく}ります。',
      en: 'Your application arrived on {when}.\nYou will be told at this address when something happens.',
    },
    correction: {
      ja: '申請について、直していただきたいところがあります。\n何をいつまでに直すかは、下のページで見られます。',
      jaEasy: '{直|なお}して ほしい ところが あります。\n{下|した}の ページで {見|み}て ください。',
      en: 'Something in your application needs to be corrected.\nThe page below says what, and until when.',
    },
    sign: {
      ja: 'あなたの署名を待っている申請があります。期限と内容は、下のページで見られます。\n申請が直されたときは、署名コードが変わります。申請した人から新しいコードを受け取ってください。',
      jaEasy:
        'あなたの {署名|しょめい}を まって います。\nコードが {変|か}わった ときは、{申|もう}し{込|こ}んだ {人|ひと}に {聞|き}いて ください。',
      en: 'An application waits for your signature. The page below shows it, and until when.\nWhen an application is corrected, its signing code changes: the applicant has the new one.',
    },
    signSoon: {
      ja: 'まだあなたの署名を待っている申請があり、期限が近づいています。期限と内容は、下のページで見られます。',
      jaEasy: 'あなたの {署名|しょめい}を まだ まって います。もうすぐ {期限|きげん}です。',
      en: 'An application still waits for your signature, and the time for it is nearly over. The page below shows it, and until when.',
    },
    released: {
      ja: '申請が直され、あなたの署名は必要なくなりました。何もしなくてかまいません。\nこのお知らせは、これで終わります。',
      jaEasy:
        '{申|もう}し{込|こ}みが {変|か}わりました。もう {署名|しょめい}は いりません。\nメールは これで {終|お}わりです。',
      en: 'The application was corrected and does not need your signature any more. There is nothing you have to do.\nThis is the last notice.',
    },
    decided: {
      ja: '申請の審査が終わりました。\n結果は、下のページで見られます。このお知らせは、これで終わります。',
      jaEasy: '{審査|しんさ}が {終|お}わりました。\n{結果|けっか}は {下|した}の ページで {見|み}られます。',
      en: 'The examination of your application has ended.\nThe page below tells the result. This is the last notice.',
    },
  },
  look: {
    ja: 'ページ（到達番号と問合せ番号を書きます）:\n{page}',
    jaEasy: 'ページ（2つの {番号|ばんごう}を {書|か}きます）:\n{page}',
    en: 'The page (it asks for the receipt number and the inquiry number):\n{page}',
  },
  lookCosigner: {
    ja: 'ページ（到達番号と署名コードを書きます）:\n{page}',
    jaEasy: 'ページ（{到達番号|とうたつばんごう}と {署名|しょめい}コードを {書|か}きます）:\n{page}',
    en: 'The page (it asks for the receipt number and the signing code):\n{page}',
  },
  foot: {
    ja: '--\n{agency}　{contact}\nこのメールには返信できません。結果や個人の情報は、メールには書きません。\nお知らせを止める: {stop}',
    jaEasy: '--\n{agency}　{contact}\nこの メールに {返事|へんじ}は できません。\nメールを とめる: {stop}',
    en: '--\n{agency}, {contact}\nThis address takes no answers. Results and personal data are never written in a mail.\nStop these notices: {stop}',
  },
} as const satisfies {
  subject: Record<MailKind, Words>;
  body: Record<MailKind, Words>;
  look: Words;
  lookCosigner: Words;
  foot: Words;
};

/** A letter of a kind: which application, by its public number, and where to look. No name, no procedure, no result: mail is read by others. */
export function writeLetter(
  kind: MailKind,
  register: Register,
  facts: {
    agency: Words;
    contact: string;
    receiptNumber: string;
    arrivedAt: Date;
    pageUrl: string;
    confirmUrl: string;
    stopUrl: string;
    /** The reader signs along: the page asks for another code. */
    cosigns: boolean;
  },
): { subject: string; text: string } {
  const values = {
    agency: words(facts.agency, register),
    contact: facts.contact,
    receipt: facts.receiptNumber,
    when: formatDate(facts.arrivedAt, register, { time: true }),
    page: facts.pageUrl,
    confirm: facts.confirmUrl,
    stop: facts.stopUrl,
  };
  const say = (text: Words) => words(fill(text, values), register);
  const parts = [
    say(texts.body[kind]),
    ...(kind === 'confirm' || kind === 'released'
      ? []
      : [say(facts.cosigns ? texts.lookCosigner : texts.look)]),
    say(texts.foot),
  ];
  return { subject: say(texts.subject[kind]), text: `${parts.join('\n\n')}\n` };
}
