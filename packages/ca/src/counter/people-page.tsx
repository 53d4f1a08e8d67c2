import {
  Button,
  ButtonRow,
  fill,
  formatDate,
  P,
  Select,
  StatusLight,
  T,
  Table,
  TextInput,
  useWords,
  type Words,
} from '@madoguchi/ui';
import { Frame } from './frame.js';
import type { CounterLook } from './look.js';
import { type PersonEvent, peopleActions } from './people.js';
import { actionWords, p, refusalWords } from './people-words.js';
import { type Checked, CheckNotice, RecordTabs } from './record-page.js';
import { r } from './record-words.js';

interface PeopleProps {
  prefs: CounterLook;
  events: readonly PersonEvent[];
  asked: Readonly<Record<'kind' | 'clerk' | 'from' | 'until', string>>;
  older: string | undefined;
  checked: Checked | undefined;
}

/** Who came in, who was not let in, what became of accounts, cards and settings. */
export function PeoplePage({ prefs, events, asked, older, checked }: PeopleProps) {
  const path = '/counter/record/people';
  return (
    <Frame prefs={prefs} path="/counter/record" title={p.title} lead={p.lead}>
      <RecordTabs at="people" />
      <CheckNotice checked={checked} />
      <form method="get" action={path}>
        <Select
          name="kind"
          label={p.what}
          value={asked.kind}
          options={[
            { value: '', label: r.all },
            ...peopleActions.map((action) => ({ value: action, label: actionWords[action] })),
          ]}
        />
        <TextInput name="clerk" label={r.clerk} value={asked.clerk} width="medium" autocomplete="off" />
        <TextInput name="from" label={r.fromDay} value={asked.from} width="medium" autocomplete="off" />
        <TextInput name="until" label={r.untilDay} value={asked.until} width="medium" autocomplete="off" />
        <ButtonRow>
          <Button label={r.show} />
          <Button label={r.check} kind="secondary" name="check" value="yes" />
        </ButtonRow>
      </form>
      {events.length === 0 ? (
        <P w={r.none} />
      ) : (
        <Table
          id="people"
          caption={p.title}
          stack
          head={[p.at, p.who, p.what, p.detail, r.chain]}
          rows={events.map((event) => [
            formatDate(event.at, prefs.register, { time: true }),
            event.actor === 'nobody' ? <T w={p.nobody} /> : event.actor,
            <T w={actionWords[event.action] ?? event.action} />,
            <T w={detailOf(event)} />,
            <Agrees event={event} />,
          ])}
        />
      )}
      {older === undefined ? null : <Button label={r.more} kind="secondary" href={older} />}
    </Frame>
  );
}

function detailOf({ action, subject, detail, actor }: PersonEvent): Words | string {
  const text = (name: string) => (typeof detail[name] === 'string' ? detail[name] : '');
  switch (action) {
    case 'counter.entered':
      return p[text('by') === 'card' ? 'byCard' : text('by') === 'register' ? 'byRegister' : 'byLink'];
    case 'counter.refused': {
      const why = refusalWords(text('rule'));
      return typeof detail.more === 'number' ? fill(p.refusedMore, { why, more: String(detail.more) }) : why;
    }
    case 'clerk.added':
      return fill(p.added, { account: subject, role: text('role') });
    case 'office.setting':
      return `${subject} = ${text('value')}`;
    default:
      return subject === actor ? '' : subject;
  }
}

function Agrees({ event }: { event: PersonEvent }) {
  const text = useWords();
  const word = fill(event.agrees ? r.agrees : r.differs, { seq: event.seq });
  return <StatusLight state={event.agrees ? 'good' : 'bad'} label={text(r.chain)} word={word} />;
}
