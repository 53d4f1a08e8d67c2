import { Button, ButtonRow, Notice, P, Page, type PageProps, T, type Words } from '@madoguchi/ui';
import type { AgencyConfig } from '../options.js';
import { loginTexts as texts } from './texts.js';

type Look = Omit<PageProps, 'title'>;

interface LoginFormProps {
  agency: AgencyConfig;
  home: string;
  label?: Words;
}

/** The button that opens the agent, with what the page can say while it waits: `login.js` uncovers one at a time. */
export function LoginForm({ agency, home, label = texts.login }: LoginFormProps) {
  return (
    <>
      <form method="post" action={`${home}/login/start`} data-login>
        <P w={texts.needed} />
        <P w={texts.learns} quiet />
        <ButtonRow>
          <Button label={label} id="login" />
        </ButtonRow>
      </form>
      <div id="login-states" tabindex={-1}>
        <State name="opening" text={texts.opening} />
        <State name="working" text={texts.working} />
        <State name="refused" text={texts.refused} kind="check" />
        <State name="blocked" text={texts.blocked} kind="check" />
        <State name="failed" text={texts.failed} kind="bad" />
        <div data-state="no-agent" hidden>
          <Notice kind="check" title={texts.noAgentTitle} live>
            <P w={texts.noAgent} />
            {agency.setUpUrl === undefined ? null : (
              <p>
                <a href={agency.setUpUrl} target="_blank" rel="noopener">
                  <T w={texts.getAgent} />
                </a>
              </p>
            )}
          </Notice>
        </div>
      </div>
    </>
  );
}

function State({ name, text, kind }: { name: string; text: Words; kind?: 'check' | 'bad' }) {
  return (
    <div data-state={name} hidden>
      <Notice live {...(kind === undefined ? {} : { kind })}>
        <P w={text} />
      </Notice>
    </div>
  );
}

interface OpenPageProps {
  look: Look;
  agent: string;
  request: string;
}

/** Without a script: the request stands in a form that opens the agent in this very window. */
export function OpenAgentPage({ look, agent, request }: OpenPageProps) {
  return (
    <Page {...look} title={texts.openTitle} switches="none">
      <P w={texts.openNote} />
      <form method="post" enctype="multipart/form-data" action={agent}>
        <input type="hidden" name="request" value={request} />
        <input type="hidden" name="lang" value={look.prefs.register} />
        <ButtonRow>
          <Button label={texts.open} id="open" />
        </ButtonRow>
      </form>
    </Page>
  );
}

/** The end in the agent's window: the page it came from goes on by itself. */
export function DonePage({ look, home }: { look: Look; home: string }) {
  return (
    <Page {...look} title={texts.doneTitle} switches="none">
      <Notice kind="good" live>
        <P w={texts.done} />
      </Notice>
      <p>
        <a href={home} id="go-on">
          <T w={texts.goOn} />
        </a>
      </p>
    </Page>
  );
}

/** Why there is no login, and the one next step. */
export function FailedPage({
  look,
  home,
  why,
  next,
}: {
  look: Look;
  home: string;
  why: Words;
  next?: Words;
}) {
  return (
    <Page {...look} title={texts.failedTitle} switches="none">
      <Notice kind="bad" live>
        <P w={why} />
        {next === undefined ? null : <P w={next} />}
      </Notice>
      <ButtonRow>
        <Button label={texts.again} href={home} />
      </ButtonRow>
    </Page>
  );
}
