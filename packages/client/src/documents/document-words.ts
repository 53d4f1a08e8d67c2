import type { Words } from '@madoguchi/ui';
import type { DocumentFault } from './format.js';

/** Why something cannot be signed, in words; `{name}` is the file's. */
export const faultWords: Record<DocumentFault['rule'], Words> = {
  'files.none': {
    ja: '署名するファイルを選んでください。',
    jaEasy: '署名する ファイルを えらんで ください。',
    en: 'Which file? Give at least one.',
  },
  'files.several': {
    ja: 'この形式で署名できるのは1つのファイルだけです。まとめて署名するときは asic を選んでください。',
    jaEasy: 'この かたちで 署名できる ファイルは 1つです。',
    en: 'This format signs one file; put several into one container with asic.',
  },
  'file.name': {
    ja: '「{name}」は、まとめるファイルの名前として使えません。名前を変えてください。',
    jaEasy: '「{name}」は つかえない 名前です。ファイルの 名前を かえて ください。',
    en: '“{name}” cannot be the name of a file in a container. Rename it.',
  },
  'file.sameName': {
    ja: '「{name}」という名前のファイルが2つあります。どちらかの名前を変えてください。',
    jaEasy: '「{name}」という 名前の ファイルが 2つ あります。名前を かえて ください。',
    en: 'Two of the files have the same name, “{name}”. Rename one of them.',
  },
  'file.form': {
    ja: '「{name}」は、この形式で署名できるファイルではありません。',
    jaEasy: '「{name}」は この かたちで 署名できません。',
    en: '“{name}” is not a file that this format can sign.',
  },
  detached: {
    ja: 'この形式では、署名を文書の中に入れるかどうかは選べません。',
    jaEasy: 'この かたちでは えらべません。',
    en: 'With this format there is no choice between a signature inside and one beside the file.',
  },
};
