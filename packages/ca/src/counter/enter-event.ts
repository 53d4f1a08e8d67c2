import type { FieldError } from '@madoguchi/ui';
import type { Ca } from '../ca.js';
import { CaError } from '../error.js';
import { applyEvent } from '../register/events.js';
import type { CounterResident } from '../register/find.js';
import { newValue } from '../register/new-value.js';
import { isDay } from '../register/record.js';
import type { TypedEvent } from './event-form.js';
import { m, screenEvents } from './event-words.js';
import { recordAct } from './record-act.js';

/** Applies what a clerk typed of a register event; what is wrong with it comes back, by field. */
export async function enterEvent(
  ca: Ca,
  resident: CounterResident,
  typed: TypedEvent,
  clerk: string,
): Promise<FieldError[]> {
  const event = screenEvents.find(({ id }) => id === typed.kind);
  const value = (typed.value ?? '').trim();
  const now = event?.item === undefined || value === '' ? {} : newValue(event.item, value);
  const errors: FieldError[] = [];
  if (event === undefined) errors.push({ field: 'eventKind', message: m.badEventKind });
  if (!/^[0-9A-Za-z-]{1,40}$/.test(typed.number ?? '')) {
    errors.push({ field: 'eventNumber', message: m.badNumber });
  }
  if (!isDay(typed.day ?? '')) errors.push({ field: 'eventDay', message: m.badDay });
  if (now === undefined) errors.push({ field: 'eventValue', message: m.badValue });
  if (errors.length > 0 || event === undefined || now === undefined || resident.number === undefined)
    return errors;
  const { municipality } = resident;
  try {
    await applyEvent(
      ca.context,
      {
        number: typed.number ?? '',
        municipality,
        resident: resident.number,
        kind: event.kind,
        day: typed.day ?? '',
        now,
      },
      clerk,
      (tx, revoked) =>
        recordAct(tx, ca.context.clock(), {
          municipality,
          resident: resident.id,
          kind: 'event',
          state: 'done',
          clerk,
          presenter: 'office',
          evidence: ['register'],
          reason: event.id,
          revoked,
        }),
    );
    return [];
  } catch (error) {
    if (!(error instanceof CaError) || error.exitCode === 70) throw error;
    return [{ field: error.rule === 'event.day' ? 'eventDay' : 'eventValue', message: error.words }];
  }
}
