import {
  assetPath,
  Button,
  ButtonRow,
  Details,
  fill,
  glossary,
  H2,
  Notice,
  P,
  Steps,
  T,
  type Words,
  words,
} from '@madoguchi/ui';
import type { Browser } from '../browser.js';
import { Frame, type View } from '../frame.js';
import { featuredProcedure, procedureUrl } from '../options.js';

/** What the environment check on the agent handed back: green or red and nothing else. */
export function readResult(text: string | undefined): 'green' | 'red' | undefined {
  return text === 'green' || text === 'red' ? text : undefined;
}

const text = {
  title: { ja: '準備', jaEasy: '{準備|じゅんび}', en: 'Getting ready' },
  lead: {
    ja: '次の3つを手もとにそろえて、下のボタンを押してください。足りないものがあれば、次にすることが出ます。',
    jaEasy: '3つの ものを {用意|ようい}して、ボタンを おしてください。',
    en: 'Have these three at hand, then press the button. If something is missing you are told what to do next.',
  },
  card: {
    ja: 'マイナンバーカードと、{password}',
    jaEasy: 'マイナンバーカードと、{password}',
    en: 'Your My Number Card and its {password}',
  },
  reader: {
    ja: 'カードリーダー',
    jaEasy: 'カードリーダー',
    en: 'A card reader',
  },
  readerBody: {
    ja: 'パソコンにつなぎ、カードを入れるか、のせます。',
    jaEasy: 'パソコンに つなぎます。カードを {入|い}れます。',
    en: 'Connect it to the computer, then insert the card or lay it on.',
  },
  client: {
    ja: '署名クライアント（はじめてのときだけ）',
    jaEasy: '{署名|しょめい}クライアント（はじめだけ）',
    en: 'The signing client (the first time only)',
  },
  clientBody: {
    ja: 'カードとやりとりする小さなソフトです。入れたあとは、パソコンを始めると自動で動きます。',
    jaEasy: 'パソコンに {入|い}れる ソフトです。はじめに 1{回|かい} {入|い}れます。',
    en: 'A small program that talks to the card. Once installed it starts with the computer.',
  },
  check: {
    ja: '準備ができているか確かめる',
    jaEasy: '{準備|じゅんび}が できたか {見|み}る',
    en: 'Check whether I am ready',
  },
  toFeatured: {
    ja: '{procedure}へ進む',
    jaEasy: '「{procedure}」へ すすむ',
    en: 'Go to: {procedure}',
  },
  again: {
    ja: 'もう一度、準備を見る',
    jaEasy: '{準備|じゅんび}を もういちど {見|み}る',
    en: 'See the set-up again',
  },
  missing: {
    ja: '足りないものがあるとき',
    jaEasy: '{足|た}りない ものが あるとき',
    en: 'If something is missing',
  },
  noClient: {
    ja: '署名クライアントを、まだ入れていません',
    jaEasy: '{署名|しょめい}クライアントを {入|い}れていない',
    en: 'I have not installed the signing client',
  },
  pin: {
    ja: 'カードを受け取ったときに決めたものです。4けたの数字とはちがいます。',
    jaEasy: 'カードを もらった とき、あなたが {決|き}めました。4けたの {数字|すうじ}とは ちがいます。',
    en: 'You chose it when you received the card. It is not one of the 4-digit numbers.',
  },
  noCard: {
    ja: 'カードがない、パスワードがわからない',
    jaEasy: 'カードが ない。パスワードが わからない',
    en: 'I have no card, or do not know the password',
  },
  noCardAnswer: {
    ja: 'お住まいの市区町村の窓口で、カードの申請と、パスワードの再設定ができます。',
    jaEasy:
      '{市役所|しやくしょ}の {窓口|まどぐち}へ {行|い}ってください。{新|あたら}しい パスワードも つくれます。',
    en: 'The counter of your municipality takes card applications and sets a new password.',
  },
  moreCard: {
    ja: 'パスワードを忘れたとき',
    jaEasy: 'パスワードを {忘|わす}れた とき',
    en: 'When you have forgotten the password',
  },
  moreReaders: {
    ja: '使えるカードリーダーをさがす',
    jaEasy: '{使|つか}える カードリーダー',
    en: 'Find a reader that works',
  },
  readerPicture: {
    ja: 'カードの、金色のICチップがある側を先にして、カードリーダーに入れます。',
    jaEasy: '{金色|きんいろ}の チップを {先|さき}に して、{入|い}れます。',
    en: 'Insert the card with the golden chip first.',
  },
  noReader: {
    ja: 'どのカードリーダーが使えますか',
    jaEasy: 'どの カードリーダーが いいですか',
    en: 'Which card readers work?',
  },
  noReaderAnswer: {
    ja: 'パソコンにつなぐICカードリーダーで、マイナンバーカードに対応したものです。',
    jaEasy: 'マイナンバーカードが {使|つか}える ものを えらんでください。',
    en: 'One that connects to a computer and supports the My Number Card.',
  },
  clientLead: {
    ja: '署名クライアントは、カードとやりとりする小さなプログラムです。あなたのパソコンの中だけで動きます。',
    jaEasy: '{署名|しょめい}クライアントは カードを {読|よ}む プログラムです。',
    en: 'The signing client is a small program that talks to the card. It runs on your computer only.',
  },
  download: {
    ja: '署名クライアントのファイルをダウンロードして入れる',
    jaEasy: 'ファイルを ダウンロードする',
    en: 'Download and install the signing client instead',
  },
  toProcedures: { ja: '手続をさがす', jaEasy: '{手続|てつづき}を さがす', en: 'Find a procedure' },
  resultTitle: { ja: '結果の見かた', jaEasy: '{結果|けっか}の {見方|みかた}', en: 'What you will see' },
  resultGood: {
    ja: '新しいタブに確認の画面が開けば、動いています。リーダーとカードのようすと、次にすることが出ます。',
    jaEasy: 'あたらしい タブが {開|ひら}いたら、だいじょうぶです。',
    en: 'If a new tab opens the “Environment check”, it runs. It shows reader and card, and what to do next.',
  },
  resultBad: {
    ja: '「このサイトにアクセスできません」「接続できません」と出たら、まだ動いていません。上の手順で始めてください。',
    jaEasy:
      '「アクセスできません」と {出|で}たら、{動|うご}いていません。{上|うえ}の じゅんばんで {始|はじ}めてください。',
    en: 'If the browser says that it cannot reach the page, the client is not running: start it as above.',
  },
  demoRuns: {
    ja: 'この見本を npm start で始めたパソコンでは、署名クライアントはもう動いています。',
    jaEasy: 'npm start を した パソコンでは、もう {動|うご}いています。',
    en: 'On the computer where you started this demo with npm start, the signing client is already running.',
  },
  browser: {
    ja: 'お使いのブラウザー: {name}',
    jaEasy: 'あなたの ブラウザー: {name}',
    en: 'Your browser: {name}',
  },
  unknownBrowser: { ja: 'わかりません', jaEasy: 'わかりません', en: 'not recognised' },
  browserNote: {
    ja: '拡張機能やJavaは要りません。',
    jaEasy: 'ほかの ものは {入|い}れなくて いいです。',
    en: 'No extension and no Java is needed.',
  },
  phoneTitle: {
    ja: 'パソコンで開いてください',
    jaEasy: 'パソコンで {開|あ}けてください',
    en: 'Please open this on a computer',
  },
  phone: {
    ja: 'スマートフォンやタブレットでの署名には、まだ対応していません。',
    jaEasy: 'スマートフォンでは まだ できません。',
    en: 'Signing on phones and tablets is not supported yet.',
  },
  node: { ja: 'Node.js を用意する', jaEasy: 'Node.js を {入|い}れます', en: 'Have Node.js' },
  nodeBody: {
    ja: '20.19 以上の Node.js が要ります。nodejs.org から入れられます。',
    jaEasy: '20.19より {新|あたら}しい ものです。nodejs.org に あります。',
    en: 'Version 20.19 or newer, from nodejs.org.',
  },
  terminal: { ja: '{app}を開く', jaEasy: '{app}を {開|あ}けます', en: 'Open {app}' },
  terminalBody: {
    ja: 'Madoguchi を置いたフォルダーに移ります。',
    jaEasy: 'Madoguchiの フォルダーに {行|い}きます。',
    en: 'Change to the folder that holds Madoguchi.',
  },
  green: {
    ja: '準備ができています',
    jaEasy: '{準備|じゅんび}が できました',
    en: 'Everything is ready',
  },
  greenNext: {
    ja: '署名クライアントが、リーダーとカードを確かめました。手続に進めます。',
    jaEasy: '{手続|てつづき}に {進|すす}めます。',
    en: 'The signing client has checked reader and card. You can go on to a procedure.',
  },
  red: {
    ja: 'まだ準備ができていません',
    jaEasy: 'まだ {準備|じゅんび}が できて いません',
    en: 'Not everything is ready yet',
  },
  redNext: {
    ja: '何が足りないかは、署名クライアントの確認の画面に出ています。もう一度確かめてください。',
    jaEasy: 'もういちど {確|たし}かめて ください。',
    en: 'The environment check of the signing client says what is missing. Check again.',
  },
  command: { ja: '次の1行を打つ', jaEasy: 'つぎの ことばを {打|う}ちます', en: 'Type this line' },
} satisfies Record<string, Words>;

