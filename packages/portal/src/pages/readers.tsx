import { H2, Notice, P, T, Table, type Words } from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';

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

export function Readers({ view }: { view: View }) {
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
      <H2 w={text.connect} id="connect" />
      <Table
        id="systems"
        caption={text.bySystem}
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
