import {
  Button,
  ButtonRow,
  ConfirmationPanel,
  type FieldError,
  fill,
  formatDate,
  H2,
  P,
  registers,
  SummaryList,
  T,
  Table,
  TextInput,
  type Words,
} from '@madoguchi/ui';
import { Frame, type View } from '../frame.js';
import { Fact } from '../pages/fact.js';
import { PrefectureSearch } from '../pages/prefecture-search.js';
import { SampleBadge } from '../pages/sample-badge.js';
import { prefectures } from '../prefectures.js';
import type { ClassDate } from './class-list.js';
import type { Booking } from './seats.js';
import { texts as text } from './words.js';

/** A class and how many seats are left; undefined where the portal takes no bookings. */
export interface Offered {
  one: ClassDate;
  left: number | undefined;
}

/** `2027年1月15日10時00分から90分`, in each register. */
function timeOf({ start, minutes }: ClassDate): Words {
  const [ja = '', jaEasy = '', en = ''] = registers.map((register) =>
    formatDate(start, register, { time: true, wareki: register === 'ja' }),
  );
  const say = (words: string, time: string) =>
    words.replace('{time}', time).replace('{minutes}', String(minutes));
  const { startValue } = text;
  return { ja: say(startValue.ja, ja), jaEasy: say(startValue.jaEasy, jaEasy), en: say(startValue.en, en) };
}

function seatsOf({ one, left }: Offered): Words | undefined {
  if (left === undefined) return undefined;
  return left <= 0 ? text.full : fill(text.seatsValue, { n: left, all: one.seats });
}

/** The classes that are to come, by prefecture. */
export function ClassesPage(props: { view: View; offered: readonly Offered[]; prefecture: string }) {
  const { view, offered, prefecture } = props;
  const shown = offered.filter(({ one }) => !prefectures.has(prefecture) || one.prefecture === prefecture);
  return (
    <Frame view={view} title={text.title} lead={text.lead}>
      <PrefectureSearch action="/classes" chosen={prefecture} />
      <div id="found">
        {shown.length === 0 ? <P w={text.none} /> : null}
        <ul class="cards">
          {shown.map((item) => (
            <ClassCard item={item} />
          ))}
        </ul>
      </div>
      <ButtonRow>
        <Button label={text.calendar} kind="secondary" href="/classes.ics" />
        {view.options.sql === undefined ? null : (
          <Button label={text.cancel} kind="text" href="/classes/cancel" />
        )}
      </ButtonRow>
    </Frame>
  );
}

function ClassCard({ item }: { item: Offered }) {
  const { one } = item;
  const seats = seatsOf(item);
  return (
    <li class="card">
      <p class="card-kind">
        <T w={prefectures.get(one.prefecture) ?? one.prefecture} />
        <SampleBadge of={one} word={text.sample} />
      </p>
      <h2 class="card-title">
        <a href={`/classes/${one.id}`}>
          <T w={one.title} />
        </a>
      </h2>
      <dl class="facts">
        <Fact label={text.start} value={timeOf(one)} />
        <Fact label={text.place} value={one.place} />
        {seats === undefined ? null : <Fact label={text.seats} value={seats} />}
      </dl>
    </li>
  );
}

interface ClassProps {
  view: View;
  item: Offered;
  once: string;
  errors?: FieldError[];
  typed?: { name?: string; people?: string; telephone?: string };
}

