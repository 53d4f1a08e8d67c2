import { markText } from '@madoguchi/procedure';
import {
  fill,
  formatDate,
  formatDay,
  glossary,
  japaneseDay,
  type PageProps,
  type Register,
  T,
  Table,
} from '@madoguchi/ui';
import type { LoadedProcedure } from '../options.js';
import { pileWords, stateWords } from './decision-words.js';
import type { QueueFilter } from './filter.js';
import { actorInWords } from './history-words.js';
import { LightSigns } from './light-signs.js';
import { pauseTexts } from './pause-section.js';
import type { QueueRow } from './queries.js';
import { texts } from './texts.js';

interface QueueTableProps {
  readonly look: Omit<PageProps, 'title'>;
  readonly desk: string;
  readonly procedures: readonly LoadedProcedure[];
  readonly filter: QueueFilter;
  readonly rows: readonly QueueRow[];
  readonly now: Date;
}

/** The applications of a pile, the oldest first. */
export function QueueTable({ look, desk, procedures, filter, rows, now }: QueueTableProps) {
  const { register } = look.prefs;
  return (
    <Table
      id="cases"
      stack
      caption={fill(texts.oldestFirst, { pile: pileWords[filter.pile] })}
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
        procedures.find(({ definition }) => definition.id === row.procedureId)?.definition.title ??
          row.procedureId ??
          '',
        applicantOf(row),
        <ArrivalCell {...{ row, now, register }} />,
        row.lights === null ? '—' : <LightSigns lights={row.lights} />,
        <StateCell row={row} />,
        <a class="button button-secondary" href={`${desk}/cases/${row.receiptNumber}`}>
          <span>
            <T w={texts.open} />
            <span class="visually-hidden"> {row.receiptNumber}</span>
          </span>
        </a>,
      ])}
    />
  );
}

function applicantOf({ applicantName, state }: QueueRow) {
  if (applicantName !== null) return <span class="nowrap">{markText(applicantName)}</span>;
  return state === 'arrived' ? texts.unread : texts.unreadable;
}

/** When it arrived, and until when something must be done. */
function ArrivalCell({ row, now, register }: { row: QueueRow; now: Date; register: Register }) {
  return (
    <>
      {shortTime(row.arrivedAt, now, register)}
      {row.deadline === null ? null : (
        <p class="hint-line">
          <T w={row.paused ? pauseTexts.until : texts.dueOn} />{' '}
          <DeadlineCell day={row.deadline} now={now} register={register} />
        </p>
      )}
    </>
  );
}

/** How it stands, whether it waits, and who has it. */
function StateCell({ row }: { row: QueueRow }) {
  return (
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
    </>
  );
}

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
