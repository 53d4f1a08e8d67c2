import type { Words } from '@madoguchi/ui';
import { ClientError } from '../../client-error.js';
import { w } from '../../client-words.js';
import { TokenError } from '../../tokens/token-error.js';
import { tokenWords } from '../../tokens/token-words.js';
import { unsure } from '../pages/sure.js';
import { cardTrouble, ownTrouble, type Trouble } from '../trouble.js';
import { jobEnded, type OwnEntry, untilDone } from '../trouble-sentences.js';

const stays: Words = w(
  'カードと、いまあるスマホ用の証明書は、そのままです。',
  'カードは そのままです。',
  'Your card and the tokens you have are as they were.',
);

const table = {
  'phones-differ': [
    w(
      '二つの新しいパスワードが違います。',
      '2つの {新|あたら}しい パスワードが ちがいます。',
      'The two new passwords differ.',
    ),
    w(
      '同じものを二回入れてください。',
      'おなじ ものを 2{回|かい} {入|い}れて ください。',
      'Type the same one twice.',
    ),
  ],
  'phones-medium': [
    w(
      'スマホの種類が選ばれていません。',
      'スマホを えらんで いません。',
      'No kind of smartphone was chosen.',
    ),
    w('AndroidかiPhoneを選んでください。', 'えらんで ください。', 'Choose Android or iPhone.'),
  ],
  'phones-busy': [
    w(
      'ほかの手続きが進んでいます。',
      'ほかの {手続|てつづ}きを して います。',
      'Something else is on its way.',
    ),
    untilDone,
  ],
  'phones-forgotten': [
    w(
      '5分を過ぎたので、パスワードを消しました。',
      '5{分|ふん} すぎたので、パスワードを けしました。',
      'Five minutes have passed, so the password was wiped.',
    ),
    w('もう一度パスワードを入れてください。', 'もういちど {入|い}れて ください。', 'Type it again.'),
  ],
  'phones-unsure': unsure,
  'phones-ended': jobEnded,
} as const satisfies Record<string, OwnEntry>;

export function phonesTrouble(id: keyof typeof table): Trouble {
  return ownTrouble(id, table[id], stays);
}

/** What stopped it, in words; a defect of ours passes as an unreachable card. */
export function phonesStopped(error: unknown): Trouble {
  if (error instanceof TokenError) return ownTrouble(error.rule, tokenWords[error.rule], stays);
  const known = error instanceof ClientError ? error : new ClientError('card-unresponsive');
  return { ...cardTrouble(known), sent: stays, action: 'close' };
}
