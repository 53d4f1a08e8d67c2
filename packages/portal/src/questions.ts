import type { Words } from '@madoguchi/ui';

export interface Question {
  /** Stays the same for good: other pages and other rooms link to `/help#<id>`. */
  id: string;
  question: Words;
  /** One paragraph each. */
  answer: Words[];
  links?: { href: string; label: Words }[];
}

export interface Topic {
  id: string;
  title: Words;
  questions: Question[];
}

const start: Words = { ja: '準備のページへ', jaEasy: '{準備|じゅんび}の ページへ', en: 'Getting ready' };
const readers: Words = {
  ja: 'カードリーダーのページへ',
  jaEasy: 'カードリーダーの ページへ',
  en: 'Card readers',
};

const password: Topic = {
  id: 'password',
  title: { ja: 'パスワード', jaEasy: 'パスワード', en: 'Passwords' },
  questions: [
    {
      id: 'which-password',
      question: {
        ja: 'どのパスワードを使いますか',
        jaEasy: 'どの パスワードを {使|つか}いますか',
        en: 'Which password do I need?',
      },
      answer: [
        {
          ja: '申請に使うのは「署名用パスワード（英数字6〜16文字）」の1つだけです。',
          jaEasy:
            '{署名用|しょめいよう}パスワードを {使|つか}います。{英字|えいじ}と {数字|すうじ}で、6〜16{文字|もじ}です。',
          en: 'Only the signature password 署名用パスワード（英数字6〜16文字）: 6 to 16 letters and digits.',
        },
        {
          ja: '大文字と小文字は区別しません。4けたの数字（利用者証明用パスワードなど）は使いません。',
          jaEasy:
            '{大|おお}きい {字|じ}でも {小|ちい}さい {字|じ}でも いいです。4けたの {数字|すうじ}では ありません。',
          en: 'Capital or small letters make no difference. The 4-digit numbers are not used.',
        },
      ],
    },
    {
      id: 'forgotten',
      question: {
        ja: 'パスワードを忘れました',
        jaEasy: 'パスワードを {忘|わす}れました',
        en: 'I forgot my password',
      },
      answer: [
        {
          ja: 'お住まいの市区町村の窓口で、新しいパスワードにできます。カードを持って、本人が行ってください。',
          jaEasy:
            '{市役所|しやくしょ}の {窓口|まどぐち}へ {行|い}ってください。カードを {持|も}って {行|い}きます。{新|あたら}しい パスワードを つくれます。',
          en: 'The counter of your municipality sets a new one. Go yourself and bring the card.',
        },
        {
          ja: '思い出せないときに何度も試すと、ロックされます。先に窓口へご相談ください。',
          jaEasy: '{何回|なんかい}も まちがえると、{使|つか}えなく なります。',
          en: 'Guessing again and again locks the card. Ask the counter first.',
        },
      ],
    },
    {
      id: 'locked',
      question: {
        ja: 'パスワードがロックされました',
        jaEasy: 'パスワードが ロックされました',
        en: 'My password is locked',
      },
      answer: [
        {
          ja: '署名用パスワードは、続けて5回まちがえるとロックされます。利用者証明用パスワードは3回です。待っても元にもどりません。',
          jaEasy: '5{回|かい} まちがえると ロックされます。{待|ま}っても なおりません。',
          en: 'Five wrong tries in a row lock the signature password, three the user authentication password. Waiting does not help.',
        },
        {
          ja: 'カードを持って、お住まいの市区町村の窓口へ行ってください。その場で解除し、新しいパスワードを決めます。',
          jaEasy: 'カードを {持|も}って、{市役所|しやくしょ}の {窓口|まどぐち}へ {行|い}ってください。',
          en: 'Take the card to the counter of your municipality. It is unlocked there and you choose a new password.',
        },
      ],
    },
    {
      id: 'tries-left',
      question: {
        ja: 'あと何回まちがえられますか',
        jaEasy: 'あと {何回|なんかい} まちがえても いいですか',
        en: 'How many tries do I have left?',
      },
      answer: [
        {
          ja: '署名クライアントが、パスワードを打つ前に「のこり 5 回」のように示します。正しいパスワードを入れると、5回にもどります。',
          jaEasy:
            '{画面|がめん}に「のこり 5 {回|かい}」と {出|で}ます。{正|ただ}しい パスワードで 5{回|かい}に もどります。',
          en: 'The signing client shows it before you type. A right password sets the count back to five.',
        },
      ],
    },
  ],
};

