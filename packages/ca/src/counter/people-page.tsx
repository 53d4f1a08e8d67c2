import { fill, formatDate, T, Table, type Words } from '@madoguchi/ui';
import { type PersonEvent, peopleActions } from './people.js';
import { actionWords, p, refusalWords } from './people-words.js';
import { ChainLight, RecordFrame, type RecordLook } from './record-parts.js';
import { r } from './record-words.js';
import { roleNames, roles } from './roles.js';

/** Who came in, who was not let in, what became of accounts, cards and settings. */
export function PeoplePage({ events, ...look }: RecordLook & { events: readonly PersonEvent[] }) {
  return (
    <RecordFrame
      {...look}
      {...{ at: 'people', title: p.title, lead: p.lead, label: p.what }}
      kinds={peopleActions.map((action) => ({ value: action, label: actionWords[action] }))}
      isEmpty={events.length === 0}
    >
      <Table
        id="people"
        caption={p.title}
        headed
        stack
        head={[p.at, p.who, p.what, p.detail, r.chain]}
        rows={events.map((event) => [
          formatDate(event.at, look.prefs.register, { time: true }),
          event.actor === 'nobody' ? <T w={p.nobody} /> : event.actor,
          <T w={actionWords[event.action] ?? event.action} />,
          <T w={detailOf(event)} />,
          <ChainLight agrees={event.agrees} seq={event.seq} />,
        ])}
      />
    </RecordFrame>
  );
}

/** A role in words; one that is no more, by its name. */
function roleLabel(name: string): Words | string {
  const role = roleNames.find((one) => one === name);
  return role === undefined ? name : roles[role].label;
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
      return fill(p.added, { account: subject, role: roleLabel(text('role')) });
    case 'office.setting':
      return `${subject} = ${text('value')}`;
    default:
      return subject === actor ? '' : subject;
  }
}
