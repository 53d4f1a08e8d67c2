import type { LoginToken } from '@madoguchi/procedure';
import { Button, ButtonRow, fill } from '@madoguchi/ui';
import { w } from '../../client-words.js';
import { type AgentLook, AgentPage } from '../pages/layout.js';
import type { AcceptedLogin } from './login-session.js';

const own = {
  title: w('サイトにもどります', 'サイトに もどります', 'Going back to the site'),
  lead: w(
    'カードの答えを {host} へ届けます。ほかのサイトでは使えません。',
    'カードの {答|こた}えを {host} へ とどけます。',
    'The card’s answer goes to {host}. No other site can use it.',
  ),
  go: w('サイトにもどる', 'サイトに もどる', 'Go back to the site'),
};

/** The token on its way: a form for the origin that asked, which sends itself where scripts run. */
export function ReturnPage(props: AgentLook & { request: AcceptedLogin; token: LoginToken }) {
  const { claims } = props.request;
  return (
    <AgentPage
      {...props}
      title={own.title}
      lead={fill(own.lead, { host: new URL(claims.origin).host })}
      scripts={['/agent.js']}
    >
      <form method="post" action={claims.return} data-go>
        <input type="hidden" name="token" value={JSON.stringify(props.token)} />
        <ButtonRow>
          <Button label={own.go} id="go" />
        </ButtonRow>
      </form>
    </AgentPage>
  );
}
