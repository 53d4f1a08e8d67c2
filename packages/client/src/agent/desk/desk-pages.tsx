import {
  Button,
  ButtonRow,
  fill,
  glossary,
  H2,
  LinkList,
  Notice,
  P,
  PasswordInput,
  ProgressList,
  SummaryList,
  T,
  Table,
} from '@madoguchi/ui';
import { timeWords } from '../date-words.js';
import { noticeWords } from '../pages/card-form.js';
import { type AgentLook, AgentPage, address } from '../pages/layout.js';
import { TroubleRows } from '../pages/trouble-page.js';
import type { Trouble } from '../trouble.js';
import type { AcceptedJob, DeskStep, PinFault } from './desk-job.js';
import { stepWords, texts } from './texts.js';

interface AskProps extends AgentLook {
  job: AcceptedJob;
  /** Names of the readers in which a card lies. */
  cards: readonly string[];
  notice?: Trouble;
  faults?: readonly PinFault[];
}

const passwords = [
  { pin: 'signature', rule: texts.signatureRule, bad: texts.badSignature, maxLength: 16 },
  { pin: 'authentication', rule: texts.authenticationRule, bad: texts.badAuthentication, maxLength: 4 },
] as const;

/** What is done with whose card, for the clerk; then the passwords, for the applicant. */
export function AskPage(props: AskProps) {
  const { job, cards, notice, faults = [] } = props;
  const { act, exp } = job.claims;
  const errors = faults.map(({ pin, what }) => {
    const { bad } = passwords.find((one) => one.pin === pin) ?? passwords[0];
    return what === 'differ'
      ? { field: `${pin}2`, message: texts.differ }
      : { field: pin as string, message: bad };
  });
  return (
    <AgentPage
      {...props}
      title={texts.title}
      errors={notice === undefined ? errors : [{ message: noticeWords(notice) }]}
    >
      <H2 w={texts.clerkPart} />
      <P w={texts.clerkLead} />
      <div class="agent-compact">
        <SummaryList
          boxed
          rows={[
            { label: texts.kind, value: texts[act.kind] },
            { label: texts.name, value: act.name },
            { label: texts.number, value: act.number },
            ...(cards.length === 0
              ? []
              : [{ label: texts.reader, value: fill(texts.cardIn, { name: cards.join(' / ') }) }]),
            { label: texts.office, value: `${job.office.title}  ${new URL(job.claims.origin).host}` },
            { label: texts.issuer, value: job.office.issuer },
            { label: texts.clerk, value: act.clerk },
            { label: texts.until, value: timeWords(new Date(exp * 1000)) },
          ]}
        />
      </div>
      {cards.length === 0 ? <WaitForCard {...props} /> : <PasswordForm {...props} />}
      <form method="post" action={address(props, '/stop')}>
        <ButtonRow>
          <Button label={glossary.cancel} kind="secondary" id="stop" />
        </ButtonRow>
      </form>
    </AgentPage>
  );
}

/** Until a card lies in a reader: the page goes on by itself. */
export function WaitForCard(props: AgentLook) {
  return (
    <>
      <ProgressList
        steps={[{ label: texts.noCard, state: 'now' }]}
        live={`${address(props, '/progress')}&seen=no-card`}
      />
      <noscript>
        <meta http-equiv="refresh" content="3" />
      </noscript>
    </>
  );
}

function PasswordForm(props: AskProps) {
  const { act } = props.job.claims;
  const { substituted } = act;
  return (
    <>
      <H2 w={texts.applicantPart} />
      {act.byAgent ? <Notice kind="check" title={texts.byAgent} /> : null}
      <P w={texts.applicantLead} />
      <form method="post" action={address(props, '/pins')} autocomplete="off">
        {substituted.length === 0 ? null : (
          <>
            <P w={texts.substitutionLead} />
            <Table
              id="substitution"
              caption={texts.substitution}
              stack
              head={[texts.item, texts.from, texts.to]}
              rows={substituted.map(({ item, from, to }) => [
                item === 'name' ? texts.itemName : texts.itemAddress,
                from,
                <mark>{to}</mark>,
              ])}
            />
          </>
        )}
        {passwords
          .filter(({ pin }) => act.pins.includes(pin))
          .map(({ pin, rule, maxLength }) => {
            const shape = {
              required: true,
              maxLength,
              ...(pin === 'authentication' ? { inputmode: 'numeric' as const } : {}),
            };
            return (
              <>
                <PasswordInput name={pin} label={texts[pin]} hint={rule} {...shape} />
                <PasswordInput name={`${pin}2`} label={texts[`${pin}2`]} {...shape} />
              </>
            );
          })}
        <ButtonRow>
          <Button label={substituted.length === 0 ? texts.go : texts.goAgree} id="go-on" />
        </ButtonRow>
      </form>
    </>
  );
}

/** How far it is, in words. */
export function WorkingPage(props: AgentLook & { step: DeskStep }) {
  return (
    <AgentPage {...props} title={texts.working} lead={texts.workingLead}>
      <ProgressList
        steps={[{ label: stepWords[props.step], state: 'now' }]}
        live={`${address(props, '/progress')}&seen=${props.step}`}
      />
      <noscript>
        <meta http-equiv="refresh" content="1" />
      </noscript>
    </AgentPage>
  );
}

/** The way back to the counter: a form for the origin that asked, which sends itself where scripts run. It carries nothing. */
export function DonePage(props: AgentLook & { to: string }) {
  return (
    <AgentPage {...props} title={texts.done} lead={texts.doneLead} scripts={['/agent.js']}>
      <form method="get" action={props.to} data-go>
        <ButtonRow>
          <Button label={texts.back} id="go" />
        </ButtonRow>
      </form>
    </AgentPage>
  );
}

/** Why it ended, what became of the card, what to do next. */
export function OverPage(props: AgentLook & { trouble: Trouble; to: string }) {
  return (
    <AgentPage {...props} title={texts.failed}>
      <TroubleRows trouble={props.trouble} />
      <LinkList links={[{ href: props.to, label: texts.back }]} />
      <p class="quiet">
        <T w={texts.doneLead} />
      </p>
    </AgentPage>
  );
}
