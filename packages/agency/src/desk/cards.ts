import { appendAudit, type Sql } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';

/** Whose desk this card opens; undefined for a card nobody registered. */
export async function officerOfCard(
  sql: Sql,
  agency: string,
  authenticationKey: string,
): Promise<string | undefined> {
  const [row] = await sql<{ officer: string }[]>`select c.officer from agency.desk_cards c
    join agency.officers o on o.agency = c.agency and o.officer = c.officer and o.ended_at is null
    where c.agency = ${agency} and c.authentication_key = ${authenticationKey}`;
  return row?.officer;
}

/** Has this officer registered a card? */
export async function hasCard(sql: Sql, agency: string, officer: string): Promise<boolean> {
  const rows =
    await sql`select 1 from agency.desk_cards where agency = ${agency} and officer = ${officer} limit 1`;
  return rows.length > 0;
}

/** Remembers an officer's card; false when it is another officer's. The chain names the officer, never the card. */
export async function registerCard(
  sql: Sql,
  agency: string,
  card: { authenticationKey: string; officer: string; now: Date },
): Promise<boolean> {
  const { authenticationKey, officer, now } = card;
  return sql.begin(async (tx) => {
    const rows = await tx`insert into agency.desk_cards (agency, authentication_key, officer, registered_at)
      values (${agency}, ${authenticationKey}, ${officer}, ${now})
      on conflict (agency, authentication_key) do update set registered_at = excluded.registered_at
        where desk_cards.officer = excluded.officer
      returning 1`;
    if (rows.length === 0) return false;
    await appendAudit(tx, auditChain(agency), {
      at: now,
      actor: `officer:${officer}`,
      action: 'desk.card',
      subject: agency,
    });
    return true;
  });
}
