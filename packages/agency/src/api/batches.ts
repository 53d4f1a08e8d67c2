import { randomUUID } from 'node:crypto';
import { appendAudit, type Sql, type Tx } from '@madoguchi/store';
import type { z } from 'zod';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction } from '../cases/queries.js';
import type { ApiKeyUsed } from './keys.js';
import type { acknowledgement, batch } from './shapes.js';

export type Batch = z.infer<typeof batch>;
export type Acknowledgement = z.infer<typeof acknowledgement>;

/** An application that core systems could not take over so often is offered no more: a person looks at it. */
const MOST_FAILURES = 3;

/** Why an acknowledgement was not taken. */
export type BatchFault = 'batch.unknown' | 'batch.item' | 'batch.conflict';

/**
 * The next accepted applications for a core system (一括連携), at most `limit`: first a batch of the same key and procedure that was never
 * acknowledged to its end, whole, so that nothing is lost when an answer did not arrive; else a new one. Undefined when there is nothing.
 */
export async function nextBatch(
  sql: Sql,
  agency: string,
  input: { key: ApiKeyUsed; procedure: string | null; limit: number; at: Date },
): Promise<{ batch: Batch; isNew: boolean } | undefined> {
  const { key, procedure, limit, at } = input;
  return sql.begin(async (tx) => {
    // Two calls at once would take the same applications.
    await tx`select pg_advisory_xact_lock(hashtext(${`agency.handover ${agency}`}))`;
    const [open] = await tx<{ batch: string }[]>`select batch from agency.handover_batches
      where agency = ${agency} and key_name = ${key.name} and acknowledged_at is null
        and procedure_id is not distinct from ${procedure} order by made_at limit 1`;
    if (open !== undefined) {
      const found = await findBatch(tx, agency, key.name, open.batch);
      return found && { batch: found, isNew: false };
    }
    const rows = await tx<{ receipt: string }[]>`select receipt_number as receipt from agency.cases c
      where c.agency = ${agency} and c.state = 'accepted' and c.joins is null and c.handed_over_at is null
        ${procedure === null ? tx`` : tx`and c.procedure_id = ${procedure}`}
        and not exists (select 1 from agency.handover_items i
          join agency.handover_batches b on b.agency = i.agency and b.batch = i.batch
          where i.agency = c.agency and i.receipt_number = c.receipt_number
            and i.state = 'open' and b.acknowledged_at is null)
        and (select count(*) from agency.handover_items i where i.agency = c.agency
          and i.receipt_number = c.receipt_number and i.state = 'failed') < ${MOST_FAILURES}
      order by c.arrived_at, c.receipt_number limit ${limit}`;
    if (rows.length === 0) return undefined;
    const id = randomUUID();
    await tx`insert into agency.handover_batches (agency, batch, key_name, procedure_id, made_at)
      values (${agency}, ${id}, ${key.name}, ${procedure}, ${at})`;
    await tx`insert into agency.handover_items (agency, batch, receipt_number)
      select ${agency}, ${id}, receipt from unnest(${rows.map(({ receipt }) => receipt)}::text[]) as receipt`;
    await appendAudit(tx, auditChain(agency), {
      at,
      actor: `system:${key.name}`,
      action: 'handover.batch',
      subject: id,
      detail: { cases: String(rows.length) },
    });
    const found = await findBatch(tx, agency, key.name, id);
    return found && { batch: found, isNew: true };
  });
}

/** A batch of this key; undefined for anybody else's. */
export async function findBatch(
  sql: Sql | Tx,
  agency: string,
  key: string,
  id: string,
): Promise<Batch | undefined> {
  const [row] = await sql<{ procedure: string | null; madeAt: Date; acknowledgedAt: Date | null }[]>`
    select procedure_id as procedure, made_at as "madeAt", acknowledged_at as "acknowledgedAt"
    from agency.handover_batches where agency = ${agency} and batch = ${id} and key_name = ${key}`;
  if (row === undefined) return undefined;
  const items = await sql<Batch['items']>`select receipt_number as "receiptNumber", state, reason
    from agency.handover_items where agency = ${agency} and batch = ${id} order by receipt_number`;
  return {
    batch: id,
    procedure: row.procedure,
    madeAt: row.madeAt.toISOString(),
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    items: items.map((item) => ({ ...item })),
  };
}

/**
 * The core system says which applications it took over and which it could not: all of it counts, or nothing. Said again it changes nothing; what was
 * not named stays open. A batch without open items is done; what failed is offered again in a later one.
 */
export async function acknowledge(
  sql: Sql,
  agency: string,
  input: { key: ApiKeyUsed; batch: string; said: Acknowledgement; at: Date },
): Promise<Batch | BatchFault> {
  const { key, said, at } = input;
  return sql.begin(async (tx) => {
    const locked = await tx`select 1 from agency.handover_batches
      where agency = ${agency} and batch = ${input.batch} and key_name = ${key.name} for update`;
    const found = await findBatch(tx, agency, key.name, input.batch);
    if (locked.length === 0 || found === undefined) return 'batch.unknown';
    const words = [
      ...said.taken.map((receiptNumber) => ({ receiptNumber, state: 'taken' as const, reason: null })),
      ...said.failed.map((one) => ({ ...one, state: 'failed' as const })),
    ];
    if (new Set(words.map(({ receiptNumber }) => receiptNumber)).size < words.length) return 'batch.conflict';
    for (const word of words) {
      const item = found.items.find(({ receiptNumber }) => receiptNumber === word.receiptNumber);
      if (item === undefined) return 'batch.item';
      if (item.state !== 'open' && item.state !== word.state) return 'batch.conflict';
    }
    for (const { receiptNumber, state, reason } of words) {
      const changed = await tx`update agency.handover_items set state = ${state}, reason = ${reason}
        where agency = ${agency} and batch = ${input.batch} and receipt_number = ${receiptNumber}
          and state = 'open' returning 1`;
      if (changed.length === 0) continue;
      if (state === 'taken')
        await tx`update agency.cases set handed_over_at = ${at}
          where agency = ${agency} and receipt_number = ${receiptNumber}`;
      const actor = `system:${key.name}`;
      const kind = state === 'taken' ? 'handedOver' : 'handOverFailed';
      await appendAction(tx, agency, receiptNumber, {
        at,
        actor,
        kind,
        detail: { batch: input.batch, ...(reason === null ? {} : { reason }) },
      });
      const entry = { at, actor, action: `case.${kind}`, subject: receiptNumber };
      await appendAudit(tx, auditChain(agency), { ...entry, detail: { batch: input.batch } });
    }
    await tx`update agency.handover_batches b set acknowledged_at = ${at}
      where agency = ${agency} and batch = ${input.batch} and acknowledged_at is null
        and not exists (select 1 from agency.handover_items i
          where i.agency = b.agency and i.batch = b.batch and i.state = 'open')`;
    return (await findBatch(tx, agency, key.name, input.batch)) ?? 'batch.unknown';
  });
}
