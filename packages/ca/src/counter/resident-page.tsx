import { eraDate, type FieldError, fill, formatDate, Notice, P, SummaryList } from '@madoguchi/ui';
import { incapacityOf } from '../identity/incapacity.js';
import type { Office } from '../office/settings.js';
import type { CertificateRecord } from '../queries.js';
import type { CounterResident } from '../register/find.js';
import type { Scheme } from '../schemes.js';
import { ActForm, pinsFor, type Typed } from './act-form.js';
import { a, sexWords } from './act-words.js';
import type { ActKind } from './acts.js';
import { type DeskReader, readerRows } from './desk-readers.js';
import { EventForm, type TypedEvent } from './event-form.js';
import { Frame } from './frame.js';
import { LetterForm } from './letter-form.js';
import type { CounterLook } from './look.js';
import { loss } from './loss-words.js';
import { NoticeForm } from './notice-form.js';
import { Certificates } from './pages.js';
import { ReportForm, type TypedReport } from './report-form.js';
import { may } from './session.js';
import { w } from './words.js';

interface ResidentProps {
  prefs: CounterLook;
  resident: CounterResident;
  records: readonly CertificateRecord[];
  csrf: string;
  now: Date;
  scheme: Scheme;
  /** Whether the counter has a reader and a stock of cards, and the person a card of this counter. */
  hasCards: boolean;
  hasOwnCard: boolean;
  /** What lies in the counter's readers; empty where there are none. */
  readers: readonly DeskReader[];
  office: Office;
  /** Which reader the office uses first; undefined where there is no choice. */
  reader: Office['reader'] | undefined;
  /** A letter of inquiry that waits for its answer. */
  letter: { readonly sentAt: Date; readonly until: Date } | undefined;
  /** A hold by telephone that nobody has come about yet. */
  hold: { readonly id: string; readonly number: string; readonly at: Date } | undefined;
  errors?: readonly FieldError[];
  typed?: Typed;
  /** A section that stands open: the one with a fault. */
  open?: 'report' | 'event';
  event?: TypedEvent;
  report?: TypedReport;
}

/** What may be done for this person now. */
export function kindsFor(records: readonly CertificateRecord[], hasOwnCard: boolean): readonly ActKind[] {
  if (records.some(({ status }) => status === 'valid')) return ['renew', 'pin'];
  // A card that was ordered for a first issue is no choice: it is the one to be written.
  return records.length > 0 && hasOwnCard ? ['renew', 'issue'] : ['issue'];
}

/** A resident, what certificates there are, what is to be done next, and the forms with which acts begin. */
export function ResidentPage(props: ResidentProps) {
  const { prefs, resident, records, csrf, now, hasCards, hasOwnCard, errors = [], typed = {}, open } = props;
  const path = `/counter/residents/${resident.id}`;
  const { session } = prefs;
  const incapacity = incapacityOf(resident, now);
  const pins = pinsFor(props.scheme, incapacity);
  const hasValid = records.some(({ status }) => status === 'valid');
  const date = (at: Date) => formatDate(at, prefs.register, { time: true });
  return (
    <Frame prefs={prefs} path={path} title={a.resident} back errors={errors}>
      {props.hold === undefined ? null : (
        <Notice
          kind="check"
          title={fill(loss.heldTitle, { number: props.hold.number, at: date(props.hold.at) })}
        >
          <P w={loss.heldNext} />
          <NoticeForm act={props.hold.id} csrf={csrf} />
        </Notice>
      )}
      <SummaryList
        rows={[
          { label: w.name, value: resident.name, ...(resident.kana === '' ? {} : { note: resident.kana }) },
          { label: w.birth, value: eraDate(resident.birthDate, prefs.register) },
          { label: a.sex, value: sexWords[resident.sex] },
          { label: w.address, value: resident.address },
          ...(resident.number === undefined ? [] : [{ label: a.number, value: resident.number }]),
          ...(resident.stayUntil === undefined
            ? []
            : [
                {
                  label: a.stay,
                  value: formatDate(resident.stayUntil, prefs.register),
                  note: resident.stayUntil <= now ? a.stayOver : a.stayNote,
                },
              ]),
          { label: w.certificateTitle, value: <Certificates records={records} holder={resident.name} /> },
          ...readerRows(props.readers),
        ]}
      />
      {resident.state !== 'present' ? (
        <Notice kind="bad" title={a.gone} />
      ) : resident.stayUntil !== undefined && resident.stayUntil <= now ? (
        <Notice kind="bad" title={a.stayOver} />
      ) : !hasCards ? (
        <Notice kind="check" title={a.noCards} />
      ) : pins.length === 0 ? (
        <Notice kind="bad" title={a.noneForThem} />
      ) : (
        <>
          <ActForm
            {...{ path, csrf, resident, pins, hasValid, incapacity, typed }}
            kinds={kindsFor(records, hasOwnCard)}
            reader={props.reader}
          />
          {incapacity === undefined ? (
            <LetterForm {...{ path, csrf, prefs }} letter={props.letter} days={props.office.letterDays} />
          ) : null}
        </>
      )}
      {records.length > 0 && resident.state !== 'dead' ? (
        <ReportForm {...{ path, csrf, incapacity }} open={open === 'report'} typed={props.report ?? {}} />
      ) : null}
      {resident.number === undefined ||
      resident.state === 'dead' ||
      session === undefined ||
      !may(session, 'exOfficio') ? null : (
        <EventForm {...{ path, csrf }} open={open === 'event'} typed={props.event} />
      )}
    </Frame>
  );
}
