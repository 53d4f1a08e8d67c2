import type { Sql, Tx } from '@madoguchi/store';

/** One thing that happened to a case. */
export interface ActionRow {
  readonly seq: number;
  readonly at: Date;
  readonly actor: string;
  readonly kind: string;
  readonly detail: Record<string, string>;
}

/** All that happened to a case, in its order. */
export async function listActions(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
): Promise<ActionRow[]> {
  return sql<ActionRow[]>`select seq::int as seq, at, actor, kind, detail from agency.actions
    where agency = ${agency} and receipt_number = ${receiptNumber} order by seq`;
}
