import { markText } from '@madoguchi/procedure';
import {
  Button,
  fill,
  formatDate,
  glossary,
  P,
  Page,
  type PageProps,
  type Register,
  StatusLight,
  T,
  Table,
  type Words,
} from '@madoguchi/ui';
import type { LoadedProcedure } from '../options.js';
import { PAGE_SIZE, type Pile, piles, type QueueRow } from './queries.js';
import type { DeskSession } from './session.js';
import { actorInWords, pileWords, stateWords, texts } from './texts.js';

interface QueueProps {
  readonly look: Omit<PageProps, 'title'>;
  /** Address of the desk. */
  readonly desk: string;
  readonly session: DeskSession;
  readonly procedures: readonly LoadedProcedure[];
  readonly pile: Pile;
  readonly counts: Record<Pile, number> & { due: number };
  readonly rows: readonly QueueRow[];
  readonly now: Date;
  /** May officers log in by card? */
  readonly cards: boolean;
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
        <T w={fill(texts.role, { officer: actorInWords(`officer:${session.officer}`) })} />
        {props.cards ? (
          <>
            {' ・ '}
            <a href={`${desk}/card`}>
              <T w={texts.registerLink} />
            </a>
          </>
        ) : null}
      </p>
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
            shortTime(row.arrivedAt, props.now, register),
            <Lights row={row} />,
            stateWords[row.state],
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
