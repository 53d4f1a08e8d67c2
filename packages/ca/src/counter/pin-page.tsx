import { Button, type FieldError, H2, Notice, P, Page, PasswordInput, Table } from '@madoguchi/ui';
import { type Substitution, signPairs } from './act-form.js';
import { a } from './act-words.js';
import type { CounterPin } from './acts.js';
import type { CounterLook } from './look.js';
import { banner, siteName } from './words.js';

interface PinProps {
  prefs: CounterLook;
  path: string;
  csrf: string;
  pins: readonly CounterPin[];
  /** Characters that a certificate cannot hold: the applicant agrees to them with the button. */
  substitutions: readonly Substitution[];
  /** An agent types what the applicant wrote on the sealed slip. */
  byAgent: boolean;
  errors?: readonly FieldError[];
}

/**
 * The applicant's own page, on the screen turned round: nothing of the clerk's stands on it, of the register's only the characters that are
 * substituted, and no link leads away. What is typed never comes back from the server.
 */
export function PinPage(props: PinProps) {
  const { prefs, path, csrf, pins, substitutions, byAgent, errors = [] } = props;
  return (
    <Page
      title={a.pinTitle}
      lead={a.pinLead}
      prefs={prefs}
      siteName={siteName}
      path={path}
      banner={banner}
      errors={errors}
    >
      {byAgent ? <Notice kind="check" title={a.pinAgent} /> : null}
      {substitutions.length === 0 ? null : (
        <>
          <H2 w={a.substitution} />
          <P w={a.substitutionYours} />
          <Table
            id="substitution"
            caption={a.substitution}
            stack
            head={[a.item, a.registeredSign, a.writtenSign]}
            rows={substitutions.flatMap(pairsOf)}
          />
        </>
      )}
      <form method="post" action={path} autocomplete="off">
        <input type="hidden" name="csrf" value={csrf} />
        {pins.includes('signature') ? (
          <>
            <H2 w={a.signPin} />
            <P w={a.signRule} />
            <PasswordInput name="signature" label={a.signPin} required maxLength={16} />
            <PasswordInput name="signature2" label={a.signPin2} required maxLength={16} />
          </>
        ) : null}
        {pins.includes('authentication') ? (
          <>
            <H2 w={a.authPin} />
            <P w={a.authRule} />
            <PasswordInput
              name="authentication"
              label={a.authPin}
              required
              inputmode="numeric"
              maxLength={4}
            />
            <PasswordInput
              name="authentication2"
              label={a.authPin2}
              required
              inputmode="numeric"
              maxLength={4}
            />
          </>
        ) : null}
        <Button label={substitutions.length === 0 ? a.pinButton : a.pinButtonAgree} />
      </form>
    </Page>
  );
}

const pairsOf = (substitution: Substitution) =>
  signPairs(substitution).map(({ from, to }) => [substitution.label, from, <mark>{to}</mark>]);
