import { Button, fill, formatDate, H2, Notice, P, SummaryList, T, Table, type Words } from '@madoguchi/ui';
import type { Clerk } from './clerks.js';
import { Frame } from './frame.js';
import type { CounterLook } from './look.js';
import type { Relink } from './relink.js';
import { roles } from './roles.js';

const k = {
  title: { ja: '職員とカード', jaEasy: '{職員|しょくいん}と カード', en: 'Clerks and their cards' },
  lead: {
    ja: 'カードを更新した職員は、ここで確かめられると、新しいカードで入れます。登録と廃止は管理者が行います（madoguchi ca clerk）。',
    jaEasy: 'カードを {新|あたら}しく した {職員|しょくいん}を、ここで たしかめます。',
    en: 'A clerk whose card was renewed comes in by it once it is confirmed here. Accounts are added and ended by the operator (madoguchi ca clerk).',
  },
  waiting: {
    ja: '更新されたカードの確認',
    jaEasy: '{新|あたら}しい カードを たしかめる',
    en: 'Renewed cards to confirm',
  },
  none: { ja: '待っている人はいません。', jaEasy: 'いません。', en: 'Nobody waits.' },
  same: {
    ja: '前の証明書と新しい証明書は、発行記録で同じ住民のものです。本人がいま、ここで更新したカードを持っていることを確かめてから押してください。',
    jaEasy: 'おなじ {人|ひと}の カードです。{本人|ほんにん}に {会|あ}って、たしかめてから おして ください。',
    en: 'By the issue record both certificates are the same resident’s. Make sure that this person holds the renewed card now, then press.',
  },
  account: { ja: 'アカウント', jaEasy: 'アカウント', en: 'Account' },
  asked: { ja: '新しいカードで来た日時', jaEasy: '{来|き}た {日時|にちじ}', en: 'Came with it' },
  before: { ja: '前の証明書の期限', jaEasy: '{前|まえ}の {期限|きげん}', en: 'Old certificate ends' },
  after: { ja: '新しい証明書', jaEasy: '{新|あたら}しい {証明書|しょうめいしょ}', en: 'New certificate' },
  fromTo: { ja: '{from} から {to} まで', jaEasy: '{from}から {to}まで', en: '{from} to {to}' },
  confirm: {
    ja: '{account} の新しいカードとして結び直す',
    jaEasy: '{account}の カードに する',
    en: 'Link it to {account}',
  },
  own: {
    ja: '自分のカードは、ほかの責任者か管理者が確かめます。',
    jaEasy: '{自分|じぶん}の カードは ほかの {人|ひと}が たしかめます。',
    en: 'Your own card is confirmed by another supervisor or by the operator.',
  },
  gone: {
    ja: '結び直せませんでした。新しい証明書が失効しているか、もう待っていません。',
    jaEasy: 'できませんでした。',
    en: 'It could not be linked: the new certificate is revoked, or nobody waits any more.',
  },
  done: {
    ja: '{account} は、新しいカードで入れます。',
    jaEasy: '{account}は {新|あたら}しい カードで {入|はい}れます。',
    en: '{account} comes in by the renewed card from now on.',
  },
  list: { ja: '職員', jaEasy: '{職員|しょくいん}', en: 'Clerks' },
  role: { ja: '役割', jaEasy: '{役|やく}', en: 'Role' },
  card: { ja: 'カード', jaEasy: 'カード', en: 'Card' },
  registered: { ja: '登録済み', jaEasy: '{登録|とうろく}した', en: 'registered' },
  noCard: { ja: 'まだありません', jaEasy: 'まだ', en: 'none yet' },
} satisfies Record<string, Words>;

interface ClerksProps {
  prefs: CounterLook;
  csrf: string;
  /** The account of whoever looks. */
  self: string;
  clerks: readonly Clerk[];
  waiting: readonly Relink[];
  outcome?: { readonly account: string; readonly linked: boolean };
}

/** Who works here, and whose renewed card waits for somebody responsible. */
export function ClerksPage({ prefs, csrf, self, clerks, waiting, outcome }: ClerksProps) {
  const date = (at: Date, time = false) => formatDate(at, prefs.register, { time });
  return (
    <Frame prefs={prefs} path="/counter/clerks" title={k.title} lead={k.lead}>
      {outcome === undefined ? null : (
        <Notice kind={outcome.linked ? 'good' : 'bad'} live>
          <P w={outcome.linked ? fill(k.done, { account: outcome.account }) : k.gone} />
        </Notice>
      )}
      <H2 w={k.waiting} />
      {waiting.length === 0 ? <P w={k.none} /> : <P w={k.same} />}
      {waiting.map(({ account, askedAt, before, after }) => (
        <>
          <SummaryList
            boxed
            rows={[
              { label: k.account, value: account },
              { label: k.asked, value: date(askedAt, true) },
              { label: k.before, value: date(before.notAfter) },
              {
                label: k.after,
                value: fill(k.fromTo, { from: date(after.notBefore), to: date(after.notAfter) }),
              },
            ]}
          />
          {account === self ? (
            <P w={k.own} />
          ) : (
            <form method="post" action={`/counter/clerks/${account}/confirm`}>
              <input type="hidden" name="csrf" value={csrf} />
              <Button label={fill(k.confirm, { account })} />
            </form>
          )}
        </>
      ))}
      <Table
        id="clerks"
        caption={k.list}
        stack
        head={[k.account, k.role, k.card]}
        rows={clerks.map(({ account, role, hasCard }) => [
          account,
          <T w={roles[role].label} />,
          <T w={hasCard ? k.registered : k.noCard} />,
        ])}
      />
    </Frame>
  );
}
