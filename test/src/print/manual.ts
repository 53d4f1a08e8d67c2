/** 利用者マニュアル: from the first step to the receipt, for each procedure of the catalogue. Pure: pictures, definitions and page numbers in, HTML out. */
import { drawing } from '@madoguchi/portal';
import { type Entry, isGroup, type ProcedureDefinition } from '@madoguchi/procedure';
import type { Picture } from '../support/manual-pictures.js';
import { Html, html } from './html.js';
import { steps } from './manual-steps.js';
import { troubles } from './manual-troubles.js';

const card = new Html(drawing('card', 'カード'));
const reader = new Html(drawing('reader', 'カードリーダー'));
const client = new Html(drawing('client', '署名クライアント'));
const journey = new Html(drawing('journey', 'カードからパソコンへ、パソコンから役所へ'));

export interface Shown {
  /** `municipal-juminhyo`: of its pictures, and of its page in the contents. */
  id: string;
  agency: string;
  definition: ProcedureDefinition;
}

export interface ManualInput {
  procedures: readonly Shown[];
  /** By name; `src` is what the page loads. */
  pictures: ReadonlyMap<string, Picture & { src: string }>;
  /** Page on which each chapter begins; empty in the first pass. */
  pages: ReadonlyMap<string, number>;
  /** `2026年11月`. */
  edition: string;
}

interface Chapter {
  id: string;
  title: string;
  sub?: boolean;
}

export function chapters(procedures: readonly Shown[]): Chapter[] {
  return [
    { id: 'first', title: 'はじめに' },
    { id: 'prepare', title: '用意するもの' },
    { id: 'steps', title: '申請のしかた　8回押すと終わります' },
    { id: 'after', title: '受け付けられたあと' },
    { id: 'procedures', title: '手続ごとの書きかた' },
    ...procedures.map(({ id, definition, agency }) => ({
      id,
      title: `${definition.title.ja}（${agency}）`,
      sub: true,
    })),
    { id: 'troubles', title: 'こまったとき' },
    { id: 'words', title: 'ことばの説明' },
  ];
}

/** The words of a definition that its chapter says. */
export function labelsOf({ title, fields, steps: parts = [], attachments }: ProcedureDefinition): string[] {
  return [
    title.ja,
    ...parts.map((part) => part.title.ja),
    ...fields.flatMap((entry) => [
      entry.label.ja,
      ...(isGroup(entry) ? entry.fields.map(({ label }) => label.ja) : []),
    ]),
    ...attachments.map(({ label }) => label.ja),
  ];
}

export function manual(input: ManualInput): Html {
  const { procedures } = input;
  return html`${cover(input)}${contents(input)}${first}${prepare}${way(input)}${after}
${html`<section class="page">${head('procedures', '第3部', '手続ごとの書きかた')}
<p class="lead">次のページから、${procedures.length}の手続を1つずつ説明します。書くこと、付けるもの、画面のようすがわかります。</p>
<p>どの手続でも、終わりの3つは同じです。<strong>署名へ進む</strong>、<strong>次へ</strong>、<strong>署名して送る</strong>の順に押します。氏名・住所・生年月日・性別は、カードから入るので、書く欄がありません。</p>
<p class="note">画面の絵は、このマニュアルを作るときに実際に申請した画面です。書いてある名前や番号は、すべて見本です。</p></section>`}
${procedures.map((shown) => procedure(shown, input))}${trouble}${words}`;
}

function head(id: string, small: string, title: string): Html {
  return html`<h1 class="chapter" id="${id}"><small>${small}</small>${title}</h1>`;
}

function cover({ edition }: ManualInput): Html {
  return html`<section class="cover"><div class="cover-top"><p class="cover-site">公的個人認証ポータル</p>
<h1>利用者<br>マニュアル</h1><p class="cover-sub">マイナンバーカードで、家から申請。<br>はじめの一歩から、受付まで。</p>
<div class="cover-picture">${journey}</div></div>
<p class="cover-foot"><strong>${edition}版</strong><br>このマニュアルは、見本市（デモ）の画面で作りました。見本市・見本県・見本省は、実在しません。</p></section>`;
}

function contents({ procedures, pages }: ManualInput): Html {
  return html`<section class="page"><h1 class="chapter"><small>目次</small>もくじ</h1><ol class="contents">${chapters(
    procedures,
  ).map(
    ({ id, title, sub }) =>
      html`<li class="${sub ? 'sub' : 'part'}"><a href="#${id}">${title}</a><span class="dots"></span><span class="of">${pages.get(id) ?? ''}</span></li>`,
  )}</ol></section>`;
}

