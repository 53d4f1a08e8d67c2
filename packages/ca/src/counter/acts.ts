import { randomUUID } from 'node:crypto';
import { appendAudit } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { auditChain } from '../issuance/record.js';
import type { CounterResident } from '../register/find.js';
import type { Presenter } from './evidence.js';
import { useLetter } from './letters.js';

/** issue: a new card with new certificates. renew: new certificates, the old ones superseded in the same act. pin: unlock and set anew. */
export type ActKind = 'issue' | 'renew' | 'pin';
export type CounterPin = 'signature' | 'authentication';

/** One act at the counter. */
export interface Act {
  readonly id: string;
  readonly municipality: string;
  readonly resident: string;
  readonly kind: ActKind;
  readonly state: 'prepared' | 'working' | 'done' | 'failed' | 'cancelled';
  readonly clerk: string;
  readonly pins: readonly CounterPin[];
  readonly issue: string | undefined;
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
  /** Number of the answered letter, where an agent came. */
  readonly letter?: string;
}

/** Half an hour: then the check of the person is too long ago. */
const lifeMs = 30 * 60_000;

/** Records what the clerk checked, with who and why in the audit chain; undefined where the letter's number is not good. */
export async function prepareAct(ctx: CaContext, act: NewAct): Promise<string | undefined> {
  const id = randomUUID();
  const now = ctx.clock();
  const { resident } = act;
  return ctx.sql.begin(async (tx) => {
    if (act.presenter === 'agent' && !(await useLetter(tx, resident, act.letter ?? '', now)))
      return undefined;
    await tx`insert into ca.counter_act ${tx({
      municipality: resident.municipality,
      id,
      resident: resident.id,
      kind: act.kind,
      state: 'prepared',
      clerk: act.clerk,
      presenter: act.presenter,
      evidence: [...act.evidence],
      reason: act.reason,
      pins: [...act.pins],
      created_at: now,
    })}`;
    await appendAudit(tx, auditChain, {
      at: now,
      actor: act.clerk,
      action: `counter.${act.kind}.prepared`,
      subject: id,
      detail: { presenter: act.presenter, evidence: act.evidence.join(' '), reason: act.reason },
    });
    return id;
  });
}

/** The act of that id; only of this municipality where one is given. */
export async function actById(ctx: CaContext, id: string, municipality?: string): Promise<Act | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined;
  const [row] = await ctx.sql<(Omit<Act, 'issue'> & { issue: string | null; createdAt: Date })[]>`
    select id, municipality, resident, kind, state, clerk, pins, issue, created_at as "createdAt" from ca.counter_act
    where id = ${id} and (${municipality ?? null}::text is null or municipality = ${municipality ?? null})`;
  if (row === undefined) return undefined;
  const { createdAt, ...act } = row;
  const isOld = act.state === 'prepared' && ctx.clock().getTime() - createdAt.getTime() > lifeMs;
  return { ...act, issue: act.issue ?? undefined, ...(isOld ? { state: 'cancelled' as const } : {}) };
}

/** Takes the act for the card work: true once only, however often the button is pressed. */
export async function beginAct(ctx: CaContext, act: Act): Promise<boolean> {
  const begun = await ctx.sql`update ca.counter_act set state = 'working'
    where municipality = ${act.municipality} and id = ${act.id} and state = 'prepared'`;
  return begun.count === 1;
}

/** The end of the card work, with its line in the audit chain. */
export async function endAct(
  ctx: CaContext,
  act: Act,
  end: { readonly state: 'done' | 'failed'; readonly issue?: string; readonly rule?: string },
): Promise<void> {
  const now = ctx.clock();
  await ctx.sql.begin(async (tx) => {
    await tx`update ca.counter_act set ${tx({ state: end.state, issue: end.issue ?? null, ended_at: now })}
      where municipality = ${act.municipality} and id = ${act.id}`;
    await appendAudit(tx, auditChain, {
      at: now,
      actor: act.clerk,
      action: `counter.${act.kind}.${end.state}`,
      subject: act.id,
      ...(end.rule === undefined ? {} : { detail: { rule: end.rule } }),
    });
  });
}
