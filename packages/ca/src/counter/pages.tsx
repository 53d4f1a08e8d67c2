import {
  Button,
  ButtonRow,
  eraDate,
  formatDate,
  Notice,
  P,
  StatusLight,
  T,
  Table,
  TextInput,
  useWords,
  type Words,
} from '@madoguchi/ui';
import { findMunicipality } from '../places.js';
import type { CertificateRecord } from '../queries.js';
import type { CounterResident } from '../register/find.js';
import { Frame } from './frame.js';
import type { CounterLook } from './look.js';
import { NoticeForm } from './notice-form.js';
import type { OpenAct } from './open-acts.js';
import { actKindWords } from './record-words.js';
import { w } from './words.js';

const kinds: Readonly<Partial<Record<CertificateRecord['profile'], Words>>> = {
  signature: w.signature,
  'phone-signature': w.phoneSignature,
  'phone-authentication': w.phoneAuthentication,
};
export const kindOf = (record: CertificateRecord) => kinds[record.profile] ?? w.authentication;

const lights = { valid: 'good', revoked: 'bad', expired: 'check', unfinished: 'pending' } as const;

/** How a certificate stands: one that is signed and good, but in nobody's hands yet, is being issued. */
export function CertificateLight({ record, label }: { record: CertificateRecord; label: Words }) {
  const { state, status } = record;
  const shown = status === 'valid' && state === 'issued' ? 'unfinished' : status;
  return <StatusLight state={lights[shown]} label={label} word={w[shown]} />;
}

interface CertificatesProps {
  records: readonly CertificateRecord[];
  holder?: string;
}

/** Each certificate's light and the link to its page. */
export function Certificates({ records, holder = '' }: CertificatesProps) {
  const text = useWords();
  if (records.length === 0) return <T w={w.none} />;
  return (
    <>
      {records.map((record) => (
        <p>
          <CertificateLight record={record} label={kindOf(record)} />{' '}
          <a href={`/counter/certificates/${record.alias}`}>
            <T w={w.open} />
            <span class="visually-hidden">{` ${text(kindOf(record))} ${holder}`.trimEnd()}</span>
          </a>
        </p>
      ))}
    </>
  );
}

interface ListProps {
  /** What waits for somebody. */
  open: readonly OpenAct[];
  prefs: CounterLook;
  /** Who fits; undefined where nobody was looked for. */
  people: { readonly found: readonly CounterResident[]; readonly more: boolean } | undefined;
  /** Their certificates. */
  records: readonly CertificateRecord[];
  /** Certificates of cards whose holder is in no register. */
  others: readonly CertificateRecord[];
  /** What was looked for, as typed. */
  asked: string;
}

/** Who lives here and which certificates each has. */
export function ListPage({ prefs, open, people, records, others, asked }: ListProps) {
  return (
    <Frame prefs={prefs} path="/counter" title={w.listTitle}>
      {open.length === 0 || asked !== '' ? null : <OpenActs prefs={prefs} open={open} />}
      <form method="get" action="/counter" class="search-above">
        <TextInput
          name="q"
          label={w.find}
          hint={w.findHint}
          value={asked}
          type="search"
          maxLength={200}
          autocomplete="off"
        />
        <ButtonRow>
          <Button label={w.findButton} />
          {people === undefined ? <Button label={w.all} kind="secondary" href="/counter?all=yes" /> : null}
        </ButtonRow>
      </form>
      {people === undefined ? null : <People {...{ prefs, records }} {...people} />}
      {others.length === 0 ? null : (
        <Table
          id="others"
          caption={w.others}
          head={[w.issuedOn, w.certificateTitle, w.municipality]}
          rows={others.map((record) => [
            record.notBefore === undefined
              ? w.none
              : formatDate(record.notBefore, prefs.register, { time: true }),
            <Certificates records={[record]} />,
            findMunicipality(record.municipality)?.name ?? record.municipality,
          ])}
        />
      )}
    </Frame>
  );
}

function People(
  props: Pick<ListProps, 'prefs' | 'records'> & { found: readonly CounterResident[]; more: boolean },
) {
  const { prefs, records, found, more } = props;
  if (found.length === 0) return <P w={w.nobody} />;
  return (
    <>
      {more ? <P w={w.more} /> : null}
      <Table
        id="residents"
        caption={w.residents}
        stack
        head={[w.name, w.certificateTitle, w.birth, w.address]}
        rows={found.map((resident) => [
          <a href={`/counter/residents/${resident.id}`}>{resident.name}</a>,
          <Certificates
            holder={resident.name}
            records={records.filter((record) => record.resident === resident.id)}
          />,
          eraDate(resident.birthDate, prefs.register),
          resident.address,
        ])}
      />
    </>
  );
}

/** What waits: for the applicant's PINs, for somebody to see to what a crash left, for the letter after a hold. */
function OpenActs({ prefs, open }: { prefs: CounterLook; open: readonly OpenAct[] }) {
  return (
    <Notice kind="check" title={w.nextTitle}>
      <Table
        id="next"
        caption={w.nextCaption}
        stack
        head={[w.name, w.nextAct, w.nextStep, w.nextEnd]}
        rows={open.map((act) => [
          <a href={`/counter/residents/${act.resident}`}>{act.name}</a>,
          <>
            <T w={actKindWords[act.kind]} />
            <br />
            {formatDate(act.at, prefs.register, { time: true })}
          </>,
          act.next === 'pins' ? (
            <a href={`/counter/pin/${act.id}`}>
              <T w={w.nextPins} />
            </a>
          ) : act.next === 'notice' ? (
            <NoticeForm act={act.id} csrf={prefs.session?.csrf ?? ''} />
          ) : (
            w.nextAgain
          ),
          <form method="post" action={`/counter/acts/${act.id}/settle`}>
            <input type="hidden" name="csrf" value={prefs.session?.csrf ?? ''} />
            <Button label={w.nextSettle} kind="secondary" />
          </form>,
        ])}
      />
    </Notice>
  );
}
