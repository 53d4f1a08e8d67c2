import { appendAudit, isUuid, type Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { auditChain } from '../issuance/record.js';
import { officeOf } from '../office/settings.js';
import type { CounterResident } from '../register/find.js';
import type { Presenter } from './evidence.js';
import { useLetter } from './letters.js';
import { recordAct } from './record-act.js';

/** The acts that need the applicant and a card: see `actKinds` for the others. */
export type ActKind = 'issue' | 'renew' | 'pin';
export type CounterPin = 'signature' | 'authentication';

/** One act at the counter. */
export interface Act {
  readonly id: string;
  /** 受付番号. */
  readonly number: string;
  readonly municipality: string;
  readonly resident: string;
  readonly kind: ActKind;
  readonly state: 'prepared' | 'working' | 'done' | 'failed' | 'cancelled';
  readonly clerk: string;
  readonly presenter: Presenter;
  readonly pins: readonly CounterPin[];
  /** The applicant's card that lay in a reader when the clerk began. */
  readonly card: string | undefined;
  readonly issue: string | undefined;
  readonly createdAt: Date;
}

export interface NewAct {
  readonly resident: CounterResident;
  readonly kind: ActKind;
  readonly clerk: string;
  readonly presenter: Presenter;
  /** Which kinds of documents were seen; never their numbers. */
  readonly evidence: readonly string[];
  readonly reason: string;
  readonly pins: readonly CounterPin[];
  readonly card?: string;
  /** Number of the answered letter, where an agent came. */
  readonly letter?: string;
  /** Who has agreed to substituted characters so far. */
  readonly consent?: readonly string[];
}

/** From this moment on the check of a person is recent enough: an act that was prepared before it is void. */
export async function actsSince(ctx: CaContext): Promise<Date> {
  const { actMinutes } = await officeOf(ctx);
  return new Date(ctx.clock().getTime() - actMinutes * 60_000);
}

/** Records what the clerk checked, with who and why in the audit chain; undefined where the letter's number is not good. */
export async function prepareAct(ctx: CaContext, act: NewAct): Promise<string | undefined> {
  const now = ctx.clock();
  const { resident, letter, ...rest } = act;
  return ctx.sql.begin(async (tx) => {
    if (act.presenter === 'agent' && !(await useLetter(ctx, tx, resident, letter ?? '', act.kind, now)))
      return undefined;
    const recorded = await recordAct(tx, now, {
      ...rest,
      municipality: resident.municipality,
      resident: resident.id,
      state: 'prepared',
    });
    return recorded.id;
  });
}

/** The act of that id; only of this municipality where one is given, and only one with a card. */
export async function actById(ctx: CaContext, id: string, municipality?: string): Promise<Act | undefined> {
  if (!isUuid(id)) return undefined;
  const [row] = await ctx.sql<(Omit<Act, 'issue' | 'card'> & Record<'issue' | 'card', string | null>)[]>`
    select id, number, municipality, resident, kind, state, clerk, presenter, pins, card, issue, created_at as "createdAt" from ca.counter_act
    where id = ${id} and kind in ('issue', 'renew', 'pin')
      and (${municipality ?? null}::text is null or municipality = ${municipality ?? null})`;
  if (row === undefined) return undefined;
  const isOld = row.state === 'prepared' && row.createdAt < (await actsSince(ctx));
  const { card, issue } = row;
  return {
    ...row,
    card: card ?? undefined,
    issue: issue ?? undefined,
    ...(isOld ? { state: 'cancelled' as const } : {}),
  };
}

/** Takes the act for the card work: true once only, however often the button is pressed. */
export async function beginAct(
  ctx: CaContext,
  act: Act,
  consent: readonly string[] = [],
  sql: CaContext['sql'] | Tx = ctx.sql,
): Promise<boolean> {
  const begun = await sql`update ca.counter_act
    set state = 'working', consent = consent || ${[...consent]}::text[], begun_at = ${ctx.clock()}
    where municipality = ${act.municipality} and id = ${act.id} and state = 'prepared'`;
  return begun.count === 1;
}

/** The end of the card work, with its line in the audit chain; false where it was closed meanwhile. */
export async function endAct(
  ctx: CaContext,
  act: Pick<Act, 'id' | 'municipality' | 'clerk' | 'kind'>,
  end: { readonly state: 'done' | 'failed'; readonly issue?: string; readonly rule?: string },
): Promise<boolean> {
  const now = ctx.clock();
  return ctx.sql.begin(async (tx) => {
    const ended = await tx`update ca.counter_act set ${tx({
      state: end.state,
      issue: end.issue ?? null,
      rule: end.rule ?? null,
      ended_at: now,
    })} where municipality = ${act.municipality} and id = ${act.id} and state = 'working'`;
    if (ended.count === 0) return false;
    await appendAudit(tx, auditChain, {
      at: now,
      actor: act.clerk,
      action: `counter.${act.kind}.${end.state}`,
      subject: act.id,
      ...(end.rule === undefined ? {} : { detail: { rule: end.rule } }),
    });
    return true;
  });
}
