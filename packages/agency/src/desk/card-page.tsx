import { LoginForm, Notice, P, Page, type PageProps } from '@madoguchi/ui';
import type { AgencyConfig } from '../options.js';
import { texts } from './texts.js';

interface CardPageProps {
  look: Omit<PageProps, 'title'>;
  agency: AgencyConfig;
  desk: string;
  script: string;
  /** A card of this officer is registered already. */
  known: boolean;
}

/** An officer registers the card that opens the desk from now on. */
export function CardPage({ look, agency, desk, script, known }: CardPageProps) {
  return (
    <Page {...look} title={texts.registerTitle} back={{ href: desk }} scripts={[script]}>
      {known ? (
        <Notice kind="good">
          <P w={texts.cardKnown} />
        </Notice>
      ) : null}
      <P w={texts.register} />
      <LoginForm home={`${desk}/card`} label={texts.registerButton} setUpUrl={agency.setUpUrl} />
    </Page>
  );
}
