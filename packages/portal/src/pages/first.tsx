import {
  assetPath,
  Button,
  ButtonRow,
  fill,
  glossary,
  H2,
  LinkList,
  Notice,
  P,
  Steps,
  T,
  type Words,
} from '@madoguchi/ui';
import { texts as classTexts } from '../classes/words.js';
import { currentNews } from '../content/news.js';
import { dayWords } from '../day-words.js';
import { Frame, type View } from '../frame.js';
import { featuredProcedure, procedureUrl } from '../options.js';

const text = {
  title: {
    ja: 'マイナンバーカードで、家から申請',
    jaEasy: 'カードで、{家|いえ}から {申請|しんせい}できます',
    en: 'Apply from home with your My Number Card',
  },
  lead: {
    ja: '役所の窓口に行かずに、申請書を作り、カードで署名して送れます。',
    jaEasy: '{役所|やくしょ}に {行|い}かなくて いいです。カードと パソコンで できます。',
    en: 'Fill in the form, sign it with your card and send it. No visit to the counter.',
  },
  apply: {
    ja: '{procedure}へ進む',
    jaEasy: '「{procedure}」へ すすむ',
    en: 'Go to: {procedure}',
  },
  by: { ja: '受け付ける役所: {agency}', jaEasy: '{役所|やくしょ}: {agency}', en: 'Received by {agency}' },
  prepare: {
    ja: 'はじめての方は、準備から',
    jaEasy: 'はじめての {人|ひと}は こちら',
    en: 'First time? Get ready',
  },
  needed: { ja: '必要なもの', jaEasy: 'いるもの', en: 'What you need' },
  neededCard: {
    ja: 'マイナンバーカード（署名用電子証明書が入っているもの）',
    jaEasy: 'マイナンバーカード',
    en: 'My Number Card with a signature certificate (署名用電子証明書)',
  },
  neededReader: {
    ja: 'パソコンと、カードリーダー',
    jaEasy: 'パソコンと、カードリーダー',
    en: 'A computer with a card reader',
  },
  howTitle: { ja: '申請は3つの手順です', jaEasy: '3つの じゅんばんで できます', en: 'Three steps' },
  news: { ja: 'お知らせ', jaEasy: 'お{知|し}らせ', en: 'News' },
  newsMore: { ja: 'くわしく', jaEasy: 'くわしく', en: 'More' },
  what: {
    ja: '安心して使うために',
    jaEasy: '{安全|あんぜん}に {使|つか}うために',
    en: 'How you are protected',
  },
  find: { ja: '手続をさがす', jaEasy: '{手続|てつづき}を さがす', en: 'Find a procedure' },
  more: { ja: 'そのほかのご案内', jaEasy: 'ほかの ページ', en: 'More' },
  findNote: {
    ja: '役所ごとの手続の一覧です。ことばでさがすこともできます。',
    jaEasy: '{役所|やくしょ}の {手続|てつづき}を {見|み}る ページです。',
    en: 'All procedures by agency, with a search.',
  },
  help: {
    ja: 'こまったとき',
    jaEasy: 'こまったとき',
    en: 'Help',
  },
  materials: { ja: '資料', jaEasy: '{資料|しりょう}', en: 'Materials' },
  materialsNote: {
    ja: '利用者マニュアル、くばれるリーフレット、署名の動く絵、文例集',
    jaEasy: '{使|つか}いかたの {本|ほん}や チラシです。',
    en: 'Manual, leaflets, an animation of the signature, texts to quote',
  },
  helpNote: {
    ja: 'パスワードを忘れた、カードをなくした、リーダーが見つからない、など',
    jaEasy: 'パスワードを {忘|わす}れた とき、カードが ない ときなど',
    en: 'Forgotten password, lost card, reader not found …',
  },
} satisfies Record<string, Words>;

