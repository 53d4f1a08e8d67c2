/** A resident's page, put together from what the authority has on record and from the readers of the desk. */
import type { FieldError } from '@madoguchi/ui';
import type { Context } from 'hono';
import type { Ca } from '../ca.js';
import type { Counters } from '../http/metrics.js';
import { officeOf } from '../office/settings.js';
import type { CounterResident } from '../register/find.js';
import type { Typed } from './act-form.js';
import type { CounterEquipment } from './act-routes.js';
import { cardOf } from './cards.js';
import { lookAtReaders } from './desk-readers.js';
import type { TypedEvent } from './event-form.js';
import type { CounterEnv } from './guard.js';
import { openLetter } from './letters.js';
import { openHold } from './loss.js';
import type { TypedReport } from './report-form.js';
import { ResidentPage } from './resident-page.js';

/** The counter of an authority. */
export interface CounterPlace {
  readonly ca: Ca;
  readonly equipment: CounterEquipment;
  readonly counters: Counters;
}

/** What was wrong with a form of the page, and what was typed into it. */
interface Shown {
  /** The page is then answered with 422. */
  errors?: readonly FieldError[];
  typed?: Typed;
  open?: 'report' | 'event';
  event?: TypedEvent;
  report?: TypedReport;
}

export async function showResident(
  c: Context<CounterEnv>,
  { ca, equipment }: CounterPlace,
  resident: CounterResident,
  shown: Shown = {},
): Promise<Response> {
  const { cards, login } = equipment;
  const ctx = ca.context;
  const [records, card, letter, hold, readers, office] = await Promise.all([
    recordsOf(ca, resident),
    cardOf(ctx, resident),
    openLetter(ctx, resident),
    openHold(ctx, resident),
    lookAtReaders(ca, cards?.readers, resident),
    officeOf(ctx),
  ]);
  const { prefs, session } = c.var;
  return c.html(
    <ResidentPage
      {...{ prefs, resident, records, letter, hold, readers, office, ...shown }}
      csrf={session.csrf}
      now={ctx.clock()}
      scheme={ctx.scheme}
      hasCards={cards !== undefined}
      hasOwnCard={card !== undefined}
      reader={login === undefined ? undefined : office.reader}
    />,
    shown.errors === undefined ? 200 : 422,
  );
}

/** The certificates of a resident, without numbers that are only set aside. */
export async function recordsOf(ca: Ca, { municipality, id }: CounterResident) {
  const records = await ca.list({ municipality, resident: id });
  return records.filter(({ state }) => state !== 'reserved');
}
