import type { Leaflet } from './leaflet.js';

/** For those who help others: clerks, shops, teachers of classes. */
export const counters: Leaflet = {
  id: 'counters',
  forWhom: {
    ja: '窓口・店・教室で案内する方へ',
    jaEasy: '{手伝|てつだ}う {人|ひと}へ',
    en: 'For those who help at counters, in shops and classes',
  },
  title: {
    ja: '家からの申請を、案内するときに',
    jaEasy: '{家|いえ}での {手続|てつづき}を {教|おし}える とき',
    en: 'Helping people to apply from home',
  },
  note: {
    ja: '聞かれたときの答えと、渡す前に確かめることです。',
    jaEasy: '{手伝|てつだ}う {人|ひと}が {見|み}る {紙|かみ}です。',
    en: 'What to answer, and what to check before handing over a card.',
  },
  picture: false,
  front: [
    {
      kind: 'points',
      mark: 'box',
      title: {
        ja: 'カードを渡すときに、確かめること',
        jaEasy: 'カードを {渡|わた}す とき',
        en: 'When you hand over a card',
      },
      points: [
        {
          ja: '署名用電子証明書を入れたか（15歳未満の方などを除く）',
          jaEasy: '{署名用|しょめいよう}の {証明書|しょうめいしょ}を {入|い}れた',
          en: 'Is a signature certificate in it? (not under 15)',
        },
        {
          ja: '署名用パスワード（英数字6〜16文字）を、本人が決めたか',
          jaEasy: '{本人|ほんにん}が {長|なが}い パスワードを {決|き}めた',
          en: 'Did the holder choose the signature password (6–16 letters and digits)?',
        },
        {
          ja: '4けたの数字とはちがうパスワードだと、伝えたか',
          jaEasy: '4けたの {数字|すうじ}とは ちがうと {言|い}った',
          en: 'Did you say that it is not the four digits?',
        },
        {
          ja: '期限（発行のあと5回目の誕生日まで）を伝えたか',
          jaEasy: 'いつまで {使|つか}えるか {言|い}った',
          en: 'Did you say until when it is good (the fifth birthday after issue)?',
        },
        {
          ja: '引っ越しや改姓で使えなくなることを、伝えたか',
          jaEasy: '{引|ひ}っ{越|こ}すと とまると {言|い}った',
          en: 'Did you say that moving or a new name ends it?',
        },
        {
          ja: 'カードリーダーが要ることと、買える店を伝えたか',
          jaEasy: 'カードリーダーの {店|みせ}を {言|い}った',
          en: 'Did you say that a reader is needed, and where to buy one?',
        },
      ],
    },
    {
      kind: 'answers',
      title: { ja: 'よく聞かれること', jaEasy: 'よく {聞|き}かれる こと', en: 'What people ask' },
      answers: [
        {
          asked: { ja: 'どのパスワードですか', jaEasy: 'どの パスワードですか', en: 'Which password?' },
          answer: {
            ja: '申請に使うのは、署名用パスワード（英数字6〜16文字）だけです。大文字と小文字は区別しません。',
            jaEasy: '{長|なが}い パスワードです。{大文字|おおもじ}でも {小文字|こもじ}でも いいです。',
            en: 'The signature password alone (6–16 letters and digits); capitals do not matter.',
          },
        },
        {
          asked: {
            ja: '5回まちがえました',
            jaEasy: '5{回|かい} まちがえました',
            en: 'I was wrong five times',
          },
          answer: {
            ja: '待っても戻りません。カードと、もう1つの本人確認書類で本人を確かめて、その場で新しくできます。',
            jaEasy: '{待|ま}っても なおりません。{窓口|まどぐち}で {新|あたら}しく します。',
            en: 'Waiting does not help. With the card and another proof of identity a new one is set at once.',
          },
        },
        {
          asked: { ja: 'どのリーダーですか', jaEasy: 'どの リーダーですか', en: 'Which reader?' },
          answer: {
            ja: 'パソコンにつなぐ、マイナンバーカードに対応したものです。ポータルの「カードリーダー」で、品名からさがせます。',
            jaEasy: 'ポータルの「カードリーダー」で さがせます。',
            en: 'One for the computer that takes My Number Cards. “Card readers” on the portal finds it by name.',
          },
        },
        {
          asked: {
            ja: 'JavaやFlashは要りますか',
            jaEasy: 'Javaや Flashは いりますか',
            en: 'Java, Flash?',
          },
          answer: {
            ja: '要りません。ブラウザーの拡張機能も要りません。',
            jaEasy: 'いりません。',
            en: 'No. No browser extension either.',
          },
        },
        {
          asked: {
            ja: 'スマートフォンでできますか',
            jaEasy: 'スマートフォンで できますか',
            en: 'By smartphone?',
          },
          answer: {
            ja: 'このポータルの署名は、まだパソコンだけです。',
            jaEasy: 'まだ パソコンだけです。',
            en: 'Signing on this portal still needs a computer.',
          },
        },
        {
          asked: {
            ja: '申請できたか心配です',
            jaEasy: 'できたか {心配|しんぱい}です',
            en: 'Did it arrive?',
          },
          answer: {
            ja: '到達番号が出ていれば、届いています。番号で、あとから見られます。',
            jaEasy: '{到達番号|とうたつばんごう}が あれば だいじょうぶです。',
            en: 'With a receipt number (到達番号) it has. The number shows it again later.',
          },
        },
      ],
    },
  ],
  back: [
    {
      kind: 'points',
      mark: 'number',
      title: { ja: '案内の順番', jaEasy: '{教|おし}える {順番|じゅんばん}', en: 'In this order' },
      points: [
        {
          ja: 'ポータルの**「準備」**をいっしょに開きます。',
          jaEasy: '**「{準備|じゅんび}」**を {開|ひら}きます。',
          en: 'Open **“Getting ready”** together.',
        },
        {
          ja: '本人がボタンを押し、**環境の確認**を見ます。緑でないところに、次にすることが書いてあります。',
          jaEasy: '{本人|ほんにん}が ボタンを おします。みどりで ない ところを {読|よ}みます。',
          en: 'The person presses the button. Where it is not green stands **what to do next**.',
        },
        {
          ja: 'はじめての申請は**住民票の写し**がやさしく、5回押すと終わります。',
          jaEasy: 'はじめは **{住民票|じゅうみんひょう}**が かんたんです。',
          en: 'A **copy of the resident record** is the easiest first application: five presses.',
        },
        {
          ja: '困ったら**「こまったとき」**を、ふだんのことばでさがします。エラーの英字でもさがせます。',
          jaEasy: 'こまったら **「こまったとき」**を {見|み}ます。',
          en: 'Stuck? **“Help”** is searched in everyday words, or by the letters of an error.',
        },
      ],
    },
    {
      kind: 'points',
      mark: 'no',
      title: { ja: 'してはいけないこと', jaEasy: 'しては いけない こと', en: 'Never' },
      points: [
        {
          ja: 'パスワードを**聞く、打つ、書き取る**',
          jaEasy: 'パスワードを **{聞|き}く、{打|う}つ、{書|か}く**',
          en: '**ask for, type or write down** a password',
        },
        { ja: 'カードを**預かる**', jaEasy: 'カードを **あずかる**', en: '**keep** a card' },
        {
          ja: '本人のかわりに**「署名して送る」を押す**',
          jaEasy: 'かわりに **「{署名|しょめい}して {送|おく}る」を おす**',
          en: '**press “Sign and send”** for somebody else',
        },
        {
          ja: '申請の中身を**のぞき込む、写真にとる**',
          jaEasy: '{中身|なかみ}を **{見|み}る、{写真|しゃしん}に とる**',
          en: '**look at or photograph** what an application says',
        },
      ],
    },
    {
      kind: 'note',
      lines: [
        {
          ja: '**合い言葉**　署名クライアントの画面には、その人だけの合い言葉が出ます。ちがう言葉や、出ないときは、にせものです。閉じてください。',
          jaEasy:
            '**{合|あ}い{言葉|ことば}**　その {人|ひと}だけの {言葉|ことば}が {出|で}ます。ちがう ときは にせものです。とじて ください。',
          en: '**Your phrase (合い言葉)** The signing client shows a phrase that only this person knows. Another one, or none: it is false. Close it.',
        },
      ],
    },
    {
      kind: 'text',
      title: { ja: 'くばれるもの', jaEasy: '{配|くば}る もの', en: 'To hand out' },
      text: {
        ja: '利用者マニュアル（PDF）、市民向けのリーフレット、カードリーダーを買える店の一覧（都道府県別）、広報のための文例集が、ポータルの「資料」にあります。印刷して、自由に使えます。',
        jaEasy:
          'ポータルの「{資料|しりょう}」に あります。{本|ほん}と チラシと {店|みせ}の {表|ひょう}です。じゆうに {使|つか}えます。',
        en: 'Manual, leaflet for citizens, shops by prefecture and texts to quote are under “Materials” on the portal, free to print and to use.',
      },
    },
  ],
};
