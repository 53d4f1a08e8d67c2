import { readZip } from '@madoguchi/pki';
import type { Words } from '@madoguchi/ui';
import { lookEarly, zipLimits } from './early.js';
import { imageSize } from './image-size.js';
import type { FileKind } from './kind.js';
import { lookAtPdf } from './pdf.js';

/** What is to be said about a file before anybody opens it. */
export type AttachmentFinding = keyof typeof findingWords;

export const findingWords = {
  otherKind: {
    ja: '中身が、ファイルの名前が示す種類のものではありません。',
    jaEasy: 'ファイルの なかみが {名前|なまえ}と ちがいます。',
    en: 'The content is not of the kind that the file name says.',
  },
  program: {
    ja: 'プログラムです。開かないでください。',
    jaEasy: 'プログラムです。あけないで ください。',
    en: 'It is a program. Do not open it.',
  },
  script: {
    ja: '開いたときに動くもの（スクリプトや動作）が入っています。',
    jaEasy: 'あけると うごく ものが {入|はい}って います。',
    en: 'It holds something that runs when it is opened (scripts or actions).',
  },
  macro: {
    ja: 'マクロやプログラムなど、開いたときに動くものが入っています。',
    jaEasy: 'あけると うごく もの（マクロ）が {入|はい}って います。',
    en: 'It holds macros or programs, which run when it is opened.',
  },
  embeds: {
    ja: '中に別のファイルが入っています。',
    jaEasy: 'なかに べつの ファイルが あります。',
    en: 'There are other files inside it.',
  },
  encrypted: {
    ja: '暗号がかかっていて、中を確かめられません。',
    jaEasy: 'かぎが かかって います。なかを {見|み}る ことが できません。',
    en: 'It is encrypted, so that its content cannot be checked.',
  },
  broken: {
    ja: '壊れているか、途中で切れています。',
    jaEasy: 'こわれて いるかも しれません。',
    en: 'It is broken or cut off.',
  },
  bomb: {
    ja: '広げると、とても大きくなる圧縮ファイルです。開かないでください。',
    jaEasy: 'あけると とても {大|おお}きく なります。あけないで ください。',
    en: 'It unpacks to something very large. Do not open it.',
  },
  hugeImage: {
    ja: '画像の縦横がとても大きく、開くと機械が止まるおそれがあります。',
    jaEasy: '{絵|え}が とても {大|おお}きいです。',
    en: 'The picture is so large that opening it may stop the machine.',
  },
  malware: {
    ja: 'ウイルスなどが見つかりました。開かないでください。',
    jaEasy: 'ウイルスが {見|み}つかりました。あけないで ください。',
    en: 'The scanner found malware. Do not open it.',
  },
  notScanned: {
    ja: 'ウイルスの検査がまだできていません（検査の仕組みが答えません）。',
    jaEasy: 'ウイルスを まだ {調|しら}べて いません。',
    en: 'It is not scanned yet: the scanner does not answer.',
  },
} as const satisfies Record<string, Words>;

/** A picture of more points than this needs more memory than a desk has to spare. */
const mostPixels = 150_000_000;
const longestSide = 40_000;

/**
 * Looks at a file as what it is: what can be said at once, then what would run when it is opened and what it unpacks to. Pure, bounded in time and memory,
 * never throws. A finding is for a person to weigh: nothing is refused for it.
 */
export function inspectAttachment(
  name: string,
  bytes: Uint8Array,
): { kind: FileKind; findings: AttachmentFinding[] } {
  const early = lookEarly(name, bytes);
  return { kind: early.kind, findings: [...new Set([...early.findings, ...lookDeeper(early.kind, bytes)])] };
}

function lookDeeper(kind: FileKind, bytes: Uint8Array): AttachmentFinding[] {
  switch (kind) {
    case 'html':
      return ['script'];
    case 'pdf': {
      const { active, embeds, encrypted, tooMuch } = lookAtPdf(bytes);
      const found: AttachmentFinding[] = active ? ['script'] : [];
      if (tooMuch) found.push('bomb');
      if (embeds) found.push('embeds');
      return encrypted ? [...found, 'encrypted'] : found;
    }
    case 'jpeg':
    case 'png':
    case 'gif': {
      const size = imageSize(bytes, kind);
      if (size === undefined || size.width === 0 || size.height === 0) return ['broken'];
      const isHuge = size.width * size.height > mostPixels || Math.max(size.width, size.height) > longestSide;
      return isHuge ? ['hugeImage'] : [];
    }
    case 'zip':
      return lookAtZip(bytes);
    default:
      return [];
  }
}

const limits = { ...zipLimits, entryBytes: 64 * 1024 * 1024 };

function lookAtZip(bytes: Uint8Array): AttachmentFinding[] {
  const read = readZip(bytes, limits);
  if (read.ok) return [];
  if (/^zip\.(ratio|tooLarge|tooManyEntries)$/.test(read.rule)) return ['bomb'];
  return [read.rule === 'zip.flags' ? 'encrypted' : 'broken'];
}
