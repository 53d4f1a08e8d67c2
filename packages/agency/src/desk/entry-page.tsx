import { LoginForm, Notice, P, Page, type PageProps, T } from '@madoguchi/ui';
import type { AgencyConfig } from '../options.js';
import { texts } from './texts.js';

interface EntryPageProps {
  look: Omit<PageProps, 'title'>;
  why: 'none' | 'used' | 'left' | 'card';
  desk: string;
  /** The login by card, on the desk's first page. */
  login?: { agency: AgencyConfig; desk: string; script: string } | undefined;
}

/** Shown to whoever has no session: how the desk is opened. */
export function EntryPage({ look, why, login, desk }: EntryPageProps) {
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
      {why === 'card' ? (
        <Notice kind="check">
          <P w={texts.entryByCard} />
          <p>
            <a href={`${desk}/card`}>
              <T w={texts.registerLink} />
            </a>
          </p>
        </Notice>
      ) : null}
      {login === undefined ? null : <LoginForm home={login.desk} setUpUrl={login.agency.setUpUrl} />}
      <P w={login === undefined ? texts.entry : texts.entryFirst} />
    </Page>
  );
}
