import { fill, Notice, P, T, Table, type Words } from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';
import { prefectures } from '../prefectures.js';
import type { Shop } from '../shops.js';
import { PrefectureSearch } from './prefecture-search.js';
import { SampleBadge } from './sample-badge.js';

const text = {
  title: {
    ja: 'カードリーダーを売っている店',
    jaEasy: 'カードリーダーの {店|みせ}',
    en: 'Where to buy a reader',
  },
  lead: {
    ja: '都道府県ごとの一覧です。印刷して配れます。',
    jaEasy: '{店|みせ}の {一覧|いちらん}です。',
    en: 'By prefecture, to be printed and handed out.',
  },
  caption: { ja: '{place}の店', jaEasy: '{place}の {店|みせ}', en: 'Shops in {place}' },
  name: { ja: '店', jaEasy: '{店|みせ}', en: 'Shop' },
  address: { ja: '住所', jaEasy: '{住所|じゅうしょ}', en: 'Address' },
  telephone: { ja: '電話', jaEasy: '{電話|でんわ}', en: 'Telephone' },
  note: { ja: 'ひとこと', jaEasy: 'ひとこと', en: 'Note' },
  sample: { ja: '見本', jaEasy: '{見本|みほん}', en: 'sample' },
  samples: {
    ja: '「見本」の店は、ほんとうにはありません',
    jaEasy: '「{見本|みほん}」の {店|みせ}は ありません',
    en: 'Shops marked as sample do not exist',
  },
  samplesText: {
    ja: '運用する人が、ほんとうの店の表を用意します。',
    jaEasy: '{係|かかり}の {人|ひと}が {用意|ようい}します。',
    en: 'The operator of the portal puts a list of real shops in their place.',
  },
  none: {
    ja: 'この都道府県の店は、まだありません。',
    jaEasy: '{店|みせ}は まだ ありません。',
    en: 'No shop here yet.',
  },
  print: { ja: '印刷する', jaEasy: '{印刷|いんさつ}する', en: 'Print' },
} satisfies Record<string, Words>;

/** Shops by prefecture, each prefecture a table of its own: printed, it can be handed out. */
export function Shops({
  view,
  shops,
  prefecture,
}: {
  view: View;
  shops: readonly Shop[];
  prefecture: string;
}) {
  const codes = [...prefectures.keys()].filter((code) => shops.some((shop) => shop.prefecture === code));
  const shown = prefectures.has(prefecture) ? codes.filter((code) => code === prefecture) : codes;
  return (
    <Frame view={view} title={text.title} lead={text.lead} back={{ href: '/readers' }}>
      <PrefectureSearch action="/readers/shops" chosen={prefecture} />
      {shops.some(({ sample }) => sample) ? (
        <Notice kind="check" title={text.samples}>
          <P w={text.samplesText} />
        </Notice>
      ) : null}
      <div id="found">
        {shown.length === 0 ? <P w={text.none} /> : null}
        {shown.map((code) => (
          <Table
            id={`p${code}`}
            caption={fill(text.caption, { place: prefectures.get(code) ?? code })}
            stack
            head={[text.name, text.address, text.telephone, text.note]}
            rows={shops
              .filter((shop) => shop.prefecture === code)
              .map((shop) => [
                <>
                  {shop.name}
                  <SampleBadge of={shop} word={text.sample} />
                </>,
                shop.address,
                <span class="nowrap">{shop.telephone}</span>,
                shop.note,
              ])}
          />
        ))}
      </div>
      <button type="button" class="button button-secondary no-print" data-print hidden>
        <T w={text.print} />
      </button>
    </Frame>
  );
}
