import {
  Button,
  CheckboxGroup,
  ConfirmationPanel,
  type FieldError,
  FileInput,
  formatDate,
  H2,
  Notice,
  P,
  RadioGroup,
  SummaryList,
  TextInput,
  useRegister,
} from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';
import { bodyLimit } from './question.js';
import { callTimes, ticketTopics } from './ticket.js';
import type { Ticket } from './tickets.js';
import { callWords, stateWords, contactTexts as text, topicWords } from './words.js';

interface ContactProps {
  view: View;
  errors?: FieldError[];
  typed?: Record<string, string | undefined>;
  once: string;
}

/** The question to the helpdesk; what was typed stands there again where something is wrong. */
export function ContactPage({ view, errors = [], typed = {}, once }: ContactProps) {
  return (
    <Frame view={view} title={text.title} lead={text.lead} errors={errors} back={{ href: '/help' }}>
      <Notice title={text.secretTitle} kind="check">
        <P w={text.secret} />
      </Notice>
      <form method="post" action="/help/contact" enctype="multipart/form-data">
        <input type="hidden" name="once" value={once} />
        <RadioGroup
          name="topic"
          label={text.topic}
          required
          options={ticketTopics.map((value) => ({ value, label: topicWords[value] }))}
          value={typed.topic}
        />
        <TextInput
          name="body"
          label={text.body}
          hint={text.bodyHint}
          required
          rows={8}
          maxLength={2 * bodyLimit}
          value={typed.body}
        />
        <RadioGroup
          name="callAt"
          label={text.callAt}
          required
          options={callTimes.map((value) => ({ value, label: callWords[value] }))}
          value={typed.callAt ?? 'none'}
        />
        <TextInput
          name="telephone"
          label={text.telephone}
          hint={text.telephoneHint}
          type="tel"
          inputmode="tel"
          autocomplete="tel"
          width="medium"
          maxLength={20}
          value={typed.telephone}
        />
        <FileInput name="report" label={text.report} hint={text.reportHint} accept=".json" />
        <CheckboxGroup
          name="consent"
          label={text.consent}
          options={[{ value: 'yes', label: text.consentYes }]}
          values={typed.consent === 'yes' ? ['yes'] : []}
        />
        <P w={text.kept} quiet />
        <Button label={text.send} />
      </form>
    </Frame>
  );
}

/** It has arrived: the number and the code, told once. */
export function SentPage({ view, number, code }: { view: View; number: string; code: string | undefined }) {
  return (
    <Frame view={view} title={text.sent} heading={false}>
      <ConfirmationPanel title={text.sent} reference={{ label: text.number, value: number }}>
        {code === undefined ? (
          <P w={text.again} />
        ) : (
          <SummaryList rows={[{ label: text.code, value: <strong class="code-word">{code}</strong> }]} />
        )}
      </ConfirmationPanel>
      {code === undefined ? null : <P w={text.keep} />}
      <Button label={text.look} kind="secondary" href={`/help/tickets?number=${number}`} />
    </Frame>
  );
}

interface LookProps {
  view: View;
  number: string;
  errors?: FieldError[];
}

/** Where the sender asks for the answer. */
export function LookPage({ view, number, errors = [] }: LookProps) {
  return (
    <Frame view={view} title={text.lookTitle} lead={text.lookLead} errors={errors} back={{ href: '/help' }}>
      <form method="post" action="/help/tickets">
        <TextInput name="number" label={text.number} required value={number} width="medium" maxLength={20} />
        <TextInput name="code" label={text.code} required width="medium" maxLength={30} autocomplete="off" />
        <Button label={text.look} />
      </form>
    </Frame>
  );
}

/** The question and its answers, for its sender. What helpers note for themselves is not here. */
export function TicketPage({ view, ticket }: { view: View; ticket: Ticket }) {
  const replies = ticket.actions.filter(({ kind, text: words }) => kind === 'reply' && words !== undefined);
  return (
    <Frame view={view} title={text.lookTitle} back={{ href: '/help' }}>
      <SummaryList
        boxed
        rows={[
          { label: text.number, value: ticket.number },
          { label: text.state, value: stateWords[ticket.state] },
          { label: text.openedAt, value: <Moment at={ticket.openedAt} /> },
          { label: text.topic, value: topicWords[ticket.topic] },
          {
            label: text.body,
            value: ticket.body === undefined ? text.erased : <Written>{ticket.body}</Written>,
          },
        ]}
      />
      <H2 w={text.answer} />
      {replies.length === 0 ? <P w={ticket.erasedAt === undefined ? text.noAnswer : text.erased} /> : null}
      {replies.map(({ at, text: words }) => (
        <section class="reply">
          <p class="quiet">
            <Moment at={at} />
          </p>
          <Written>{words ?? ''}</Written>
        </section>
      ))}
    </Frame>
  );
}

export function Moment({ at }: { at: Date }) {
  return <>{formatDate(at, useRegister(), { time: true, wareki: false })}</>;
}

/** A text with the line ends it was written with. */
export function Written({ children }: { children: string }) {
  return <div class="written">{children}</div>;
}
