import { Button, ButtonRow, glossary, H2, Notice, P, Steps, T, type Words } from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';

const text = {
  title: {
    ja: 'e-Tax（国税）へ進むには',
    jaEasy: 'e-Tax（{税金|ぜいきん}）を {使|つか}う',
    en: 'On to e-Tax (national taxes)',
  },
  lead: {
    ja: 'ここで準備ができたカードとリーダーは、国税庁のe-Taxでも使えます。',
    jaEasy: '{同|おな}じ カードと リーダーが e-Taxで {使|つか}えます。',
    en: 'The card and reader that are ready here also serve the tax agency’s e-Tax.',
  },
  secrets: { ja: '使うパスワード', jaEasy: '{使|つか}う パスワード', en: 'Which passwords' },
  secretLogin: { ja: 'e-Taxに入るとき', jaEasy: 'e-Taxに {入|はい}る とき', en: 'To log in' },
  secretSign: {
    ja: '申告書を送るとき',
    jaEasy: '{申告書|しんこくしょ}を {送|おく}る とき',
    en: 'To send the return',
  },
  way: { ja: '手順', jaEasy: 'じゅんばん', en: 'Step by step' },
  differs: {
    ja: 'e-Taxの画面は国税庁のもので、変わることがあります。署名クライアントではなく、e-Taxが案内するソフトを使います。',
    jaEasy: 'e-Taxの {画面|がめん}は {変|か}わる ことが あります。',
    en: 'The screens are the tax agency’s and may change. e-Tax uses the software it names itself, not this portal’s signing client.',
  },
  differsTitle: {
    ja: 'ここから先は、国税庁のサイトです',
    jaEasy: '{国税庁|こくぜいちょう}の サイトです',
    en: 'From here on it is the tax agency’s site',
  },
  open: { ja: 'e-Taxのサイトを開く', jaEasy: 'e-Taxを {開|あ}ける', en: 'Open the site of e-Tax' },
  prepare: { ja: '準備を確かめる', jaEasy: '{準備|じゅんび}を {見|み}る', en: 'Check that I am ready' },
} satisfies Record<string, Words>;

const steps: readonly { title: Words; body: Words }[] = [
  {
    title: {
      ja: 'ここで準備を確かめる',
      jaEasy: '{準備|じゅんび}を {確|たし}かめます',
      en: 'Check here that you are ready',
    },
    body: {
      ja: '「準備ができています」と出れば、カード・リーダー・電子証明書は使えます。',
      jaEasy: 'カードと リーダーを {見|み}ます。',
      en: 'When it says that everything is ready, card, reader and certificates are good.',
    },
  },
  {
    title: {
      ja: '書類をそろえる',
      jaEasy: '{書類|しょるい}を {用意|ようい}します',
      en: 'Collect your papers',
    },
    body: {
      ja: '源泉徴収票、控除の証明書、振込先の口座など',
      jaEasy: '{会社|かいしゃ}の {紙|かみ}や {口座|こうざ}の {番号|ばんごう}などです。',
      en: 'Withholding slip, certificates for deductions, your bank account',
    },
  },
  {
    title: {
      ja: '「確定申告書等作成コーナー」を開く',
      jaEasy: '「{確定申告書等作成|かくていしんこくしょとうさくせい}コーナー」を {開|あ}けます',
      en: 'Open the return preparation corner (確定申告書等作成コーナー)',
    },
    body: {
      ja: 'e-Taxのサイトから進みます。送る方法は「マイナンバーカード方式」で、ICカードリーダーを使うほうをえらびます。',
      jaEasy: '「マイナンバーカード{方式|ほうしき}」と カードリーダーを えらびます。',
      en: 'From the site of e-Tax; choose マイナンバーカード方式 with a card reader.',
    },
  },
  {
    title: {
      ja: '案内されたソフトを入れる',
      jaEasy: 'ソフトを {入|い}れます',
      en: 'Install what it asks for',
    },
    body: {
      ja: 'はじめてのときだけです。e-Taxの「事前準備」の画面が、足りないものを示します。',
      jaEasy: 'はじめの {時|とき}だけです。',
      en: 'The first time only: its preparation page shows what is missing.',
    },
  },
  {
    title: { ja: 'カードで入る', jaEasy: 'カードで {入|はい}ります', en: 'Log in with the card' },
    body: {
      ja: '4けたの数字を使います。はじめての人は、ここで利用者の登録をします。',
      jaEasy: '4けたの {数字|すうじ}を {打|う}ちます。',
      en: 'With the four digits. Who is new registers here.',
    },
  },
  {
    title: {
      ja: '画面の質問に答える',
      jaEasy: '{質問|しつもん}に {答|こた}えます',
      en: 'Answer its questions',
    },
    body: {
      ja: '税額は計算されます。途中で保存できます。',
      jaEasy: '{税金|ぜいきん}は {計算|けいさん}されます。',
      en: 'The tax is calculated. You can save on the way.',
    },
  },
  {
    title: { ja: '署名して送る', jaEasy: '{署名|しょめい}して {送|おく}ります', en: 'Sign and send' },
    body: {
      ja: '英数字6〜16文字のパスワードを使います。受付番号が出たら、申告書の控えを保存します。',
      jaEasy: '{長|なが}い パスワードを {打|う}ちます。',
      en: 'With the password of 6 to 16 letters and digits. Keep the number and your copy.',
    },
  },
];

/** From the personal authentication here to the tax agency's e-Tax. */
export function ETax({ view }: { view: View }) {
  return (
    <Frame view={view} title={text.title} lead={text.lead} back={{ href: '/materials' }}>
      <ButtonRow>
        <Button href="/start" label={text.prepare} />
      </ButtonRow>
      <H2 w={text.way} id="way" />
      <Steps steps={steps} />
      <H2 w={text.secrets} id="secrets" />
      <ul>
        {(
          [
            [text.secretLogin, glossary.pinAuth],
            [text.secretSign, glossary.pinSign],
          ] as const
        ).map(([when, which]) => (
          <li>
            <T w={when} />: <T w={which} />
          </li>
        ))}
      </ul>
      <Notice title={text.differsTitle}>
        <P w={text.differs} />
        <p>
          <a href="https://www.e-tax.nta.go.jp/">
            <T w={text.open} />
          </a>
        </p>
      </Notice>
    </Frame>
  );
}
