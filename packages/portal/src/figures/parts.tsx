import { fill, formatDate, Notice, T, type Words } from '@madoguchi/ui';
import type { View } from '../frame.js';

/** Words that several figures share. */
export const figureWords = {
  csv: { ja: '{of}（CSV）', jaEasy: '{of}（CSV）', en: '{of} (CSV)' },
  fewer: { ja: '{n}未満', jaEasy: '{n}より {少|すく}ない', en: 'under {n}' },
  old: {
    ja: 'いま答えがないので、{at}に受け取った数字を示します。',
    jaEasy: '{at}の {数字|すうじ}です。',
    en: 'No answer now: these numbers were received on {at}.',
  },
  months: { ja: '月ごと', jaEasy: '{月|つき}ごと', en: 'Month by month' },
  number: { ja: '件数', jaEasy: '{数|かず}', en: 'Number' },
  month: { ja: '月', jaEasy: '{月|つき}', en: 'Month' },
} satisfies Record<string, Words>;

/** Leads to the numbers of a table as a file. `of`: what the table is called. */
export function Csv({ href, of }: { href: string; of: Words }) {
  return (
    <p>
      <a href={href} download>
        <T w={fill(figureWords.csv, { of })} />
      </a>
    </p>
  );
}

export function numberFormat(view: View): (value: number) => string {
  const format = new Intl.NumberFormat(view.prefs.register === 'en' ? 'en' : 'ja');
  return (value) => format.format(value);
}

/** A number as it was told: one that is too small to be told says so, one that cannot be known is a dash. */
export function toldCell(view: View, n: number | null, hiddenBelow: number): Words | string {
  return n === null ? fill(figureWords.fewer, { n: hiddenBelow }) : numberFormat(view)(n);
}

/** A time in days, hours or minutes, as a cell: nothing where too few have waited. */
export const spanCell = (view: View, value: number | null): string =>
  value === null ? '–' : numberFormat(view)(value);

/** Says that a source does not answer, and from when the numbers are. */
export function OldNumbers({ view, who, at }: { view: View; who: Words; at: Date }) {
  const when = formatDate(at, view.prefs.register, { time: true });
  return (
    <Notice kind="check" title={who}>
      <p>
        <T w={fill(figureWords.old, { at: when })} />
      </p>
    </Notice>
  );
}
