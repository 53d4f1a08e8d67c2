import {
  Button,
  CheckboxGroup,
  ConfirmationPanel,
  Details,
  eraDate,
  type FieldError,
  formatDate,
  H2,
  Notice,
  P,
  type Preferences,
  RadioGroup,
  SummaryList,
  Table,
  TextInput,
} from '@madoguchi/ui';
import { identityOf } from '../identity/resident.js';
import type { CertificateRecord } from '../queries.js';
import type { CounterResident } from '../register/find.js';
import { ageOn } from '../validity.js';
import { a, sexWords } from './act-words.js';
import type { ActKind } from './acts.js';
import { type DeskReader, readerRows } from './desk-readers.js';
import { documents, presenters } from './evidence.js';
import { Frame } from './frame.js';
import { EventForm, LostForm, type TypedEvent } from './more-forms.js';
import { Certificates } from './pages.js';
import { w } from './words.js';

/** No signature certificate under this age. */
export function isChild(resident: CounterResident, now: Date): boolean {
  const age = ageOn(now, resident.birthDate);
  return age !== undefined && age < 15;
}

interface ResidentProps {
  prefs: Preferences;
  resident: CounterResident;
  records: readonly CertificateRecord[];
  csrf: string;
  now: Date;
  /** Whether the counter has a reader and a stock of cards. */
  hasCards: boolean;
  /** What lies in the counter's readers; empty where there are none. */
  readers: readonly DeskReader[];
  errors?: readonly FieldError[];
  typed?: Typed;
  /** A section that stands open: the one with a fault. */
  open?: 'lost' | 'event';
  event?: TypedEvent;
}

/** What was ticked and typed, to stand there again after a fault. */
export interface Typed {
  readonly kind?: string | undefined;
  readonly who?: string | undefined;
  readonly evidence?: readonly string[];
  readonly letter?: string | undefined;
}

/** What may be done for this person now. */
export function kindsFor(records: readonly CertificateRecord[]): readonly ActKind[] {
  return records.some(({ status }) => status === 'valid') ? ['renew', 'pin'] : ['issue'];
}

/** Characters of the certificate's form, or undefined where nothing is substituted. */
export function substitutionsOf(resident: CounterResident) {
  const identity = identityOf(resident);
  return [
    { label: w.name, from: resident.name, to: identity.name, flags: identity.nameSubstitution ?? '' },
    {
      label: w.address,
      from: resident.address,
      to: identity.address,
      flags: identity.addressSubstitution ?? '',
    },
  ].filter(({ flags }) => flags.includes('1'));
}

