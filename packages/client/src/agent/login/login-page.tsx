import { fill, SummaryList, type Words } from '@madoguchi/ui';
import { w } from '../../client-words.js';
import type { Probe } from '../card-work.js';
import { timeWords } from '../date-words.js';
import { OtherPages } from '../pages/ask-page.js';
import { CardForm, cardRow, cardState, pageState } from '../pages/card-form.js';
import { type AgentLook, AgentPage } from '../pages/layout.js';
import type { Trouble } from '../trouble.js';
import type { AcceptedLogin } from './login-session.js';

const own = {
  title: w(
    '{agency} が ログインを もとめています',
    '{agency}が ログインを もとめて います',
    '{agency} asks you to log in',
  ),
  purpose: w('何のため', 'なんの ため', 'What for'),
  from: w('依頼したサイト', 'たのんだ サイト', 'Asked by the site'),
  issuer: w('証明書の発行者', '{証明書|しょうめいしょ}を {出|だ}した ところ', 'Certificate issued by'),
  until: w('期限', '{期限|きげん}', 'Until'),
  given: w('サイトに伝わるもの', 'サイトに {伝|つた}わる もの', 'What the site learns'),
  givenValue: w(
    'カードの利用者証明用電子証明書。氏名・住所は入っていません。署名・申請にはなりません。',
    'カードの {証明書|しょうめいしょ}。{名前|なまえ}や {住所|じゅうしょ}は {入|はい}って いません。',
    'The authentication certificate of your card. It holds neither name nor address. Nothing is applied for or signed.',
  ),
  card: w('カード', 'カード', 'Card'),
  login: w('ログインする', 'ログインする', 'Log in'),
};

interface LoginPageProps extends AgentLook {
  request: AcceptedLogin;
  probe: Probe;
  notice?: Trouble;
  others: readonly Words[];
}

/** Who asks, what for, what the site learns, and the password of the authentication certificate. */
export function LoginPage(props: LoginPageProps) {
  const { request, probe, notice } = props;
  const { claims, agency } = request;
  const state = cardState(probe, 'auth');
  const card = cardRow(state);
  return (
    <AgentPage {...props} title={fill(own.title, { agency: agency.title })} {...pageState(state, notice)}>
      <OtherPages others={props.others} />
      <div class="agent-compact">
        <SummaryList
          boxed
          rows={[
            { label: own.purpose, value: claims.purpose },
            { label: own.from, value: new URL(claims.origin).host },
            { label: own.issuer, value: agency.issuer },
            { label: own.until, value: timeWords(new Date(claims.exp * 1000)) },
            { label: own.given, value: own.givenValue },
            ...(card === undefined ? [] : [{ label: own.card, value: card }]),
          ]}
        />
      </div>
      <CardForm {...props} state={state} pin="auth" submit={own.login} />
    </AgentPage>
  );
}
