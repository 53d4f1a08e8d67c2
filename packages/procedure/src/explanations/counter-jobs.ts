import type { Explanation } from '../explain.js';
import { say } from '../words.js';
import { askOffice, tellAgency } from './next-steps.js';

const startAgain = say(
  '窓口の画面にもどって、手続きをもう一度始めてください。',
  '{窓口|まどぐち}の ページから もういちど はじめて ください。',
  'Go back to the counter’s page and begin the act again.',
);

/** What a counter asks of the agent on its clerk's machine (`job.…`), up to the first password. */
export const counterJobs: Record<string, Explanation> = {
  job: {
    what: say(
      '窓口からの依頼が、こわれているか、決まりに合っていません。',
      '{窓口|まどぐち}からの お{願|ねが}いが こわれて います。',
      'What the counter asks for is damaged or not in the agreed form.',
    ),
    next: startAgain,
  },
  'job.origin': {
    what: say(
      '依頼したページと、依頼に書かれた窓口がちがいます。だれかがカードを使おうとしているかもしれません。',
      'ページが ちがいます。うその ページかも しれません。',
      'The page that asked is not the counter named in the request. Someone may be trying to use the card.',
    ),
    next: tellAgency,
  },
  'job.scheme': {
    what: say(
      '窓口との通信が、安全な通信（https）ではありません。',
      '{送|おく}り{先|さき}が {安全|あんぜん}では ありません。',
      'The counter’s address is not secure (https).',
    ),
    next: askOffice,
  },
  'job.expired': {
    what: say(
      '依頼の期限（15分）が過ぎました。カードには何もしていません。',
      '{時間|じかん}（15{分|ふん}）が すぎました。カードは そのままです。',
      'The request has expired (fifteen minutes). Nothing was done to the card.',
    ),
    next: startAgain,
  },
  'job.notYet': {
    what: say(
      'パソコンの時計が、窓口の時計より大きく遅れています。',
      'パソコンの {時計|とけい}が {遅|おく}れて います。',
      'The clock of this computer is far behind the counter’s.',
    ),
    next: say(
      'パソコンの時計を合わせて、もう一度ためしてください。',
      '{時計|とけい}を なおして ください。',
      'Set the clock of this computer and try again.',
    ),
  },
};