const card: Topic = {
  id: 'card',
  title: { ja: 'カード', jaEasy: 'カード', en: 'The card' },
  questions: [
    {
      id: 'lost',
      question: {
        ja: 'カードをなくしました',
        jaEasy: 'カードを なくしました',
        en: 'I lost my card',
      },
      answer: [
        {
          ja: '本物のマイナンバーカードをなくしたときは、すぐに マイナンバー総合フリーダイヤル 0120-95-0178 へ電話してください。紛失の受付は24時間、毎日です。カードを使えなくします。',
          jaEasy:
            '{本当|ほんとう}の カードを なくしたら、すぐ {電話|でんわ}してください。0120-95-0178です。{夜|よる}も {休|やす}みの {日|ひ}も だいじょうぶです。',
          en: 'A real My Number Card: call 0120-95-0178 at once, at any hour of any day. The card is then suspended.',
        },
        {
          ja: 'そのあと、お住まいの市区町村の窓口へ届け出て、新しいカードを申請します。',
          jaEasy: '{次|つぎ}に、{市役所|しやくしょ}の {窓口|まどぐち}へ {行|い}ってください。',
          en: 'Then report it at the counter of your municipality and apply for a new card.',
        },
      ],
    },
    {
      id: 'moved',
      question: {
        ja: '引っ越しました。名前が変わりました',
        jaEasy: '{引|ひ}っ{越|こ}しました。{名前|なまえ}が {変|か}わりました',
        en: 'I moved house, or changed my name',
      },
      answer: [
        {
          ja: '氏名・住所・生年月日・性別のどれかが変わると、署名用電子証明書は使えなくなります（失効）。新しい市区町村の窓口で、届け出といっしょに新しい証明書を入れてもらってください。',
          jaEasy:
            '{住所|じゅうしょ}が {変|か}わると、{署名|しょめい}が できません。{市役所|しやくしょ}で {新|あたら}しく してください。',
          en: 'When your name, address, date of birth or sex changes, the signature certificate is revoked. Have a new one written at the counter when you report the change.',
        },
      ],
    },
    {
      id: 'expired',
      question: {
        ja: '電子証明書の期限が切れています',
        jaEasy: '{証明書|しょうめいしょ}の {期限|きげん}が {切|き}れました',
        en: 'My certificate has expired',
      },
      answer: [
        {
          ja: '署名用電子証明書は、発行のあと5回目の誕生日までです。お住まいの市区町村の窓口で、新しくできます。カードとパスワードをお持ちください。',
          jaEasy:
            '5{回目|かいめ}の {誕生日|たんじょうび}までです。{市役所|しやくしょ}で {新|あたら}しく できます。',
          en: 'A signature certificate lasts until the fifth birthday after its issue. The counter renews it. Bring the card and its passwords.',
        },
      ],
    },
    {
      id: 'card-not-read',
      question: {
        ja: 'カードが読み取れません',
        jaEasy: 'カードを {読|よ}めません',
        en: 'The card is not read',
      },
      answer: [
        {
          ja: 'カードの向きを確かめてください。差しこむリーダーでは金色のICチップの側から奥まで入れ、のせるリーダーではカードの真ん中をリーダーに合わせます。',
          jaEasy:
            'カードの {向|む}きを {見|み}てください。{金色|きんいろ}の チップを {先|さき}に {入|い}れます。',
          en: 'Check which way it lies. In a slot: golden chip first, all the way in. On top: the middle of the card on the middle of the reader.',
        },
        {
          ja: '途中でカードを動かさないでください。同じカードを使うほかのソフトは閉じてください。',
          jaEasy: 'カードを {動|うご}かさないでください。ほかの ソフトは {閉|し}めてください。',
          en: 'Do not move it while it is read. Close other programs that use the card.',
        },
      ],
    },
  ],
};

