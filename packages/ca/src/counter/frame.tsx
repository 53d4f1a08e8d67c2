import { Button, ButtonRow, type FieldError, fill, Page, T, type Words } from '@madoguchi/ui';
import type { PropsWithChildren } from 'hono/jsx';
import { l } from './login-words.js';
import type { CounterLook } from './look.js';
import { roles } from './roles.js';
import { type CounterSession, may } from './session.js';
import { banner, siteName, telephone, w } from './words.js';

interface FrameProps {
  prefs: CounterLook;
  path: string;
  title: Words;
  lead?: Words;
  /** A link back to the list. */
  back?: boolean;
  heading?: boolean;
  errors?: readonly FieldError[];
  scripts?: readonly string[];
}

const pages = [
  { href: '/counter', label: l.navList, right: 'look' },
  { href: '/counter/loss', label: l.navLoss, right: 'lossLine' },
  { href: '/counter/clerks', label: l.navClerks, right: 'clerks' },
  { href: '/counter/record', label: l.navRecord, right: 'record' },
] as const;

/** The counter's page around everything that staff see: the pages of their role on top, who is in and the way out below. */
export function Frame(props: PropsWithChildren<FrameProps>) {
  const { prefs, path, title, lead, back, heading = true, errors = [], scripts = [], children } = props;
  const { session } = prefs;
  const nav = session === undefined ? [] : pages.filter(({ right }) => may(session, right));
  return (
    <Page
      title={title}
      prefs={prefs}
      siteName={siteName}
      siteHref="/counter"
      path={path}
      banner={banner}
      heading={heading}
      errors={errors}
      contact={{ name: w.contact, telephone }}
      wide
      scripts={scripts}
      {...(session === undefined ? {} : { account: <WhoIsIn session={session} /> })}
      nav={nav.map(({ href, label }) => ({ href, label, current: href === path }))}
      {...(lead === undefined ? {} : { lead })}
      {...(back && session !== undefined && may(session, 'look')
        ? { back: { href: '/counter', label: w.backToList } }
        : {})}
    >
      {children}
    </Page>
  );
}

function WhoIsIn({ session }: { session: CounterSession }) {
  const { label } = roles[session.role];
  return (
    <form method="post" action="/counter/leave">
      <p>
        <T w={fill(l.whoIsIn, { account: session.clerk, role: label })} />
      </p>
      <ButtonRow>
        <Button label={l.leave} kind="secondary" />
      </ButtonRow>
    </form>
  );
}
