import { parseCertificate, readIdentity } from '@madoguchi/pki';
import {
  Button,
  ButtonRow,
  CheckboxGroup,
  ConfirmationPanel,
  Details,
  type FieldError,
  formatDate,
  H2,
  Notice,
  P,
  RadioGroup,
  SummaryList,
} from '@madoguchi/ui';
import { findMunicipality } from '../places.js';
import type { CertificateRecord } from '../queries.js';
import { reasons } from '../reasons.js';
import { a } from './act-words.js';
import { type Incapacity, officeEvidence } from './evidence.js';
import { Frame } from './frame.js';
import { grounds } from './grounds.js';
import type { CounterLook } from './look.js';
import { CertificateLight, kindOf } from './pages.js';
import { ProofFields, type TypedProof } from './proof-fields.js';
import { may } from './session.js';
import { w } from './words.js';

interface TypedRevocation extends TypedProof {
  readonly ground?: string | undefined;
  readonly office?: readonly string[];
}

interface CertificateProps {
  prefs: CounterLook;
  record: CertificateRecord & { certificate?: Uint8Array };
  holder: string | undefined;
  csrf: string;
  incapacity: Incapacity | undefined;
  /** Whether its copy can be printed again. */
  hasCopy: boolean;
  errors?: readonly FieldError[];
  typed?: TypedRevocation;
}

/** The name in a signature certificate, as it is written there. */
export function nameIn(certificate: Uint8Array | undefined): string | undefined {
  if (certificate === undefined) return undefined;
  const parsed = parseCertificate(certificate);
  const identity = parsed.ok ? readIdentity(parsed.value) : undefined;
  return identity?.ok ? identity.value.name : undefined;
}

/** One certificate: its state, and the forms that revoke it. The serial number does not stand here. */
export function CertificatePage(props: CertificateProps) {
  const { prefs, record, holder, errors = [] } = props;
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
            value: <CertificateLight record={record} label={w.certificateTitle} />,
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
      {props.hasCopy ? <Button label={a.copy} kind="secondary" href={`${path}/copy.pdf`} /> : null}
      {record.status === 'valid' ? <RevokeForms {...props} path={path} /> : null}
    </Frame>
  );
}

/** The holder's request first; ex officio, for those who may, below it. */
function RevokeForms({ prefs, csrf, incapacity, typed = {}, path }: CertificateProps & { path: string }) {
  const { session } = prefs;
  const mine = grounds.filter(({ right }) => session !== undefined && may(session, right));
  const asked = mine.filter(({ by }) => !by.includes('office'));
  const exOfficio = mine.filter(({ by }) => by.includes('office'));
  return (
    <>
      <H2 w={w.revokeHeading} />
      <Notice kind="check" title={w.checkFirst}>
        <P w={w.revokeWarning} />
      </Notice>
      <form method="post" action={`${path}/revoke`}>
        <input type="hidden" name="csrf" value={csrf} />
        <RadioGroup
          name="ground"
          label={w.reason}
          required
          value={typed.ground}
          options={asked.map(({ id, label }) => ({ value: id, label }))}
        />
        <ProofFields {...{ typed, incapacity }} presenters={['self', 'guardian']} />
        <CheckboxGroup
          name="confirm"
          label={w.confirmLabel}
          required
          options={[{ value: 'yes', label: w.confirm }]}
        />
        <ButtonRow>
          <Button label={w.revokeButton} kind="danger" />
        </ButtonRow>
      </form>
      {exOfficio.length === 0 ? null : (
        <Details summary={w.exOfficio} open={typed.office !== undefined}>
          <form method="post" action={`${path}/revoke`}>
            <input type="hidden" name="csrf" value={csrf} />
            <input type="hidden" name="who" value="office" />
            <RadioGroup
              name="ground"
              label={w.reason}
              required
              value={typed.ground}
              options={exOfficio.map(({ id, label, hint }) => ({ value: id, label, hint }))}
            />
            <CheckboxGroup
              name="office"
              label={w.officeEvidence}
              required
              values={typed.office}
              options={officeEvidence.map(({ id, label }) => ({ value: id, label }))}
            />
            <Button label={w.revokeButton} kind="danger" />
          </form>
        </Details>
      )}
    </>
  );
}

/** Said after a revocation. */
export function RevokedPage({ prefs, path }: { prefs: CounterLook; path: string }) {
  return (
    <Frame prefs={prefs} path={path} title={w.doneTitle} heading={false}>
      <ConfirmationPanel title={w.doneTitle}>
        <P w={w.doneBody} />
      </ConfirmationPanel>
      <Button label={w.backToList} href="/counter" kind="secondary" />
    </Frame>
  );
}
