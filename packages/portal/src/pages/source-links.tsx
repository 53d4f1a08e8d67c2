import { fill, T } from '@madoguchi/ui';
import { dayWords } from '../day-words.js';
import type { Sources } from '../sources.js';

const text = {
  source: {
    ja: '出典: {host}',
    jaEasy: '{host} で しらべました',
    en: 'Source: {host}',
  },
  day: {
    ja: '・写しの確認: {seen}',
    jaEasy: '・{seen}',
    en: ', a copy of the page read on {seen}',
  },
};

/** Where it was read, and when. */
export function SourceLinks({ sources }: { sources: Sources }) {
  return sources.map(({ url, seen }) => (
    <p class="quiet">
      <a href={url} rel="noreferrer">
        <T w={fill(text.source, { host: new URL(url).host })} />
      </a>
      <T w={fill(text.day, { seen: dayWords(seen) })} />
    </p>
  ));
}
