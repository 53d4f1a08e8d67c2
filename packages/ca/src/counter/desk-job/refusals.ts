import { CaError, type Sentence } from '../../error.js';

const again = {
  ja: '窓口の画面から、手続きをもう一度始めてください。',
  jaEasy: '{窓口|まどぐち}の ページから もういちど はじめて ください。',
  en: 'Begin the act again at the counter’s page.',
};

const say = (ja: string, jaEasy: string, en: string): Sentence => ({
  ja: `${ja}${again.ja}`,
  jaEasy: `${jaEasy}${again.jaEasy}`,
  en: `${en} ${again.en}`,
});

/** Why the authority does not go on with a clerk's agent. */
const refusals = {
  'job.form': say('依頼を読めません。', '{読|よ}めません。', 'The request cannot be read.'),
  'job.ticket': say(
    'この依頼は、使用済みか、期限が過ぎたか、知られていません。',
    'この お{願|ねが}いは もう つかえません。',
    'This job is used, too old or unknown.',
  ),
  'job.over': say(
    'この手続きはもう終わっているか、時間が過ぎました。',
    'この {手続|てつづ}きは おわりました。',
    'This act is over, or too much time has passed.',
  ),
  'job.card': say(
    'この方のカードがリーダーにありません。この方に用意したカードを置いてください。',
    'この {人|ひと}の カードが ありません。',
    'This person’s card is not in the reader. Put in the card that was made for them.',
  ),
  'job.key': say(
    '新しい鍵は、この方のカードの中で作られたものではありません。',
    'この カードでは できません。',
    'The new key was not made inside this person’s card.',
  ),
  'job.again': say(
    'この鍵の手続きは途中で終わりました。',
    'とちゅうで おわりました。',
    'What was begun with this key has lapsed.',
  ),
  'job.incomplete': say(
    'カードへの書き込みが終わっていません。',
    'カードに まだ {書|か}いて いません。',
    'Not everything was written to the card.',
  ),
} as const;

export function jobRefused(rule: keyof typeof refusals): CaError {
  return new CaError(rule, refusals[rule], 77);
}
