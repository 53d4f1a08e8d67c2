import {
  Button,
  type FieldError,
  H2,
  type LightState,
  Notice,
  P,
  RadioGroup,
  StatusLight,
  SummaryList,
  T,
  Table,
  TextInput,
  useWords,
} from '@madoguchi/ui';
import { texts as classTexts } from '../classes/words.js';
import { Frame, type View } from '../frame.js';
import { Moment, Written } from './contact-pages.js';
import type { EnvironmentReport } from './report.js';
import { type TicketActionKind, ticketHelper } from './ticket.js';
import type { Ticket } from './tickets.js';
import { actionWords, callWords, stateWords, deskTexts as text, topicWords } from './words.js';

/** In front of the desk: how a helper gets in. */
export function DeskEntryPage({ view, used }: { view: View; used: boolean }) {
  return (
    <Frame view={view} title={text.entryTitle}>
      {used ? <Notice title={text.used} kind="bad" live /> : null}
      <P w={text.entry} />
    </Frame>
  );
}

/** All questions, those still to be done first. */
export function QueuePage({ view, tickets, all }: { view: View; tickets: readonly Ticket[]; all: boolean }) {
  const shown = all ? tickets : tickets.filter(({ state }) => state !== 'closed');
  return (
    <Frame view={view} title={text.title} wide>
      <ul class="inline-list">
        <li>
          <a href={all ? '/helpdesk' : '/helpdesk?all=yes'}>
            <T w={all ? text.undone : text.all} />
          </a>
        </li>
        <li>
          <a href="/helpdesk/classes">
            <T w={classTexts.list} />
          </a>
        </li>
      </ul>
      {shown.length === 0 ? (
        <P w={text.none} />
      ) : (
        <Table
          id="tickets"
          caption={text.queue}
          head={[text.number, text.topic, text.openedAt, text.callAt, text.state, text.helper]}
          rows={shown.map((ticket) => [
            <a href={`/helpdesk/${ticket.number}`}>{ticket.number}</a>,
            topicWords[ticket.topic],
            <Moment at={ticket.openedAt} />,
            callWords[ticket.callAt],
            stateWords[ticket.state],
            ticketHelper(ticket.actions) ?? '—',
          ])}
          stack
        />
      )}
      <Leave />
    </Frame>
  );
}

const lights: Record<EnvironmentReport['checks'][number]['state'], LightState> = {
  ok: 'good',
  warn: 'check',
  fail: 'bad',
  skip: 'pending',
};

const acts: readonly TicketActionKind[] = ['taken', 'reply', 'called', 'note', 'closed'];

interface TicketProps {
  view: View;
  ticket: Ticket;
  csrf: string;
  errors?: FieldError[];
  typed?: { kind?: string; text?: string };
}

/** One question: what was written, what the machine said, what was done, what to do. */
export function DeskTicketPage({ view, ticket, csrf, errors = [], typed = {} }: TicketProps) {
  const { report, telephone } = ticket;
  const open: readonly TicketActionKind[] = ticket.state === 'closed' ? ['reopened', 'note'] : acts;
  return (
    <Frame view={view} title={ticket.number} errors={errors} back={{ href: '/helpdesk' }} wide>
      <SummaryList
        boxed
        rows={[
          { label: text.state, value: stateWords[ticket.state] },
          { label: text.topic, value: topicWords[ticket.topic] },
          { label: text.openedAt, value: <Moment at={ticket.openedAt} /> },
          {
            label: text.language,
            value: { ja: '日本語', jaEasy: 'やさしい日本語', en: 'English' }[ticket.register],
          },
          { label: text.callAt, value: callWords[ticket.callAt] },
          ...(telephone === undefined
            ? []
            : [
                {
                  label: text.telephone,
                  value: <a href={`tel:${telephone.replaceAll('-', '')}`}>{telephone}</a>,
                },
              ]),
          { label: text.written, value: <Written>{ticket.body ?? '—'}</Written> },
        ]}
      />
      {report === undefined ? null : <Report report={report} />}
      {ticket.actions.length === 0 ? null : <History ticket={ticket} />}
      <H2 w={text.act} />
      <form method="post" action={`/helpdesk/${ticket.number}`}>
        <input type="hidden" name="csrf" value={csrf} />
        <RadioGroup
          name="kind"
          label={text.action}
          required
          options={open.map((value) => ({ value, label: actionWords[value] }))}
          value={typed.kind}
        />
        <TextInput
          name="text"
          label={text.text}
          hint={text.textHint}
          rows={6}
          maxLength={4000}
          value={typed.text}
        />
        <Button label={text.record} />
      </form>
      <p>
        <a href="/help">
          <T w={text.questions} />
        </a>
      </p>
    </Frame>
  );
}

function Report({ report }: { report: EnvironmentReport }) {
  const say = useWords();
  return (
    <Table
      id="report"
      caption={text.report}
      head={[text.checked, text.result, text.found]}
      rows={report.checks.map(({ state, title, found }) => [
        say(title),
        <StatusLight state={lights[state]} label="" />,
        say(found),
      ])}
      stack
    />
  );
}

function History({ ticket }: { ticket: Ticket }) {
  return (
    <>
      <H2 w={text.history} />
      <ol class="history">
        {ticket.actions.map(({ at, helper, kind, text: words }) => (
          <li>
            <p class="quiet">
              <Moment at={at} />・{helper}・<T w={actionWords[kind]} />
            </p>
            {words === undefined ? null : <Written>{words}</Written>}
          </li>
        ))}
      </ol>
    </>
  );
}

function Leave() {
  return (
    <form method="post" action="/helpdesk/leave">
      <Button label={text.leave} kind="text" />
    </form>
  );
}
