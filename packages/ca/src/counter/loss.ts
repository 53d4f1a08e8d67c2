import type { CaContext } from '../context.js';
import { officeOf } from '../office/settings.js';
import type { CounterResident } from '../register/find.js';
import { type Ended, endCertificates } from './end-certificates.js';
import type { Presenter } from './evidence.js';
import { type LossKind, lossRules } from './grounds.js';
import { type Answers, personOf, questions } from './questions.js';
import { recordAct } from './record-act.js';

/** A call at the loss line: who rings, what became of the card, and the answers. */
export interface LossCall {
  readonly answers: Answers;
  readonly kind: Exclude<LossKind, 'found'>;
  readonly presenter: Extract<Presenter, 'self' | 'guardian' | 'family'>;
}

export const callers = ['self', 'guardian', 'family'] as const satisfies readonly Presenter[];

export type LossCheck =
  | { readonly ok: true; readonly resident: CounterResident; readonly living: number }
  | { readonly ok: false; readonly rule: 'loss.nobody' | 'loss.tooMany' };

/** The last question of each operator: questions that are asked at once would all find the misses still few. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Whether the answers fit one person; a miss is written down without the answers. Too many of them in an hour, and the line waits: somebody tries names.
 * One question of an operator after the other.
 */
export function checkCaller(
  ctx: CaContext,
  call: LossCall,
  who: { readonly clerk: string; readonly municipality: string | undefined },
): Promise<LossCheck> {
  const check = () => checkInTurn(ctx, call, who);
  const turn = (turns.get(who.clerk) ?? Promise.resolve()).then(check, check);
  turns.set(who.clerk, turn);
  const forget = () => {
    if (turns.get(who.clerk) === turn) turns.delete(who.clerk);
  };
  turn.then(forget, forget);
  return turn;
}

async function checkInTurn(
  ctx: CaContext,
  call: LossCall,
  who: { readonly clerk: string; readonly municipality: string | undefined },
): Promise<LossCheck> {
  const now = ctx.clock();
  const { lossMisses } = await officeOf(ctx);
  const [misses] = await ctx.sql<{ count: number }[]>`
    select count(*)::int as count from ca.counter_act where clerk = ${who.clerk} and kind = 'hold' and state = 'failed'
      and created_at > ${new Date(now.getTime() - 3600_000)}`;
  if ((misses?.count ?? 0) >= lossMisses) return { ok: false, rule: 'loss.tooMany' };
  const resident = await personOf(ctx, call.answers, who.municipality);
  if (resident === undefined) {
    await ctx.sql.begin((tx) =>
      recordAct(tx, now, {
        municipality: who.municipality ?? '',
        resident: undefined,
        kind: 'hold',
        state: 'failed',
        clerk: who.clerk,
        presenter: call.presenter,
        evidence: [],
        reason: call.kind,
        rule: 'loss.nobody',
      }),
    );
    return { ok: false, rule: 'loss.nobody' };
  }
  const [living] = await ctx.sql<{ count: number }[]>`
    select count(*)::int as count from ca.certificate c
    where municipality = ${resident.municipality} and resident = ${resident.id} and state <> 'reserved' and not_after > ${now}
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
  return { ok: true, resident, living: living?.count ?? 0 };
}

/** Holds everything that is valid of a person, at once. */
export function holdByPhone(
  ctx: CaContext,
  resident: CounterResident,
  call: LossCall,
  clerk: string,
): Promise<Ended> {
  const reason = lossRules[call.kind].byPhone ?? 'certificateHold';
  const { municipality, id } = resident;
  return endCertificates(
    ctx,
    { municipality, resident: id },
    { reason, ground: 'request' },
    {
      resident: id,
      kind: 'hold',
      clerk,
      presenter: call.presenter,
      evidence: questions.map((question) => `asked-${question.id}`),
      reason: call.kind,
    },
  );
}

/** A loss told in person, with proof: both certificates end. A card found again ends nothing, and releases nothing. */
export async function reportInPerson(
  ctx: CaContext,
  resident: CounterResident,
  report: {
    readonly kind: LossKind;
    readonly presenter: Presenter;
    readonly evidence: readonly string[];
    readonly clerk: string;
  },
): Promise<Ended> {
  const { municipality, id } = resident;
  const { kind, ...rest } = report;
  const act = { ...rest, resident: id, kind: 'report', reason: kind } as const;
  const reason = lossRules[kind].inPerson;
  if (reason !== undefined)
    return endCertificates(ctx, { municipality, resident: id }, { reason, ground: 'request' }, act);
  const { number } = await ctx.sql.begin((tx) =>
    recordAct(tx, ctx.clock(), { ...act, municipality, state: 'done' }),
  );
  return { number, revoked: 0 };
}

/** A hold that nobody has come about yet: what the clerk does next with this person. */
export async function openHold(
  ctx: CaContext,
  resident: Pick<CounterResident, 'id' | 'municipality'>,
): Promise<{ readonly id: string; readonly number: string; readonly at: Date } | undefined> {
  const [row] = await ctx.sql<{ id: string; number: string; at: Date }[]>`
    select id, number, created_at as at from ca.counter_act a
    where municipality = ${resident.municipality} and resident = ${resident.id} and kind = 'hold' and state = 'done'
      and not exists (select 1 from ca.counter_act later
        where later.municipality = a.municipality and later.resident = a.resident and later.state = 'done'
          and later.kind in ('report', 'issue', 'renew') and later.number > a.number)
    order by number desc limit 1`;
  return row;
}
