import type { Words } from '@madoguchi/ui';
import type { LossKind } from './grounds.js';

/** Words of the loss line and of the report in person. */
export const loss = {
  title: {
    ja: '紛失・盗難の電話を受ける（24時間）',
    jaEasy: 'カードを なくした {人|ひと}の {電話|でんわ}',
    en: 'Loss line (24 hours)',
  },
  lead: {
    ja: 'カードがなくても、電話で一時停止できます。下の4つを聞いて、聞いたとおりに入れてください。ひとつでも違うと、どこが違うかは出ません。',
    jaEasy:
      'カードが なくても とめられます。4つを {聞|き}いて、{聞|き}いた とおりに {書|か}いて ください。どこが ちがうかは {出|で}ません。',
    en: 'A hold needs no card. Ask the four questions and type what you hear. If one of them is wrong, the page does not say which.',
  },
  what: { ja: 'どうなりましたか', jaEasy: 'どう なりましたか', en: 'What happened' },
  caller: { ja: '電話をかけた方', jaEasy: '{電話|でんわ}を した {人|ひと}', en: 'Who is calling' },
  family: { ja: '同じ世帯の家族', jaEasy: '{家族|かぞく}', en: 'Somebody of the household' },
  check: { ja: '答えを確かめる', jaEasy: '{答|こた}えを {見|み}る', en: 'Check the answers' },
  nobody: {
    ja: '答えが一致する方はいません。聞き直してください。登録の内容は教えないでください。',
    jaEasy: 'この {人|ひと}は いません。もういちど {聞|き}いて ください。',
    en: 'The answers fit nobody. Ask again, and tell the caller nothing from the register.',
  },
  tooMany: {
    ja: '一致しない答えが続いています。1時間待つか、責任者に代わってください。',
    jaEasy: 'まちがいが {多|おお}いです。{責任者|せきにんしゃ}に かわって ください。',
    en: 'Too many answers that fit nobody. Wait an hour, or hand over to a supervisor.',
  },
  missing: {
    ja: '{what}を聞いて、入れてください。',
    jaEasy: '{what}を {聞|き}いて ください。',
    en: '{what}: ask, and type the answer.',
  },
  choose: {
    ja: '紛失・盗難などの種類を選んでください。',
    jaEasy: 'どう なったか えらんで ください。',
    en: 'Choose what happened to the card.',
  },
  chooseCaller: {
    ja: '電話をかけた方を選んでください。',
    jaEasy: '{電話|でんわ}を した {人|ひと}を えらんで ください。',
    en: 'Choose who is calling.',
  },
  fits: {
    ja: '4つの答えが、お一人の登録と一致しました。',
    jaEasy: '{答|こた}えは {合|あ}って います。',
    en: 'All four answers fit one person.',
  },
  living: {
    ja: '有効な証明書: {count} 枚。すべて、すぐに止めます。一時停止は、もとには戻せません。カードが見つかっても、窓口で新しい証明書を作ることになります。このことを伝えて、停止してよいか聞いてください。',
    jaEasy:
      'つかえる {証明書|しょうめいしょ}は {count}まいです。ぜんぶ とめます。もとに もどせません。とめて いいか {聞|き}いて ください。',
    en: 'Valid certificates: {count}. All are held at once. A hold is never released: even when the card is found, new certificates are made at the counter. Say so, and ask whether to go on.',
  },
  none: {
    ja: 'この方に有効な証明書はありません（すでに止まっています）。止めるものはありません。',
    jaEasy: 'つかえる {証明書|しょうめいしょ}は ありません。もう とまって います。',
    en: 'This person has no valid certificate: there is nothing to hold.',
  },
  call: { ja: 'この電話の内容', jaEasy: 'この {電話|でんわ}', en: 'This call' },
  hold: { ja: 'すべて一時停止する', jaEasy: 'ぜんぶ とめる', en: 'Hold all certificates' },
  again: { ja: '次の電話を受ける', jaEasy: 'つぎの {電話|でんわ}', en: 'Next call' },
  doneTitle: { ja: '一時停止しました', jaEasy: 'とめました', en: 'The certificates are held' },
  number: { ja: '受付番号', jaEasy: '{受付番号|うけつけばんごう}', en: 'Reference' },
  doneBody: {
    ja: '受付番号を伝えてください。次に、本人確認書類を持って住所地の市区町村の窓口へ届け出てもらいます。盗難のときは、警察への届出もすすめてください。本人の住所へは、窓口からお知らせの手紙が出ます。',
    jaEasy:
      '{番号|ばんごう}を {教|おし}えて ください。つぎに、{市|し}の {窓口|まどぐち}へ {来|き}て もらいます。ぬすまれた ときは {警察|けいさつ}にも {言|い}います。',
    en: 'Tell the caller the reference. Next, the holder reports in person at the municipality with proof of identity; after a theft also to the police. The counter sends a letter to the holder’s address.',
  },
  notice: {
    ja: '本人へのお知らせを作る（PDF）',
    jaEasy: '{本人|ほんにん}への {手紙|てがみ}（PDF）',
    en: 'Make the letter to the holder (PDF)',
  },
  // In person, on the resident's page
  report: {
    ja: '紛失・盗難・発見の届出（窓口で）',
    jaEasy: 'なくした・ぬすまれた・{見|み}つかった',
    en: 'Card lost, stolen or found: report in person',
  },
  reportNote: {
    ja: '紛失・盗難では、カードを廃止し、有効な証明書をすべて失効させます。見つかったときも、止めた証明書は戻りません。今のカードに新しい証明書を発行し直してください。',
    jaEasy:
      'なくした とき、{証明書|しょうめいしょ}は ぜんぶ つかえなく なります。{見|み}つかっても もどりません。{新|あたら}しく つくって ください。',
    en: 'A lost or stolen card is abolished and all its certificates are revoked. A card that is found again does not bring held certificates back: issue new ones into it.',
  },
  reportButton: { ja: '届出を記録する', jaEasy: '{記録|きろく}する', en: 'Record the report' },
  heldTitle: {
    ja: '電話で一時停止されています（受付番号 {number}、{at}）',
    jaEasy: '{電話|でんわ}で とめました（{number}、{at}）',
    en: 'Held by telephone (reference {number}, {at})',
  },
  heldNext: {
    ja: '次にすること: 本人確認をして、下の「紛失・盗難・発見の届出」を記録します。カードが見つかったら今のカードに、見つからなければ新しいカードに発行します。',
    jaEasy: 'つぎに: {本人|ほんにん}か {見|み}て、{下|した}で {記録|きろく}して ください。',
    en: 'Next: prove identity and record the report below. Issue into the present card if it is found, else to a new one.',
  },
} satisfies Record<string, Words>;

export const lossKindWords: Readonly<Record<LossKind, Words>> = {
  lost: { ja: '紛失した', jaEasy: 'なくした', en: 'lost' },
  stolen: { ja: '盗まれた', jaEasy: 'ぬすまれた', en: 'stolen' },
  found: { ja: 'カードが見つかった', jaEasy: 'カードが {見|み}つかった', en: 'found again' },
};
