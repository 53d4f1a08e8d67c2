import type { Words } from '@madoguchi/ui';
import { ClientError } from '../../client-error.js';
import { w } from '../../client-words.js';
import { RenewalError } from '../../renewal/renewal-error.js';
import { renewalWords } from '../../renewal/renewal-words.js';
import { cardTrouble, ownTrouble, type Trouble } from '../trouble.js';
import { jobEnded, type OwnEntry, untilDone } from '../trouble-sentences.js';

const stays: Words = w(
  'いまの証明書はそのままです。途中まで進んだときは、次に続きから行えます。',
  'いまの {証明書|しょうめいしょ}は そのままです。つぎは つづきから できます。',
  'Your present certificates are as they were. What was begun goes on next time.',
);

const table = {
  'renewal-none': [
    w('パスワードが入っていません。', 'パスワードが ありません。', 'No password was typed.'),
    w(
      '更新する証明書のパスワードを入れてください。',
      '{更新|こうしん}する {証明書|しょうめいしょ}の パスワードを {入|い}れて ください。',
      'Type the password of each certificate that you want to renew.',
    ),
  ],
  'renewal-busy': [
    w(
      'ほかの更新が進んでいます。',
      'ほかの {更新|こうしん}を して います。',
      'Another renewal is on its way.',
    ),
    untilDone,
  ],
  'renewal-forgotten': [
    w(
      '5分を過ぎたので、パスワードを消しました。',
      '5{分|ふん} すぎたので、パスワードを けしました。',
      'Five minutes have passed, so the passwords were wiped.',
    ),
    w('もう一度パスワードを入れてください。', 'もういちど {入|い}れて ください。', 'Type them again.'),
  ],
  'renewal-ended': jobEnded,
} as const satisfies Record<string, OwnEntry>;

export function renewalTrouble(id: keyof typeof table): Trouble {
  return ownTrouble(id, table[id], stays);
}

/** What stopped a renewal, in words; a defect of ours passes as an unreachable card. */
export function renewalStopped(error: unknown): Trouble {
  if (error instanceof RenewalError) return ownTrouble(error.rule, renewalWords[error.rule], stays);
  const known = error instanceof ClientError ? error : new ClientError('card-unresponsive');
  return { ...cardTrouble(known), sent: stays, action: 'close' };
}
