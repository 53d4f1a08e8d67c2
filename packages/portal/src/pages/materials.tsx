import { fill, H2, LinkList, type Register, T, Table, type Words } from '@madoguchi/ui';
import { dayWords } from '../day-words.js';
import { Frame, type View } from '../frame.js';
import { leaflets } from '../leaflets/list.js';
import type { PrintedFile } from '../printed.js';

const text = {
  title: { ja: '資料', jaEasy: '{資料|しりょう}', en: 'Materials' },
  lead: {
    ja: '読むもの、くばるもの、使ってよい文章です。どれも無料で、印刷して使えます。',
    jaEasy: '{読|よ}む ものと {配|くば}る ものです。{無料|むりょう}です。',
    en: 'To read, to hand out, to quote. Free to print and to use.',
  },
  files: { ja: '印刷するもの', jaEasy: '{紙|かみ}に する もの', en: 'To print' },
  name: { ja: '名前', jaEasy: '{名前|なまえ}', en: 'Name' },
  size: { ja: '大きさ', jaEasy: '{大|おお}きさ', en: 'Size' },
  pdf: {
    ja: 'PDF（そのまま印刷できます）',
    jaEasy: 'PDF（{印刷|いんさつ}できます）',
    en: 'PDF, ready to print',
  },
  leaflets: { ja: 'リーフレット', jaEasy: 'チラシ', en: 'Leaflets' },
  pagesOf: { ja: 'ページ', jaEasy: 'ページ', en: 'Pages' },
  day: { ja: '作った日', jaEasy: '{作|つく}った {日|ひ}', en: 'Made on' },
  inWords: { ja: '{title}（{language}）', jaEasy: '{title}（{language}）', en: '{title} ({language})' },
  pages: { ja: '見るもの', jaEasy: '{見|み}る もの', en: 'To look at' },
  signature: {
    ja: '動く絵: 署名はカードの中で',
    jaEasy: 'うごく {絵|え}: {署名|しょめい}',
    en: 'Animation: the signature is made in the card',
  },
  signatureNote: {
    ja: '申請書に署名するとき、カードの中で何が起きるかを示します。止めることもできます。',
    jaEasy: 'カードの {中|なか}を {見|み}せます。とめる ことが できます。',
    en: 'What happens inside the card when you sign. It can be paused.',
  },
  etax: {
    ja: 'e-Tax（国税）へ進むには',
    jaEasy: 'e-Tax（{税金|ぜいきん}）を {使|つか}う',
    en: 'On to e-Tax (national taxes)',
  },
  etaxNote: {
    ja: 'ここでの準備から、国税庁の画面で申告を送るまで',
    jaEasy: '{税金|ぜいきん}の {申告|しんこく}の しかた',
    en: 'From getting ready here to sending a return on the tax agency’s site',
  },
  texts: { ja: '文例集', jaEasy: '{使|つか}って いい {文章|ぶんしょう}', en: 'Texts to quote' },
  textsNote: {
    ja: '広報誌や会報に、そのまま使える文章',
    jaEasy: '{紙|かみ}に のせて いい {文章|ぶんしょう}です。',
    en: 'For municipal magazines and members’ letters',
  },
  shops: { ja: '店の一覧（都道府県別）', jaEasy: '{店|みせ}の {表|ひょう}', en: 'Shops by prefecture' },
  shopsNote: {
    ja: 'カードリーダーを買える店です。都道府県をえらんで、印刷できます。',
    jaEasy: 'カードリーダーの {店|みせ}です。{紙|かみ}に できます。',
    en: 'Where to buy a reader. Choose a prefecture and print.',
  },
  accessibility: {
    ja: 'ウェブアクセシビリティの試験の結果',
    jaEasy: 'だれでも {使|つか}えるかの しらべ',
    en: 'Accessibility: results of the test',
  },
  accessibilityNote: {
    ja: 'JIS X 8341-3:2016 と WCAG 2.2 の表',
    jaEasy: 'しらべた {結果|けっか}の {表|ひょう}です。',
    en: 'Table for JIS X 8341-3:2016 and WCAG 2.2',
  },
} satisfies Record<string, Words>;

const languages: Record<Register, Words> = {
  ja: { ja: '日本語', jaEasy: '{日本語|にほんご}', en: 'Japanese' },
  jaEasy: { ja: 'やさしい日本語', jaEasy: 'やさしい {日本語|にほんご}', en: 'easy Japanese' },
  en: { ja: '英語', jaEasy: '{英語|えいご}', en: 'English' },
};

const megabytes = (bytes: number) =>
  bytes < 100_000 ? `${Math.ceil(bytes / 1000)}\u00a0kB` : `${(bytes / 1_000_000).toFixed(1)}\u00a0MB`;

/** Everything to read, to hand out and to quote. */
export function Materials({ view, printed }: { view: View; printed: readonly PrintedFile[] }) {
  return (
    <Frame view={view} title={text.title} lead={text.lead}>
      <H2 w={text.leaflets} id="leaflets" />
      <LinkList
        links={leaflets.map(({ id, title, note }) => ({
          href: `/materials/leaflets/${id}`,
          label: title,
          note,
        }))}
      />
      <H2 w={text.files} id="files" />
      <Table
        id="printed"
        caption={text.pdf}
        stack
        head={[text.name, text.pagesOf, text.size, text.day]}
        numeric={[1, 2]}
        rows={printed.map((file) => [
          <>
            <a href={`/${file.name}`} type="application/pdf">
              <T w={fill(text.inWords, { title: file.title, language: languages[file.register] })} />
            </a>
            <br />
            <T w={file.note} />
          </>,
          String(file.pages),
          megabytes(file.bytes),
          <time class="nowrap" datetime={file.day}>
            <T w={dayWords(file.day)} />
          </time>,
        ])}
      />
      <H2 w={text.pages} id="pages" />
      <LinkList
        links={[
          { href: '/materials/signature', label: text.signature, note: text.signatureNote },
          { href: '/materials/etax', label: text.etax, note: text.etaxNote },
          { href: '/materials/texts', label: text.texts, note: text.textsNote },
          { href: '/readers/shops', label: text.shops, note: text.shopsNote },
          { href: '/accessibility', label: text.accessibility, note: text.accessibilityNote },
        ]}
      />
    </Frame>
  );
}