const computer: Topic = {
  id: 'computer',
  title: {
    ja: 'パソコンとカードリーダー',
    jaEasy: 'パソコンと カードリーダー',
    en: 'Computer and card reader',
  },
  questions: [
    {
      id: 'reader-not-found',
      question: {
        ja: 'カードリーダーが見つかりません',
        jaEasy: 'カードリーダーが {見|み}つかりません',
        en: 'The card reader is not found',
      },
      answer: [
        {
          ja: 'リーダーを一度ぬき、パソコンの別のUSBの口に直接つないでください。',
          jaEasy: 'リーダーを ぬいて、もう{一度|いちど} つないでください。',
          en: 'Unplug the reader and connect it directly to another USB port of the computer.',
        },
        {
          ja: 'それでも見つからないときは、スマートカードのサービス（Windowsでは「Smart Card」、Linuxでは pcscd）が動いているか確かめてください。',
          jaEasy: 'だめな ときは、パソコンを もう{一度|いちど} {始|はじ}めてください。',
          en: 'If that does not help, see whether the smart card service is running (“Smart Card” on Windows, pcscd on Linux).',
        },
      ],
      links: [{ href: '/readers', label: readers }],
    },
    {
      id: 'no-agent',
      question: {
        ja: '署名の画面が開きません',
        jaEasy: '{署名|しょめい}の {画面|がめん}が {開|あ}きません',
        en: 'The signing page does not open',
      },
      answer: [
        {
          ja: '署名クライアントが動いていないようです。準備のページの 3/3 の手順で始めてください。',
          jaEasy:
            '{署名|しょめい}クライアントが {動|うご}いていません。{準備|じゅんび}の ページを {見|み}てください。',
          en: 'The signing client is probably not running. Start it as step 3/3 of “Getting ready” says.',
        },
        {
          ja: 'ブラウザーが「ポップアップをブロックしました」と示したときは、そのサイトのポップアップを許可してください。',
          jaEasy: '「ポップアップ」と {出|で}たら、「{許可|きょか}」を おしてください。',
          en: 'If the browser says that it blocked a pop-up, allow pop-ups for that site.',
        },
      ],
      links: [{ href: '/start?step=3', label: start }],
    },
    {
      id: 'which-computer',
      question: {
        ja: 'どんなパソコンで使えますか。スマートフォンでもできますか',
        jaEasy: 'どの パソコンで できますか',
        en: 'Which computers work? Can I use a phone?',
      },
      answer: [
        {
          ja: 'Windows、macOS、Linux のパソコンで、Node.js 20.19 以上が動くものです。ブラウザーの拡張機能やJavaは要りません。スマートフォンやタブレットには、まだ対応していません。',
          jaEasy: 'Windows、macOS、Linuxの パソコンで できます。スマートフォンでは まだ できません。',
          en: 'Windows, macOS and Linux computers that run Node.js 20.19 or newer. No browser extension, no Java. Phones and tablets are not supported yet.',
        },
      ],
      links: [{ href: '/start', label: start }],
    },
  ],
};

const application: Topic = {
  id: 'application',
  title: { ja: '申請', jaEasy: '{申請|しんせい}', en: 'Your application' },
  questions: [
    {
      id: 'arrived',
      question: {
        ja: '申請が届いたか、どうすればわかりますか',
        jaEasy: '{申請|しんせい}は {届|とど}きましたか',
        en: 'How do I know that my application has arrived?',
      },
      answer: [
        {
          ja: '送り終わると、到達番号と到達日時が画面に出ます。番号が出れば、申請は役所に届いています。番号が出ていなければ、届いていません。',
          jaEasy:
            '{番号|ばんごう}が {出|で}たら、{届|とど}いています。{番号|ばんごう}が なければ、{届|とど}いていません。',
          en: 'When it is sent, a receipt number (到達番号) and the time of arrival appear. With a number it has arrived; without one it has not.',
        },
      ],
    },
    {
      id: 'privacy',
      question: {
        ja: 'だれが内容を読めますか。マイナンバーも送られますか',
        jaEasy: 'だれが {読|よ}みますか',
        en: 'Who can read it? Is my My Number sent?',
      },
      answer: [
        {
          ja: '申請書は、あなたのパソコンで暗号化されてから送られ、宛先の役所の鍵でだけ開けます。質問への答えは、役所の申請ページのサーバーも受け取ります。',
          jaEasy: '{読|よ}むのは {申請|しんせい}した {役所|やくしょ}だけです。',
          en: 'The application is encrypted on your computer; only the agency’s key opens it. The agency’s form server also sees your answers as you send them.',
        },
        {
          ja: '個人番号（12けたのマイナンバー）は、カードから読み取りません。',
          jaEasy: 'マイナンバー（12けたの {番号|ばんごう}）は {読|よ}みません。',
          en: 'The 12-digit My Number (個人番号) is not read from the card.',
        },
      ],
    },
  ],
};

/** What people really ask, as data: page, search and the links of other rooms use the same list. */
export const topics: readonly Topic[] = [password, card, computer, application];
