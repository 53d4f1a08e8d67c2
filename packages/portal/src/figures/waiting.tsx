import { hiddenBelow as ownLimit, type Waiting } from '@madoguchi/procedure';
import { fill, H2, P, Table, type Words } from '@madoguchi/ui';
import type { View } from '../frame.js';
import type { HelpdeskFigures } from '../helpdesk/figures.js';
import { Csv, figureWords, OldNumbers, spanCell, toldCell } from './parts.js';
import type { Known } from './source.js';
import type { Stats } from './stats.js';

const text = {
  helpdesk: {
    ja: '相談の電話が来るまで',
    jaEasy: '{電話|でんわ}が {来|く}るまで',
    en: 'Until the helpdesk calls back',
  },
  helpdeskRule: {
    ja: '電話を頼んでから、初めて電話をするまでの時間です。頼まれた時間帯を待つ時間も入ります。',
    jaEasy: 'たのんでから {電話|でんわ}までの {時間|じかん}です。',
    en: 'From the request to the first call; waiting for the wished time of day is included.',
  },
  helpdeskNow: {
    ja: 'いま電話を待っている人: {n}',
    jaEasy: '{待|ま}って いる {人|ひと}: {n}',
    en: 'Waiting for a call now: {n}',
  },
  hours: { ja: '時間（中央値）', jaEasy: '{時間|じかん}（まん{中|なか}）', en: 'Hours (median)' },
  hoursNinety: { ja: '時間（90%）', jaEasy: '{時間|じかん}（90%）', en: 'Hours (90 %)' },
  counter: {
    ja: '窓口でかかる時間',
    jaEasy: '{窓口|まどぐち}の {時間|じかん}',
    en: 'At the counter',
  },
  counterRule: {
    ja: '職員が本人を確かめてから、カードの作業が終わるまでの時間です。すべての市区町村の窓口を数えます。',
    jaEasy: 'カードが できるまでの {時間|じかん}です。',
    en: 'From the clerk’s check of the person until the card is done, at the counters of all municipalities.',
  },
  counterNow: {
    ja: 'いま窓口で待っている手続: {n}',
    jaEasy: 'いま {待|ま}って いる {数|かず}: {n}',
    en: 'Acts waiting at the counters now: {n}',
  },
  minutes: { ja: '分（中央値）', jaEasy: '{分|ふん}（まん{中|なか}）', en: 'Minutes (median)' },
  minutesNinety: { ja: '分（90%）', jaEasy: '{分|ふん}（90%）', en: 'Minutes (90 %)' },
  authority: { ja: '認証局', jaEasy: '{認証局|にんしょうきょく}', en: 'The certificate authority' },
} satisfies Record<string, Words>;

/** How many wait now, in words. */
const nowWaiting = (sentence: Words, n: number | null, least: number): Words =>
  fill(sentence, { n: n ?? fill(figureWords.fewer, { n: least }) });

interface MonthsProps {
  view: View;
  id: string;
  caption: Words;
  head: readonly [Words, Words];
  least: number;
  months: readonly { month: string; times: Waiting }[];
}

function Months({ view, id, caption, head, least, months }: MonthsProps) {
  if (months.length === 0) return null;
  return (
    <>
      <Table
        id={id}
        caption={caption}
        head={[figureWords.month, figureWords.number, ...head]}
        numeric={[1, 2, 3]}
        stack
        rows={[...months]
          .reverse()
          .slice(0, 24)
          .map(({ month, times }) => [
            month,
            toldCell(view, times.number, least),
            spanCell(view, times.median),
            spanCell(view, times.ninety),
          ])}
      />
      <Csv href={`/figures/${id}.csv`} of={caption} />
    </>
  );
}

/** The helpdesk's own numbers. */
export function HelpdeskWaiting({ view, helpdesk }: { view: View; helpdesk: HelpdeskFigures }) {
  const months = helpdesk.months.map(({ month, hours }) => ({ month, times: hours }));
  return (
    <>
      <H2 w={text.helpdesk} id="call-back" />
      <P w={text.helpdeskRule} />
      <P w={nowWaiting(text.helpdeskNow, helpdesk.waiting, ownLimit)} />
      <Months
        {...{ view, months, least: ownLimit }}
        id="helpdesk"
        caption={text.helpdesk}
        head={[text.hours, text.hoursNinety]}
      />
    </>
  );
}

type Counter = NonNullable<Stats['counter']>;

/** The counters' numbers, as the authority publishes them. */
export function CounterWaiting(props: { view: View; known: Known<Stats>; counter: Counter }) {
  const { view, known, counter } = props;
  const months = counter.months.map(({ month, minutes }) => ({ month, times: minutes }));
  return (
    <>
      <H2 w={text.counter} id="at-counter" />
      {known.now ? null : <OldNumbers view={view} who={text.authority} at={known.at} />}
      <P w={text.counterRule} />
      {known.now ? <P w={nowWaiting(text.counterNow, counter.waiting, counter.hiddenBelow)} /> : null}
      <Months
        {...{ view, months, least: counter.hiddenBelow }}
        id="counter"
        caption={text.counter}
        head={[text.minutes, text.minutesNinety]}
      />
    </>
  );
}