const first = html`<section class="page">${head('first', '第1部', 'はじめに')}
<p class="lead">役所の窓口に行かなくても、家のパソコンから申請できます。マイナンバーカードの中の「電子証明書」で署名するので、本人が出したものだと役所にわかります。</p>
<h2>流れ</h2><ol class="way">${[
  'ポータルの準備のページを開く',
  '準備を確かめる',
  '結果をもって戻る',
  '手続をさがす',
  '手続を選ぶ',
  '質問に答えて、署名へ進む',
  'パスワードを打って、次へ',
  '申請書を確かめて、署名して送る',
].map((text, index) => html`<li><b>${index + 1}</b>${text}</li>`)}</ol>
<p>押すのは、全部で8回です。2度目からは、手続を選ぶところから始めるので、4回です。</p>
<h2>安心して使うために</h2><ul>
<li>パスワードは、あなたのパソコンからカードへ渡されるだけです。役所にも、ポータルにも送られません。</li>
<li>署名の鍵は、カードの外に出ません。署名は、カードの中で行われます。</li>
<li>個人番号（マイナンバー）は読み取りません。</li>
<li>申請書は、暗号化されて役所に届きます。途中では、だれも読めません。</li></ul></section>`;

const prepare = html`<section class="page">${head('prepare', '第1部', '用意するもの')}
<div class="things"><div class="thing">${card}<strong>マイナンバーカード</strong>署名用電子証明書が入っているもの。有効期間は5年です。</div>
<div class="thing">${reader}<strong>カードリーダー</strong>パソコンにUSBでつなぐもの。多くは、つなぐだけで使えます。</div>
<div class="thing">${client}<strong>署名クライアント</strong>カードとやりとりするソフト。はじめに1回、入れます。</div></div>
<h2>パスワードは1つだけ</h2>
<p>使うのは<strong>署名用パスワード（英数字6〜16文字）</strong>です。カードを受け取ったときに、窓口で決めたものです。大文字と小文字は区別しません。4けたの数字（利用者証明用パスワードなど）は使いません。</p>
<p class="note"><strong>5回まちがえると、使えなくなります。</strong>のこりの回数は、パスワードを打つ画面に出ます。使えなくなったら、お住まいの市区町村の窓口で、新しいパスワードを決めてください。カードと本人確認書類が要ります。</p>
<h2>署名クライアントを入れる（はじめの1回）</h2><ol class="do">
<li>ポータルの「準備」を開き、「署名クライアントのファイルをダウンロードして入れる」を押します。</li>
<li>お使いのパソコン（Windows、macOS、Linux）のファイルを選びます。</li>
<li>ファイルの番号（SHA-256）が、ページに書いてあるものと同じか、確かめます。</li>
<li>入れます。次にパソコンを始めるときから、自動で動きます。</li></ol></section>`;

function way({ pictures }: ManualInput): Html {
  return html`<section class="page">${head('steps', '第2部', '申請のしかた')}
${steps.map(
  ({ pictures: names, title, text, marks }, index) =>
    html`<section class="step"><div class="step-head"><span class="step-number">${index < 8 ? index + 1 : '✓'}</span><div><h2>${title}</h2><p>${text}</p></div></div>
${names.map((name, before) => shot(pictures.get(name), marks.slice(before), names.length > 1 ? 82 : 175))}</section>`,
)}</section>`;
}

/** A picture with its numbered things; it takes at most 162 mm of width and `most` of height. */
function shot(
  picture: (Picture & { src: string }) | undefined,
  marks: readonly string[],
  most: number,
): Html {
  if (picture === undefined) return html``;
  const { width: across, height, src, labels } = picture;
  const width = Math.min(162, (most * across) / height);
  return html`<div class="shot-frame" style="width:${width + 11}mm"><div class="shot"><img src="${src}" alt=""></div>${labels.map(
    ({ x, y }, number) =>
      html`<span class="${x < 0.2 ? 'mark beside' : 'mark'}" style="left:calc(11mm + ${Math.max(0, x * width).toFixed(1)}mm);top:${(y * 100).toFixed(2)}%">${number + 1}</span>`,
  )}</div><ol class="marks">${labels.map(
    ({ text: label }, number) =>
      html`<li><b>${number + 1}</b><span><strong>${label}</strong>　${marks[number] ?? ''}</span></li>`,
  )}</ol>`;
}

const after = html`<section class="page">${head('after', '第2部', '受け付けられたあと')}
<p class="lead">到達番号が出れば、申請は役所に届いています。届いた時刻が、申請した時刻です。</p>
<h2>番号を控える</h2><p>到達番号は、受付の画面に大きく出ます。印刷するか、PDFで保存してください。「問合せ番号」は、見るときだけ開きます。2つの番号で、あとから申請のようすを見られます。</p>
<h2>役所がすること</h2><ol class="do"><li>署名が正しいか、申請書が変わっていないかを確かめます。</li><li>電子証明書の氏名・住所などと、役所の記録を照らし合わせます。</li><li>電子証明書が有効かを確かめます。</li><li>内容を審査して、結果を知らせます。</li></ol>
<h2>直してほしいと言われたら（補正）</h2><p>受付のページに、直すところと理由、期限が出ます。前に書いたものは残っています。直して、もう一度署名して送ってください。</p>
<h2>取り下げたいとき</h2><p>審査が終わる前なら、受付のページから取り下げられます。</p>
<h2>ようすを見る</h2><p>役所のページの「申請のようすを見る」に、到達番号と問合せ番号を入れます。カードでログインすると、これまでの申請が並びます（マイページ）。</p></section>`;