const steps: { title: Words; body: Words }[] = [
  {
    title: {
      ja: '手続をえらび、質問に答える',
      jaEasy: '{手続|てつづき}を えらびます',
      en: 'Choose a procedure and answer its questions',
    },
    body: {
      ja: '氏名・住所・生年月日・性別はカードから入るので、書く必要はありません。',
      jaEasy: '{名前|なまえ}と {住所|じゅうしょ}は カードから {入|はい}ります。',
      en: 'Name, address, date of birth and sex come from the card: no need to write them.',
    },
  },
  {
    title: {
      ja: 'カードを入れ、パスワードを打つ',
      jaEasy: 'カードを {入|い}れて、パスワードを {打|う}ちます',
      en: 'Put in the card and type its password',
    },
    body: {
      ja: 'パソコンの中の「署名クライアント」が、だれが何をもとめているかを示します。',
      jaEasy: 'パソコンの {画面|がめん}を よく {見|み}てください。',
      en: 'The signing client on your own computer shows who asks for what.',
    },
  },
  {
    title: {
      ja: 'できあがった申請書を確かめて送る',
      jaEasy: '{申請書|しんせいしょ}を {見|み}て、{送|おく}ります',
      en: 'Check the completed form and send it',
    },
    body: {
      ja: '署名はカードの中で行われ、申請書は暗号化されて役所へ届きます。到達番号が出れば終わりです。',
      jaEasy: '{番号|ばんごう}が {出|で}たら、{終|お}わりです。',
      en: 'The card signs, the form travels encrypted, and you get a receipt number (到達番号).',
    },
  },
];

const protections: Words[] = [
  {
    ja: 'パスワードは、あなたのパソコンからカードへ渡されるだけです。役所にもこのサイトにも送られません。',
    jaEasy: 'パスワードは カードだけに {渡|わた}します。{役所|やくしょ}には {送|おく}りません。',
    en: 'Your password goes from your computer to your card. Neither the agency nor this site ever gets it.',
  },
  {
    ja: '署名の鍵はカードの外に出ません。',
    jaEasy: '{署名|しょめい}の かぎは カードの {外|そと}に {出|で}ません。',
    en: 'The signing key never leaves the card.',
  },
  {
    ja: '個人番号（マイナンバー）は読み取りません。使うのは電子証明書です。',
    jaEasy: 'マイナンバー（12けたの {番号|ばんごう}）は {読|よ}みません。',
    en: 'Your My Number (個人番号) is not read. Only the certificate is used.',
  },
];

/** From here the citizen reaches the procedure in one activation. */
export function FirstPage({ view }: { view: View }) {
  const featured = featuredProcedure(view.options);
  return (
    <Frame view={view} title={text.title} heading={false}>
      <div class="with-picture">
        <div>
          <h1>
            <T w={text.title} />
          </h1>
          <p class="lead">
            <T w={text.lead} />
          </p>
        </div>
        <img src={assetPath('card.svg')} alt="" width="256" height="144" />
      </div>
      <ButtonRow>
        {featured === undefined ? null : (
          <Button
            href={procedureUrl(featured.agency, featured.procedure)}
            label={fill(text.apply, { procedure: featured.procedure.title })}
          />
        )}
        <Button href="/start" kind="secondary" label={text.prepare} />
      </ButtonRow>
      {featured === undefined ? null : <P w={fill(text.by, { agency: featured.agency.name })} quiet />}
      <Notice title={text.needed}>
        <ul>
          {[text.neededCard, glossary.pinSign, text.neededReader].map((item) => (
            <li>
              <T w={item} />
            </li>
          ))}
        </ul>
      </Notice>
      <NewsList view={view} />
      <H2 w={text.howTitle} />
      <Steps steps={steps} />
      <H2 w={text.what} />
      <ul>
        {protections.map((item) => (
          <li>
            <T w={item} />
          </li>
        ))}
      </ul>
      <H2 w={text.more} />
      <LinkList
        links={[
          { href: '/procedures', label: text.find, note: text.findNote },
          { href: '/help', label: text.help, note: text.helpNote },
          { href: '/materials', label: text.materials, note: text.materialsNote },
          { href: '/classes', label: classTexts.title, note: classTexts.lead },
        ]}
      />
    </Frame>
  );
}

/** The operator's notices, at most three. */
function NewsList({ view }: { view: View }) {
  const news = currentNews(view.content.news, (view.options.clock ?? (() => new Date()))());
  if (news.length === 0) return null;
  return (
    <>
      <H2 w={text.news} id="news" />
      <ul class="news">
        {news.map(({ date, title, text: body, link }) => (
          <li>
            <p class="quiet">
              <T w={dayWords(date)} />
            </p>
            <p>
              <strong>
                <T w={title} />
              </strong>
              <br />
              <T w={body} />
              {link === '' ? null : (
                <>
                  {' '}
                  <a href={link}>
                    <T w={text.newsMore} />
                    <span class="visually-hidden">
                      : <T w={title} />
                    </span>
                  </a>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
