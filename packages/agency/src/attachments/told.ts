import { markText } from '@madoguchi/procedure';
import { fill, type Words } from '@madoguchi/ui';
import type { EarlyFinding } from './early.js';
import type { AttachmentFinding } from './inspect.js';

/**
 * What the applicant is told of a finding, by the name of the file: what is wrong, and what to do. What only an officer has to know (a scanner that does not
 * answer; actions and files inside, which harmless files have too) is not among it.
 */
const told = {
  otherKind: {
    ja: '「{name}」の中身は、名前が示す種類のファイルではありません。正しいファイルを選ぶか、PDFなどに保存し直してください。',
    jaEasy: '「{name}」の なかみが {名前|なまえ}と ちがいます。PDFなどに {保存|ほぞん}しなおして ください。',
    en: 'What is in "{name}" is not what its name says. Choose the right file, or save it again, for example as PDF.',
  },
  program: {
    ja: '「{name}」はプログラムです。役所では開きません。書類や写真のファイルを選んでください。',
    jaEasy: '「{name}」は プログラムです。{書類|しょるい}や {写真|しゃしん}を えらんで ください。',
    en: '"{name}" is a program, which the office does not open. Choose a document or a picture.',
  },
  macro: {
    ja: '「{name}」には、開くと動くもの（マクロやスクリプト）が入っています。役所では開けません。PDFに保存し直してください。',
    jaEasy:
      '「{name}」には あけると うごく ものが あります。{役所|やくしょ}では あけません。PDFに {保存|ほぞん}しなおして ください。',
    en: '"{name}" holds something that runs when it is opened (macros or scripts). The office cannot open it. Save it again as PDF.',
  },
  encrypted: {
    ja: '「{name}」にはパスワードなどの暗号がかかっていて、役所で開けないことがあります。パスワードをはずして保存し直してください。',
    jaEasy:
      '「{name}」は パスワードが あります。{役所|やくしょ}で {見|み}る ことが できません。パスワードを なくして ください。',
    en: '"{name}" is locked by a password or encrypted, so that the office may not be able to open it. Save it again without one.',
  },
  broken: {
    ja: '「{name}」は壊れているか、途中で切れています。もう一度保存するか、撮り直してください。',
    jaEasy: '「{name}」は こわれて います。もういちど つくって ください。',
    en: '"{name}" is broken or cut off. Save it again, or take the picture again.',
  },
  bomb: {
    ja: '「{name}」は、広げるととても大きくなる圧縮ファイルです。役所では開きません。必要なファイルだけを、圧縮しないで選んでください。',
    jaEasy: '「{name}」は あけると とても {大|おお}きく なります。ほかの ファイルを えらんで ください。',
    en: '"{name}" unpacks to something very large, which the office does not open. Choose only the files that are needed, not packed.',
  },
  hugeImage: {
    ja: '「{name}」は縦横がとても大きい画像で、役所で開けないおそれがあります。小さくして保存し直してください。',
    jaEasy: '「{name}」の {絵|え}が とても {大|おお}きいです。{小|ちい}さく して ください。',
    en: 'The picture "{name}" is so large that the office may not be able to open it. Save it again in a smaller size.',
  },
  malware: {
    ja: '「{name}」にウイルスなどが見つかりました。役所では開きません。お使いの機械を調べて、別のファイルを用意してください。',
    jaEasy:
      '「{name}」に ウイルスが あります。{役所|やくしょ}では あけません。パソコンを {調|しら}べて ください。',
    en: 'Malware was found in "{name}", which the office does not open. Check your device, and prepare another file.',
  },
} as const satisfies Partial<Record<AttachmentFinding, Words>>;
type Told = keyof typeof told;

const afterwards: Words = {
  ja: 'このまま送るときは、もう一度「署名へ進む」を押してください。',
  jaEasy: 'このまま {送|おく}る ときは、もういちど ボタンを おして ください。',
  en: 'To send it as it is, press the button once more.',
};

function sentence(finding: Told, name: string): Words {
  return fill(told[finding], { name: markText(name) });
}

/** Before the signature: all that the browser saw in a file, and that it can be sent all the same. */
export function warningBefore(name: string, findings: readonly EarlyFinding[]): Words {
  const parts = [...findings.map((finding) => sentence(finding, name)), afterwards];
  const say = (register: keyof Words, by: string) => parts.map((part) => part[register]).join(by);
  return { ja: say('ja', ''), jaEasy: say('jaEasy', ' '), en: say('en', ' ') };
}

/**
 * What was found in the files of a submission, as its `opened` action keeps it: `0:encrypted,otherKind;2:broken` by the place of each file among the attachments;
 * nothing where all is well. Names of files stay in the application.
 */
export function filesDetail(findings: readonly (readonly AttachmentFinding[])[]): { files?: string } {
  const files = findings
    .map((found, index) => ({ index, found: found.filter((one) => Object.hasOwn(told, one)) }))
    .filter(({ found }) => found.length > 0)
    .map(({ index, found }) => `${index}:${found.join(',')}`)
    .join(';');
  return files === '' ? {} : { files };
}

/** After arrival: the sentences for what `filesDetail` kept, with the names of the files. */
export function toldAfter(files: string, names: readonly string[]): Words[] {
  return files.split(';').flatMap((part) => {
    const [index = '', found = ''] = part.split(':');
    const name = names[Number(index)];
    return name === undefined
      ? []
      : found.split(',').flatMap((one) => (Object.hasOwn(told, one) ? [sentence(one as Told, name)] : []));
  });
}
