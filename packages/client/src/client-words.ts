import { fill, type Words } from '@madoguchi/ui/words';
import type { ClientError, ClientErrorCode, PinKind } from './client-error.js';
import { foreignCardNames } from './foreign-card-words.js';
import { installService, startService } from './service-words.js';
import { hasSystemd, type SystemKind, systemKind } from './system.js';
import { w } from './three-words.js';

export { w } from './three-words.js';

/** What happened, and the one next step. */
export interface Explanation {
  what: Words;
  next: Words;
}

const counterVisit: Words = w(
  'お住まいの市区町村の窓口で、新しいパスワードを設定してください。マイナンバーカードと、運転免許証などの本人確認書類をお持ちください。',
  '{住|す}んでいる {市|し}や {町|まち}の {窓口|まどぐち}で、あたらしい パスワードを つくって ください。マイナンバーカードと、{運転免許証|うんてんめんきょしょう}などを もって いって ください。',
  'Have a new password set at the counter of your municipality. Bring your My Number Card and another identity document, such as a driving licence.',
);

const pinNames: Record<PinKind, Words> = {
  sign: w('署名用パスワード', '{署名用|しょめいよう}パスワード', 'signature password'),
  auth: w(
    '利用者証明用パスワード',
    '{利用者証明用|りようしゃしょうめいよう}パスワード',
    'user authentication password',
  ),
  text: w(
    '券面事項入力補助用パスワード',
    '{券面事項入力補助用|けんめんじこうにゅうりょくほじょよう}パスワード',
    'input-support password',
  ),
};

const pinForms: Record<PinKind, Words> = {
  sign: w('英数字6〜16文字', '{英字|えいじ}と {数字|すうじ}、6〜16{文字|もじ}', '6 to 16 letters and digits'),
  auth: w('数字4けた', '{数字|すうじ} 4けた', '4 digits'),
  text: w('数字4けた', '{数字|すうじ} 4けた', '4 digits'),
};

/** Only the signature password has letters. */
const caseWords = w(
  '大文字・小文字は区別しません。',
  '{大文字|おおもじ}と {小文字|こもじ}は おなじです。',
  'Upper and lower case make no difference.',
);

