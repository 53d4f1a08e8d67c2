import { markText } from '@madoguchi/procedure';
import {
  Button,
  fill,
  formatDate,
  formatDay,
  glossary,
  H2,
  japaneseDay,
  P,
  Page,
  type PageProps,
  type Register,
  Select,
  T,
  Table,
  type Words,
} from '@madoguchi/ui';
import type { LoadedProcedure } from '../options.js';
import { variantTexts } from '../own-variants/texts.js';
import { texts as partTexts } from '../parts/texts.js';
import { auditTexts } from './audit-page.js';
import { pileWords, stateWords } from './decision-words.js';
import { figureTexts } from './figures.js';
import { filterQuery, type QueueFilter } from './filter.js';
import { actorInWords } from './history-words.js';
import { keyTexts } from './keys-page.js';
import { LightSigns } from './light-signs.js';
import { pauseTexts } from './pause-section.js';
import { PAGE_SIZE, type Pile, piles, type QueueCounts, type QueueRow } from './queries.js';
import { staffTexts } from './role-words.js';
import { type Act, may } from './roles.js';
import type { DeskSession } from './session.js';
import { texts } from './texts.js';
import { LeaveDesk, whoIs } from './who.js';

interface QueueProps {
  readonly look: Omit<PageProps, 'title'>;
  /** Address of the desk. */
  readonly desk: string;
  readonly session: DeskSession;
  readonly procedures: readonly LoadedProcedure[];
  readonly filter: QueueFilter;
  readonly counts: QueueCounts;
  readonly rows: readonly QueueRow[];
  readonly now: Date;
  /** Is there a table of character forms to add to? */
  readonly variants: boolean;
  /** May officers log in by card? */
  readonly cards: boolean;
}

