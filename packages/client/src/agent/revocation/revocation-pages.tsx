import {
  Button,
  ButtonRow,
  fill,
  glossary,
  H2,
  Notice,
  P,
  PasswordInput,
  Steps,
  SummaryList,
} from '@madoguchi/ui';
import type { KeyKind } from '../../card-visit.js';
import { timeWords } from '../date-words.js';
import { Blocked } from '../pages/blocked.js';
import { noticeWords } from '../pages/card-form.js';
import { HomeLink } from '../pages/home-link.js';
import { LastTry } from '../pages/last-try.js';
import { type AgentLook, AgentPage, address } from '../pages/layout.js';
import { Sure } from '../pages/sure.js';
import type { RenewableCard, RenewalLook } from '../renewal/look.js';
import type { Trouble } from '../trouble.js';
import { revocationTexts as texts } from './texts.js';

const pins = {
  sign: { label: glossary.pinSign, maxLength: 16 },
  auth: { label: glossary.pinAuth, maxLength: 4, inputmode: 'numeric' },
} as const;

interface AskProps extends AgentLook {
  look: RenewalLook;
  /** What stopped the last try, at which certificate. */
  notice?: { key: KeyKind; trouble: Trouble };
  home: string;
}

const fieldOf = ({ key, trouble }: { key: KeyKind; trouble: Trouble }) =>
  `${trouble.id === 'revocation-unsure' ? 'sure' : 'pin'}-${key}`;

/** What a revocation means, and each certificate with its password. */
export function AskRevocationPage(props: AskProps) {
  const { look, notice, home } = props;
  return (
    <AgentPage
      {...props}
      title={texts.title}
      lead={texts.lead}
      errors={notice === undefined ? [] : [{ field: fieldOf(notice), message: noticeWords(notice.trouble) }]}
      {...(look.ok ? {} : { refresh: 3 })}
    >
      <H2 w={texts.beforeTitle} />
      <Steps steps={texts.before} />
      {look.ok ? (
        (['sign', 'auth'] as const).map((key) => <OneCertificate {...props} card={look.card} name={key} />)
      ) : (
        <Blocked {...props} trouble={look.trouble} />
      )}
      <HomeLink href={home} />
    </AgentPage>
  );
}

function OneCertificate({ card, name, ...look }: AgentLook & { card: RenewableCard; name: KeyKind }) {
  const key = card.keys[name];
  return (
    <section class="agent-paper">
      <header>
        <H2 w={texts.names[name]} />
      </header>
      {key === undefined ? (
        <P w={texts.absent} />
      ) : key.status.state === 'locked' ? (
        <Notice kind="check" title={texts.locked} />
      ) : (
        <form method="post" action={address(look, `/${name}`)} autocomplete="off">
          <P w={texts.ends[name]} />
          <input type="hidden" name="card" value={card.channel.label} />
          <PasswordInput
            {...pins[name]}
            name={`pin-${name}`}
            hint={fill(texts.tries, { tries: key.status.triesLeft })}
            required
          />
          {key.status.triesLeft === 1 ? <LastTry name={`lastTry-${name}`} /> : null}
          <Sure name={`sure-${name}`} />
          <ButtonRow>
            <Button label={texts.end} kind="danger" id={`end-${name}`} />
          </ButtonRow>
        </form>
      )}
    </section>
  );
}

/** Which certificate has ended, and when. */
export function RevokedPage(props: AgentLook & { name: KeyKind; revokedAt: Date; home: string }) {
  const { name, revokedAt, home } = props;
  return (
    <AgentPage {...props} title={texts.doneTitle} lead={texts.doneLead}>
      <section class="agent-paper">
        <SummaryList
          rows={[
            { label: texts.which, value: texts.names[name] },
            { label: texts.at, value: timeWords(revokedAt) },
          ]}
        />
      </section>
      <P w={texts.others} />
      <HomeLink href={home} />
    </AgentPage>
  );
}
