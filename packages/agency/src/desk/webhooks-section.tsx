import {
  Button,
  ButtonRow,
  formatDate,
  H2,
  P,
  type Register,
  T,
  Table,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import type { WebhookFault, WebhookRow } from '../webhooks/webhooks.js';

const texts = {
  title: {
    ja: '知らせる先（Webhook）',
    jaEasy: '{知|し}らせる ところ',
    en: 'Addresses that are told (webhooks)',
  },
  lead: {
    ja: '受理・却下・補正・取下げがあると、到達番号だけを署名（HMAC）つきで知らせます。届かないときは、約3日のあいだ送り直します。',
    jaEasy: '{申請|しんせい}が {変|か}わると、{番号|ばんごう}だけを {知|し}らせます。',
    en: 'Told of acceptances, rejections, corrections and withdrawals: the receipt number alone, signed (HMAC). What does not arrive is sent again for about three days.',
  },
  name: { ja: '知らせる先の名前', jaEasy: '{名前|なまえ}', en: 'Name' },
  url: { ja: 'アドレス', jaEasy: 'アドレス', en: 'Address' },
  urlHint: {
    ja: '例: https://core.example.jp/hook。庁内のアドレスは、運用者が設定で許したものだけ使えます',
    jaEasy: '{例|れい}: https://core.example.jp/hook',
    en: 'For example https://core.example.jp/hook. Addresses inside only where the operator allows them',
  },
  add: { ja: '知らせる先を加える', jaEasy: '{加|くわ}える', en: 'Add the address' },
  went: { ja: '届いた・待ち・あきらめた', jaEasy: 'とどいた かず', en: 'Delivered, waiting, given up' },
  newest: { ja: '最後の結果', jaEasy: 'さいごの {結果|けっか}', en: 'Newest outcome' },
  state: { ja: '状態', jaEasy: 'いまの ようす', en: 'State' },
  ping: { ja: '試しに送る', jaEasy: 'ためす', en: 'Send a test' },
  end: { ja: '止める', jaEasy: 'とめる', en: 'End' },
  ended: { ja: '止めました', jaEasy: 'とめました', en: 'Ended' },
} as const satisfies Record<string, Words>;

const inside: Words = {
  ja: 'このアドレスへは送れません。庁内や自分自身を指しています。必要なときは、運用者に許可を頼んでください。',
  jaEasy: 'この アドレスは {使|つか}えません。',
  en: 'Nothing is sent to this address: it is inside the network. Ask the operator to allow it if it is needed.',
};
const form: Words = {
  ja: 'アドレスは https:// で始めて書いてください。',
  jaEasy: 'https:// で {始|はじ}めて ください。',
  en: 'Write an address beginning with https://.',
};

export const webhookFaultWords: Record<WebhookFault, Words> = {
  name: {
    ja: 'この名前は使えません。ほかにない名前を、英小文字・数字・ハイフンで書いてください。',
    jaEasy: 'この {名前|なまえ}は {使|つか}えません。',
    en: 'This name cannot be used: it is taken, or has other characters.',
  },
  'address.form': form,
  'address.https': form,
  'address.credentials': {
    ja: 'アドレスにパスワードを書かないでください。',
    jaEasy: 'パスワードは {書|か}きません。',
    en: 'Write no password into the address.',
  },
  'address.private': inside,
  'address.unknown': inside,
};

interface WebhooksSectionProps {
  readonly desk: string;
  readonly csrf: string;
  readonly register: Register;
  readonly webhooks: readonly WebhookRow[];
  readonly typed: { hook: string; url: string };
}

/** 知らせる先: addresses of core systems, and how it went. */
export function WebhooksSection({ desk, csrf, register, webhooks, typed }: WebhooksSectionProps) {
  const hidden = <input type="hidden" name="csrf" value={csrf} />;
  return (
    <>
      <H2 w={texts.title} id="webhooks" />
      <P w={texts.lead} quiet />
      {webhooks.length === 0 ? null : (
        <Table
          id="hooks"
          stack
          caption={texts.title}
          head={[texts.name, texts.url, texts.went, texts.newest, texts.state]}
          rows={webhooks.map(({ name, url, delivered, waiting, givenUp, outcome, endedAt }) => [
            name,
            <span class="breaks">{url}</span>,
            `${delivered} ・ ${waiting} ・ ${givenUp}`,
            outcome ?? '—',
            endedAt === null ? (
              <>
                <form method="post" action={`${desk}/webhooks/${name}/ping`}>
                  {hidden}
                  <Button label={texts.ping} kind="text" />
                </form>
                <form method="post" action={`${desk}/webhooks/${name}/end`}>
                  {hidden}
                  <Button label={texts.end} kind="text" />
                </form>
              </>
            ) : (
              <>
                <T w={texts.ended} /> {formatDate(endedAt, register, { wareki: false })}
              </>
            ),
          ])}
        />
      )}
      <form method="post" action={`${desk}/webhooks`}>
        {hidden}
        <TextInput
          name="hook"
          label={texts.name}
          width="medium"
          required
          value={typed.hook}
          autocomplete="off"
        />
        <TextInput name="url" label={texts.url} hint={texts.urlHint} type="url" required value={typed.url} />
        <ButtonRow>
          <Button label={texts.add} kind="secondary" />
        </ButtonRow>
      </form>
    </>
  );
}