/** What lies on the desk: 受付. */
export function QueuePage(props: QueueProps) {
  const { look, desk, session, counts, filter, rows } = props;
  const { pile } = filter;
  const { register } = look.prefs;
  const title = (row: QueueRow): Words | string =>
    props.procedures.find(({ definition }) => definition.id === row.procedureId)?.definition.title ??
    row.procedureId ??
    '';
  const last = rows.at(-1);
  const places: { act: Act; href: string; label: Words }[] = [
    { act: 'figures', href: `${desk}/figures`, label: figureTexts.title },
    { act: 'audit', href: `${desk}/audit`, label: auditTexts.title },
    ...(props.variants
      ? [{ act: 'variants', href: `${desk}/variants`, label: variantTexts.title } as const]
      : []),
    { act: 'connect', href: `${desk}/keys`, label: keyTexts.title },
    { act: 'staff', href: `${desk}/officers`, label: staffTexts.title },
  ];
  const links = [
    ...(props.procedures.some(({ definition }) => definition.parts !== undefined)
      ? [{ href: `${desk}/parts`, label: partTexts.title }]
      : []),
    ...places.filter(({ act }) => may(session.grants, act)),
    ...(props.cards ? [{ href: `${desk}/card`, label: texts.registerLink }] : []),
  ];
  const deadlines = [
    { filter: { pile: 'waiting', deadline: 'today' }, label: texts.due, count: counts.due },
    { filter: { pile: 'waiting', deadline: 'overdue' }, label: texts.overdue, count: counts.overdue },
    {
      filter: { pile: 'correction', deadline: 'overdue' },
      label: texts.correctionOverdue,
      count: counts.correctionOverdue,
    },
  ] as const;
  return (
    <Page {...look} title={texts.queue} wide nav={pileLinks(desk, pile, counts)}>
      <ul class="inline-list">
        {deadlines.map(({ filter: narrowed, label, count }) => (
          <li>
            <a href={`${desk}?${filterQuery(narrowed)}`}>
              <T w={label} /> <strong>{count}</strong>
            </a>
          </li>
        ))}
      </ul>
      <FilterForm {...props} />
      {rows.length === 0 ? (
        <P w={texts.empty} />
      ) : (
        <Table
          id="cases"
          stack
          caption={fill(texts.oldestFirst, { pile: pileWords[pile] })}
          head={[
            glossary.receiptNumber,
            texts.procedure,
            texts.applicant,
            glossary.arrival,
            texts.lights,
            texts.state,
            texts.open,
          ]}
          rows={rows.map((row) => [
            <a class="nowrap" href={`${desk}/cases/${row.receiptNumber}`}>
              {row.receiptNumber}
            </a>,
            title(row),
            row.applicantName === null ? (
              row.state === 'arrived' ? (
                texts.unread
              ) : (
                texts.unreadable
              )
            ) : (
              <span class="nowrap">{markText(row.applicantName)}</span>
            ),
            <>
              {shortTime(row.arrivedAt, props.now, register)}
              {row.deadline === null ? null : (
                <p class="hint-line">
                  <T w={row.paused ? pauseTexts.until : texts.dueOn} />{' '}
                  <DeadlineCell day={row.deadline} now={props.now} register={register} />
                </p>
              )}
            </>,
            row.lights === null ? '—' : <LightSigns lights={row.lights} />,
            <>
              <T w={stateWords[row.state]} />
              {row.paused ? (
                <p class="hint-line">
                  <T w={pauseTexts.paused} />
                </p>
              ) : null}
              {row.assignedTo === null ? null : (
                <p class="hint-line">
                  <T w={actorInWords(`officer:${row.assignedTo}`)} />
                </p>
              )}
            </>,
            <a class="button button-secondary" href={`${desk}/cases/${row.receiptNumber}`}>
              <span>
                <T w={texts.open} />
                <span class="visually-hidden"> {row.receiptNumber}</span>
              </span>
            </a>,
          ])}
        />
      )}
      {rows.length < PAGE_SIZE || last === undefined ? null : (
        <p>
          <a href={`${desk}?${filterQuery({ ...filter, after: last.receiptNumber })}`}>
            <T w={fill(texts.next, { count: PAGE_SIZE })} />
          </a>
        </p>
      )}
      {may(session.grants, 'export') ? (
        <form method="post" action={`${desk}/export.csv?${filterQuery({ ...filter, after: undefined })}`}>
          <input type="hidden" name="csrf" value={session.csrf} />
          <Button label={texts.exportCsv} kind="secondary" />
        </form>
      ) : null}
      {links.length === 0 ? null : (
        <>
          <H2 w={texts.places} />
          <ul class="inline-list">
            {links.map(({ href, label }) => (
              <li>
                <a href={href}>
                  <T w={label} />
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <P w={fill(texts.role, { officer: whoIs(session) })} quiet />
      <LeaveDesk desk={desk} session={session} />
    </Page>
  );
}

/** The queue narrowed: by procedure, deadline, officer, pause. */
function FilterForm({ desk, filter, procedures }: QueueProps) {
  const choices: { name: keyof QueueFilter; label: Words; value: string; options: Option[] }[] = [
    {
      name: 'procedure',
      label: texts.procedure,
      value: filter.procedure ?? '',
      options: procedures.map(({ definition }) => ({ value: definition.id, label: definition.title })),
    },
    {
      name: 'deadline',
      label: texts.dueOn,
      value: filter.deadline ?? '',
      options: [
        { value: 'overdue', label: texts.overdue },
        { value: 'today', label: texts.due },
        { value: 'week', label: texts.week },
      ],
    },
    {
      name: 'mine',
      label: texts.assignee,
      value: filter.mine ? '1' : '',
      options: [{ value: '1', label: texts.mine }],
    },
    {
      name: 'paused',
      label: pauseTexts.paused,
      value: filter.paused ?? '',
      options: [
        { value: 'only', label: pauseTexts.only },
        { value: 'without', label: pauseTexts.without },
      ],
    },
  ];
  return (
    <form method="get" action={desk} class="filter-form">
      <input type="hidden" name="pile" value={filter.pile} />
      {choices.map(({ options, ...choice }) => (
        <Select plain {...choice} options={[{ value: '', label: texts.all }, ...options]} />
      ))}
      <Button label={texts.narrow} kind="secondary" />
    </form>
  );
}

type Option = { value: string; label: Words };

/** A day, and in words when it is today or over. */
function DeadlineCell({ day, now, register }: { day: string; now: Date; register: Register }) {
  const today = japaneseDay(now);
  return (
    <span>
      {formatDay(day, register, { wareki: false })}
      {day > today ? null : (
        <strong>
          {' '}
          <T w={day === today ? texts.due : texts.overdue} />
        </strong>
      )}
    </span>
  );
}

/** 10:41 for today, else with its day. */
function shortTime(at: Date, now: Date, register: Register): string {
  const part = (date: Date, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(register === 'en' ? 'en-GB' : 'ja-JP', {
      timeZone: 'Asia/Tokyo',
      ...options,
    }).format(date);
  const day = (date: Date) => part(date, { year: 'numeric', month: 'numeric', day: 'numeric' });
  const time = part(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return day(at) === day(now) ? time : `${formatDate(at, register, { wareki: false })} ${time}`;
}

/** The piles with their counts, as the page's main links. */
export function pileLinks(desk: string, current: Pile | undefined, counts?: Record<Pile, number>) {
  return (Object.keys(piles) as Pile[]).map((pile) => ({
    href: `${desk}?pile=${pile}`,
    label: counts === undefined ? pileWords[pile] : withCount(pileWords[pile], counts[pile]),
    current: pile === current,
  }));
}

function withCount(words: Words, count: number): Words {
  return { ja: `${words.ja} ${count}`, jaEasy: `${words.jaEasy} ${count}`, en: `${words.en} ${count}` };
}
