import { randomInt } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const first =
  '青い 赤い 白い 黒い 小さな 大きな はやい しずかな やさしい まるい ふるい あたらしい 朝の 夜の 春の 夏の 秋の 冬の 海の 山の 森の 川の 雨の 雪の'.split(
    ' ',
  );
const second =
  'つばめ きつね たぬき うさぎ くじら かもめ ふくろう すずめ かめ ねこ いるか ほたる さくら もみじ すみれ たんぽぽ りんご みかん ぶどう くるみ'.split(
    ' ',
  );

/**
 * The phrase (合い言葉) that stands on the page where the password is typed, so that a copied page shows itself: it is made at
 * installation and kept in the holder's own folder (0600), where no site can read it. An existing one is read, in the holder's own words
 * if they changed the file.
 */
export async function agentPhrase(folder: string): Promise<string> {
  const file = path.join(folder, 'phrase.txt');
  const kept = await readFile(file, 'utf8').catch(() => '');
  const phrase = kept.trim().slice(0, 60);
  if (phrase !== '') return phrase;
  const made = `${first[randomInt(first.length)]}${second[randomInt(second.length)]}`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, `${made}\n`, { mode: 0o600 });
  return made;
}
