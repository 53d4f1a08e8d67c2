import { H2, T, type Words } from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';
import { textKit } from '../text-kit.js';

const text = {
  title: { ja: '文例集', jaEasy: '{使|つか}って いい {文章|ぶんしょう}', en: 'Texts to quote' },
  lead: {
    ja: '市町村の広報誌、団体の会報、店の掲示に、そのまま使えます。許可は要りません。〔 〕の中を書きかえてください。',
    jaEasy: '{紙|かみ}に のせて いい {文章|ぶんしょう}です。〔 〕を {書|か}きかえてください。',
    en: 'For municipal magazines, members’ letters and notices. No permission needed. Replace what stands in 〔 〕. The texts are in Japanese.',
  },
  all: { ja: 'すべてを1つのファイルで（TXT）', jaEasy: 'ぜんぶ（TXT）', en: 'All in one file (TXT)' },
  length: { ja: '字', jaEasy: '{字|じ}', en: 'characters' },
} satisfies Record<string, Words>;

/** Ready texts by length and place: data, in Japanese, shown as they are to be printed. */
export function TextKit({ view }: { view: View }) {
  return (
    <Frame view={view} title={text.title} lead={text.lead} back={{ href: '/materials' }}>
      <p>
        <a href="/materials/texts.txt" download>
          <T w={text.all} />
        </a>
      </p>
      {textKit.map(({ id, title, body }) => (
        <>
          <H2 w={title} id={id} />
          <blockquote class="quotable" lang="ja">
            {body.map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </blockquote>
          <p class="quiet">
            {[...body.join('')].length} <T w={text.length} />
          </p>
        </>
      ))}
    </Frame>
  );
}
