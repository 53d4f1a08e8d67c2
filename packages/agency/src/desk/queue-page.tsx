import { Button, fill, H2, P, Page, type PageProps, Select, T, type Words } from '@madoguchi/ui';
import type { LoadedProcedure } from '../options.js';
import { variantTexts } from '../own-variants/texts.js';
import { texts as partTexts } from '../parts/texts.js';
import { auditTexts } from './audit-page.js';
import { pileWords } from './decision-words.js';
import { figureTexts } from './figures.js';
import { filterQuery, type QueueFilter } from './filter.js';
import { keyTexts } from './keys-page.js';
import { pauseTexts } from './pause-section.js';
import { PAGE_SIZE, type Pile, piles, type QueueCounts, type QueueRow } from './queries.js';
import { QueueTable } from './queue-table.js';
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
  return (
    <Page {...look} title={texts.queue} wide nav={pileLinks(desk, filter.pile, counts)}>
      <Deadlines {...props} />
      <FilterForm {...props} />
      {rows.length === 0 ? <P w={texts.empty} /> : <QueueTable {...props} />}
      <NextRows {...props} />
      {rows.length > 0 && may(session.grants, 'export') ? (
        <form method="post" action={`${desk}/export.csv?${filterQuery({ ...filter, after: undefined })}`}>
          <input type="hidden" name="csrf" value={session.csrf} />
          <Button label={texts.exportCsv} kind="secondary" />
        </form>
      ) : null}
      <Places links={placesOf(props)} />
      <P w={fill(texts.role, { officer: whoIs(session) })} quiet />
      <LeaveDesk desk={desk} session={session} />
    </Page>
  );
}

/** What is due today or overdue, each as a narrowed queue. */
function Deadlines({ desk, counts }: QueueProps) {
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
    <ul class="inline-list">
      {deadlines.map(({ filter, label, count }) => (
        <li>
          <a href={`${desk}?${filterQuery(filter)}`}>
            <T w={label} /> <strong>{count}</strong>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The way to what did not fit on the page. */
function NextRows({ desk, filter, rows }: QueueProps) {
  const last = rows.at(-1);
  if (rows.length < PAGE_SIZE || last === undefined) return null;
  return (
    <p>
      <a href={`${desk}?${filterQuery({ ...filter, after: last.receiptNumber })}`}>
        <T w={fill(texts.next, { count: PAGE_SIZE })} />
      </a>
    </p>
  );
}

interface DeskLink {
  readonly href: string;
  readonly label: Words;
}

/** The other pages of the desk, as far as this officer's roles reach. */
function placesOf({ desk, session, procedures, variants, cards }: QueueProps): DeskLink[] {
  const places: (DeskLink & { act: Act })[] = [
    { act: 'figures', href: `${desk}/figures`, label: figureTexts.title },
    { act: 'audit', href: `${desk}/audit`, label: auditTexts.title },
    ...(variants ? [{ act: 'variants', href: `${desk}/variants`, label: variantTexts.title } as const] : []),
    { act: 'connect', href: `${desk}/keys`, label: keyTexts.title },
    { act: 'staff', href: `${desk}/officers`, label: staffTexts.title },
  ];
  const hasParts = procedures.some(({ definition }) => definition.parts !== undefined);
  return [
    ...(hasParts ? [{ href: `${desk}/parts`, label: partTexts.title }] : []),
    ...places.filter(({ act }) => may(session.grants, act)),
    ...(cards ? [{ href: `${desk}/card`, label: texts.registerLink }] : []),
  ];
}

function Places({ links }: { links: readonly DeskLink[] }) {
  if (links.length === 0) return null;
  return (
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
