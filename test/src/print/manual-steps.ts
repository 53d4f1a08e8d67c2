interface ManualStep {
  /** Names of its pictures: see the newcomer's journey. */
  pictures: readonly string[];
  title: string;
  text: string;
  /** Beside each numbered thing of the picture. */
  marks: readonly string[];
}

/** The eight activations of the newcomer's journey, and the receipt. */
export const steps: readonly ManualStep[] = [
  {
    pictures: ['1-first'],
    title: '準備のページを開く',
    text: 'ポータルの最初のページです。はじめての方は、ここから始めます。',
    marks: ['を押します。'],
  },
  {
    pictures: ['2-start'],
    title: '準備を確かめる',
    text: 'カードリーダーをつなぎ、カードを入れてから、ボタンを押します。確かめる画面が、新しいタブに開きます。',
    marks: ['を押します。画面が開かないときは、署名クライアントを入れてください。'],
  },
  {
    pictures: ['3-check', '3-tell'],
    title: '結果をもってポータルに戻る',
    text: '署名クライアントが、パソコン・カードリーダー・カード・電子証明書を見ます。足りないものがあれば、次にすることが書いてあります。直すと、画面は自動で変わります。',
    marks: [
      'になれば、準備は終わりです。',
      'を押します。ポータルに伝わるのは、準備ができたかどうかだけです。',
    ],
  },
  {
    pictures: ['4-ready'],
    title: '手続をさがす',
    text: '準備ができました。ここまで3回です。次からは、この準備は要りません。',
    marks: ['と出ています。', 'を押します。'],
  },
  {
    pictures: ['5-catalogue'],
    title: '手続を選ぶ',
    text: '手続の名前を押します。ふだんのことばで、さがすこともできます（例: 引越し、車を買った）。',
    marks: ['に、さがすことばを書けます。', 'を押します。'],
  },
  {
    pictures: ['6-form'],
    title: '質問に答えて、署名へ進む',
    text: '住民票の写しなら、はじめから選んであるもので、よいか見るだけです。氏名や住所は書きません。',
    marks: ['を押します。署名クライアントの画面が開きます。'],
  },
  {
    pictures: ['7-password'],
    title: 'パスワードを打って、次へ',
    text: '合い言葉が、あなたのものか見てください。だれが、何の署名を求めているかも出ています。のこりの回数は、打つ前にわかります。',
    marks: ['を打ちます。', 'を押します。'],
  },
  {
    pictures: ['8-yes'],
    title: '申請書を確かめて、署名して送る',
    text: 'できあがった申請書です。カードから入った氏名・住所と、あなたの答えを、よく見てください。カードは、まだ抜かないでください。',
    marks: ['を押します。署名、暗号化、送信が、続けて行われます。'],
  },
  {
    pictures: ['9-receipt', '9-keep'],
    title: '受け付けられました',
    text: '到達番号が出たら、終わりです。カードを抜いて、しまってください。',
    marks: [
      'を控えるか、印刷してください。',
      'を押すと、受付のお知らせがPDFになります。',
      'を押すと、送った申請書そのものがPDFになります。',
    ],
  },
];
