import { parseCertificate, readIdentity } from '@madoguchi/pki';
import {
  Button,
  CheckboxGroup,
  ConfirmationPanel,
  eraDate,
  type FieldError,
  formatDate,
  H2,
  Notice,
  P,
  type Preferences,
  RadioGroup,
  StatusLight,
  SummaryList,
  T,
  Table,
  TextInput,
  useWords,
} from '@madoguchi/ui';
import { findMunicipality } from '../places.js';
import type { CertificateRecord } from '../queries.js';
import { caReasons, reasons } from '../reasons.js';
import type { CounterResident } from '../register/find.js';
import { Frame } from './frame.js';
import { w } from './words.js';

const kindOf = (record: CertificateRecord) =>
  record.profile === 'signature' ? w.signature : w.authentication;

const lights = { valid: 'good', revoked: 'bad', expired: 'check', unfinished: 'pending' } as const;

/** Says how the counter is opened. */
export function ClosedPage({ prefs }: { prefs: Preferences }) {
  return <Frame prefs={prefs} path="/counter" title={w.closedTitle} lead={w.closedBody} />;
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
          <StatusLight state={lights[record.status]} label={kindOf(record)} word={w[record.status]} />{' '}
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
  prefs: Preferences;
  residents: readonly CounterResident[];
  records: readonly CertificateRecord[];
  /** What was looked for, as typed. */
  asked: string;
  more: boolean;
}

/** Who lives here and which certificates each has. */
export function ListPage({ prefs, residents, records, asked, more }: ListProps) {
  const citizens = records.filter((r) => r.profile === 'signature' || r.profile === 'authentication');
  const others = asked === '' ? citizens.filter((record) => record.resident === undefined) : [];
  return (
    <Frame prefs={prefs} path="/counter" title={w.listTitle}>
      <form method="get" action="/counter">
        <TextInput
          name="q"
          label={w.find}
          hint={w.findHint}
          value={asked}
          type="search"
          maxLength={200}
          autocomplete="off"
        />
        <Button label={w.findButton} />
      </form>
      {residents.length === 0 ? <P w={w.nobody} /> : null}
      {more ? <P w={w.more} /> : null}
      <Table
        id="residents"
        caption={w.residents}
        stack
        head={[w.name, w.certificateTitle, w.birth, w.address]}
        rows={residents.map((resident) => [
          <a href={`/counter/residents/${resident.id}`}>{resident.name}</a>,
          <Certificates
            holder={resident.name}
            records={citizens.filter((record) => record.resident === resident.id)}
          />,
          eraDate(resident.birthDate, prefs.register),
          resident.address,
        ])}
      />
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

interface CertificateProps {
  prefs: Preferences;
  record: CertificateRecord & { certificate?: Uint8Array };
  holder: string | undefined;
  csrf: string;
  errors?: readonly FieldError[];
  chosen?: string | undefined;
}

/** The name in a signature certificate, as it is written there. */
export function nameIn(certificate: Uint8Array | undefined): string | undefined {
  if (certificate === undefined) return undefined;
  const parsed = parseCertificate(certificate);
  const identity = parsed.ok ? readIdentity(parsed.value) : undefined;
  return identity?.ok ? identity.value.name : undefined;
}

/** One certificate: its state, and the form that revokes it. The serial number does not stand here. */
export function CertificatePage({ prefs, record, holder, csrf, errors = [], chosen }: CertificateProps) {
  const path = `/counter/certificates/${record.alias}`;
  const date = (at: Date | undefined) =>
    at === undefined ? w.none : formatDate(at, prefs.register, { time: true });
  const { revocation } = record;
  return (
    <Frame prefs={prefs} path={path} title={w.certificateTitle} back errors={errors}>
      <SummaryList
        rows={[
          { label: w.holder, value: holder ?? w.none },
          { label: w.kind, value: kindOf(record) },
          { label: w.place, value: findMunicipality(record.municipality)?.name ?? record.municipality },
          {
            label: w.status,
            value: (
              <StatusLight state={lights[record.status]} label={w.certificateTitle} word={w[record.status]} />
            ),
          },
          { label: w.issuedOn, value: date(record.notBefore) },
          { label: w.until, value: date(record.notAfter) },
          ...(revocation === undefined
            ? []
            : [
                { label: w.revokedAt, value: date(revocation.at) },
                { label: w.reason, value: reasons[revocation.reason].when },
              ]),
        ]}
      />
      {record.status !== 'valid' ? null : (
        <>
          <H2 w={w.revokeHeading} />
          <Notice kind="check" title={w.checkFirst}>
            <P w={w.revokeWarning} />
          </Notice>
          <form method="post" action={`${path}/revoke`}>
            <input type="hidden" name="csrf" value={csrf} />
            <RadioGroup
              name="reason"
              label={w.reason}
              required
              value={chosen}
              options={caReasons
                .filter((reason) => reasons[reason].counter)
                .map((reason) => ({ value: reason, label: reasons[reason].when }))}
            />
            <CheckboxGroup
              name="confirm"
              label={w.confirmLabel}
              required
              options={[{ value: 'yes', label: w.confirm }]}
            />
            <Button label={w.revokeButton} kind="danger" />
          </form>
        </>
      )}
    </Frame>
  );
}

/** Said after a revocation. */
export function RevokedPage({ prefs, path }: { prefs: Preferences; path: string }) {
  return (
    <Frame prefs={prefs} path={path} title={w.doneTitle} heading={false}>
      <ConfirmationPanel title={w.doneTitle}>
        <P w={w.doneBody} />
      </ConfirmationPanel>
      <Button label={w.backToList} href="/counter" kind="secondary" />
    </Frame>
  );
}
