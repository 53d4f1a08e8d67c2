import type { CaContext } from '../context.js';
import { auditChain } from '../issuance/record.js';
import { type AnyActKind, auditedDetail } from './record-act.js';

/** One act as the auditor reads it. */
export interface RecordedAct {
  readonly number: string;
  readonly at: Date;
  readonly clerk: string;
  readonly kind: AnyActKind;
  readonly state: 'prepared' | 'working' | 'done' | 'failed' | 'cancelled';
  readonly presenter: string;
  readonly evidence: readonly string[];
  readonly reason: string;
  readonly consent: readonly string[];
  readonly rule: string | undefined;
  readonly revoked: number;
  readonly municipality: string;
  /** 宛名番号 of the person, never a name. */
  readonly person: string | undefined;
  /** Place of its entry in the audit chain. */
  readonly entry: string | undefined;
  /** Whether row and entry say the same; undefined for acts of the time before they were tied. */
  readonly agrees: boolean | undefined;
}

export interface RecordFilter {
  readonly municipality?: string | undefined;
  readonly clerk?: string;
  readonly kind?: AnyActKind;
  /** Japanese days, YYYY-MM-DD, both included. */
  readonly from?: string;
  readonly until?: string;
  /** Acts with a smaller number than this: the next page. */
  readonly before?: string;
}

interface Row extends Omit<RecordedAct, 'rule' | 'person' | 'entry' | 'agrees'> {
  rule: string | null;
  person: string | null;
  entry: string | null;
  actor: string | null;
  detail: string | null;
}

const most = 50;

/** Acts, the newest first, at most fifty; `more` where older ones are left. */
export async function readRecord(
  ctx: CaContext,
  filter: RecordFilter,
): Promise<{ acts: RecordedAct[]; more: boolean }> {
  const day = (text: string | undefined, plus: number) =>
    text === undefined ? null : new Date(Date.parse(`${text}T00:00:00+09:00`) + plus);
  const rows = await ctx.sql<Row[]>`
    select a.number, a.created_at as at, a.clerk, a.kind, a.state, a.presenter, a.evidence, a.reason, a.consent, a.rule, a.revoked,
      a.municipality, r.number as person, a.audit_seq as entry, e.actor, e.detail
    from ca.counter_act a
      left join ca.resident r on r.municipality = a.municipality and r.id = a.resident
      left join store.audit_entries e on e.chain = ${auditChain} and e.seq = a.audit_seq
    where (${filter.municipality ?? null}::text is null or a.municipality = ${filter.municipality ?? null})
      and (${filter.clerk ?? null}::text is null or a.clerk = ${filter.clerk ?? null})
      and (${filter.kind ?? null}::text is null or a.kind = ${filter.kind ?? null})
      and (${day(filter.from, 0)}::timestamptz is null or a.created_at >= ${day(filter.from, 0)})
      and (${day(filter.until, 24 * 3600_000)}::timestamptz is null or a.created_at < ${day(filter.until, 24 * 3600_000)})
      and (${filter.before ?? null}::bigint is null or a.number < ${filter.before ?? null})
    order by a.number desc limit ${most + 1}`;
  return { acts: rows.slice(0, most).map(fromRow), more: rows.length > most };
}

function fromRow({ rule, person, entry, actor, detail, ...row }: Row): RecordedAct {
  const said = auditedDetail(row);
  return {
    ...row,
    rule: rule ?? undefined,
    person: person ?? undefined,
    entry: entry ?? undefined,
    agrees: entry === null ? undefined : actor === row.clerk && sameDetail(detail, said),
  };
}

function sameDetail(json: string | null, said: Record<string, string>): boolean {
  try {
    const detail: unknown = JSON.parse(json ?? 'null');
    return (
      typeof detail === 'object' &&
      detail !== null &&
      Object.entries(said).every(([name, value]) => Reflect.get(detail, name) === value)
    );
  } catch {
    return false;
  }
}