const table: Record<ClientErrorCode, Explanation> = {
  'no-library': {
    what: w(
      'このパソコンには、カードリーダーを使うための部品（PC/SC）が入っていません。',
      'この パソコンは、まだ カードリーダーを つかえません。',
      'This computer has no card reader software (PC/SC).',
    ),
    next: installService.other,
  },
  'service-stopped': {
    what: w(
      'カードリーダーのサービス（スマートカード サービス）が止まっています。',
      'カードリーダーの サービスが {止|と}まって います。',
      'The smart card service of this computer is not running.',
    ),
    next: startService.other,
  },
  'no-reader': {
    what: w(
      'カードリーダーが見つかりません。',
      'カードリーダーが {見|み}つかりません。',
      'No card reader was found.',
    ),
    next: w(
      'カードリーダーをパソコンにつないでください。つなぐと、このページは自動で進みます。',
      'カードリーダーを パソコンに つないで ください。つなぐと、この ページは {自動|じどう}で {進|すす}みます。',
      'Connect a card reader. This page goes on by itself once it is there.',
    ),
  },
  'no-card': {
    what: w(
      'カードリーダーに、カードが入っていません。',
      'カードリーダーに、カードが ありません。',
      'There is no card in the reader.',
    ),
    next: w(
      'マイナンバーカードをカードリーダーに入れてください（またはのせてください）。',
      'マイナンバーカードを カードリーダーに いれて ください。',
      'Put your My Number Card into (or onto) the reader.',
    ),
  },
  'card-busy': {
    what: w(
      'ほかのプログラムがカードを使っています。',
      'ほかの プログラムが カードを つかって います。',
      'Another program is using the card.',
    ),
    next: w(
      'ほかのプログラムを閉じてから、もう一度お試しください。',
      'ほかの プログラムを {閉|と}じて、もういちど して ください。',
      'Close the other program, then try again.',
    ),
  },
  'card-at-pad': {
    what: w(
      'いま、別のページのために、リーダーのキーでパスワードを入れるのを待っています。',
      'いま、べつの ページの パスワードを リーダーの キーで {待|ま}って います。',
      'The reader is waiting for a password on its own keys, for another page.',
    ),
    next: w(
      'リーダーで入れ終わるか、取り消しのキーを押すと、このページは先に進めます（長くて30秒）。',
      'リーダーの キーが おわるまで、すこし まって ください。',
      'Finish on the reader or press its cancel key; then this page goes on (30 seconds at most).',
    ),
  },
  'card-removed': {
    what: w(
      '途中でカードが抜かれたか、ずれました。',
      '{途中|とちゅう}で カードが ぬけたか、ずれました。',
      'The card was pulled out or moved away midway.',
    ),
    next: w(
      'カードを入れ直して、もう一度お試しください。終わるまで動かさないでください。',
      'カードを もういちど いれて ください。{終|お}わるまで うごかさないで ください。',
      'Put the card back and try again. Leave it in place until the end.',
    ),
  },
  'card-unresponsive': {
    what: w(
      'カードが答えません。裏表か向きがちがうようです。',
      'カードが {読|よ}めません。むきが ちがう かも しれません。',
      'The card does not answer. It probably lies the wrong way round.',
    ),
    next: w(
      'カードの裏表と向きを確かめて、入れ直してください。差し込むリーダーではICチップ（金色の四角）を奥に、置くリーダーではカードを真ん中に置きます。',
      'カードの むきを たしかめて、もういちど いれて ください。',
      'Turn it over or round and put it in again: the gold chip goes in first; on a contactless reader the card lies in the middle.',
    ),
  },
  'card-unexpected': {
    what: w(
      'カードから思いがけない答えが返りました。',
      'カードの {答|こた}えが おかしいです。',
      'The card gave an answer that was not expected.',
    ),
    next: w(
      'カードを入れ直して、もう一度お試しください。続くときは市区町村の窓口でカードを見てもらってください。',
      'カードを もういちど いれて ください。だめな ときは、{市|し}や {町|まち}の {窓口|まどぐち}で カードを {見|み}て もらって ください。',
      'Put the card in again and retry. If it goes on, have the card looked at at your municipal counter.',
    ),
  },
  'card-exchanged': {
    what: w(
      'はじめのカードとちがうカードが入っています。パスワードは送っていません。',
      'はじめの カードと ちがいます。パスワードは {送|おく}って いません。',
      'This is not the card of the beginning. No password was sent to it.',
    ),
    next: w(
      'はじめのカードに入れ替えて、もう一度お試しください。',
      'はじめの カードを いれて ください。',
      'Put the first card back and try again.',
    ),
  },
  'not-my-number-card': {
    what: w(
      '入っているのは{card}です。マイナンバーカードではありません。',
      'この カードは {card}です。マイナンバーカードでは ありません。',
      'The reader holds {card}, not a My Number Card.',
    ),
    next: w(
      'マイナンバーカードに入れ替えてください。',
      'マイナンバーカードを いれて ください。',
      'Replace it by your My Number Card.',
    ),
  },
  'several-cards': {
    what: w(
      'マイナンバーカードが2枚以上あります: {subject}',
      'マイナンバーカードが 2{枚|まい}より おおく あります: {subject}',
      'There is more than one My Number Card: {subject}',
    ),
    next: w(
      '使わないカードを抜くか、リーダーを選んでください。',
      '{使|つか}わない カードを ぬいて ください。',
      'Take the other one out, or choose a reader.',
    ),
  },
  'no-certificate': {
    what: w(
      'このカードには、署名用電子証明書が入っていません。',
      'この カードには、{署名用電子証明書|しょめいようでんししょうめいしょ}が ありません。',
      'There is no signature certificate on this card.',
    ),
    next: w(
      '署名用電子証明書は、お住まいの市区町村の窓口で発行できます。カードと本人確認書類をお持ちください。',
      '{住|す}んでいる {市|し}や {町|まち}の {窓口|まどぐち}で もらえます。カードを もって いって ください。',
      'Your municipal counter issues one. Bring the card and another identity document.',
    ),
  },
  'pin-format': {
    what: w(
      '{pin}は、{form}です。いまの入力では残り回数は減っていません。',
      '{pin}は、{form}です。のこりの {回数|かいすう}は へって いません。',
      'The {pin} has {form}. No try was used up.',
    ),
    next: w(
      '文字数と文字の種類を確かめて、もう一度入れてください。',
      '{文字|もじ}の {数|かず}を たしかめて、もういちど いれて ください。',
      'Check its length and characters and type it again.',
    ),
  },
  'pin-wrong': {
    what: w(
      'パスワードが ちがいます。のこり {tries} 回です。{case}',
      'パスワードが ちがいます。のこり {tries} {回|かい}です。{case}',
      'The password is wrong. Tries left: {tries}. {case}',
    ),
    next: w(
      '{pin}（{form}）を、もう一度入れてください。',
      '{pin}（{form}）を、もういちど いれて ください。',
      'Type the {pin} ({form}) again.',
    ),
  },
  'pin-last-try': {
    what: w(
      'のこり 1 回です。もう一度まちがえると、パスワードがロックされます。',
      'のこり 1 {回|かい}です。もういちど まちがえると、{使|つか}えなく なります。',
      'One try is left. Another mistake locks the password.',
    ),
    next: w(
      'パスワードに自信があるときだけ、「最後の1回を使う」に印をつけて進んでください。',
      'ぜったいに {正|ただ}しい ときだけ、「さいごの 1{回|かい}を つかう」を えらんで ください。',
      'Only if you are sure of the password, tick “use the last try” and go on.',
    ),
  },
  'pin-locked': {
    what: w(
      '{pin}がロックされています（まちがいが続いたため）。',
      '{pin}が {使|つか}えなく なって います（まちがいが つづいたから）。',
      'The {pin} is locked after too many wrong tries.',
    ),
    next: counterVisit,
  },
  'pin-pad-stopped': {
    what: w(
      'カードリーダーのボタンでの入力が終わりませんでした。のこり回数は減っていません。',
      'カードリーダーの ボタンを {押|お}さなかったので、やめました。のこりの {回数|かいすう}は へって いません。',
      'Nothing was typed on the reader’s keys, or it was cancelled. No try was used up.',
    ),
    next: w(
      'もう一度始めて、リーダーのボタンで入れてください。',
      'もういちど はじめて、カードリーダーの ボタンで いれて ください。',
      'Start again and type it on the reader’s keys.',
    ),
  },
  'port-taken': {
    what: w(
      '署名クライアントが使う入口（ポート）を、ほかのプログラムが使っています: {subject}',
      '{署名|しょめい}クライアントの {入口|いりぐち}を、ほかの プログラムが つかって います: {subject}',
      'Another program holds the port of the signing agent: {subject}',
    ),
    next: w(
      'そのプログラムを閉じてから、署名クライアントを始め直してください。別の入口では始めません。',
      'その プログラムを {閉|と}じて、もういちど はじめて ください。',
      'Close that program and start the agent again. It does not start on another port.',
    ),
  },
};

