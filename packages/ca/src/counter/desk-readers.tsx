import type { Words } from '@madoguchi/ui';
import { T } from '@madoguchi/ui';
import type { Ca } from '../ca.js';
import type { CounterResident } from '../register/find.js';
import { cardInReader } from './cards.js';
import type { CounterReaders } from './reader-port.js';

/** A reader as the clerk sees it while this resident stands at the counter. */
export interface DeskReader {
  readonly name: string;
  readonly holds: 'theirs' | 'other' | 'nothing';
}

/** What lies in the readers, seen from this resident. */
export async function lookAtReaders(
  ca: Ca,
  readers: CounterReaders | undefined,
  resident: CounterResident,
): Promise<readonly DeskReader[]> {
  const list = (await readers?.list()) ?? [];
  if (readers === undefined || list.length === 0) return [];
  const listed: CounterReaders = {
    list: async () => list,
    withCard: (reader, work) => readers.withCard(reader, work),
  };
  const theirs = await cardInReader(ca, listed, resident);
  await theirs?.close();
  return list.map(({ name, holds }) => ({
    name,
    holds: name === theirs?.reader ? 'theirs' : holds === 'nothing' ? 'nothing' : 'other',
  }));
}

const words: Readonly<Record<DeskReader['holds'] | 'label' | 'stock', Words>> = {
  label: { ja: 'カードリーダー', jaEasy: 'カードリーダー', en: 'Card readers' },
  theirs: {
    ja: 'この方のカードが入っています。手続きはこのカードに行います。',
    jaEasy: 'この {人|ひと}の カードが あります。この カードに {書|か}きます。',
    en: 'This person’s card is in. What is done is done to this card.',
  },
  other: {
    ja: 'この方のカードではないか、いまは読めません。',
    jaEasy: 'ちがう カードか、{今|いま}は {読|よ}めない カードです。',
    en: 'Not this person’s card, or one that cannot be read now.',
  },
  nothing: {
    ja: 'カードが入っていません。',
    jaEasy: 'カードが ありません。',
    en: 'No card is in.',
  },
  stock: {
    ja: 'この方のカードを入れないで手続きすると、在庫のカード（画像）を使います。',
    jaEasy: 'カードを {入|い}れない ときは、ここに ある カードを つかいます。',
    en: 'Without this person’s card in a reader, a card of the stock (an image) is used.',
  },
};

/** A row of the resident's page: each reader and what lies in it. Nothing where there is no reader. */
export function readerRows(seen: readonly DeskReader[]) {
  if (seen.length === 0) return [];
  const value = (
    <>
      {seen.map(({ name, holds }) => (
        <div>
          {name}: <T w={words[holds]} />
        </div>
      ))}
    </>
  );
  return [
    {
      label: words.label,
      value,
      ...(seen.some(({ holds }) => holds === 'theirs') ? {} : { note: words.stock }),
    },
  ];
}