/** A resident, what certificates there are, and the form with which an act begins. */
export function ResidentPage(props: ResidentProps) {
  const { prefs, resident, records, csrf, now, hasCards, errors = [], typed = {}, open, event } = props;
  const path = `/counter/residents/${resident.id}`;
  const child = isChild(resident, now);
  const kinds = kindsFor(records);
  const substitutions = substitutionsOf(resident);
  const kindWords = { issue: a.kindIssue, renew: a.kindRenew, pin: a.kindPin };
  return (
    <Frame prefs={prefs} path={path} title={a.resident} back errors={errors}>
      <SummaryList
        rows={[
          { label: w.name, value: resident.name, ...(resident.kana === '' ? {} : { note: resident.kana }) },
          { label: w.birth, value: eraDate(resident.birthDate, prefs.register) },
          { label: a.sex, value: sexWords[resident.sex] },
          { label: w.address, value: resident.address },
          ...(resident.number === undefined ? [] : [{ label: a.number, value: resident.number }]),
          ...(resident.stayUntil === undefined
            ? []
            : [{ label: a.stay, value: formatDate(resident.stayUntil, prefs.register), note: a.stayNote }]),
          { label: w.certificateTitle, value: <Certificates records={records} holder={resident.name} /> },
          ...readerRows(props.readers),
        ]}
      />
      {resident.state !== 'present' ? (
        <Notice kind="bad" title={a.gone} />
      ) : !hasCards ? (
        <Notice kind="check" title={a.noCards} />
      ) : (
        <>
          <H2 w={kinds[0] === 'issue' ? a.issue : a.again} />
          {child ? <Notice kind="check" title={a.child} /> : null}
          <form method="post" action={`${path}/act`}>
            <input type="hidden" name="csrf" value={csrf} />
            {kinds.length === 1 ? (
              <input type="hidden" name="kind" value={kinds[0]} />
            ) : (
              <RadioGroup
                name="kind"
                label={a.what}
                required
                value={typed.kind}
                options={kinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
              />
            )}
            <RadioGroup
              name="who"
              label={a.who}
              required
              value={typed.who ?? (child ? 'guardian' : 'self')}
              options={presenters
                .filter((one) => !child || one === 'guardian')
                .map((one) => ({
                  value: one,
                  label: a[one],
                  ...(one === 'guardian' ? { hint: a.guardianNote } : {}),
                }))}
            />
            <CheckboxGroup
              name="evidence"
              label={a.evidence}
              hint={a.evidenceHint}
              required
              values={typed.evidence}
              options={documents.map(({ id, group, label }) => ({
                value: id,
                label: {
                  ja: `${group}　${label.ja}`,
                  jaEasy: `${group}　${label.jaEasy}`,
                  en: `${group}  ${label.en}`,
                },
              }))}
            />
            {child ? null : (
              <Details summary={a.agent} open={typed.who === 'agent'}>
                <TextInput
                  name="letter"
                  label={a.letter}
                  width="medium"
                  inputmode="numeric"
                  value={typed.letter}
                  autocomplete="off"
                />
              </Details>
            )}
            {substitutions.length === 0 ? null : (
              <>
                <H2 w={a.substitution} />
                <P w={a.substitutionNote} />
                <Table
                  id="substitution"
                  caption={a.substitution}
                  stack
                  head={[a.item, a.registered, a.written]}
                  rows={substitutions.map(({ label, from, to, flags }) => [
                    label,
                    from,
                    <Marked text={to} flags={flags} />,
                  ])}
                />
                <CheckboxGroup
                  name="consent"
                  label={a.consent}
                  required
                  options={[{ value: 'yes', label: a.consent }]}
                />
              </>
            )}
            <Button label={a.toPins} />
          </form>
          {child ? null : (
            <Details summary={a.moreTitle}>
              <form method="post" action={`${path}/letter`}>
                <input type="hidden" name="csrf" value={csrf} />
                <Button label={a.sendLetter} kind="secondary" />
              </form>
            </Details>
          )}
        </>
      )}
      {records.some(({ status }) => status === 'valid') ? (
        <LostForm {...{ path, csrf }} open={open === 'lost'} />
      ) : null}
      {resident.number === undefined || resident.state === 'dead' ? null : (
        <EventForm {...{ path, csrf }} open={open === 'event'} typed={event} />
      )}
    </Frame>
  );
}

/** A text whose substituted characters are marked. */
function Marked({ text, flags }: { text: string; flags: string }) {
  return <>{[...text].map((sign, index) => (flags[index] === '1' ? <mark>{sign}</mark> : sign))}</>;
}

/** A letter's number, shown once. */
export function LetterPage(props: { prefs: Preferences; resident: CounterResident; number: string }) {
  const { prefs, resident, number } = props;
  return (
    <Frame
      prefs={prefs}
      path={`/counter/residents/${resident.id}`}
      title={a.letterTitle}
      heading={false}
      back
    >
      <ConfirmationPanel title={a.letterTitle} reference={{ label: a.letterTitle, value: number }}>
        <P w={a.letterBody} />
      </ConfirmationPanel>
      <Button label={a.toResident} kind="secondary" href={`/counter/residents/${resident.id}`} />
    </Frame>
  );
}
