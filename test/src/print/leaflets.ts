/** Leaflets (リーフレット), A4 both sides: one for citizens, one for those who help them at counters and in shops. */
import { card, client, journey, reader } from './drawings.js';
import { type Html, html } from './html.js';

const contact = html`<div class="flyer-ask"><strong>お問い合わせ</strong><span class="flyer-stamp">窓口の名前・電話番号（ここに書くか、押印してください）</span></div>`;

const citizens = html`<section class="flyer">
<header class="flyer-head"><p>マイナンバーカードをお持ちの方へ</p><h1>申請は、<br>家からできます。</h1><div class="flyer-picture">${journey}</div></header>
<div class="flyer-body"><p class="flyer-lead">役所の窓口に行かなくても、住民票の写しや児童手当などを、家のパソコンから申請できます。<strong>名前や住所は、書きません。</strong>カードから入ります。</p>
<div class="flyer-three"><div>${card}<strong>カード</strong>署名用電子証明書が入ったもの</div><div>${reader}<strong>カードリーダー</strong>パソコンにつなぐだけ</div><div>${client}<strong>署名クライアント</strong>はじめに1回だけ入れるソフト</div></div>
<p class="flyer-key"><b>使うパスワードは1つ</b>署名用パスワード（英数字6〜16文字）<br><small>カードを受け取ったときに、窓口で決めたものです。</small></p></div></section>
<section class="flyer"><div class="flyer-body"><h2 class="flyer-title">はじめてでも、8回押すだけ</h2>
<div class="flyer-two"><div><h3>準備（3回）</h3><ol class="do"><li>「公的個人認証ポータル」を開き、<strong>はじめての方は、準備から</strong></li><li><strong>準備ができているか確かめる</strong></li><li>緑になったら<strong>結果を知らせてもどる</strong></li></ol></div>
<div><h3>申請（5回）</h3><ol class="do"><li><strong>手続をさがす</strong></li><li>手続の名前を選ぶ</li><li>質問に答えて<strong>署名へ進む</strong></li><li>パスワードを打って<strong>次へ</strong></li><li>申請書を見て<strong>署名して送る</strong></li></ol></div></div>
<p class="flyer-done">到達番号が出たら、終わりです。</p>
<h2 class="flyer-title">安心して使えるわけ</h2><ul class="flyer-why"><li>署名は<strong>カードの中</strong>で行われ、鍵は外に出ません。</li><li>パスワードは、<strong>役所にもポータルにも送られません</strong>。</li><li>個人番号（マイナンバー）は<strong>読み取りません</strong>。</li><li>申請書は<strong>暗号化</strong>されて届きます。</li></ul>
<div class="note"><strong>パスワードを聞くのは、詐欺です。</strong>役所も店も、聞きません。<br><strong>5回まちがえると使えなくなります。</strong>市区町村の窓口で、新しくできます。<br><strong>カードをなくしたら</strong>　0120-95-0178（24時間）</div>
${contact}</div></section>`;

const check = (text: string) => html`<li><span class="box"></span>${text}</li>`;

const counters = html`<section class="flyer"><header class="flyer-head low"><p>窓口・店・教室で案内する方へ</p><h1>家からの申請を、<br>案内するときに</h1></header>
<div class="flyer-body"><h2 class="flyer-title">カードを渡すときに、確かめること</h2><ul class="checks">${[
  '署名用電子証明書を入れたか（15歳未満の方などを除く）',
  '署名用パスワード（英数字6〜16文字）を、本人が決めたか',
  '4けたの数字とはちがうパスワードだと、伝えたか',
  '期限（発行のあと5回目の誕生日まで）を伝えたか',
  '引っ越しや改姓で使えなくなることを、伝えたか',
  'カードリーダーが要ることと、買える店を伝えたか',
].map(check)}</ul>
<h2 class="flyer-title">よく聞かれること</h2><dl class="answers">${[
  [
    'どのパスワードですか',
    '申請に使うのは、署名用パスワード（英数字6〜16文字）だけです。大文字と小文字は区別しません。',
  ],
  [
    '5回まちがえました',
    '待っても戻りません。カードと、もう1つの本人確認書類で本人を確かめて、その場で新しくできます。',
  ],
  [
    'どのリーダーですか',
    'パソコンにつなぐ、マイナンバーカードに対応したものです。ポータルの「カードリーダー」で、品名からさがせます。',
  ],
  ['JavaやFlashは要りますか', '要りません。ブラウザーの拡張機能も要りません。'],
  ['スマートフォンでできますか', 'このポータルの署名は、まだパソコンだけです。'],
  ['申請できたか心配です', '到達番号が出ていれば、届いています。番号で、あとから見られます。'],
].map(([asked, answer]) => html`<dt>${asked}</dt><dd>${answer}</dd>`)}</dl></div></section>
<section class="flyer"><div class="flyer-body"><h2 class="flyer-title">案内の順番</h2><ol class="do large"><li>ポータルの<strong>「準備」</strong>をいっしょに開きます。</li><li>本人がボタンを押し、<strong>環境の確認</strong>を見ます。緑でないところに、次にすることが書いてあります。</li><li>はじめての申請は<strong>住民票の写し</strong>がやさしく、5回押すと終わります。</li><li>困ったら<strong>「こまったとき」</strong>を、ふだんのことばでさがします。エラーの英字でもさがせます。</li></ol>
<h2 class="flyer-title">してはいけないこと</h2><ul class="flyer-no"><li>パスワードを<strong>聞く、打つ、書き取る</strong></li><li>カードを<strong>預かる</strong></li><li>本人のかわりに<strong>「署名して送る」を押す</strong></li><li>申請の中身を<strong>のぞき込む、写真にとる</strong></li></ul>
<div class="note"><strong>合い言葉</strong>　署名クライアントの画面には、その人だけの合い言葉が出ます。ちがう言葉や、出ないときは、にせものです。閉じてください。</div>
<h2 class="flyer-title">くばれるもの</h2><p>利用者マニュアル（PDF）、市民向けのリーフレット、カードリーダーを買える店の一覧（都道府県別）、広報のための文例集が、ポータルの「資料」にあります。印刷して、自由に使えます。</p>
${contact}</div></section>`;

export const leaflets: readonly { name: string; title: string; body: Html }[] = [
  { name: 'leaflet-citizens', title: '申請は、家からできます', body: citizens },
  { name: 'leaflet-counters', title: '家からの申請を、案内するときに', body: counters },
];
