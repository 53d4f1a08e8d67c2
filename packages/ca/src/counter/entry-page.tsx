import { assetPath, LoginForm, Notice, P, SummaryList } from '@madoguchi/ui';
import { Frame } from './frame.js';
import type { CounterLogin } from './login.js';
import { l } from './login-words.js';
import type { CounterLook } from './look.js';
import { w } from './words.js';

interface EntryProps {
  prefs: CounterLook;
  /** Absent: the counter opens by links only. */
  login: CounterLogin | undefined;
  /** `used`: a link that opens nothing any more. */
  why: 'none' | 'left' | 'used' | 'ended';
}

const script = () => assetPath('login.js');

/** Shown to whoever is not in: the login by card. */
export function EntryPage({ prefs, login, why }: EntryProps) {
  if (login === undefined)
    return <Frame prefs={prefs} path="/counter" title={w.closedTitle} lead={w.closedBody} />;
  return (
    <Frame prefs={prefs} path="/counter" title={l.title} scripts={[script()]}>
      {why === 'left' ? (
        <Notice kind="good" live>
          <P w={l.left} />
        </Notice>
      ) : null}
      {why === 'ended' ? (
        <Notice kind="check">
          <P w={l.ended} />
        </Notice>
      ) : null}
      {why === 'used' ? (
        <Notice kind="bad">
          <P w={l.linkUsed} />
        </Notice>
      ) : null}
      <P w={l.lead} />
      {login.hasDemoClerk === true ? <P w={l.demo} /> : null}
      <LoginForm home="/counter" setUpUrl={login.setUpUrl} />
    </Frame>
  );
}

/** Where a clerk registers the card that opens the counter from now on. */
export function CardPage(props: {
  prefs: CounterLook;
  login: CounterLogin;
  account: string;
  registered: boolean;
}) {
  const { prefs, login, account, registered } = props;
  return (
    <Frame prefs={prefs} path="/counter/card" title={l.registerTitle} scripts={[script()]}>
      {registered ? (
        <Notice kind="good" live>
          <P w={l.registered} />
        </Notice>
      ) : null}
      <P w={l.registerLead} />
      <SummaryList rows={[{ label: l.account, value: account }]} />
      <LoginForm home="/counter/card" label={l.registerButton} setUpUrl={login.setUpUrl} />
    </Frame>
  );
}
