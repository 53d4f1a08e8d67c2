import { type AuditEntry, appendAudit, type Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { auditChain } from '../issuance/record.js';

/** What happens to people at the counter beside the acts: `office.setting` and `counter.refused` have no account as their subject. */
export const peopleActions = [
  'counter.entered',
  'counter.left',
  'counter.refused',
  'clerk.added',
  'clerk.removed',
  'clerk.card',
  'clerk.cardRenewed',
  'office.setting',
] as const;
export type PeopleAction = (typeof peopleActions)[number];

/** Writes it into the audit chain and, in the same commit, where the auditor's page finds it. */
export async function recordPeople(
  tx: Tx,
  entry: AuditEntry & { readonly action: PeopleAction },
): Promise<void> {
  const { seq } = await appendAudit(tx, auditChain, entry);
  await tx`insert into ca.counter_event (seq, at, actor, action, subject, detail)
    select seq, at, actor, action, subject, detail from store.audit_entries
    where chain = ${auditChain} and seq = ${seq.toString()}`;
}

/** Of one rule, one refusal a minute is written down with how many there were before it: whoever knocks without end fills no chain. */
const everyMs = 60_000;
const refusals = new WeakMap<object, Map<string, { at: number; more: number }>>();

/** Somebody was not let in: by which rule, and whose account it was where that is known. Never rejects; a login is refused with or without its line. */
export async function noteRefusal(ctx: CaContext, rule: string, account?: string): Promise<void> {
  const known = refusals.get(ctx.sql) ?? new Map<string, { at: number; more: number }>();
  refusals.set(ctx.sql, known);
  const key = `${rule} ${account ?? ''}`;
  const now = ctx.clock();
  const last = known.get(key);
  if (last !== undefined && now.getTime() - last.at < everyMs && now.getTime() >= last.at) {
    last.more += 1;
    return;
  }
  known.set(key, { at: now.getTime(), more: 0 });
  await ctx.sql
    .begin((tx) =>
      recordPeople(tx, {
        at: now,
        actor: account ?? 'nobody',
        action: 'counter.refused',
        subject: account ?? 'counter',
        detail: { rule, ...(last === undefined || last.more === 0 ? {} : { more: last.more }) },
      }),
    )
    .catch(() => undefined);
}

/** One event as the auditor reads it. */
export interface PersonEvent {
  /** Its place in the audit chain. */
  readonly seq: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: PeopleAction;
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Whether row and entry of the chain say the same. */
  readonly agrees: boolean;
}

export interface PeopleFilter {
  /** Accounts of this place alone, and what belongs to none. */
  readonly municipality?: string | undefined;
  readonly account?: string;
  readonly action?: PeopleAction;
  /** Moments, the first included, the second not. */
  readonly from?: Date;
  readonly until?: Date;
  readonly before?: string;
}

const most = 50;

/** Events, the newest first, at most fifty. */
export async function readPeople(
  ctx: CaContext,
  filter: PeopleFilter,
): Promise<{ events: PersonEvent[]; more: boolean }> {
  const {
    municipality = null,
    account = null,
    action = null,
    from = null,
    until = null,
    before = null,
  } = filter;
  const rows = await ctx.sql<(Omit<PersonEvent, 'detail'> & { detail: string })[]>`
    select p.seq, p.at, p.actor, p.action, p.subject, p.detail,
      coalesce(e.at = p.at and e.actor = p.actor and e.action = p.action and e.subject = p.subject and e.detail = p.detail, false) as agrees
    from ca.counter_event p
      left join store.audit_entries e on e.chain = ${auditChain} and e.seq = p.seq
      left join ca.clerk k on k.account = p.subject
    where (${municipality}::text is null or k.municipality is null or k.municipality = ${municipality})
      and (${account}::text is null or p.actor = ${account} or p.subject = ${account})
      and (${action}::text is null or p.action = ${action})
      and (${from}::timestamptz is null or p.at >= ${from})
      and (${until}::timestamptz is null or p.at < ${until})
      and (${before}::bigint is null or p.seq < ${before})
    order by p.seq desc limit ${most + 1}`;
  const events = rows.slice(0, most).map((row) => ({ ...row, detail: parsed(row.detail) }));
  return { events, more: rows.length > most };
}

function parsed(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
