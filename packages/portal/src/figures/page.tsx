import { Details, fill, H2, P, Table, type Words, words } from '@madoguchi/ui';
import { dayWords } from '../day-words.js';
import { Frame, type View } from '../frame.js';
import type { HelpdeskFigures } from '../helpdesk/figures.js';
import { activations } from './activations.js';
import type { AgencyWithFigures } from './agencies.js';
import { Applications } from './applications.js';
import { BarChart } from './bar-chart.js';
import { CertificateFigures } from './certificates.js';
import { Csv } from './parts.js';
import type { Known } from './source.js';
import type { Stats } from './stats.js';
import { CounterWaiting, HelpdeskWaiting } from './waiting.js';

const text = {
  title: { ja: '数字で見る', jaEasy: '{数字|すうじ}', en: 'Figures' },
  lead: {
    ja: 'いまの数を、そのまま示します。',
    jaEasy: 'いまの {数|かず}です。',
    en: 'The numbers as they are now.',
  },
  clicks: {
    ja: '申請までの操作の数',
    jaEasy: 'おす {数|かず}',
    en: 'How many activations an application takes',
  },
  clicksCaption: {
    ja: '申請ごとの操作の数（試験で数えたもの）',
    jaEasy: '{数|かぞ}えた {数|かず}',
    en: 'Activations per journey, as counted by the tests',
  },
  journey: { ja: 'どこからどこまで', jaEasy: 'どこから どこまで', en: 'Journey' },
  count: { ja: '操作の数', jaEasy: 'おす {数|かず}', en: 'Activations' },
  limit: { ja: '上限', jaEasy: '{一番|いちばん} {多|おお}くて', en: 'Limit' },
  typed: { ja: '入力した数', jaEasy: '{打|う}った {所|ところ}', en: 'Fields typed' },
  day: { ja: '日付', jaEasy: '{数|かぞ}えた {日|ひ}', en: 'Counted on' },
  chartBefore: { ja: '2007年', jaEasy: '2007{年|ねん}', en: '2007' },
  chartPlan: { ja: '2008年（予定）', jaEasy: '2008{年|ねん}', en: '2008 (plan)' },
  before: {
    ja: '2008年の資料では、所得税の申告までの総クリック回数を41回から8回にへらすとしています。手続と数え方がちがうので、そのままは比べられません。',
    jaEasy:
      '2008{年|ねん}は 41{回|かい}から 8{回|かい}に する {計画|けいかく}でした。{数|かぞ}えかたは ちがいます。',
    en: 'The plan of 2008 was to bring the clicks of an income tax return from 41 to 8. Another procedure and another way of counting: a direction, not a like-for-like comparison.',
  },
  deckBefore: {
    ja: '2008年の資料: 前の年',
    jaEasy: '2007{年|ねん}',
    en: 'The plan of 2008: the year before',
  },
  deckAfter: {
    ja: '2008年の資料: その年（予定）',
    jaEasy: '2008{年|ねん}',
    en: 'The plan of 2008: that year (planned)',
  },
  catalogue: {
    ja: 'このポータルの手続',
    jaEasy: 'この ポータルの {手続|てつづき}',
    en: 'Procedures on this portal',
  },
  catalogueValue: {
    ja: '{agencies}の役所の、{procedures}の手続を案内しています。',
    jaEasy: '{役所|やくしょ}は {agencies}、{手続|てつづき}は {procedures} あります。',
    en: 'Agencies: {agencies}. Procedures: {procedures}.',
  },
} satisfies Record<string, Words>;

/** Under the bars of the chart: the journeys that stand beside the deck's numbers. */
const chartLabels: Record<string, Words> = {
  'newcomer-mouse': { ja: 'はじめての人', jaEasy: 'はじめての {人|ひと}', en: 'First time' },
  'reader-portal': { ja: '準備のあと', jaEasy: '{準備|じゅんび}の あと', en: 'Once ready' },
};

interface FiguresProps {
  view: View;
  stats: Known<Stats> | undefined;
  agencies: readonly AgencyWithFigures[];
  /** Of the one agency whose applications are wanted; nothing: of all. */
  chosen: string;
  helpdesk: HelpdeskFigures | undefined;
}

/** Only numbers that were read, published, or counted by a test; nothing is estimated and nothing is made up. */
export function Figures({ view, stats, agencies, chosen, helpdesk }: FiguresProps) {
  const { register } = view.prefs;
  const procedures = agencies.reduce((sum, { agency }) => sum + agency.procedures.length, 0);
  return (
    <Frame view={view} title={text.title} lead={text.lead}>
      <CertificateFigures view={view} known={stats} />
      <Applications view={view} agencies={agencies} chosen={chosen} />
      {helpdesk === undefined ? null : <HelpdeskWaiting view={view} helpdesk={helpdesk} />}
      {stats?.value.counter === undefined ? null : (
        <CounterWaiting view={view} known={stats} counter={stats.value.counter} />
      )}
      <H2 w={text.clicks} id="activations" />
      <P w={activations.rule} />
      <BarChart
        title={words(text.clicksCaption, register)}
        bars={[
          { label: words(text.chartBefore, register), value: 41, text: '41' },
          { label: words(text.chartPlan, register), value: 8, text: '8' },
          ...activations.journeys.flatMap(({ journal, pressed }) => {
            const label = chartLabels[journal];
            return label === undefined
              ? []
              : [{ label: words(label, register), value: pressed.length, text: String(pressed.length) }];
          }),
        ]}
      />
      <Table
        id="journeys"
        caption={text.clicksCaption}
        head={[text.journey, text.count, text.limit, text.typed, text.day]}
        numeric={[1, 2, 3]}
        stack
        rows={[
          ...activations.journeys.map(({ name, pressed, limit, fields, day }) => [
            name,
            String(pressed.length),
            String(limit),
            String(fields),
            dayWords(day),
          ]),
          [text.deckBefore, '41', '–', '–', '–'],
          [text.deckAfter, '8', '–', '–', '–'],
        ]}
      />
      {activations.journeys.map(({ name, pressed }) => (
        <Details summary={name}>
          <ol class="pressed">
            {pressed.map((control) => (
              <li>{control}</li>
            ))}
          </ol>
        </Details>
      ))}
      <P quiet w={text.before} />
      <Csv href="/figures/activations.csv" of={text.clicksCaption} />
      <H2 w={text.catalogue} id="procedures" />
      <P w={fill(text.catalogueValue, { agencies: agencies.length, procedures })} />
    </Frame>
  );
}
