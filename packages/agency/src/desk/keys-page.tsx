import {
  Button,
  ButtonRow,
  type FieldError,
  formatDate,
  Notice,
  P,
  Page,
  type PageProps,
  Select,
  T,
  Table,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import type { ApiKey } from '../api/keys.js';
import type { LoadedProcedure } from '../options.js';
import type { WebhookRow } from '../webhooks/webhooks.js';
import type { DeskSession } from './session.js';
import { WebhooksSection } from './webhooks-section.js';

/** What the page of core systems' keys says. */
export const keyTexts = {
  title: { ja: '基幹システムへの連携', jaEasy: 'ほかの システムへ', en: 'Hand-over to core systems' },
  lead: {
    ja: '基幹業務システムが申請を読み取り、受理したものを引き取るための鍵です。決めることはできません。読み取りはすべて記録されます。',
    jaEasy: 'ほかの システムが {読|よ}む ための {鍵|かぎ}です。',
    en: 'Keys by which core systems fetch applications and take over accepted ones. They decide nothing; every reading is on record.',
  },
  spec: { ja: 'APIの仕様（OpenAPI）', jaEasy: 'APIの {説明|せつめい}', en: 'The API (OpenAPI)' },
  name: { ja: '鍵の名前', jaEasy: '{鍵|かぎ}の {名前|なまえ}', en: 'Name of the key' },
  nameHint: {
    ja: '例: juki-system。英小文字・数字・ハイフン、40文字まで',
    jaEasy: '{例|れい}: juki-system',
    en: 'For example juki-system: small letters, digits and hyphens, up to 40',
  },
  nameBad: {
    ja: 'この名前は使えません。ほかの鍵にない名前を、英小文字・数字・ハイフンで書いてください。',
    jaEasy: 'この {名前|なまえ}は {使|つか}えません。',
    en: 'This name cannot be used: it is taken, or has other characters.',
  },
  make: { ja: '鍵を作る', jaEasy: '{鍵|かぎ}を {作|つく}る', en: 'Make a key' },
  made: { ja: '鍵ができました', jaEasy: '{鍵|かぎ}が できました', en: 'The key is made' },
  once: {
    ja: 'この鍵は、いまここでだけ見られます。書き写して、安全に渡してください。',
    jaEasy: 'いま だけ {見|み}えます。',
    en: 'It is shown here and now only. Copy it and pass it on safely.',
  },
  keys: { ja: '鍵の一覧', jaEasy: '{鍵|かぎ}', en: 'Keys' },
  createdAt: { ja: '作った日', jaEasy: '{作|つく}った {日|ひ}', en: 'Made' },
  state: { ja: '状態', jaEasy: 'いまの ようす', en: 'State' },
  procedure: { ja: '読める手続', jaEasy: '{読|よ}める {手続|てつづき}', en: 'Reaches over' },
  every: { ja: 'すべての手続', jaEasy: 'ぜんぶ', en: 'All procedures' },
  secretMade: {
    ja: '知らせを確かめるための鍵（署名用）',
    jaEasy: '{知|し}らせの {鍵|かぎ}',
    en: 'The secret by which what is sent is verified',
  },
  valid: { ja: '使えます', jaEasy: '{使|つか}えます', en: 'In force' },
  revoked: { ja: '止めました', jaEasy: 'とめました', en: 'Revoked' },
  revoke: { ja: '止める', jaEasy: 'とめる', en: 'Revoke' },
} as const satisfies Record<string, Words>;

interface KeysPageProps {
  look: Omit<PageProps, 'title'>;
  desk: string;
  session: DeskSession;
  keys: readonly ApiKey[];
  back: NonNullable<PageProps['back']>;
  procedures: readonly LoadedProcedure[];
  /** Undefined where no address can be kept. */
  webhooks: readonly WebhookRow[] | undefined;
  /** Just made: shown this once. */
  shown: { token?: string; secret?: string };
  typed: { hook: string; url: string };
  errors: readonly FieldError[];
  spec: string;
}

/** Keys of core systems: made, seen, ended. */
export function KeysPage(props: KeysPageProps) {
  const { look, desk, session, back, errors, spec } = props;
  const { token, secret } = props.shown;
  return (
    <Page {...look} title={keyTexts.title} lead={keyTexts.lead} back={back} errors={errors}>
      {token === undefined ? null : <ShownOnce id="token" title={keyTexts.made} text={token} />}
      {secret === undefined ? null : <ShownOnce id="secret" title={keyTexts.secretMade} text={secret} />}
      <p>
        <a href={spec}>
          <T w={keyTexts.spec} />
        </a>
      </p>
      <NewKey {...props} />
      {props.keys.length === 0 ? null : <KeyTable {...props} />}
      {props.webhooks === undefined ? null : (
        <WebhooksSection
          desk={desk}
          csrf={session.csrf}
          register={look.prefs.register}
          webhooks={props.webhooks}
          typed={props.typed}
        />
      )}
    </Page>
  );
}

/** A secret that was just made: whoever leaves the page does not see it again. */
function ShownOnce({ id, title, text }: { id: string; title: Words; text: string }) {
  return (
    <Notice kind="good" title={title} live>
      <p>
        <strong id={id} class="officers-words">
          {text}
        </strong>
      </p>
      <P w={keyTexts.once} />
    </Notice>
  );
}

function NewKey({ desk, session, procedures }: KeysPageProps) {
  return (
    <form method="post" action={`${desk}/keys`}>
      <input type="hidden" name="csrf" value={session.csrf} />
      <TextInput
        name="name"
        label={keyTexts.name}
        hint={keyTexts.nameHint}
        width="medium"
        required
        autocomplete="off"
      />
      <Select
        name="procedure"
        label={keyTexts.procedure}
        value=""
        options={[
          { value: '', label: keyTexts.every },
          ...procedures.map(({ definition }) => ({ value: definition.id, label: definition.title })),
        ]}
      />
      <ButtonRow>
        <Button label={keyTexts.make} />
      </ButtonRow>
    </form>
  );
}

function KeyTable({ look, desk, session, keys, procedures }: KeysPageProps) {
  return (
    <Table
      id="keys"
      stack
      caption={keyTexts.keys}
      head={[keyTexts.name, keyTexts.procedure, keyTexts.createdAt, keyTexts.state]}
      rows={keys.map(({ name, procedure, createdAt, revokedAt }) => [
        name,
        procedure === null
          ? keyTexts.every
          : (procedures.find(({ definition }) => definition.id === procedure)?.definition.title ?? procedure),
        formatDate(createdAt, look.prefs.register, { wareki: false }),
        revokedAt === null ? (
          <form method="post" action={`${desk}/keys/${name}/revoke`}>
            <input type="hidden" name="csrf" value={session.csrf} />
            <T w={keyTexts.valid} /> <Button label={keyTexts.revoke} kind="text" />
          </form>
        ) : (
          <T w={keyTexts.revoked} />
        ),
      ])}
    />
  );
}
