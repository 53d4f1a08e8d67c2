import { fill, H2, P, SummaryList, T, Table, type Words, words } from '@madoguchi/ui';
import { accessibility, type Criterion } from '../accessibility.js';
import { dayWords } from '../day-words.js';
import { Frame, type View } from '../frame.js';

const text = {
  title: {
    ja: 'ウェブアクセシビリティの試験の結果',
    jaEasy: 'だれでも {使|つか}えるかの しらべ',
    en: 'Accessibility: results of the test',
  },
  lead: {
    ja: 'JIS X 8341-3:2016 の適合レベルAAに準拠し、WCAG 2.2 のレベルAAも試験しています。',
    jaEasy: 'だれでも {使|つか}えるように しらべました。',
    en: 'Tested against JIS X 8341-3:2016 level AA and WCAG 2.2 level AA.',
  },
  standard: { ja: '規格と適合レベル', jaEasy: 'きまり', en: 'Standards and level' },
  day: { ja: '試験の日付', jaEasy: 'しらべた {日|ひ}', en: 'Date of the test' },
  pages: { ja: '試験したページ', jaEasy: 'しらべた ページ', en: 'Pages' },
  technologies: { ja: '使っている技術', jaEasy: '{使|つか}って いる もの', en: 'Technologies relied upon' },
  tools: { ja: '試験の方法', jaEasy: 'しらべかた', en: 'How it was tested' },
  sum: { ja: '結果のまとめ', jaEasy: 'まとめ', en: 'In short' },
  sumText: {
    ja: '満たすもの {met}、対象がないもの {none}、満たさないもの {not}（全部で {all}）',
    jaEasy: 'いい もの {met}、ない もの {none}、だめな もの {not}',
    en: 'Met {met}, nothing it applies to {none}, not met {not}; {all} in all',
  },
  table: {
    ja: '達成基準ごとの結果',
    jaEasy: 'ひとつずつの {結果|けっか}',
    en: 'Result for each success criterion',
  },
  number: { ja: '番号', jaEasy: '{番号|ばんごう}', en: 'No.' },
  criterion: { ja: '達成基準', jaEasy: 'きまり', en: 'Success criterion' },
  level: { ja: 'レベル', jaEasy: 'レベル', en: 'Level' },
  jis: { ja: 'JIS', jaEasy: 'JIS', en: 'JIS' },
  result: { ja: '結果', jaEasy: '{結果|けっか}', en: 'Result' },
  how: { ja: '確かめかた', jaEasy: '{確|たし}かめかた', en: 'How we know' },
  open: { ja: 'まだ試していないこと', jaEasy: 'まだ しらべて いない こと', en: 'What has not been tried' },
  tell: {
    ja: '使いにくいところがあれば、下の電話でお知らせください。',
    jaEasy: '{使|つか}いにくい {時|とき}は、{電話|でんわ}で {教|おし}えてください。',
    en: 'If something is hard to use, please tell us: the number is below.',
  },
} satisfies Record<string, Words>;

const results: Record<Criterion['result'], Words> = {
  met: { ja: '○ 満たす', jaEasy: '○ いい', en: '○ Met' },
  none: { ja: '－ 対象なし', jaEasy: '－ ない', en: '– Not applicable' },
  not: { ja: '× 満たさない', jaEasy: '× だめ', en: '× Not met' },
};

const title = ({ title: { ja, en } }: Criterion): Words => ({ ja, jaEasy: ja, en });

function How({ criterion }: { criterion: Criterion }) {
  const note = criterion.note === undefined ? undefined : accessibility.notes[criterion.note];
  const files = new Set(criterion.tests.map((name) => accessibility.tests[name]?.file ?? name));
  return (
    <>
      {note === undefined ? null : <T w={note} />}
      {[...files].map((file) => (
        <>
          {' '}
          <code>{file.split('/').at(-1)}</code>
        </>
      ))}
    </>
  );
}

/** The published result table (JIS X 8341-3:2016, annex JB), extended to WCAG 2.2. */
export function Accessibility({ view }: { view: View }) {
  const { register } = view.prefs;
  const { criteria } = accessibility;
  const count = (result: Criterion['result']) => criteria.filter((one) => one.result === result).length;
  return (
    <Frame view={view} title={text.title} lead={text.lead} back={{ href: '/materials' }} wide>
      <SummaryList
        rows={[
          { label: text.standard, value: 'JIS X 8341-3:2016 AA, WCAG 2.2 AA' },
          { label: text.day, value: dayWords(accessibility.day) },
          { label: text.pages, value: accessibility.pages },
          { label: text.technologies, value: accessibility.technologies },
          { label: text.tools, value: accessibility.tools },
        ]}
      />
      <H2 w={text.sum} id="sum" />
      <P
        w={fill(text.sumText, {
          met: count('met'),
          none: count('none'),
          not: count('not'),
          all: criteria.length,
        })}
      />
      <H2 w={text.open} id="open" />
      <ul>
        {accessibility.open.map((each) => (
          <li>
            <T w={each} />
          </li>
        ))}
      </ul>
      <P w={text.tell} />
      <H2 w={text.table} id="table" />
      <Table
        id="criteria"
        caption={text.table}
        headed
        head={[text.number, text.criterion, text.level, text.jis, text.result, text.how]}
        rows={criteria.map((criterion) => [
          criterion.id,
          <span lang={register === 'en' ? undefined : 'ja'}>{words(title(criterion), register)}</span>,
          criterion.level,
          criterion.since === '2.0' ? '○' : '–',
          <span class="nowrap">
            <T w={results[criterion.result]} />
          </span>,
          <How criterion={criterion} />,
        ])}
      />
    </Frame>
  );
}
