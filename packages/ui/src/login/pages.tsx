import { Button, ButtonRow } from '../components/button.js';
import { Notice, P } from '../components/content.js';
import { Page, type PageProps } from '../page.js';
import { T } from '../text.js';
import type { Words } from '../words.js';
import { loginWords as texts } from './words.js';

type Look = Omit<PageProps, 'title'>;

interface LoginFormProps {
  /** Path of the place that is entered: `<home>/login/start` gives the request. */
  home: string;
  label?: Words;
  /** Where the signing agent is to be had. */
  setUpUrl?: string | undefined;
}

/**
 * The button that opens the agent, with what the page can say while it waits: `login.js` (an asset, for the page's `scripts`) uncovers one
 * at a time. Without a script the form leads to a page that opens the agent.
 */
export function LoginForm({ home, label = texts.login, setUpUrl }: LoginFormProps) {
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
            {setUpUrl === undefined ? null : (
              <p>
                <a href={setUpUrl} target="_blank" rel="noopener">
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
export function LoginDonePage({ look, home }: { look: Look; home: string }) {
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
export function LoginFailedPage({
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
