import type { AgencyFigures, ProcedureFigures } from '@madoguchi/procedure';
import { Button, Details, fill, formatDate, H2, P, Select, Table, type Words, words } from '@madoguchi/ui';
import { dayWords } from '../day-words.js';
import type { View } from '../frame.js';
import type { AgencyWithFigures } from './agencies.js';
import { Csv, figureWords, OldNumbers, spanCell, toldCell } from './parts.js';
import { RowChart } from './row-chart.js';
import type { Known } from './source.js';

const text = {
  title: {
    ja: '手続ごとの申請の件数',
    jaEasy: '{手続|てつづき}ごとの {数|かず}',
    en: 'Applications by procedure',
  },
  waiting: {
    ja: '届いてから決まるまでの日数',
    jaEasy: '{決|き}まるまでの {日数|にっすう}',
    en: 'Days from arrival to decision',
  },
  rule: {
    ja: '申請は届いた月で、決定は初めて受理か却下をした月で数えます。補正にかかった日数も入ります。',
    jaEasy: '{出|だ}してから {決|き}まるまでの {日|ひ}です。{直|なお}した {日|ひ}も {入|い}れます。',
    en: 'An application counts in the month of its arrival, a decision in the month of the first acceptance or rejection. The days of a correction are included.',
  },
  few: {
    ja: '1から{most}までの数は、だれのことか分からないように出しません。数字は、毎日午前0時までのものです。',
    jaEasy: '{少|すく}ない {数|かず}は {見|み}せません。きのうまでの {数|かず}です。',
    en: 'Numbers from 1 to {most} are not told, so that nobody can be recognised. Counted to the last midnight in Japan.',
  },
  outside: {
    ja: 'e-TaxやeLTAXなど、ほかのしくみで受け付ける手続は入っていません。',
    jaEasy: 'e-Taxなどの {数|かず}は {入|はい}って いません。',
    en: 'Without procedures that other systems (e-Tax, eLTAX …) receive.',
  },
  agency: { ja: '役所', jaEasy: '{役所|やくしょ}', en: 'Agency' },
  all: { ja: 'すべての役所', jaEasy: 'ぜんぶ', en: 'All agencies' },
  show: { ja: '見る', jaEasy: '{見|み}る', en: 'Show' },
  procedure: { ja: '手続', jaEasy: '{手続|てつづき}', en: 'Procedure' },
  of: { ja: '{title}（{agency}）', jaEasy: '{title}（{agency}）', en: '{title} ({agency})' },
  arrived: { ja: '届いた', jaEasy: 'とどいた', en: 'Arrived' },
  decided: { ja: '決まった', jaEasy: '{決|き}まった', en: 'Decided' },
  median: { ja: '日数（中央値）', jaEasy: '{日数|にっすう}（まん{中|なか}）', en: 'Days (median)' },
  ninety: { ja: '日数（90%）', jaEasy: '{日数|にっすう}（90%）', en: 'Days (90 %)' },
  ninetyNote: {
    ja: '90%は、10件のうち9件がその日数までに決まったということです。10件より少ないときは出しません。',
    jaEasy: '90%は、10の うち 9が その {日|ひ}までに {決|き}まった ことです。',
    en: '90 %: nine of ten were decided within that many days; not told of fewer than ten.',
  },
  days: { ja: '{n}日', jaEasy: '{n}{日|にち}', en: '{n} days' },
  daysTo: {
    ja: '{n}日（90%: {more}日）',
    jaEasy: '{n}{日|にち}（90%: {more}{日|にち}）',
    en: '{n} days (90 %: {more})',
  },
  none: {
    ja: '出せる数字は、まだありません。',
    jaEasy: '{数字|すうじ}は まだ ありません。',
    en: 'No numbers can be told yet.',
  },
  silent: {
    ja: '数字を受け取れません: {who}',
    jaEasy: '{数字|すうじ}が ありません: {who}',
    en: 'Numbers cannot be had from: {who}',
  },
  until: { ja: '{title}（{at}まで）', jaEasy: '{title}（{at}まで）', en: '{title} (until {at})' },
} satisfies Record<string, Words>;

interface Row {
  agency: Words;
  figures: Known<AgencyFigures>;
  procedure: ProcedureFigures;
}

const mostBars = 8;
const mostRows = 60;

