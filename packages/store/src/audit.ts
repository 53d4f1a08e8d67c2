import { createHmac, hash, randomBytes } from 'node:crypto';
import type postgres from 'postgres';
import { arrayOf } from './arrays.js';

/** One entry as the caller gives it. Ids and digests only: the chain is never erased. */
export interface AuditEntry {
  readonly at: Date;
  /** Who did it, e.g. `officer:17`, `system`. */
  readonly actor: string;
  /** What was done, e.g. `case.accept`. */
  readonly action: string;
  /** To what, e.g. a receipt number. */
  readonly subject: string;
  /** JSON without people's data; see `saltedDigest`. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The end of a chain, to be kept elsewhere (printed, published): it shows later that no tail was cut off. */
export interface AuditHead {
  readonly seq: bigint;
  /** SHA-256, hex. */
  readonly hash: string;
}

/** What verifyAudit found: the chain’s length and end, or the first entry that does not fit. */
export type AuditVerdict =
  | { readonly ok: true; readonly entries: number; readonly head: AuditHead }
  | { readonly ok: false; readonly rule: AuditRule; readonly seq: bigint };

/**
 * `audit.gap`: an entry is missing before `seq`; `audit.link`: `seq` does not follow its predecessor; `audit.hash`: the entry
 * `seq` was changed; `audit.tail`: the chain ends before `seq`, which a head names; `audit.head`: the head's entry is another.
 */
export type AuditRule = 'audit.gap' | 'audit.link' | 'audit.hash' | 'audit.tail' | 'audit.head';

interface Row {
  seq: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  detail: string;
  previous: Uint8Array;
  hash: Uint8Array;
}

const START = new Uint8Array(32);

/**
 * Appends to a chain in the caller's transaction, in the order given; writers of one chain wait for each other until it ends.
 * Returns the chain's new end.
 */
export async function appendAudit(
  tx: postgres.ISql,
  chain: string,
  ...entries: readonly AuditEntry[]
): Promise<{ seq: bigint; hash: string }> {
  const head = await headForUpdate(tx, chain);
  let { seq } = head;
  const from = seq + 1n;
  // Many entries of one moment and kind share their time and their detail: each is written out once.
  const times = new Map<Date, string>();
  const details = new Map<AuditEntry['detail'], string>();
  const hashes = [Buffer.from(head.hash).toString('hex')];
  const column: Record<'at' | 'detail', string[]> = { at: [], detail: [] };
  for (const entry of entries) {
    const at = times.get(entry.at) ?? entry.at.toISOString();
    times.set(entry.at, at);
    const detail = details.get(entry.detail) ?? sortedJson(entry.detail ?? {});
    details.set(entry.detail, detail);
    seq++;
    hashes.push(entryHash(chain, seq, { ...entry, at, detail, previous: hashes.at(-1) ?? '' }));
    column.at.push(at);
    column.detail.push(detail);
  }
  const last = hashes.at(-1) ?? '';
  const texts = (list: readonly string[]) => arrayOf.texts(tx, list);
  await tx`
    with entry as (
      insert into store.audit_entries (chain, seq, at, actor, action, subject, detail, previous, hash)
      select ${chain}, ${from.toString()}::bigint + t.n - 1, t.at::timestamptz, t.actor, t.action, t.subject, t.detail,
        decode(t.previous, 'hex'), decode(t.hash, 'hex')
      from unnest(${texts(column.at)}, ${texts(entries.map(({ actor }) => actor))},
        ${texts(entries.map(({ action }) => action))}, ${texts(entries.map(({ subject }) => subject))},
        ${texts(column.detail)}, ${texts(hashes.slice(0, -1))}, ${texts(hashes.slice(1))})
        with ordinality as t (at, actor, action, subject, detail, previous, hash, n))
    update store.audit_heads set seq = ${seq.toString()}, hash = ${Buffer.from(last, 'hex')} where chain = ${chain}`;
  return { seq, hash: last };
}

async function headForUpdate(tx: postgres.ISql, chain: string): Promise<{ seq: bigint; hash: Uint8Array }> {
  const read = () => tx<{ seq: string; hash: Uint8Array }[]>`
    select seq, hash from store.audit_heads where chain = ${chain} for update`;
  let [row] = await read();
  if (row === undefined) {
    await tx`insert into store.audit_heads (chain, seq, hash) values (${chain}, 0, ${START}) on conflict do nothing`;
    [row] = await read();
  }
  if (row === undefined) throw new Error('audit head missing');
  return { seq: BigInt(row.seq), hash: row.hash };
}

/** The end of a chain as it is now, without waiting for writers; undefined where nothing was written. */
export async function auditHead(sql: postgres.ISql, chain: string): Promise<AuditHead | undefined> {
  const [row] = await sql<{ seq: string; hash: Uint8Array }[]>`
    select seq, hash from store.audit_heads where chain = ${chain} and seq > 0`;
  return row === undefined
    ? undefined
    : { seq: BigInt(row.seq), hash: Buffer.from(row.hash).toString('hex') };
}

/**
 * Walks a chain from its first entry and names the first that does not fit. With `head` (kept elsewhere) a cut tail is
 * found even when the database's own head was put back with it.
 */
export async function verifyAudit(sql: postgres.Sql, chain: string, head?: AuditHead): Promise<AuditVerdict> {
  let seq = 0n;
  let previous: Uint8Array = START;
  const rows = sql<Row[]>`
    select seq, at, actor, action, subject, detail, previous, hash from store.audit_entries
    where chain = ${chain} order by seq`.cursor(500);
  for await (const batch of rows) {
    for (const row of batch) {
      const found = BigInt(row.seq);
      if (found !== seq + 1n) return { ok: false, rule: 'audit.gap', seq: found };
      seq = found;
      if (!same(row.previous, previous)) return { ok: false, rule: 'audit.link', seq };
      const hash = entryHash(chain, seq, {
        ...row,
        at: row.at.toISOString(),
        previous: Buffer.from(row.previous).toString('hex'),
      });
      if (hash !== Buffer.from(row.hash).toString('hex')) return { ok: false, rule: 'audit.hash', seq };
      if (head?.seq === seq && head.hash !== hash) return { ok: false, rule: 'audit.head', seq };
      previous = row.hash;
    }
  }
  const [own] = await sql<{ seq: string; hash: Uint8Array }[]>`
    select seq, hash from store.audit_heads where chain = ${chain}`;
  const last = [head?.seq ?? 0n, own ? BigInt(own.seq) : 0n].reduce((a, b) => (a > b ? a : b));
  if (last > seq) return { ok: false, rule: 'audit.tail', seq: last };
  if (own && !same(own.hash, previous)) return { ok: false, rule: 'audit.head', seq };
  return { ok: true, entries: Number(seq), head: { seq, hash: Buffer.from(previous).toString('hex') } };
}

/** The newest entries of a chain, the newest first. */
export async function auditTail(
  sql: postgres.ISql,
  chain: string,
  limit: number,
): Promise<(Omit<AuditEntry, 'detail'> & { seq: bigint; detail: Record<string, unknown> })[]> {
  const rows = await sql<Omit<Row, 'previous' | 'hash'>[]>`select seq, at, actor, action, subject, detail
    from store.audit_entries where chain = ${chain} order by seq desc limit ${limit}`;
  return rows.map((row) => ({
    ...row,
    seq: BigInt(row.seq),
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  }));
}

/** The chains there are. */
export async function listAuditChains(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ chain: string }[]>`
    select chain from store.audit_heads union select distinct chain from store.audit_entries order by chain`;
  return rows.map((row) => row.chain);
}

