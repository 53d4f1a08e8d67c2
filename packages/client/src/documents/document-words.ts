import type { Words } from '@madoguchi/ui';
import type { DocumentFault } from './format.js';

/** Why something cannot be signed, in words; `{name}` is the file's. */
export const faultWords: Record<DocumentFault['rule'], Words> = {
  'files.none': {
    ja: '署名するファイルを選んでください。',
    jaEasy: '{署名|しょめい}する ファイルを えらんで ください。',
    en: 'Which file? Give at least one.',
  },
  'files.several': {
    ja: 'この形式で署名できるのは1つのファイルだけです。まとめて署名するときは asic を選んでください。',
    jaEasy: 'この かたちで {署名|しょめい}できる ファイルは 1つです。',
    en: 'This format signs one file; put several into one container with asic.',
  },
  'file.name': {
    ja: '「{name}」は、まとめるファイルの名前として使えません。名前を変えてください。',
    jaEasy: '「{name}」は つかえない {名前|なまえ}です。ファイルの {名前|なまえ}を かえて ください。',
    en: '“{name}” cannot be the name of a file in a container. Rename it.',
  },
  'file.sameName': {
    ja: '「{name}」という名前のファイルが2つあります。どちらかの名前を変えてください。',
    jaEasy: '「{name}」という {名前|なまえ}の ファイルが 2つ あります。{名前|なまえ}を かえて ください。',
    en: 'Two of the files have the same name, “{name}”. Rename one of them.',
  },
  'file.form': {
    ja: '「{name}」は、この形式で署名できるファイルではありません。',
    jaEasy: '「{name}」は この かたちで {署名|しょめい}できません。',
    en: '“{name}” is not a file that this format can sign.',
  },
  'file.application': {
    ja: '「{name}」は、役所への申請の一部です。ここでは署名できません。申請は、役所のページから署名してください。人に頼まれたファイルなら、署名しないでください。',
    jaEasy:
      '「{name}」は {役所|やくしょ}への {申請|しんせい}です。ここでは {署名|しょめい}できません。{人|ひと}に たのまれても しないで ください。',
    en: '“{name}” is part of an application to an office: that is signed on the office’s page alone. If somebody else gave you the file, do not sign it.',
  },
  level: {
    ja: 'この形式では、このレベルの署名はできません。',
    jaEasy: 'この かたちでは この レベルに できません。',
    en: 'This format cannot be signed at this level.',
  },
  'xml.element': {
    ja: '「{name}」に、その ID の要素がないか、2つ以上あります。',
    jaEasy: '「{name}」に その ID の ところが 1つだけ ありません。',
    en: '“{name}” has no element with that identifier, or more than one.',
  },
  'xml.into': {
    ja: '「{name}」に、署名を入れる要素がないか、2つ以上あるか、署名を置けない場所にあります。',
    jaEasy: '「{name}」に {署名|しょめい}を {入|い}れる ところが ありません。',
    en: '“{name}” has no single element of that name where a signature could stand.',
  },
  'xml.breaks': {
    ja: '「{name}」にはすでに文書全体への署名があります。ここに署名を加えると前の署名が無効になります。',
    jaEasy:
      '「{name}」には もう {署名|しょめい}が あります。また {署名|しょめい}すると {前|まえ}の {署名|しょめい}が こわれます。',
    en: '“{name}” is already signed as a whole: another signature in it would break the first.',
  },
  'pdf.form': {
    ja: '「{name}」は、正しい形のPDFではないため署名できません。PDFを作り直してください。',
    jaEasy: '「{name}」は {正|ただ}しい PDFでは ありません。{署名|しょめい}できません。',
    en: '“{name}” is not a well-formed PDF and cannot be signed: programs could show it differently. Make it anew.',
  },
  'pdf.encrypted': {
    ja: '「{name}」は暗号化（パスワードで保護）されているため署名できません。保護を外してください。',
    jaEasy: '「{name}」には パスワードが あります。パスワードを なくして ください。',
    en: '“{name}” is encrypted. Remove the protection before signing.',
  },
  'pdf.certified': {
    ja: '「{name}」の前の署名が、そのあとの変更や署名を認めていません。',
    jaEasy: '「{name}」は もう {署名|しょめい}を ふやせません。',
    en: 'An earlier signature in “{name}” allows no further change, so no further signature.',
  },
  'pdf.page': {
    ja: '「{name}」に、そのページはありません。',
    jaEasy: '「{name}」に その ページは ありません。',
    en: '“{name}” has no such page.',
  },
  'pdf.stamp': {
    ja: '署名の印影が「{name}」のページからはみ出します。位置を変えてください。',
    jaEasy: '{署名|しょめい}の しるしが 「{name}」の ページに {入|はい}りません。',
    en: 'The stamp would not lie on the page of “{name}”. Choose another place.',
  },
  'pdf.field': {
    ja: '「{name}」に、その名前の空の署名欄がないか、印影を表示できない欄です。',
    jaEasy: '「{name}」に その {署名|しょめい}の ばしょが ありません。',
    en: '“{name}” has no empty signature field of that name, or one without room for a stamp.',
  },
  detached: {
    ja: 'この形式では、署名を文書の中に入れるかどうかは選べません。',
    jaEasy: 'この かたちでは えらべません。',
    en: 'With this format there is no choice between a signature inside and one beside the file.',
  },
};
