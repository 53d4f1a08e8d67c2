import type { Leaflet } from './leaflet.js';

/** For everybody who holds a card. The buttons it names are those that the counted journey of a newcomer presses. */
export const citizens: Leaflet = {
  id: 'citizens',
  forWhom: {
    ja: 'マイナンバーカードをお持ちの方へ',
    jaEasy: 'マイナンバーカードを {持|も}って いる {人|ひと}へ',
    en: 'For everybody with a My Number Card',
  },
  title: {
    ja: '申請は、家からできます。',
    jaEasy: '{家|いえ}で {手続|てつづき}が できます。',
    en: 'Apply from home.',
  },
  note: {
    ja: '市民のみなさまへ。窓口や店でくばれます。',
    jaEasy: 'みなさんへの チラシです。',
    en: 'For citizens: to hand out at counters and in shops.',
  },
  picture: true,
  front: [
    {
      kind: 'lead',
      text: {
        ja: '役所の窓口に行かなくても、住民票の写しや児童手当などを、家のパソコンから申請できます。**名前や住所は、書きません。**カードから入ります。',
        jaEasy:
          '{役所|やくしょ}に {行|い}かなくて いいです。{家|いえ}の パソコンで できます。**{名前|なまえ}や {住所|じゅうしょ}は {書|か}きません。**',
        en: 'No way to the counter: a copy of your resident record, child allowance and more, from your own computer. **You do not write your name and address**: they come from the card.',
      },
    },
    {
      kind: 'things',
      things: [
        {
          drawing: 'card',
          name: { ja: 'カード', jaEasy: 'カード', en: 'Card' },
          note: {
            ja: '署名用電子証明書が入ったもの',
            jaEasy: '{署名用|しょめいよう}の もの',
            en: 'with a signature certificate',
          },
        },
        {
          drawing: 'reader',
          name: { ja: 'カードリーダー', jaEasy: 'カードリーダー', en: 'Card reader' },
          note: {
            ja: 'パソコンにつなぐだけ',
            jaEasy: 'パソコンに つなぎます',
            en: 'just plug it in',
          },
        },
        {
          drawing: 'client',
          name: { ja: '署名クライアント', jaEasy: '{署名|しょめい}の ソフト', en: 'Signing client' },
          note: {
            ja: 'はじめに1回だけ入れるソフト',
            jaEasy: 'はじめに 1{回|かい} {入|い}れます',
            en: 'installed once',
          },
        },
      ],
    },
    {
      kind: 'key',
      label: { ja: '使うパスワードは1つ', jaEasy: 'パスワードは 1つ', en: 'One password' },
      value: {
        ja: '署名用パスワード（英数字6〜16文字）',
        jaEasy: '{署名用|しょめいよう}パスワード（{英数字|えいすうじ}6〜16{文字|もじ}）',
        en: 'Signature password (6–16 letters and digits)',
      },
      note: {
        ja: 'カードを受け取ったときに、窓口で決めたものです。',
        jaEasy: 'カードを もらった とき、{窓口|まどぐち}で {決|き}めました。',
        en: 'You chose it at the counter when you received the card.',
      },
    },
  ],
  back: [
    {
      kind: 'ways',
      title: {
        ja: 'はじめてでも、8回押すだけ',
        jaEasy: 'はじめてでも 8{回|かい} おすだけ',
        en: 'Eight presses, even the first time',
      },
      ways: [
        {
          title: { ja: '準備（3回）', jaEasy: '{準備|じゅんび}（3{回|かい}）', en: 'Getting ready (3)' },
          steps: [
            {
              ja: '「公的個人認証ポータル」を開き、**はじめての方は、準備から**',
              jaEasy: 'ポータルで **はじめての {人|ひと}は こちら**',
              en: 'On this portal: **First time? Get ready**',
            },
            {
              ja: '**準備ができているか確かめる**',
              jaEasy: '**{準備|じゅんび}が できたか {見|み}る**',
              en: '**Check whether I am ready**',
            },
            {
              ja: '緑になったら**結果を知らせてもどる**',
              jaEasy: 'みどりに なったら **{結果|けっか}を {知|し}らせて もどる**',
              en: 'All green: **Tell the result and go back**',
            },
          ],
        },
        {
          title: { ja: '申請（5回）', jaEasy: '{手続|てつづき}（5{回|かい}）', en: 'Applying (5)' },
          steps: [
            {
              ja: '**手続をさがす**',
              jaEasy: '**{手続|てつづき}を さがす**',
              en: '**Find a procedure**',
            },
            {
              ja: '手続の名前を選ぶ',
              jaEasy: '{手続|てつづき}の {名前|なまえ}を おす',
              en: 'Choose its name',
            },
            {
              ja: '質問に答えて**署名へ進む**',
              jaEasy: '{答|こた}えて **{署名|しょめい}へ すすむ**',
              en: 'Answer, then **Continue to signing**',
            },
            {
              ja: 'パスワードを打って**次へ**',
              jaEasy: 'パスワードを {打|う}って **{次|つぎ}へ**',
              en: 'Type the password, **Next**',
            },
            {
              ja: '申請書を見て**署名して送る**',
              jaEasy: '{見|み}て **{署名|しょめい}して {送|おく}る**',
              en: 'Look at the form, **Sign and send**',
            },
          ],
        },
      ],
      done: {
        ja: '到達番号が出たら、終わりです。',
        jaEasy: '{到達番号|とうたつばんごう}が {出|で}たら、おわりです。',
        en: 'A receipt number (到達番号) appears: done.',
      },
    },
    {
      kind: 'points',
      title: {
        ja: '安心して使えるわけ',
        jaEasy: '{安心|あんしん}して {使|つか}えます',
        en: 'Why it is safe',
      },
      mark: 'dot',
      points: [
        {
          ja: '署名は**カードの中**で行われ、鍵は外に出ません。',
          jaEasy: '{署名|しょめい}は **カードの {中|なか}**で します。',
          en: 'The signature is made **inside the card**; its key never leaves it.',
        },
        {
          ja: 'パスワードは、**役所にもポータルにも送られません**。',
          jaEasy: 'パスワードは **どこにも {送|おく}りません**。',
          en: 'The password is sent **to no office and no portal**.',
        },
        {
          ja: '個人番号（マイナンバー）は**読み取りません**。',
          jaEasy: 'マイナンバーは **{読|よ}みません**。',
          en: 'Your My Number is **not read**.',
        },
        {
          ja: '申請書は**暗号化**されて届きます。',
          jaEasy: '{書|か}いた ものは **ひみつに して** {送|おく}ります。',
          en: 'The application travels **encrypted**.',
        },
      ],
    },
    {
      kind: 'note',
      lines: [
        {
          ja: '**パスワードを聞くのは、詐欺です。**役所も店も、聞きません。',
          jaEasy: '**パスワードを {聞|き}く {人|ひと}は あなたを だまします。**',
          en: '**Who asks for your password is a fraud.** No office and no shop asks.',
        },
        {
          ja: '**5回まちがえると使えなくなります。**市区町村の窓口で、新しくできます。',
          jaEasy: '**5{回|かい} まちがえると とまります。**{窓口|まどぐち}で なおします。',
          en: '**Five wrong tries lock it.** The counter of your municipality sets a new one.',
        },
        {
          ja: '**カードをなくしたら**　0120-95-0178（24時間）',
          jaEasy: '**カードを なくしたら**　0120-95-0178（24{時間|じかん}）',
          en: '**Lost the card?** 0120-95-0178 (24 hours)',
        },
      ],
    },
  ],
};