/** One class, and the form to take a seat in it. */
export function ClassPage({ view, item, once, errors = [], typed = {} }: ClassProps) {
  const { one, left } = item;
  const seats = seatsOf(item);
  return (
    <Frame view={view} title={one.title} errors={errors} back={{ href: '/classes' }}>
      <SummaryList
        boxed
        rows={[
          { label: text.start, value: timeOf(one) },
          {
            label: text.place,
            value: `${one.place}（${one.address}）`,
            ...(one.sample ? { note: text.sample } : {}),
          },
          ...(one.telephone === ''
            ? []
            : [
                {
                  label: text.telephone,
                  value: <a href={`tel:${one.telephone.replaceAll('-', '')}`}>{one.telephone}</a>,
                },
              ]),
          ...(seats === undefined ? [] : [{ label: text.seats, value: seats }]),
        ]}
      />
      <p>
        <a href={`/classes/${one.id}.ics`}>
          <T w={text.calendar} />
        </a>
      </p>
      {left === undefined ? <P w={text.byPhone} /> : null}
      {left === undefined || left <= 0 ? null : (
        <form method="post" action={`/classes/${one.id}`}>
          <H2 w={text.join} />
          <input type="hidden" name="once" value={once} />
          <TextInput
            name="name"
            label={text.name}
            hint={text.nameHint}
            required
            maxLength={80}
            width="medium"
            autocomplete="name"
            value={typed.name}
          />
          <TextInput
            name="people"
            label={text.people}
            required
            inputmode="numeric"
            width="short"
            unit={text.peopleUnit}
            value={typed.people ?? '1'}
          />
          <TextInput
            name="telephone"
            label={text.telephoneLabel}
            hint={text.telephoneHint}
            type="tel"
            inputmode="tel"
            autocomplete="tel"
            width="medium"
            value={typed.telephone}
          />
          <P w={text.kept} quiet />
          <Button label={text.join} />
        </form>
      )}
    </Frame>
  );
}

/** A seat is taken: when, where, and the code to give it back. */
export function BookedPage({ view, one, code }: { view: View; one: ClassDate; code: string | undefined }) {
  return (
    <Frame view={view} title={text.done} heading={false}>
      <ConfirmationPanel title={code === undefined ? text.doneAgain : text.done}>
        <SummaryList
          rows={[
            { label: text.title, value: one.title },
            { label: text.start, value: timeOf(one) },
            { label: text.place, value: `${one.place}（${one.address}）` },
            ...(code === undefined
              ? []
              : [{ label: text.code, value: <strong class="code-word">{code}</strong> }]),
          ]}
        />
      </ConfirmationPanel>
      {code === undefined ? null : <P w={text.keep} />}
      <ButtonRow>
        <Button label={text.calendar} kind="secondary" href={`/classes/${one.id}.ics`} />
        <Button label={text.back} kind="text" href="/classes" />
      </ButtonRow>
    </Frame>
  );
}

/** Where a seat is given back. */
export function CancelPage({
  view,
  errors = [],
  done,
}: {
  view: View;
  errors?: FieldError[];
  done: boolean;
}) {
  if (done)
    return (
      <Frame view={view} title={text.cancelled} heading={false}>
        <ConfirmationPanel title={text.cancelled} />
        <Button label={text.back} kind="secondary" href="/classes" />
      </Frame>
    );
  return (
    <Frame view={view} title={text.cancelTitle} errors={errors} back={{ href: '/classes' }}>
      <form method="post" action="/classes/cancel">
        <TextInput name="code" label={text.code} required width="medium" maxLength={30} autocomplete="off" />
        <Button label={text.cancel} kind="danger" />
      </form>
    </Frame>
  );
}

/** Who comes to each class, for the helpers: to print and take along. */
export function SeatsPage({
  view,
  lists,
}: {
  view: View;
  lists: readonly { one: ClassDate; bookings: Booking[] }[];
}) {
  return (
    <Frame view={view} title={text.list} back={{ href: '/helpdesk' }} wide>
      {lists.length === 0 ? <P w={text.none} /> : null}
      {lists.map(({ one, bookings }) => (
        <>
          <H2 w={one.title} />
          {bookings.length === 0 ? (
            <>
              <P w={timeOf(one)} />
              <P w={text.nobody} quiet />
            </>
          ) : (
            <Table
              id={`class-${one.id}`}
              caption={timeOf(one)}
              stack
              head={[text.name, text.people, text.telephoneLabel]}
              numeric={[1]}
              rows={bookings.map(({ name, people, telephone }) => [name, String(people), telephone ?? '—'])}
            />
          )}
        </>
      ))}
    </Frame>
  );
}