/** Next steps that have other words on each system. */
const bySystem: Partial<Record<ClientErrorCode, Record<SystemKind, Words>>> = {
  'no-library': installService,
  'service-stopped': startService,
};

/** An old card and a card of another kind need different steps; only the old one is worth a word of its own. */
const oldCard: Words = w(
  '住民基本台帳カードの電子証明書は使えなくなりました。マイナンバーカードに入れ替えてください。お持ちでないときは、お住まいの市区町村の窓口で申請できます。',
  '{古|ふる}い カードは {使|つか}えません。マイナンバーカードを いれて ください。ない ときは、{市|し}や {町|まち}の {窓口|まどぐち}で もうしこんで ください。',
  'Certificates on these cards ended long ago. Use your My Number Card; without one, apply at your municipal counter.',
);

/** A Linux without systemd (a container, another init) starts its services in another way. */
function mender({ code }: ClientError): SystemKind {
  const kind = systemKind();
  const isLinux = kind === 'debian' || kind === 'fedora' || kind === 'arch';
  return code === 'service-stopped' && isLinux && !hasSystemd() ? 'linux' : kind;
}

/** The sentence for the reader of an error of this room: what happened and the one next step, in the words of this system. */
export function explainClientError(error: ClientError, system: SystemKind = mender(error)): Explanation {
  const kind = error.detail.pin ?? 'sign';
  const card = error.detail.card ?? 'unknown';
  const { what, next } = table[error.code];
  const values = {
    pin: pinNames[kind],
    form: pinForms[kind],
    card: foreignCardNames[card],
    tries: error.detail.triesLeft ?? 0,
    case: kind === 'sign' ? caseWords : '',
    subject: error.detail.subject ?? '—',
  };
  const step =
    error.code === 'not-my-number-card' && (card === 'jukicard' || card === 'old-resident-card')
      ? oldCard
      : (bySystem[error.code]?.[system] ?? next);
  return { what: fill(what, values), next: fill(step, values) };
}
