import {
  Button,
  ButtonRow,
  type FieldError,
  H2,
  Notice,
  P,
  Page,
  type PageProps,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import type { AddressFault, MailState } from './addresses.js';
import type { MailLinkParts, MailPurpose } from './secrets.js';

const texts = {
  title: { ja: 'メールで知らせてもらう', jaEasy: 'メールで {知|し}らせて もらう', en: 'Notices by e-mail' },
  lead: {
    ja: '動きがあったときに、メールで知らせます。結果や個人の情報は、メールには書きません。',
    jaEasy: 'なにか あったら、メールで {知|し}らせます。',
    en: 'You are told by e-mail when something happens. Results and personal data are never in a mail.',
  },
  leadCosigner: {
    ja: '署名の期限が近づいたとき、申請が直されて署名をもう一度お願いするとき、審査が終わったときに、メールで知らせます。結果や個人の情報は、メールには書きません。',
    jaEasy: '{署名|しょめい}が いる ときと、{審査|しんさ}が {終|お}わった ときに、メールで {知|し}らせます。',
    en: 'You are told by e-mail when the time to sign is nearly over, when a correction needs your signature again, and when the examination has ended. Results and personal data are never in a mail.',
  },
  address: { ja: 'メールアドレス', jaEasy: 'メールアドレス', en: 'E-mail address' },
  ask: {
    ja: '確認のメールを送る',
    jaEasy: '{確認|かくにん}の メールを {送|おく}る',
    en: 'Send a mail to confirm',
  },
  asked: {
    ja: '確認のメールを送りました。メールのリンクを3日以内に開いてください。届かないときは、アドレスを確かめて、もう一度送ってください。',
    jaEasy: 'メールを {送|おく}りました。3{日|にち}の うちに {開|ひら}いて ください。',
    en: 'A mail was sent. Open its link within three days. If it does not arrive, check the address and send it again.',
  },
  confirmed: {
    ja: 'メールでお知らせします。止めるときは、届いたメールのリンクを使います。',
    jaEasy: 'メールで {知|し}らせます。',
    en: 'You are told by e-mail. To stop it, use the link in any of the mails.',
  },
  confirmTitle: {
    ja: 'お知らせメールの確認',
    jaEasy: 'メールの {確認|かくにん}',
    en: 'Confirm e-mail notices',
  },
  confirmLead: {
    ja: 'このメールアドレスに、申請のお知らせを送ります。よければ、ボタンを押してください。',
    jaEasy: 'いい ときは、ボタンを {押|お}して ください。',
    en: 'Notices about the application will be sent to this address. If that is right, press the button.',
  },
  confirm: { ja: '知らせてもらう', jaEasy: '{知|し}らせて もらう', en: 'Yes, send notices' },
  confirmDone: {
    ja: 'これから、このアドレスにお知らせします。この画面は閉じてかまいません。',
    jaEasy: 'これから メールで {知|し}らせます。',
    en: 'Notices will be sent to this address. You may close this window.',
  },
  stopTitle: { ja: 'お知らせメールを止める', jaEasy: 'メールを とめる', en: 'Stop e-mail notices' },
  stopLead: {
    ja: 'お知らせを止めて、メールアドレスを消します。',
    jaEasy: 'メールを とめて、アドレスを {消|け}します。',
    en: 'No more notices are sent, and the address is erased.',
  },
  stop: { ja: '止める', jaEasy: 'とめる', en: 'Stop' },
  stopDone: {
    ja: 'お知らせを止めました。メールアドレスは消しました。',
    jaEasy: 'メールを とめました。',
    en: 'No more notices will be sent. The address was erased.',
  },
  badLink: {
    ja: 'このリンクは使えません。期限が過ぎたか、アドレスが変わったか、すでに止められています。',
    jaEasy: 'この リンクは {使|つか}えません。',
    en: 'This link cannot be used: it is out of time, the address was changed, or notices were stopped.',
  },
} as const satisfies Record<string, Words>;

const faultWords: Record<AddressFault, Words> = {
  form: {
    ja: 'メールアドレスを、taro@example.jp のように書いてください。',
    jaEasy: 'taro@example.jp のように {書|か}いて ください。',
    en: 'Write an e-mail address such as taro@example.jp.',
  },
  often: {
    ja: '今日は、これ以上確認のメールを送れません。明日、もう一度してください。',
    jaEasy: '{今日|きょう}は もう {送|おく}れません。あした して ください。',
    en: 'No more mails to confirm can be sent today. Try again tomorrow.',
  },
};

export function mailError(fault: AddressFault): FieldError {
  return { field: 'mail', message: faultWords[fault] };
}

interface MailSectionProps {
  action: string;
  state: MailState;
  typed: string;
  /** Somebody who signs along, not the applicant. */
  cosigns?: boolean;
}

/** On the receipt page after arrival, and on the page of who signs along: an address for notices. */
export function MailSection({ action, state, typed, cosigns = false }: MailSectionProps) {
  return (
    <>
      <H2 w={texts.title} id="notices" />
      {state === 'confirmed' ? (
        <Notice kind="good">
          <P w={texts.confirmed} />
        </Notice>
      ) : (
        <>
          {state === 'asked' ? (
            <Notice live>
              <P w={texts.asked} />
            </Notice>
          ) : (
            <P w={cosigns ? texts.leadCosigner : texts.lead} />
          )}
          <form method="post" action={action}>
            <TextInput
              name="mail"
              label={texts.address}
              type="email"
              inputmode="email"
              autocomplete="email"
              width="medium"
              value={typed}
            />
            <ButtonRow>
              <Button label={texts.ask} kind="secondary" />
            </ButtonRow>
          </form>
        </>
      )}
    </>
  );
}

interface LinkPageProps {
  look: Omit<PageProps, 'title'>;
  purpose: MailPurpose;
  /** `ask`: the link holds, a button does it; a mail program that opens links does nothing. */
  step: 'ask' | 'done' | 'bad';
  link: MailLinkParts & { action: string };
}

/** Behind a link of a mail. */
export function MailLinkPage({ look, purpose, step, link }: LinkPageProps) {
  const isConfirm = purpose === 'confirm';
  return (
    <Page {...look} title={isConfirm ? texts.confirmTitle : texts.stopTitle}>
      {step === 'bad' ? (
        <Notice kind="bad">
          <P w={texts.badLink} />
        </Notice>
      ) : step === 'done' ? (
        <Notice kind="good" live>
          <P w={isConfirm ? texts.confirmDone : texts.stopDone} />
        </Notice>
      ) : (
        <form method="post" action={link.action}>
          <P w={isConfirm ? texts.confirmLead : texts.stopLead} />
          <input type="hidden" name="receipt" value={link.receiptNumber} />
          <input type="hidden" name="signer" value={link.signer} />
          <input type="hidden" name="token" value={link.token} />
          <ButtonRow>
            <Button label={isConfirm ? texts.confirm : texts.stop} />
          </ButtonRow>
        </form>
      )}
    </Page>
  );
}
