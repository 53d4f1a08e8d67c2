import {
  Button,
  ButtonRow,
  CheckboxGroup,
  fill,
  glossary,
  H2,
  Notice,
  P,
  PasswordInput,
  ProgressList,
  RadioGroup,
  Steps,
  SummaryList,
  type Words,
} from '@madoguchi/ui';
import type { KnownToken } from '../../tokens/token-service.js';
import { tokenNames, tokenStepWords } from '../../tokens/token-words.js';
import { dayWords } from '../date-words.js';
import { Blocked } from '../pages/blocked.js';
import { noticeWords } from '../pages/card-form.js';
import { HomeLink } from '../pages/home-link.js';
import { LastTry } from '../pages/last-try.js';
import { type AgentLook, AgentPage, address } from '../pages/layout.js';
import { Sure } from '../pages/sure.js';
import type { RenewableCard, RenewalLook } from '../renewal/look.js';
import type { Trouble } from '../trouble.js';
import { phoneTexts as texts } from './texts.js';
import { sureField, type TokenStage } from './token-job.js';

interface AskProps extends AgentLook {
  look: RenewalLook;
  notice?: Trouble;
  home: string;
}

/** What a token is, and the card's password. */
export function AskPhonesPage(props: AskProps) {
  const { look, notice, home } = props;
  return (
    <AgentPage
      {...props}
      title={texts.title}
      lead={texts.lead}
      errors={notice === undefined ? [] : [{ field: 'pin', message: noticeWords(notice) }]}
      {...(look.ok ? {} : { refresh: 3 })}
    >
      <H2 w={texts.whatTitle} />
      <Steps steps={texts.what} />
      {props.demo ? <P w={texts.demo} quiet /> : null}
      {look.ok ? <CardPassword {...props} card={look.card} /> : <Blocked {...props} trouble={look.trouble} />}
      <HomeLink href={home} />
    </AgentPage>
  );
}

function CardPassword({ card, ...look }: AgentLook & { card: RenewableCard }) {
  const sign = card.keys.sign;
  if (sign === undefined) return <Notice kind="check" title={texts.noSign} />;
  if (sign.status.state === 'locked') return <Notice kind="check" title={texts.locked} />;
  const { triesLeft } = sign.status;
  return (
    <form method="post" action={address(look, '/pin')} autocomplete="off">
      <input type="hidden" name="card" value={card.channel.label} />
      <PasswordInput
        name="pin"
        label={glossary.pinSign}
        hint={fill(texts.tries, { tries: triesLeft })}
        maxLength={16}
        required
      />
      {triesLeft === 1 ? <LastTry /> : null}
      <ButtonRow>
        <Button label={texts.next} id="next" />
      </ButtonRow>
    </form>
  );
}

/** What there is, to be ended; and a new one. */
export function ChoosePage(props: AgentLook & { stage: Extract<TokenStage, { at: 'choose' }> }) {
  const { tokens, notice, field, chosen, ended } = props.stage;
  return (
    <AgentPage
      {...props}
      title={texts.title}
      errors={
        notice === undefined
          ? []
          : [{ message: noticeWords(notice), ...(field === undefined ? {} : { field }) }]
      }
    >
      {ended === undefined ? null : (
        <Notice kind="good" title={fill(texts.ended, { medium: tokenNames[ended] })} live />
      )}
      <H2 w={texts.haveTitle} />
      {tokens.length === 0 ? <P w={texts.none} /> : null}
      {tokens.map((token) => (
        <OwnToken {...props} token={token} />
      ))}
      <H2 w={texts.newTitle} />
      <form method="post" action={address(props, '/make')} autocomplete="off">
        <RadioGroup
          name="medium"
          label={texts.medium}
          required
          value={chosen?.medium}
          options={[
            { value: 'iphone', label: tokenNames.iphone },
            { value: 'android', label: tokenNames.android },
          ]}
        />
        {tokens.length === 0 ? null : (
          <CheckboxGroup
            name="replace"
            label={texts.replaceLabel}
            values={chosen?.replace === true ? ['yes'] : []}
            options={[{ value: 'yes', label: texts.replace }]}
          />
        )}
        <PasswordInput name="sign1" label={texts.newSign} hint={texts.signHint} maxLength={16} required />
        <PasswordInput name="sign2" label={twice(texts.newSign)} maxLength={16} required />
        <PasswordInput name="auth1" label={texts.newAuth} maxLength={4} inputmode="numeric" required />
        <PasswordInput name="auth2" label={twice(texts.newAuth)} maxLength={4} inputmode="numeric" required />
        <ButtonRow>
          <Button label={texts.make} id="make" />
          <Button
            label={glossary.cancel}
            kind="secondary"
            formAction={address(props, '/stop')}
            formNoValidate
          />
        </ButtonRow>
      </form>
    </AgentPage>
  );
}

function twice(label: Words): Words {
  const { ja, jaEasy, en } = texts.twice;
  return { ja: `${label.ja} ${ja}`, jaEasy: `${label.jaEasy} ${jaEasy}`, en: `${label.en}, ${en}` };
}

function OwnToken({ token, ...look }: AgentLook & { token: KnownToken }) {
  const medium = tokenNames[token.medium];
  return (
    <section class="agent-paper">
      <header>
        <H2 w={medium} />
      </header>
      <SummaryList
        rows={[
          { label: texts.made, value: dayWords(token.madeAt) },
          { label: texts.ends, value: dayWords(token.endsOn) },
        ]}
      />
      <form method="post" action={address(look, '/end')}>
        <input type="hidden" name="token" value={token.token} />
        <P w={texts.endNote} quiet />
        <Sure name={sureField(token)} />
        <ButtonRow>
          <Button label={texts.lost} kind="danger" name="why" value="lost" />
          <Button label={texts.disposed} kind="danger" name="why" value="disposed" />
        </ButtonRow>
      </form>
    </section>
  );
}

/** How far it is, in words. */
export function WorkingPhonesPage(props: AgentLook & { stage: Extract<TokenStage, { at: 'working' }> }) {
  const { step } = props.stage;
  return (
    <AgentPage {...props} title={texts.workingTitle} lead={texts.workingLead}>
      <ProgressList
        steps={[{ label: step === 'reading' ? texts.reading : tokenStepWords[step], state: 'now' }]}
        live={`${address(props, '/progress')}&seen=${step}`}
      />
      <noscript>
        <meta http-equiv="refresh" content="1" />
      </noscript>
    </AgentPage>
  );
}

/** What was made and how it is used. */
export function PhoneDonePage(
  props: AgentLook & { stage: Extract<TokenStage, { at: 'done' }>; home: string },
) {
  const { medium, made } = props.stage;
  return (
    <AgentPage {...props} title={texts.doneTitle} lead={texts.doneLead}>
      <section class="agent-paper">
        <SummaryList
          rows={[
            { label: texts.kind, value: tokenNames[medium] },
            { label: texts.ends, value: dayWords(made.certificate.notAfter) },
            { label: texts.file, value: made.file },
          ]}
        />
      </section>
      <HomeLink href={props.home} />
    </AgentPage>
  );
}
