import { fill, type Words } from '@madoguchi/ui';
import { w } from '../../client-words.js';
import type { Trouble } from '../trouble.js';
import { jobEnded, type OwnEntry } from '../trouble-sentences.js';

const stays: Words = w(
  'ファイルは、どこにも送られていません。',
  'ファイルは どこにも {送|おく}って いません。',
  'Your files were sent nowhere.',
);

const again: Words = w('もう一度お試しください。', 'もういちど して ください。', 'Try again.');

const table = {
  'files-none': [
    w('ファイルが選ばれていません。', 'ファイルを えらんで いません。', 'No file was chosen.'),
    w('ファイルを選んでください。', 'ファイルを えらんで ください。', 'Choose a file.'),
  ],
  'files-large': [
    w(
      'ファイルの合計が大きすぎます（64 MBまで）。',
      'ファイルが {大|おお}きすぎます（64 MBまで）。',
      'The files together are too large (at most 64 MB).',
    ),
    w('数を減らしてください。', 'ファイルを へらして ください。', 'Choose fewer files.'),
  ],
  'files-busy': [
    w(
      'ほかの署名が進んでいます。',
      'ほかの {署名|しょめい}を して います。',
      'Other signatures are being made.',
    ),
    again,
  ],
  'files-format': [
    w('署名の形式が選ばれていません。', 'かたちを えらんで いません。', 'No format was chosen.'),
    w('形式を選んでください。', 'かたちを えらんで ください。', 'Choose a format.'),
  ],
  'files-unfinished': [
    w(
      '署名を仕上げられませんでした（{rule}）。',
      '{署名|しょめい}が できませんでした（{rule}）。',
      'The signature could not be completed ({rule}).',
    ),
    w(
      '別の形式を選ぶか、ファイルを確かめてください。',
      'ちがう かたちを えらんで ください。',
      'Choose another format, or look at the file.',
    ),
  ],
  'files-authority': [
    w(
      '時刻や有効性を証明する認証局から、使える答えがありませんでした（{rule}）。',
      '{時刻|じこく}の {証明|しょうめい}が できませんでした（{rule}）。',
      'An authority that proves time or validity gave no usable answer ({rule}).',
    ),
    w(
      'ネットワークを確かめて、もう一度お試しください。このままでは署名ファイルはできません。',
      'ネットワークを {見|み}て、もういちど して ください。',
      'Look at the network and try again. No signed file was made.',
    ),
  ],
  'files-defect': [
    w(
      '署名クライアントの中で、思いがけないことが起きました。',
      'うまく うごきませんでした。',
      'Something unexpected happened inside the signing agent.',
    ),
    again,
  ],
  'files-ended': jobEnded,
} as const satisfies Record<string, OwnEntry>;

/** What goes wrong with files of the holder's own: told in words, and nothing has left the computer. */
export function filesTrouble(id: keyof typeof table, values: Record<string, string> = {}): Trouble {
  const [what, next] = table[id];
  return { id, what: fill(what, values), sent: stays, next: fill(next, values), action: 'close' };
}
