import { Button, type FieldError, H2, P, Page, PasswordInput, type Preferences } from '@madoguchi/ui';
import { a } from './act-words.js';
import type { CounterPin } from './acts.js';
import { banner, siteName } from './words.js';

interface PinProps {
  prefs: Preferences;
  path: string;
  csrf: string;
  pins: readonly CounterPin[];
  errors?: readonly FieldError[];
}

/**
 * The applicant's own page, on the screen turned round: nothing of the clerk's or the register's stands on it and no link leads away. What is
 * typed never comes back from the server.
 */
export function PinPage({ prefs, path, csrf, pins, errors = [] }: PinProps) {
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
        <Button label={a.pinButton} />
      </form>
    </Page>
  );
}
