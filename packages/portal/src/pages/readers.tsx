import {
  Button,
  fill,
  H2,
  LinkList,
  Notice,
  P,
  Select,
  T,
  Table,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';
import { makers, readersSource, searchReaders } from '../readers.js';

const text = {
  title: { ja: 'カードリーダー', jaEasy: 'カードリーダー', en: 'Card readers' },
  lead: {
    ja: 'マイナンバーカードに対応し、パソコンにUSBでつなぐICカードリーダーをお使いください。',
    jaEasy: 'パソコンに つなぐ カードリーダーを {使|つか}います。',
    en: 'Use an IC card reader that connects by USB and supports the My Number Card.',
  },
  kinds: { ja: 'カードリーダーの種類', jaEasy: 'カードリーダーの {種類|しゅるい}', en: 'Kinds of reader' },
  kind: { ja: '種類', jaEasy: '{種類|しゅるい}', en: 'Kind' },
  look: { ja: '見分けかた', jaEasy: '{見|み}わけかた', en: 'How to tell' },
  usable: { ja: '使えるか', jaEasy: '{使|つか}えますか', en: 'Usable' },
  yes: { ja: '使えます', jaEasy: '{使|つか}えます', en: 'Yes' },
  notYet: { ja: 'まだ使えません', jaEasy: 'まだ {使|つか}えません', en: 'Not yet' },
  contact: { ja: '接触型', jaEasy: '{入|い}れる {形|かたち}', en: 'Contact' },
  contactLook: {
    ja: 'カードを差しこむ口がある。ISO/IEC 7816 対応',
    jaEasy: 'カードを {入|い}れる ところが あります',
    en: 'A slot for the card; ISO/IEC 7816',
  },
  contactless: { ja: '非接触型', jaEasy: 'のせる {形|かたち}', en: 'Contactless' },
  contactlessLook: {
    ja: 'カードを上にのせる。ISO/IEC 14443 Type B 対応',
    jaEasy: 'カードを {上|うえ}に のせます。Type B と {書|か}いて あります',
    en: 'The card lies on top; ISO/IEC 14443 Type B',
  },
  phone: { ja: 'スマートフォン', jaEasy: 'スマートフォン', en: 'Phone' },
  phoneLook: {
    ja: 'スマートフォンをリーダーの代わりに使う',
    jaEasy: 'スマートフォンで カードを {読|よ}む',
    en: 'A phone used as the reader',
  },
  buy: { ja: '買う前に', jaEasy: '{買|か}う {前|まえ}に', en: 'Before you buy' },
  buyText: {
    ja: '箱や説明に「マイナンバーカード対応」「公的個人認証対応」と書いてあるものを選んでください。家電量販店などで売っています。この見本では、特定の製品をすすめていません。',
    jaEasy:
      '「マイナンバーカード{対応|たいおう}」と {書|か}いて あるか {見|み}てください。{電気|でんき}の {店|みせ}で {買|か}えます。',
    en: 'Look for 「マイナンバーカード対応」 on the box. Electronics shops sell them. This demo recommends no product.',
  },
  official: {
    ja: '公的個人認証サービスのサイト（jpki.go.jp）',
    jaEasy: '{公的個人認証|こうてきこじんにんしょう}の サイト（jpki.go.jp）',
    en: 'Site of the real service (jpki.go.jp)',
  },
  shops: {
    ja: '売っている店を、都道府県ごとに見る',
    jaEasy: '{店|みせ}を {見|み}る',
    en: 'Shops by prefecture',
  },
  search: {
    ja: 'メーカーと名前からさがす',
    jaEasy: '{名前|なまえ}で さがす',
    en: 'Search by maker and name',
  },
  name: { ja: 'リーダーの名前', jaEasy: 'リーダーの {名前|なまえ}', en: 'Name of the reader' },
  nameHint: {
    ja: '箱や、リーダーの裏に書いてあります。例: RC-S300、ACR39U',
    jaEasy: '{箱|はこ}に {書|か}いて あります。{例|れい}: RC-S300',
    en: 'On the box or the back, for example RC-S300, ACR39U',
  },
  maker: { ja: 'メーカー', jaEasy: 'メーカー', en: 'Maker' },
  any: { ja: 'すべて', jaEasy: 'ぜんぶ', en: 'All' },
  go: { ja: 'さがす', jaEasy: 'さがす', en: 'Search' },
  found: { ja: '{n}件のリーダー', jaEasy: '{n}こ ありました', en: 'Readers: {n}' },
  some: { ja: '初めの{n}件を示します。', jaEasy: '{n}こを {見|み}せます。', en: 'The first {n} are shown.' },
  noneFound: {
    ja: 'この一覧にはありません。使えないとは限りません。「CCID」と書いてあれば、ドライバーなしで使えるはずです。',
    jaEasy: 'この {一覧|いちらん}には ありません。「CCID」と {書|か}いて あれば {使|つか}えます。',
    en: 'Not in this list. It may work all the same: a reader that says CCID should need no driver.',
  },
  foundCaption: {
    ja: 'ドライバーの要らないリーダー',
    jaEasy: '{使|つか}える リーダー',
    en: 'Readers that need no driver',
  },
  driver: { ja: 'ドライバー', jaEasy: 'ドライバー', en: 'Driver' },
  noDriver: { ja: '要りません（CCID）', jaEasy: 'いりません', en: 'None (CCID)' },
  usb: { ja: 'USBの番号', jaEasy: 'USBの {番号|ばんごう}', en: 'USB numbers' },
  source: {
    ja: '出典: {driver} が知っているリーダー（{read}）。マイナンバーカードを読めるかは、この一覧からはわかりません。箱の表示も見てください。',
    jaEasy: '{箱|はこ}も {見|み}てください。「マイナンバーカード{対応|たいおう}」と {書|か}いて ありますか。',
    en: 'Source: readers known to {driver}, read on {read}. The list does not say whether a reader reads a My Number Card: look at the box too.',
  },
  connect: { ja: 'つなぎかた', jaEasy: 'つなぎかた', en: 'Connecting it' },
  bySystem: {
    ja: 'パソコンの種類ごとのつなぎかた',
    jaEasy: 'パソコンと つなぎかた',
    en: 'What to do on each system',
  },
  system: { ja: 'パソコンの種類', jaEasy: 'パソコンの {種類|しゅるい}', en: 'System' },
  todo: { ja: 'すること', jaEasy: 'する こと', en: 'What to do' },
  windows: {
    ja: 'USBにつなぎます。CCID規格のリーダーは、そのまま使えます。',
    jaEasy: 'USBに つなぎます。',
    en: 'Plug it in. Readers of the CCID standard need no driver.',
  },
  linux: {
    ja: 'USBにつなぎます。Debian・Ubuntuでは、先に sudo apt install pcscd で「pcscd」を入れます。',
    jaEasy: 'USBに つなぎます。{先|さき}に pcscd を {入|い}れます。',
    en: 'Plug it in. On Debian and Ubuntu first install pcscd: sudo apt install pcscd.',
  },
  virtualTitle: {
    ja: 'リーダーがなくても、この見本は試せます',
    jaEasy: 'リーダーが なくても、{見本|みほん}は {試|ため}せます',
    en: 'This demo works without a reader too',
  },
  virtual: {
    ja: '見本の住民のカードは、パソコンの中の仮想カードです。本物のカードは使いません。',
    jaEasy: '{見本|みほん}の カードは パソコンの {中|なか}に あります。',
    en: 'The demo resident’s card is a virtual card inside the computer. No real card is used.',
  },
} satisfies Record<string, Words>;

const most = 50;

export interface ReaderSearch {
  query: string;
  maker?: string | undefined;
}

function Search({ query, maker }: ReaderSearch) {
  const asked = query.trim().slice(0, 100);
  const found = searchReaders(asked, maker);
  return (
    <>
      <H2 w={text.search} id="search" />
      <search>
        <form method="get" action="/readers" class="search" data-live-search="found">
          <TextInput name="q" label={text.name} hint={text.nameHint} value={asked} type="search" plain />
          <Select
            name="maker"
            label={text.maker}
            value={maker}
            options={[{ value: '', label: text.any }, ...makers.map((one) => ({ value: one, label: one }))]}
            plain
          />
          <Button label={text.go} kind="secondary" />
        </form>
      </search>
      <div id="found">
        {found === undefined ? null : (
          <p role="status">
            <T w={fill(text.found, { n: found.length })} />{' '}
            {found.length > most ? <T w={fill(text.some, { n: most })} /> : null}
          </p>
        )}
        {found?.length === 0 ? <P w={text.noneFound} /> : null}
        {found === undefined || found.length === 0 ? null : (
          <Table
            id="readers"
            caption={text.foundCaption}
            stack
            head={[text.name, text.maker, text.driver, text.usb]}
            rows={found
              .slice(0, most)
              .map((reader) => [reader.name, reader.maker, text.noDriver, <code>{reader.usb}</code>])}
          />
        )}
      </div>
      <P quiet w={fill(text.source, readersSource)} />
    </>
  );
}

export function Readers({ view, search }: { view: View; search: ReaderSearch }) {
  return (
    <Frame view={view} title={text.title} lead={text.lead}>
      {view.options.demo ? (
        <Notice title={text.virtualTitle}>
          <P w={text.virtual} />
        </Notice>
      ) : null}
      <Table
        id="kinds"
        caption={text.kinds}
        stack
        head={[text.kind, text.look, text.usable]}
        rows={[
          [text.contact, text.contactLook, text.yes],
          [text.contactless, text.contactlessLook, text.yes],
          [text.phone, text.phoneLook, text.notYet],
        ]}
      />
      <H2 w={text.buy} />
      <P w={text.buyText} />
      <p>
        <a href="https://www.jpki.go.jp/" rel="noreferrer">
          <T w={text.official} />
        </a>
      </p>
      <LinkList links={[{ href: '/readers/shops', label: text.shops }]} />
      <Search {...search} />
      <H2 w={text.connect} id="connect" />
      <Table
        id="systems"
        caption={text.bySystem}
        stack
        head={[text.system, text.todo]}
        rows={[
          ['Windows', text.windows],
          ['macOS', text.windows],
          ['Linux', text.linux],
        ]}
      />
    </Frame>
  );
}
