import { fill, type Words } from '@madoguchi/ui';
import { ClientError } from '../../client-error.js';
import { w } from '../../client-words.js';
import { cardTrouble, type Trouble } from '../trouble.js';
import { JobError } from './job-service.js';

const untouched: Words = w(
  'カードには何もしていません。',
  'カードは そのままです。',
  'Nothing was done to the card.',
);

const brokenOff: Words = w(
  'カードへの作業が途中で止まりました。カードの中の証明書は、いま入っているものが使えます。',
  'とちゅうで {止|と}まりました。カードの {証明書|しょうめいしょ}は そのまま つかえます。',
  'The card work was broken off. The certificates that the card holds now are good.',
);

const again: Words = w(
  '窓口の画面にもどり、この手続きをもう一度始めてください。',
  '{窓口|まどぐち}の ページから もういちど はじめて ください。',
  'Go back to the counter and begin the act again.',
);

const putIn: Words = w(
  'この方に用意したカードをリーダーに置いて、もう一度押してください。',
  'カードを おいて、もういちど おして ください。',
  'Put the card that was made for this person into the reader and press again.',
);

type Entry = readonly [what: Words, next: Words, begun?: true];

const table = {
  'job-not-here': [
    w(
      'この署名クライアントは、{origin} の窓口の作業をするようには設定されていません。',
      'この パソコンは {origin} の {窓口|まどぐち}では ありません。',
      'This agent is not set up to work for the counter at {origin}.',
    ),
    w(
      '管理者に頼んでください（信頼の設定 trust.json の counters）。心当たりのないときは、閉じてください。',
      '{管理|かんり}する {人|ひと}に {聞|き}いて ください。',
      'Ask the operator (counters in trust.json). If you did not expect this, close the page.',
    ),
  ],
  'job-ended': [
    w('このページは、すでに終わっています。', 'この ページは おわりました。', 'This page has already ended.'),
    again,
  ],
  'job-expired': [
    w(
      'この依頼の期限（{date}）が過ぎました。',
      'この お{願|ねが}いの {時間|じかん}が おわりました（{date}）。',
      'This job has passed its time ({date}).',
    ),
    again,
  ],
  'job-stopped': [w('とりやめました。', 'やめました。', 'You stopped.'), again],
  'job.card': [
    w(
      'リーダーにあるのは、この方のカードではありません。',
      'この {人|ひと}の カードでは ありません。',
      'What lies in the readers is not this person’s card.',
    ),
    putIn,
  ],
  'job.ticket': [
    w(
      'この依頼は、使用済みか、期限が過ぎたか、認証局に知られていません。',
      'この お{願|ねが}いは もう つかえません。',
      'This job is used, too old, or unknown to the authority.',
    ),
    again,
  ],
  'job.over': [
    w(
      'この手続きは、すでに終わっているか、時間が過ぎました。',
      'この {手続|てつづ}きは おわりました。',
      'The act is over, or too much time has passed.',
    ),
    again,
  ],
  'job.key': [
    w(
      '認証局は、この鍵をこの方のカードのものと認めませんでした。',
      'この カードでは できません。',
      'The authority does not know this key as one of this person’s card.',
    ),
    again,
    true,
  ],
  'job.answer': [
    w(
      '認証局から届いたものが、求めたものと合いません。カードには使っていません。',
      'とどいた ものが ちがいます。つかって いません。',
      'What came back is not what was asked for. It was not put into use.',
    ),
    again,
    true,
  ],
  'job.unreachable': [
    w(
      '認証局につながりません。',
      '{認証局|にんしょうきょく}に つながりません。',
      'The authority cannot be reached.',
    ),
    again,
    true,
  ],
  'job.refused': [
    w(
      '認証局が作業を受け付けませんでした。',
      '{認証局|にんしょうきょく}が ことわりました。',
      'The authority refused to go on.',
    ),
    again,
    true,
  ],
} as const satisfies Record<string, Entry>;

type JobTroubleId = keyof typeof table;

/** The rule may be any text that the authority sent. */
const isJobTrouble = (rule: string): rule is JobTroubleId => Object.hasOwn(table, rule);

export function jobTrouble(id: JobTroubleId, values: Record<string, Words | string> = {}): Trouble {
  const [what, next, begun]: Entry = table[id];
  return { id, what: fill(what, values), sent: begun ? brokenOff : untouched, next, action: 'close' };
}

/** What stopped a job: before anything was begun (`begun` false) the page may ask again. */
export function jobStopped(error: unknown, begun: boolean): Trouble {
  if (error instanceof JobError) {
    const id = isJobTrouble(error.rule) ? error.rule : 'job.refused';
    return { ...jobTrouble(id), sent: begun ? brokenOff : untouched };
  }
  const known = error instanceof ClientError ? error : new ClientError('card-unresponsive');
  const found = cardTrouble(known);
  return { ...found, sent: begun ? brokenOff : untouched, next: begun ? again : found.next, action: 'close' };
}