/** Applications and waiting times, procedure by procedure, as the agencies publish them. `chosen`: the code of one agency, or nothing. */
export function Applications(props: { view: View; agencies: readonly AgencyWithFigures[]; chosen: string }) {
  const { view, agencies, chosen } = props;
  const wanted = agencies.filter(({ agency }) => chosen === '' || agency.code === chosen);
  const silent = wanted.filter(({ figures }) => figures === undefined);
  const old = wanted.filter(({ figures }) => figures?.now === false);
  const rows = wanted.flatMap(({ agency, figures }): Row[] =>
    figures === undefined
      ? []
      : figures.value.procedures
          .filter(({ months }) => months.length > 0)
          .map((procedure) => ({ agency: agency.name, figures, procedure })),
  );
  const least = rows[0]?.figures.value.hiddenBelow ?? 5;
  return (
    <>
      <H2 w={text.title} id="applications" />
      <P w={text.rule} />
      <P w={fill(text.few, { most: least - 1 })} />
      {agencies.length < 2 ? null : <Choice agencies={agencies} chosen={chosen} />}
      {old.map(({ agency, figures }) =>
        figures === undefined ? null : <OldNumbers view={view} who={agency.name} at={figures.at} />,
      )}
      {silent.length === 0 ? null : <P w={fill(text.silent, { who: namesOf(silent) })} />}
      {rows.length === 0 ? <P w={text.none} /> : <Numbers view={view} rows={rows} />}
      <P quiet w={text.outside} />
    </>
  );
}

function namesOf(agencies: readonly AgencyWithFigures[]): Words {
  const all = (register: keyof Words, comma: string) =>
    agencies.map(({ agency }) => agency.name[register]).join(comma);
  return { ja: all('ja', '、'), jaEasy: all('jaEasy', '、'), en: all('en', ', ') };
}

function Choice({ agencies, chosen }: { agencies: readonly AgencyWithFigures[]; chosen: string }) {
  return (
    <form method="get" action="/figures#applications" class="search">
      <Select
        name="agency"
        label={text.agency}
        plain
        value={chosen}
        options={[
          { value: '', label: text.all },
          ...agencies.map(({ agency: { code, name } }) => ({ value: code, label: name })),
        ]}
      />
      <Button label={text.show} kind="secondary" />
    </form>
  );
}

function Numbers({ view, rows }: { view: View; rows: readonly Row[] }) {
  const { register } = view.prefs;
  const shown = [...rows]
    .sort((a, b) => (b.procedure.arrived ?? 0) - (a.procedure.arrived ?? 0))
    .slice(0, mostRows);
  const counted = shown.filter(({ procedure }) => (procedure.arrived ?? 0) > 0).slice(0, mostBars);
  const timed = shown.filter(({ procedure }) => procedure.decided.median !== null).slice(0, mostBars);
  const nameOf = ({ procedure, agency }: Row) =>
    words(fill(text.of, { title: procedure.title, agency }), register);
  const until = shown[0] === undefined ? undefined : new Date(shown[0].figures.value.until);
  const caption =
    until === undefined
      ? text.title
      : fill(text.until, { title: text.title, at: formatDate(until, register, { time: true }) });
  return (
    <>
      {counted.length === 0 ? null : (
        <RowChart
          title={words(text.title, register)}
          rows={counted.map((row) => ({
            label: nameOf(row),
            value: row.procedure.arrived ?? 0,
            text: spanCell(view, row.procedure.arrived),
          }))}
        />
      )}
      <Table
        id="by-procedure"
        caption={caption}
        head={[text.procedure, text.arrived, text.decided, text.median, text.ninety]}
        numeric={[1, 2, 3, 4]}
        stack
        rows={shown.map(({ agency, procedure, figures }) => [
          fill(text.of, { title: procedure.title, agency }),
          toldCell(view, procedure.arrived, figures.value.hiddenBelow),
          toldCell(view, procedure.decided.number, figures.value.hiddenBelow),
          spanCell(view, procedure.decided.median),
          spanCell(view, procedure.decided.ninety),
        ])}
      />
      {timed.length === 0 ? null : (
        <>
          <H2 w={text.waiting} id="waiting" />
          <RowChart
            title={words(text.waiting, register)}
            rows={timed.map((row) => {
              const { median, ninety } = row.procedure.decided;
              const said = ninety === null ? text.days : text.daysTo;
              return {
                label: nameOf(row),
                value: median ?? 0,
                ...(ninety === null ? {} : { more: ninety }),
                text: words(fill(said, { n: median ?? 0, more: ninety ?? 0 }), register),
              };
            })}
          />
        </>
      )}
      <P quiet w={text.ninetyNote} />
      {shown.map((row, index) => (
        <Months view={view} row={row} name={nameOf(row)} index={index} />
      ))}
      <Csv href="/figures/applications.csv" of={text.title} />
    </>
  );
}

function Months(props: { view: View; row: Row; name: string; index: number }) {
  const { view, row, name, index } = props;
  const { hiddenBelow } = row.figures.value;
  return (
    <Details summary={name}>
      <Table
        id={`months-${index + 1}`}
        caption={figureWords.months}
        head={[figureWords.month, text.arrived, text.decided, text.median, text.ninety]}
        numeric={[1, 2, 3, 4]}
        stack
        rows={[...row.procedure.months]
          .reverse()
          .slice(0, 24)
          .map(({ month, arrived, decided }) => [
            dayWords(month),
            toldCell(view, arrived, hiddenBelow),
            toldCell(view, decided.number, hiddenBelow),
            spanCell(view, decided.median),
            spanCell(view, decided.ninety),
          ])}
      />
    </Details>
  );
}
