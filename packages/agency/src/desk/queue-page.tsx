import { markText } from '@madoguchi/procedure';
import {
  Button,
  fill,
  formatDate,
  glossary,
  H2,
  P,
  Page,
  type PageProps,
  StatusLight,
  T,
  Table,
  type Words,
} from '@madoguchi/ui';
import type { LoadedProcedure } from '../options.js';
import { PAGE_SIZE, type Pile, piles, type QueueRow } from './queries.js';
import type { DeskSession } from './session.js';
import { pileWords, stateWords, texts } from './texts.js';

interface QueueProps {
  readonly look: Omit<PageProps, 'title'>;
  /** Address of the desk. */
  readonly desk: string;
  readonly session: DeskSession;
  readonly procedures: readonly LoadedProcedure[];
  readonly pile: Pile;
  readonly counts: Record<Pile, number> & { due: number };
  readonly rows: readonly QueueRow[];
}

/** What lies on the desk: 受付. */
export function QueuePage(props: QueueProps) {
  const { look, desk, session, counts, pile, rows } = props;
  const { register } = look.prefs;
  const title = (row: QueueRow): Words | string =>
    props.procedures.find(({ definition }) => definition.id === row.procedureId)?.definition.title ??
    row.procedureId ??
    '';
  const last = rows.at(-1);
  return (
    <Page {...look} title={texts.queue} wide nav={pileLinks(desk, pile, counts)}>
      <p>
        <T w={texts.due} /> <strong>{counts.due}</strong> ・{' '}
        <T w={fill(texts.role, { officer: session.officer })} />
      </p>
      <H2 w={pileWords[pile]} />
      {rows.length === 0 ? (
        <P w={texts.empty} />
      ) : (
        <Table
          id="cases"
          caption={pileWords[pile]}
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
            row.receiptNumber,
            title(row),
            row.applicantName === null
              ? row.state === 'arrived'
                ? texts.unread
                : texts.unreadable
              : markText(row.applicantName),
            formatDate(row.arrivedAt, register, { time: true, wareki: false }),
            <Lights row={row} />,
            stateWords[row.state],
            <Button
              label={fill(texts.openCase, { number: row.receiptNumber })}
              kind="secondary"
              href={`${desk}/cases/${row.receiptNumber}`}
            />,
          ])}
        />
      )}
      {rows.length < PAGE_SIZE || last === undefined ? null : (
        <p>
          <a href={`${desk}?pile=${pile}&after=${last.receiptNumber}`}>
            <T w={fill(texts.next, { count: PAGE_SIZE })} />
          </a>
        </p>
      )}
      <form method="post" action={`${desk}/leave`}>
        <input type="hidden" name="csrf" value={session.csrf} />
        <Button label={texts.leave} kind="text" />
      </form>
    </Page>
  );
}

function Lights({ row }: { row: QueueRow }) {
  const { lights } = row;
  if (lights === null) return <span>—</span>;
  return (
    <span>
      <StatusLight state={lights.signature.state} label={glossary.signature} />{' '}
      <StatusLight state={lights.identity.state} label={glossary.matching} />{' '}
      <StatusLight state={lights.validity.state} label={glossary.validity} />
    </span>
  );
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