function question(entry: Entry): Html[] {
  if (isGroup(entry))
    return [
      html`<tr><th colspan="3">${entry.label.ja}（1人または1つにつき、次のことを書きます）</th></tr>`,
      ...entry.fields.flatMap(question),
    ];
  const need = entry.kind === 'total' ? '計算' : entry.required ? '必須' : '任意';
  const conditional = entry.when === undefined ? '' : '答えによっては、出ません。';
  const options = (entry.options ?? []).map(({ label }) => label.ja).join('・');
  return [
    html`<tr><td>${entry.label.ja}</td><td class="need">${need}</td><td>${[entry.hint?.ja, options, conditional].filter((text) => text !== undefined && text !== '').join('　')}</td></tr>`,
  ];
}

function procedure({ id, agency, definition }: Shown, { pictures }: ManualInput): Html {
  const { title, summary, requirements, attachments, minutes, fee, processingDays, fields } = definition;
  const pieces = (part: string) =>
    [...pictures]
      .filter(([name]) => name.startsWith(`${id}-${part}`))
      .map(
        ([, picture], index) =>
          html`<figure class="piece"><figcaption>画面 ${index + 1}</figcaption><img src="${picture.src}" alt=""></figure>`,
      );
  const parts = definition.steps ?? [];
  const few = fields.length;
  return html`<section class="page"><div class="band" id="${id}"><p>${agency}</p><h1>${title.ja}</h1></div>
<p class="lead">${summary.ja}</p>
<table class="facts"><tr><th>用意するもの</th><td>${requirements.map(({ ja }) => ja).join('、')}</td></tr>
${attachments.length === 0 ? '' : html`<tr><th>付けるファイル</th><td>${attachments.map(({ label, required }) => `${label.ja}（${required ? '必須' : '任意'}）`).join('、')}</td></tr>`}
<tr><th>書く時間のめやす</th><td>${minutes}分</td></tr><tr><th>手数料</th><td>${fee.ja}</td></tr>
<tr><th>結果まで</th><td>${processingDays === 0 ? 'その日のうち' : `${processingDays}日くらい`}</td></tr></table>
<h2>しかた</h2><ol class="do"><li>「手続をさがす」で「${title.ja}」を選びます。</li>
<li>${parts.length === 0 ? '質問に答えます。' : html`${parts.length}つの画面に、順に答えます（${parts.map((part) => part.title.ja).join(' → ')}）。画面の終わりで「次へ」を押します。`}</li>
${attachments.length === 0 ? '' : html`<li>ファイルを選びます。</li>`}
<li>「署名へ進む」を押し、署名用パスワードを打って「次へ」を押します。</li><li>できあがった申請書をよく見て、「署名して送る」を押します。</li><li>到達番号が出たら、終わりです。</li></ol>
<h2>書くこと</h2><table class="asked"><thead><tr><th>質問</th><th class="need">必須か</th><th>書きかた</th></tr></thead><tbody>${fields.flatMap(question)}</tbody></table>
<h2>書く画面</h2><div class="pieces${few < 4 ? ' few' : ''}">${pieces('form')}</div>
<h2>署名する前に見る申請書</h2><div class="pieces">${pieces('signed')}</div></section>`;
}

const trouble = html`<section class="page">${head('troubles', '第4部', 'こまったとき')}
<p class="lead">ポータルの「こまったとき」で、ふだんのことばでさがせます。</p>
<dl class="answers">${troubles.map(({ question: asked, answer }) => html`<dt>${asked}</dt><dd>${answer}</dd>`)}</dl>
<p class="note"><strong>カードをなくしたとき</strong>　すぐに、マイナンバー総合フリーダイヤル<br><span class="tel">0120-95-0178</span>（24時間、365日）に電話して、止めてください。</p></section>`;

const words = html`<section class="page">${head('words', '第4部', 'ことばの説明')}
<dl class="answers">${[
  [
    '署名用電子証明書',
    '申請書に署名するための、カードの中のデータです。氏名・住所・生年月日・性別が入っています。',
  ],
  ['利用者証明用電子証明書', 'サイトに入るときに、本人だと示すためのデータです。氏名などは入っていません。'],
  ['署名用パスワード（英数字6〜16文字）', '署名するときに打ちます。5回まちがえると、使えなくなります。'],
  [
    '利用者証明用パスワード（数字4けた）',
    'サイトに入るときに打ちます。申請には使いません。3回まちがえると、使えなくなります。',
  ],
  [
    '署名クライアント',
    'カードと役所のページの間に立つ、パソコンのソフトです。だれが何に署名を求めているかを示します。',
  ],
  [
    '合い言葉',
    '署名クライアントの画面に、いつも出ることばです。ちがうときは、にせものなので閉じてください。',
  ],
  ['到達番号', '申請が役所に届いたときに出る番号です。'],
  ['問合せ番号', '到達番号といっしょに使う、あなただけの番号です。人に教えないでください。'],
  ['補正', '足りないところや、まちがいを直すことです。'],
].map(([word, text]) => html`<dt>${word}</dt><dd>${text}</dd>`)}</dl></section>`;
