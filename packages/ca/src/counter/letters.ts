import { createHmac, randomInt } from 'node:crypto';
import type { Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { officeOf } from '../office/settings.js';
import type { CounterResident } from '../register/find.js';
import type { ActKind } from './acts.js';
import { recordAct } from './record-act.js';

const dayMs = 24 * 3600_000;

export interface SentLetter {
  /** Twelve digits in groups of four: on the paper only, the authority keeps an HMAC of it: twelve digits are soon found from a digest that anybody can make. */
  readonly number: string;
  readonly sentAt: Date;
  readonly until: Date;
}

/**
 * Makes a letter of inquiry (照会書) to the applicant's registered address: whoever brings its number back with the answer (回答書) may act as
 * agent in what it was sent for, once, within the days that the office set. An earlier letter to the same person is void.
 */
export async function sendLetter(
  ctx: CaContext,
  resident: CounterResident,
  kinds: readonly ActKind[],
  clerk: string,
): Promise<SentLetter> {
  const digits = Array.from({ length: 12 }, () => randomInt(10)).join('');
  const now = ctx.clock();
  const { letterDays } = await officeOf(ctx);
  const until = new Date(now.getTime() + letterDays * dayMs);
  const { municipality, id } = resident;
  await ctx.sql.begin(async (tx) => {
    await tx`update ca.counter_letter set used_at = ${now}
      where municipality = ${municipality} and resident = ${id} and used_at is null`;
    await tx`insert into ca.counter_letter ${tx({
      municipality,
      number_hmac: sealed(ctx, digits),
      resident: id,
      kinds: [...kinds],
      sent_at: now,
      expires_at: until,
    })}`;
    await recordAct(tx, now, {
      municipality,
      resident: id,
      kind: 'letter',
      state: 'done',
      clerk,
      presenter: 'office',
      evidence: [],
      reason: kinds.join(' '),
    });
  });
  return { number: digits.replace(/(\d{4})(?=\d)/g, '$1-'), sentAt: now, until };
}

/** The letter to this person that waits for its answer. */
export async function openLetter(
  ctx: CaContext,
  resident: Pick<CounterResident, 'id' | 'municipality'>,
): Promise<{ readonly sentAt: Date; readonly until: Date } | undefined> {
  const [row] = await ctx.sql<{ sentAt: Date; until: Date }[]>`
    select sent_at as "sentAt", expires_at as until from ca.counter_letter
    where municipality = ${resident.municipality} and resident = ${resident.id}
      and used_at is null and expires_at > ${ctx.clock()} order by sent_at desc limit 1`;
  return row;
}

/** Uses a letter's number up; false where it is unknown, another resident's, for something else, too old or used. */
export async function useLetter(
  ctx: CaContext,
  tx: Tx,
  resident: CounterResident,
  number: string,
  kind: ActKind,
  now: Date,
): Promise<boolean> {
  const digits = number.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^\d{12}$/.test(digits)) return false;
  const used = await tx`update ca.counter_letter set used_at = ${now}
    where municipality = ${resident.municipality} and number_hmac = ${sealed(ctx, digits)} and resident = ${resident.id}
      and ${kind} = any(kinds) and used_at is null and expires_at > ${now}`;
  return used.count === 1;
}

const sealed = ({ keystore }: CaContext, digits: string) =>
  createHmac('sha256', keystore.derive('counter-letter')).update(digits).digest();
