import { type Certificate, readIdentity } from '@madoguchi/pki';
import { markText } from '@madoguchi/procedure/basics';
import {
  Button,
  ButtonRow,
  fill,
  glossary,
  H2,
  Notice,
  P,
  PasswordInput,
  ProgressList,
  Steps,
  SummaryList,
  T,
  type Words,
} from '@madoguchi/ui';
import type { KeyKind } from '../../card-visit.js';
import { daysLeft, endsSoon } from '../../certificate-end.js';
import type { RenewedKey } from '../../renewal/renew-key.js';
import { renewalStepWords, renewedNames } from '../../renewal/renewal-words.js';
import { dayWords, timeWords } from '../date-words.js';
import { Blocked } from '../pages/blocked.js';
import { noticeWords } from '../pages/card-form.js';
import { HomeLink } from '../pages/home-link.js';
import { LastTry } from '../pages/last-try.js';
import { type AgentLook, AgentPage, address } from '../pages/layout.js';
import type { Trouble } from '../trouble.js';
import { isDue } from './do-renewal.js';
import type { RenewableCard, RenewalLook } from './look.js';
import type { OwnKey, PinField, RenewalJob, RenewalStage } from './renewal-job.js';
import { renewalTexts as texts } from './texts.js';

/** On the start page, while the end is near: what will end and the way to renew it. */
export function EndNotice({ end, now, href }: { end: Date; now: Date; href: string }) {
  return (
    <Notice kind="check" title={texts.soonTitle}>
      <P w={fill(texts.soon, { date: dayWords(end), days: daysLeft(end, now) })} />
      <ButtonRow>
        <Button label={texts.title} href={href} id="renew" />
      </ButtonRow>
    </Notice>
  );
}

/** The end of the authentication certificate of the card that lies in the reader, where it is near. */
export function nearEnd(look: RenewalLook, now: Date): Date | undefined {
  const end = look.ok ? look.card.keys.auth?.end : undefined;
  return end !== undefined && endsSoon(end, now) ? end : undefined;
}

interface AskProps extends AgentLook {
  look: RenewalLook;
  notice?: Trouble;
  field?: PinField;
  home: string;
}

const fields = {
  sign: { label: glossary.pinSign, maxLength: 16, inputmode: 'text' },
  auth: { label: glossary.pinAuth, maxLength: 4, inputmode: 'numeric' },
} as const;

/** What will be done, in plain words, and the passwords. */
export function AskPage(props: AskProps) {
  const { look, notice, home, field } = props;
  const message = notice === undefined ? undefined : { message: noticeWords(notice) };
  return (
    <AgentPage
      {...props}
      title={texts.title}
      lead={texts.lead}
      errors={message === undefined ? [] : [field === undefined ? message : { ...message, field }]}
      {...(look.ok ? {} : { refresh: 3 })}
    >
      {look.ok ? <CardRows card={look.card} /> : <Blocked {...props} trouble={look.trouble} />}
      <H2 w={texts.whatTitle} />
      <Steps steps={texts.what} />
      {look.ok ? <PasswordForm {...props} card={look.card} /> : null}
      <HomeLink href={home} />
    </AgentPage>
  );
}

function CardRows({ card }: { card: RenewableCard }) {
  const { auth, sign } = card.keys;
  const unfinished = auth?.unfinished === true || sign?.unfinished === true;
  return (
    <>
      {unfinished ? <Notice kind="check" title={texts.unfinished} /> : null}
      <section class="agent-paper">
        <SummaryList
          rows={[
            { label: texts.card, value: card.channel.label },
            ...(auth?.end === undefined ? [] : [{ label: texts.authEnd, value: dayWords(auth.end) }]),
            ...(sign === undefined ? [] : [{ label: texts.signEnd, value: texts.afterPassword }]),
          ]}
        />
      </section>
    </>
  );
}