const command = 'npx madoguchi serve agent';

const terminals: Record<Browser['system'], Words> = {
  windows: {
    ja: 'ターミナル（PowerShell）',
    jaEasy: 'ターミナル（PowerShell）',
    en: 'Terminal (PowerShell)',
  },
  mac: { ja: 'ターミナル', jaEasy: 'ターミナル', en: 'Terminal' },
  linux: { ja: '端末（ターミナル）', jaEasy: 'ターミナル', en: 'a terminal' },
  phone: { ja: 'パソコンのターミナル', jaEasy: 'パソコンの ターミナル', en: 'a terminal on the computer' },
  unknown: { ja: 'ターミナル', jaEasy: 'ターミナル', en: 'a terminal' },
};

interface StartProps {
  view: View;
  browser: Browser;
  /** Where the agent hands its result. */
  back: string;
  result: 'green' | 'red' | undefined;
}

/** Set-up: three things at hand, then one button. What is missing, and the one next step, the client's own check page says. */
export function Start({ view, browser, back, result }: StartProps) {
  const ready = result === 'green';
  return (
    <Frame view={view} title={text.title} back={{ href: '/' }} {...(ready ? {} : { lead: text.lead })}>
      {browser.system === 'phone' ? (
        <Notice kind="check" title={text.phoneTitle}>
          <P w={text.phone} />
        </Notice>
      ) : null}
      {ready ? <Ready view={view} /> : <Things {...{ view, browser, back, result }} />}
    </Frame>
  );
}

