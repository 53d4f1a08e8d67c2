import type { Words } from '@madoguchi/ui';
import { w } from '../../client-words.js';
import type { FormatId, SignatureLevel } from '../../documents/format.js';

/** What the files pages say. */
export const filesTexts = {
  title: w('ファイルの署名と検証', 'ファイルの {署名|しょめい}', 'Sign and verify files'),
  lead: w(
    'ファイルはこのパソコンの中だけで扱われ、どこにも送られません。',
    'ファイルは どこにも {送|おく}りません。',
    'Files stay on this computer and are sent nowhere.',
  ),
  choose: w('ファイル', 'ファイル', 'Files'),
  chooseHint: w(
    'ここにファイルを置くか（ドラッグ）、ボタンで選びます。いくつでも選べます（合計64 MBまで）。',
    'ここに ファイルを おくか、ボタンで えらんで ください。',
    'Drop files here, or choose them with the button. Several at once, 64 MB in all.',
  ),
  sign: w('署名する', '{署名|しょめい}する', 'Sign'),
  verify: w('署名を確かめる', '{署名|しょめい}を {確|たし}かめる', 'Verify signatures'),
  signTitle: w('ファイルに署名する', 'ファイルに {署名|しょめい}する', 'Sign files'),
  signLead: w(
    '下のファイルに署名します。中身をよく確かめてから、パスワードを入れてください。',
    'この ファイルに {署名|しょめい}します。よく {見|み}て ください。',
    'These files will be signed. Make sure of their content before you type your password.',
  ),
  card: w('カード', 'カード', 'Card'),
  open: w('開いて確かめる', '{開|ひら}いて {見|み}る', 'Open it'),
  format: w('署名の形式', '{署名|しょめい}の かたち', 'Format of the signature'),
  noFormat: w(
    'これらのファイルをまとめて署名できる形式がありません。ファイルを分けてください。',
    'この ファイルは いっしょに {署名|しょめい}できません。',
    'No format can sign these files together. Choose them separately.',
  ),
  warning: w(
    '一度パスワードを入れると、{count} 回の署名をカードで行います。',
    'パスワードを {入|い}れると、{count}{回|かい} {署名|しょめい}します。',
    'Your password once makes {count} signature(s) with the card.',
  ),
  go: w('署名する', '{署名|しょめい}する', 'Sign'),
  working: w('署名しています', '{署名|しょめい}して います', 'Signing'),
  workingLead: w(
    'カードを動かさないでください。この画面は自動で進みます。',
    'カードを うごかさないで ください。',
    'Leave the card where it is. This page goes on by itself.',
  ),
  doneTitle: w('署名できました', '{署名|しょめい}できました', 'Signed'),
  doneLead: w(
    'ファイルを保存してください。この画面を離れると、署名クライアントの中のものは消えます。',
    'ファイルを とって おいて ください。',
    'Save the files. The agent keeps them only until it is closed or other files take their place.',
  ),
  download: w('保存する', 'とって おく', 'Save'),
  more: w('ほかのファイル', 'ほかの ファイル', 'Other files'),
  verifyTitle: w('署名の検証の結果', '{署名|しょめい}の {結果|けっか}', 'Result of the verification'),
  unsigned: w('署名は見つかりませんでした。', '{署名|しょめい}は ありません。', 'No signature was found.'),
  good: w('正しい署名です', '{正|ただ}しい {署名|しょめい}です', 'The signature is good'),
  bad: w('正しくない署名です', '{正|ただ}しく ない {署名|しょめい}です', 'The signature is not good'),
  undecided: w('まだ決められません', 'まだ わかりません', 'It cannot be decided yet'),
  revocation: w(
    '失効しているかどうかは、このページでは確かめていません（失効リストは役所などの検証者だけが使えます）。',
    '{証明書|しょうめいしょ}が いま つかえるかは、{調|しら}べて いません。',
    'Whether the certificate is revoked is not checked here: revocation lists of this service are for verifiers only.',
  ),
  silent: w(
    '失効しているかどうかを認証局にたずねましたが、使える答えがありませんでした。ネットワークを確かめて、もう一度お試しください。',
    '{認証局|にんしょうきょく}の {答|こた}えが ありませんでした。すこし まって、もういちど して ください。',
    'The authority was asked whether the certificate is revoked and gave no usable answer. Look at the network and try again.',
  ),
  asks: w(
    '失効しているかどうかは、証明書の番号だけを認証局に送ってたずねます。',
    '{証明書|しょうめいしょ}の ばんごうだけ {認証局|にんしょうきょく}に {送|おく}ります。',
    'To learn whether a certificate is revoked, its number alone is sent to its authority.',
  ),
  level: w('署名に加えるもの', '{署名|しょめい}に つける もの', 'What is added to the signature'),
  levels: {
    B: w(
      '何も加えない（B: いまの受付先の形）',
      'なにも つけない（B）',
      'Nothing (B: what receivers take today)',
    ),
    T: w(
      '時刻の証明（T）: 中身の要約だけが時刻認証局に送られます',
      '{時刻|じこく}の {証明|しょうめい}（T）',
      'Proof of time (T): a digest alone goes to the time-stamping authority',
    ),
    LT: w(
      '時刻と有効性の証明（LT）: あとから証明書が失効しても確かめられます',
      '{時刻|じこく}と {証明書|しょうめいしょ}の {証明|しょうめい}（LT）',
      'Proof of time and validity (LT): holds when the certificate is revoked later',
    ),
  } satisfies Partial<Record<SignatureLevel, Words>>,
  notChecked: w('失効は未確認', '{調|しら}べて いません', 'revocation not checked'),
  covers: w('署名されたもの', '{署名|しょめい}した もの', 'What is signed'),
  signedAt: w('署名の日時（本人の申告）', '{署名|しょめい}した {日|ひ}', 'Time of signature, as claimed'),
  details: w('くわしい確認の結果', 'くわしい {結果|けっか}', 'Each check'),
  check: w('確認', '{確認|かくにん}', 'Check'),
  result: w('結果', '{結果|けっか}', 'Result'),
  formatIs: w('形式', 'かたち', 'Format'),
};

const formatWords: Record<FormatId, Words> = {
  cades: w(
    'CAdES（.p7s）: ファイルを署名で包みます。ファイルごとに1つ',
    'CAdES（.p7s）: ファイル 1つに ひとつ',
    'CAdES (.p7s): wraps each file in a signature',
  ),
  asic: w(
    'ASiC-E（.asice）: すべてのファイルを1つにまとめて署名します',
    'ASiC-E（.asice）: ぜんぶを ひとつに します',
    'ASiC-E (.asice): one container with one signature for all files',
  ),
  'asic-s': w(
    'ASiC-S（.asics）: ファイルごとに1つの入れ物にして署名します',
    'ASiC-S（.asics）: ファイル 1つに ひとつ',
    'ASiC-S (.asics): one container for each file',
  ),
  pdf: w(
    'PDF: PDFの中に署名を入れます（登記などの様式）',
    'PDF: PDFの {中|なか}に {署名|しょめい}を {入|い}れます',
    'PDF: puts the signature into the PDF, as the registries ask for it',
  ),
  xml: w(
    'XML: XMLの中に署名を入れます',
    'XML: XMLの {中|なか}に {署名|しょめい}を {入|い}れます',
    'XML: puts the signature into the XML document',
  ),
};

export function formatLabel(id: FormatId): Words {
  return formatWords[id];
}