/**
 * A digest that stands for a text in the chain: HMAC-SHA-256 with a random salt (16 bytes, hex). Keep the salt with the
 * text; when both are erased, nobody can find the text again by guessing.
 */
export function saltedDigest(
  text: string,
  salt: string = randomBytes(16).toString('hex'),
): { salt: string; digest: string } {
  return { salt, digest: createHmac('sha256', Buffer.from(salt, 'hex')).update(text).digest('hex') };
}

/** An entry as it is hashed: everything as the text that stands for it. */
interface Hashed extends Omit<AuditEntry, 'at' | 'detail'> {
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
  readonly detail: string;
  /** Hex. */
  readonly previous: string;
}

/** SHA-256 (hex) over the JSON array of all fields: unambiguous, and easy to write again in another language. */
function entryHash(chain: string, seq: bigint, entry: Hashed): string {
  const { at, actor, action, subject, detail, previous } = entry;
  return hash(
    'sha256',
    JSON.stringify([chain, seq.toString(), at, actor, action, subject, detail, previous]),
  );
}

/** JSON with sorted keys, so that the same detail has the same text. */
function sortedJson(value: unknown): string {
  if (isFlat(value)) {
    // Nearly every detail is: a serializer that looks at each part takes ten times as long.
    const sorted: Record<string, unknown> = {};
    for (const key of Object.keys(value).sort()) sorted[key] = value[key];
    return JSON.stringify(sorted);
  }
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint'
      ? part.toString()
      : part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
  );
}

/** An object of texts, numbers and truth values, without keys that look like numbers: those JavaScript puts first whatever the order. */
function isFlat(value: unknown): value is Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([key, part]) => /^[a-z]/i.test(key) && ['string', 'number', 'boolean'].includes(typeof part),
  );
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
