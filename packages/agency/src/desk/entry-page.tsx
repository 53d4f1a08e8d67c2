import { Notice, P, Page, type PageProps } from '@madoguchi/ui';
import { LoginForm } from '../login/pages.js';
import type { AgencyConfig } from '../options.js';
import { texts } from './texts.js';

interface EntryPageProps {
  look: Omit<PageProps, 'title'>;
  why: 'none' | 'used' | 'left';
  /** The login by card, on the desk's first page. */
  login?: { agency: AgencyConfig; desk: string; script: string } | undefined;
}

/** Shown to whoever has no session: how the desk is opened. */
export function EntryPage({ look, why, login }: EntryPageProps) {
  return (
    <Page {...look} title={texts.entryTitle} {...(login === undefined ? {} : { scripts: [login.script] })}>
      {why === 'used' ? (
        <Notice kind="bad">
          <P w={texts.entryUsed} />
        </Notice>
      ) : null}
      {why === 'left' ? (
        <Notice kind="good">
          <P w={texts.left} />
        </Notice>
      ) : null}
      {login === undefined ? null : <LoginForm agency={login.agency} home={login.desk} />}
      <P w={login === undefined ? texts.entry : texts.entryFirst} />
    </Page>
  );
}