function Ready({ view }: { view: View }) {
  const featured = featuredProcedure(view.options);
  return (
    <>
      <Notice kind="good" title={text.green} live>
        <P w={text.greenNext} />
      </Notice>
      <ButtonRow>
        <Button href="/procedures" label={text.toProcedures} />
        {featured === undefined ? null : (
          <Button
            href={procedureUrl(featured.agency, featured.procedure)}
            kind="secondary"
            label={fill(text.toFeatured, { procedure: featured.procedure.title })}
          />
        )}
      </ButtonRow>
      <p>
        <a href="/start">
          <T w={text.again} />
        </a>
      </p>
    </>
  );
}

function Things({ view, browser, back, result }: StartProps) {
  return (
    <>
      {result === 'red' ? (
        <Notice kind="check" title={text.red} live>
          <P w={text.redNext} />
        </Notice>
      ) : null}
      <figure class="picture">
        <img
          src={assetPath('card.svg')}
          alt={words(text.readerPicture, view.prefs.register)}
          width="320"
          height="180"
        />
        <figcaption aria-hidden="true">
          <T w={text.readerPicture} />
        </figcaption>
      </figure>
      <Steps
        steps={[
          { title: fill(text.card, { password: glossary.pinSign }), body: text.pin },
          { title: text.reader, body: text.readerBody },
          { title: text.client, body: text.clientBody },
        ]}
      />
      <Check {...{ view, back }} />
      {view.options.demo ? (
        <Notice>
          <P w={text.demoRuns} />
        </Notice>
      ) : null}
      <H2 w={text.missing} id="missing" />
      <Details summary={text.noCard}>
        <P w={text.noCardAnswer} />
        <MoreLink href="/help#forgotten" label={text.moreCard} />
      </Details>
      <Details summary={text.noReader}>
        <P w={text.noReaderAnswer} />
        <MoreLink href="/readers" label={text.moreReaders} />
      </Details>
      <Details summary={text.noClient}>
        <P w={text.clientLead} />
        <p>
          <a href="/client">
            <T w={text.download} />
          </a>
        </p>
        <Steps
          steps={[
            { title: text.node, body: text.nodeBody },
            { title: fill(text.terminal, { app: terminals[browser.system] }), body: text.terminalBody },
            { title: text.command },
          ]}
        />
        <p class="command">
          <code>{command}</code>
        </p>
      </Details>
      <H2 w={text.resultTitle} id="result" />
      <ul>
        <li>
          <T w={text.resultGood} />
        </li>
        <li>
          <T w={text.resultBad} />
        </li>
      </ul>
      <P quiet w={fill(text.browser, { name: browser.name ?? text.unknownBrowser })} />
      <P quiet w={text.browserNote} />
    </>
  );
}

/** The one button: the client's own page, in a tab of its own, so that this one stays when there is no client. */
function Check({ view, back }: { view: View; back: string }) {
  const agent = view.options.agentUrl ?? 'http://127.0.0.1:24787';
  return (
    <form
      method="post"
      action={`${agent}/status`}
      enctype="multipart/form-data"
      target="_blank"
      rel="noopener"
    >
      <input type="hidden" name="return" value={back} />
      <input type="hidden" name="lang" value={view.prefs.register} />
      <ButtonRow>
        <Button label={text.check} id="check" />
        <Button href="/procedures" kind="secondary" label={text.toProcedures} />
      </ButtonRow>
    </form>
  );
}

function MoreLink({ href, label }: { href: string; label: Words }) {
  return (
    <p>
      <a href={href}>
        <T w={label} />
      </a>
    </p>
  );
}
