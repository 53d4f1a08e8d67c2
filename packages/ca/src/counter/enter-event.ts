import type { FieldError } from '@madoguchi/ui';
import type { Ca } from '../ca.js';
import { CaError } from '../error.js';
import { applyEvent, type RegisterEvent } from '../register/events.js';
import type { CounterResident } from '../register/find.js';
import { isDay } from '../register/record.js';
import type { TypedEvent } from './event-form.js';
import { m, screenKinds } from './event-words.js';
import { recordAct } from './record-act.js';

/** Which item of the register the one field for the new value is, by kind. */
const itemOf = { address: 'address', name: 'name', birth: 'birthDate' } as const;

/** Applies what a clerk typed of a register event; what is wrong with it comes back, by field. */
export async function enterEvent(
  ca: Ca,
  resident: CounterResident,
  typed: TypedEvent,
  clerk: string,
): Promise<FieldError[]> {
  const kind = screenKinds.find((one) => one === typed.kind);
  const errors: FieldError[] = [];
  if (kind === undefined) errors.push({ field: 'eventKind', message: m.badEventKind });
  if (!/^[0-9A-Za-z-]{1,40}$/.test(typed.number ?? '')) {
    errors.push({ field: 'eventNumber', message: m.badNumber });
  }
  if (!isDay(typed.day ?? '')) errors.push({ field: 'eventDay', message: m.badDay });
  if (errors.length > 0 || kind === undefined || resident.number === undefined) return errors;
  const value = (typed.value ?? '').trim();
  const item = kind in itemOf ? itemOf[kind as keyof typeof itemOf] : undefined;
  const now: RegisterEvent['now'] = item === undefined || value === '' ? {} : { [item]: value };
  const { municipality } = resident;
  try {
    await applyEvent(
      ca.context,
      {
        number: typed.number ?? '',
        municipality,
        resident: resident.number,
        kind,
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
          reason: kind,
          revoked,
        }),
    );
    return [];
  } catch (error) {
    if (!(error instanceof CaError) || error.exitCode === 70) throw error;
    return [{ field: error.rule === 'event.day' ? 'eventDay' : 'eventValue', message: error.words }];
  }
}
