import { fill, T } from '@madoguchi/ui';
import { dayWords } from '../day-words.js';
import type { Sources } from '../sources.js';

const source = {
  ja: '出典: {host}（{seen}に写しで確認）',
  jaEasy: '{host} で しらべました（{seen}）',
  en: 'Source: {host}, a copy of the page read on {seen}',
};

/** Where it was read, and when. */
export function SourceLinks({ sources }: { sources: Sources }) {
  return sources.map(({ url, seen }) => (
    <p class="quiet">
      <a href={url} rel="noreferrer">
        <T w={fill(source, { host: new URL(url).host, seen: dayWords(seen) })} />
      </a>
    </p>
  ));
}