function PasswordForm({ card, ...look }: AgentLook & { card: RenewableCard }) {
  const keys = (['auth', 'sign'] as const).flatMap((key) => {
    const found = card.keys[key];
    return found === undefined ? [] : [{ key, status: found.status }];
  });
  const usable = keys.filter(({ status }) => status.state === 'usable');
  return (
    <form method="post" action={address(look, '/pins')} autocomplete="off">
      <input type="hidden" name="card" value={card.channel.label} />
      {keys
        .filter(({ status }) => status.state === 'locked')
        .map(({ key }) => (
          <Notice kind="check" title={fill(texts.locked, { name: renewedNames[key] })} />
        ))}
      {usable.map(({ key, status }, index) => (
        <PasswordInput
          name={`pin-${key}`}
          {...fields[key]}
          hint={fill(texts.tries, { tries: status.triesLeft })}
          autofocus={index === 0}
        />
      ))}
      {usable.some(({ status }) => status.triesLeft === 1) ? <LastTry label={texts.lastTryLabel} /> : null}
      {usable.length === 0 ? null : (
        <>
          <P w={texts.passwords} quiet />
          <ButtonRow>
            <Button label={texts.next} id="next" />
          </ButtonRow>
        </>
      )}
    </form>
  );
}

/** What was read, what is done with it, and the yes. */
export function ConfirmPage(props: AgentLook & { job: RenewalJob; now: Date }) {
  const { job, now } = props;
  const due = job.keys.filter((one) => isDue(one, now));
  return (
    <AgentPage
      {...props}
      title={texts.confirmTitle}
      lead={due.length === 0 ? texts.nothingDue : texts.confirmLead}
    >
      {job.keys.map((own) => (
        <section class="agent-paper">
          <header>
            <H2 w={renewedNames[own.key]} />
          </header>
          <SummaryList
            rows={[
              ...personRows(own.certificate),
              { label: texts.end, value: dayWords(own.certificate.notAfter) },
              { label: texts.plan, value: planOf(own, now) },
            ]}
          />
        </section>
      ))}
      <form method="post" action={address(props, '/yes')} class="agent-yes">
        <input type="hidden" name="serving" value={job.serving} />
        <ButtonRow>
          {due.length === 0 ? null : <Button label={texts.start} id="yes" />}
          <Button
            label={due.length === 0 ? glossary.back : glossary.cancel}
            kind="secondary"
            formAction={address(props, '/stop')}
          />
        </ButtonRow>
      </form>
    </AgentPage>
  );
}

function planOf(own: OwnKey, now: Date): Words {
  if (own.unfinished) return texts.planGoOn;
  return isDue(own, now) ? texts.planRenew : fill(texts.planLater, { date: dayWords(own.opens) });
}

function personRows(certificate: Certificate) {
  const read = readIdentity(certificate);
  if (read === undefined || !read.ok) return [];
  return [
    { label: texts.person, value: markText(read.value.name) },
    { label: texts.address, value: markText(read.value.address) },
  ];
}

/** How far it is, in words. */
export function WorkingPage(props: AgentLook & { stage: Extract<RenewalStage, { at: 'working' }> }) {
  const { key, step } = props.stage;
  const label =
    step === 'reading'
      ? texts.reading
      : fill(texts.stepOf, { name: renewedNames[key], step: renewalStepWords[step] });
  return (
    <AgentPage {...props} title={texts.workingTitle} lead={texts.workingLead}>
      <ProgressList
        steps={[{ label, state: 'now' }]}
        live={`${address(props, '/progress')}&seen=${key}-${step}`}
      />
      <noscript>
        <meta http-equiv="refresh" content="1" />
      </noscript>
    </AgentPage>
  );
}

interface DoneProps extends AgentLook {
  done: readonly (RenewedKey & { key: KeyKind })[];
  notice?: Trouble;
  now: Date;
  home: string;
}

/** The receipt. */
export function DonePage({ done, notice, now, home, ...look }: DoneProps) {
  return (
    <AgentPage {...look} title={texts.doneTitle} lead={texts.doneLead}>
      {done.map(({ key, before, after }) => (
        <section class="agent-paper">
          <header>
            <H2 w={renewedNames[key]} />
          </header>
          <SummaryList
            rows={[
              { label: texts.newEnd, value: dayWords(after.notAfter) },
              { label: texts.oldEnd, value: fill(texts.oldGone, { date: dayWords(before.notAfter) }) },
              { label: texts.at, value: timeWords(now) },
            ]}
          />
        </section>
      ))}
      {notice === undefined ? null : (
        <Notice kind="check" title={texts.halfTitle}>
          <p>
            <T w={noticeWords(notice)} />
          </p>
        </Notice>
      )}
      <P w={texts.print} quiet />
      <HomeLink href={home} />
    </AgentPage>
  );
}
