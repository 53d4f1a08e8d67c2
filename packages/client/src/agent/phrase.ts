import { randomInt } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fill, type Words } from '@madoguchi/ui/words';
import { w } from '../client-words.js';

const first =
  '青い 赤い 白い 黒い 小さな 大きな はやい しずかな やさしい まるい ふるい あたらしい 朝の 夜の 春の 夏の 秋の 冬の 海の 山の 森の 川の 雨の 雪の'.split(
    ' ',
  );
const second =
  'つばめ きつね たぬき うさぎ くじら かもめ ふくろう すずめ かめ ねこ いるか ほたる さくら もみじ すみれ たんぽぽ りんご みかん ぶどう くるみ'.split(
    ' ',
  );

const notKept = w(
  '合い言葉を保存できませんでした（ディスクの空きがないか、書き込めません）。今回の合い言葉は「{phrase}」です。',
  '{合|あ}い{言葉|ことば}を {書|か}けませんでした。こんかいは「{phrase}」です。',
  'The phrase could not be kept (the disk is full or cannot be written). This time it is “{phrase}”.',
);

/**
 * The phrase (合い言葉) that stands on the page where the password is typed, so that a copied page shows itself: it is made at
 * installation and kept in the holder's own folder (0600), where no site can read it. An existing one is read, in the holder's own words
 * if they changed the file. Where it cannot be kept (a full disk), the agent starts all the same with one for this start, and `tell` is
 * called with words for its user: the page's phrase is then the one just told.
 */
export async function agentPhrase(folder: string, tell?: (words: Words) => void): Promise<string> {
  const file = path.join(folder, 'phrase.txt');
  const kept = await readFile(file, 'utf8').catch(() => '');
  const phrase = kept.trim().slice(0, 60);
  if (phrase !== '') return phrase;
  const made = `${first[randomInt(first.length)]}${second[randomInt(second.length)]}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Beside and then in place: a disk that fills up midway leaves no half phrase behind.
    await writeFile(`${file}.new`, `${made}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  } catch {
    await rm(`${file}.new`, { force: true }).catch(() => undefined);
    tell?.(fill(notKept, { phrase: made }));
  }
  return made;
}
