import type { AuditHead, Sql, Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import type { ShardCode } from './shards.js';

export interface PublishedCrl {
  readonly authority: string;
  readonly code: ShardCode;
  readonly number: bigint;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly entries: number;
  readonly sha256: Uint8Array;
  readonly der: Uint8Array;
  /** The end of the audit chain when it was made; it stands in the list too. */
  readonly auditHead?: AuditHead;
}

/** A list of what was added since the base: whoever has the base fetches only this. */
export interface PublishedDelta extends Omit<PublishedCrl, 'auditHead'> {
  readonly baseNumber: bigint;
}

interface CrlRow {
  code: string;
  authority: string;
  number: string;
  this_update: Date;
  next_update: Date;
  entries: number;
  sha256: Uint8Array;
  der: Uint8Array;
}

interface WholeRow extends CrlRow {
  audit_seq: string;
  audit_hash: Uint8Array | null;
}

interface DeltaRow extends CrlRow {
  base_number: string;
}

const common = (row: CrlRow) => ({
  authority: row.authority,
  code: row.code,
  number: BigInt(row.number),
  thisUpdate: row.this_update,
  nextUpdate: row.next_update,
  entries: row.entries,
  sha256: row.sha256,
  der: row.der,
});

function fromRow(row: WholeRow): PublishedCrl {
  const hash = row.audit_hash;
  return {
    ...common(row),
    ...(hash === null
      ? {}
      : { auditHead: { seq: BigInt(row.audit_seq), hash: Buffer.from(hash).toString('hex') } }),
  };
}

/** All lists as published now. */
export async function publishedCrls(ctx: Pick<CaContext, 'sql'>): Promise<PublishedCrl[]> {
  const rows = await ctx.sql<WholeRow[]>`select * from ca.crl order by authority, code`;
  return rows.map(fromRow);
}

/** What is published, without the lists themselves: cheap however many and long they are. */
export async function publishedLines(ctx: Pick<CaContext, 'sql'>): Promise<Omit<PublishedCrl, 'der'>[]> {
  const rows = await ctx.sql<WholeRow[]>`
    select authority, code, number, this_update, next_update, entries, sha256, audit_seq, audit_hash, ''::bytea as der
    from ca.crl order by authority, code`;
  return rows.map((row) => {
    const { der: _, ...line } = fromRow(row);
    return line;
  });
}

/** One list as published now. */
export async function publishedCrl(
  { sql }: { sql: Sql | Tx },
  authority: string,
  code: ShardCode,
): Promise<PublishedCrl | undefined> {
  const [row] = await sql<WholeRow[]>`select * from ca.crl where authority = ${authority} and code = ${code}`;
  return row === undefined ? undefined : fromRow(row);
}

/** The delta that goes with it; absent while nothing was added to the base. */
export async function publishedDelta(
  { sql }: { sql: Sql | Tx },
  authority: string,
  code: ShardCode,
): Promise<PublishedDelta | undefined> {
  const [row] = await sql<DeltaRow[]>`
    select * from ca.crl_delta where authority = ${authority} and code = ${code}`;
  return row === undefined ? undefined : { ...common(row), baseNumber: BigInt(row.base_number) };
}

/** Every delta, without the bytes. */
export async function deltaLines(ctx: Pick<CaContext, 'sql'>): Promise<Omit<PublishedDelta, 'der'>[]> {
  const rows = await ctx.sql<DeltaRow[]>`
    select authority, code, number, base_number, this_update, next_update, entries, sha256, ''::bytea as der
    from ca.crl_delta order by authority, code`;
  return rows.map((row) => {
    const { der: _, ...line } = common(row);
    return { ...line, baseNumber: BigInt(row.base_number) };
  });
}
