import { appendAudit, isUuid } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { auditChain } from '../issuance/record.js';
import { abandon } from '../issuance/recover.js';
import { type Act, actsSince, endAct } from './acts.js';
import type { AnyActKind } from './record-act.js';

/** The longest that card work takes: what is older was broken off. */
const workMs = 15 * 60_000;

const brokenOff = 'counter.brokenOff';

interface Left extends Pick<Act, 'id' | 'municipality' | 'clerk' | 'kind'> {
  readonly resident: string;
  readonly pins: string[];
  readonly created_at: Date;
}

/**
 * Closes acts whose process ended in the middle of the card work. Where all certificates of the act were read back from the card, it was
 * done but for this line, and it is; else what had been made is revoked, and the act stands on the clerk's first page with what is to be
 * done next. `olderThanMs` is 0 where no other process can be at work. Returns how many were closed.
 */
export async function closeBrokenActs(ctx: CaContext, olderThanMs = workMs): Promise<number> {
  const rows = await ctx.sql<Left[]>`
    select id, municipality, clerk, kind, resident, pins, created_at from ca.counter_act
    where state = 'working' and begun_at <= ${new Date(ctx.clock().getTime() - olderThanMs)}`;
  let closed = 0;
  for (const act of rows) {
    const issue = await finishedIssue(ctx, act);
    const end =
      issue === undefined ? { state: 'failed' as const, rule: brokenOff } : { state: 'done' as const, issue };
    if (await endAct(ctx, act, end)) closed += 1;
  }
  return closed;
}

/** The issue of this act if all of it is in the card; what was left of another is revoked. */
async function finishedIssue(ctx: CaContext, act: Left): Promise<string | undefined> {
  if (act.kind === 'pin') return undefined;
  // By an agent whose last word never came: what the card holds is not known, and whichever it holds counts. The clerk does it again.
  const [job] = await ctx.sql`select 1 from ca.counter_job
    where municipality = ${act.municipality} and act = ${act.id} and run_sha256 is not null`;
  const issues = await ctx.sql<{ issue: string; made: number; delivered: number }[]>`
    select issue, count(*)::int as made, count(*) filter (where state = 'delivered')::int as delivered
    from ca.certificate
    where municipality = ${act.municipality} and resident = ${act.resident} and reserved_at >= ${act.created_at}
    group by issue`;
  const wanted = act.pins.length;
  // An act begun anew goes on in the same issue: what it is making is not this one's to end, and `recover` ends by age what neither did.
  const [anew] = await ctx.sql`select 1 from ca.counter_act
    where municipality = ${act.municipality} and resident = ${act.resident} and state = 'working'
      and created_at > ${act.created_at}`;
  for (const { issue, delivered } of issues)
    if (anew === undefined && (delivered < wanted || job !== undefined)) await abandon(ctx, issue);
  if (job !== undefined) return undefined;
  return issues.find(({ delivered }) => delivered >= wanted)?.issue;
}

/** An act that waits for somebody: for the applicant's PINs, for the clerk to see to what a crash left, for the letter that tells a holder of a hold. */
export interface OpenAct {
  readonly id: string;
  readonly number: string;
  readonly kind: AnyActKind;
  readonly resident: string;
  readonly name: string;
  readonly at: Date;
  readonly next: 'pins' | 'again' | 'notice';
}

/** Which acts wait, of one municipality or of all. */
function isOpen(ctx: CaContext, municipality: string | undefined, since: Date) {
  return ctx.sql`(${municipality ?? null}::text is null or a.municipality = ${municipality ?? null})
      and (a.state = 'prepared' and a.created_at > ${since}
        or a.state = 'failed' and a.settled_at is null and a.rule = ${brokenOff}
        or a.kind = 'hold' and a.state = 'done' and a.settled_at is null and a.revoked > 0)
      and not exists (select 1 from ca.counter_act later
        where later.municipality = a.municipality and later.resident = a.resident and later.state = 'done'
          and (later.kind in ('issue', 'renew', 'pin') or a.kind = 'hold' and later.kind = 'report')
          and later.number > a.number)`;
}

/** What is to be done next at a counter, the oldest first; at most twenty. */
export async function openActs(ctx: CaContext, municipality: string | undefined): Promise<OpenAct[]> {
  const since = await actsSince(ctx);
  return ctx.sql<OpenAct[]>`
    select a.id, a.number, a.kind, a.resident, r.name, a.created_at as at,
      case a.state when 'prepared' then 'pins' when 'done' then 'notice' else 'again' end as next
    from ca.counter_act a join ca.resident r on r.municipality = a.municipality and r.id = a.resident
    where ${isOpen(ctx, municipality, since)}
    order by a.number limit 20`;
}

/** How many wait at all counters. */
export async function countOpenActs(ctx: CaContext): Promise<number> {
  const since = await actsSince(ctx);
  const [row] = await ctx.sql<{ count: number }[]>`
    select count(*)::int as count from ca.counter_act a where ${isOpen(ctx, undefined, since)}`;
  return row?.count ?? 0;
}

/** Somebody has seen to what a broken-off act left, the applicant has gone, the letter after a hold was made: it stands on the page no more. */
export async function settleAct(
  ctx: CaContext,
  act: { readonly id: string; readonly municipality: string | undefined },
  clerk: string,
): Promise<boolean> {
  if (!isUuid(act.id)) return false;
  const now = ctx.clock();
  return ctx.sql.begin(async (tx) => {
    const settled = await tx`update ca.counter_act
      set settled_at = ${now}, state = case state when 'prepared' then 'cancelled' else state end
      where id = ${act.id} and (${act.municipality ?? null}::text is null or municipality = ${act.municipality ?? null})
        and (state in ('prepared', 'failed') or kind = 'hold' and state = 'done') and settled_at is null`;
    if (settled.count === 0) return false;
    await appendAudit(tx, auditChain, { at: now, actor: clerk, action: 'counter.settled', subject: act.id });
    return true;
  });
}
