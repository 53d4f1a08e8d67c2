import type { Sql } from '@madoguchi/store';
import { type ConnectionAct, connectionName, recordConnection } from '../api/connection.js';
import { type AddressRule, addressFault } from './address.js';

/** An address that is told, with how its newest events went. */
export interface WebhookRow {
  readonly name: string;
  readonly url: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly delivered: number;
  readonly waiting: number;
  readonly givenUp: number;
  /** Of the newest attempt: a status, or the rule that stopped it; null before the first. */
  readonly outcome: string | null;
}

/** Why an address was not kept. */
export type WebhookFault = 'name' | AddressRule;

/** Keeps an address under a name nobody had; a name that ended comes back with a new secret. Gives the generation of its secret. */
export async function addWebhook(
  sql: Sql,
  agency: string,
  input: ConnectionAct & { url: string; origins: readonly string[] },
): Promise<{ generation: number } | WebhookFault> {
  const { name, url, officer, now } = input;
  if (!connectionName.test(name)) return 'name';
  const fault = addressFault(url, input.origins);
  if (fault !== undefined) return fault;
  return sql.begin(async (tx) => {
    const [row] = await tx<{ generation: number }[]>`
      insert into agency.webhooks (agency, name, url, created_by, created_at)
      values (${agency}, ${name}, ${url}, ${officer}, ${now})
      on conflict (agency, name) do update set url = excluded.url, generation = webhooks.generation + 1,
          created_by = excluded.created_by, created_at = excluded.created_at, ended_at = null
        where webhooks.ended_at is not null
      returning generation`;
    if (row === undefined) return 'name';
    await recordConnection(tx, agency, 'webhook.added', input, { origin: new URL(url).origin });
    return row;
  });
}

export async function endWebhook(sql: Sql, agency: string, input: ConnectionAct): Promise<void> {
  const { name, now } = input;
  await sql.begin(async (tx) => {
    const ended = await tx`update agency.webhooks set ended_at = ${now}
      where agency = ${agency} and name = ${name} and ended_at is null returning 1`;
    if (ended.length === 0) return;
    await recordConnection(tx, agency, 'webhook.ended', input);
  });
}

export async function listWebhooks(sql: Sql, agency: string): Promise<WebhookRow[]> {
  return sql<WebhookRow[]>`select w.name, w.url, w.created_at as "createdAt", w.ended_at as "endedAt",
      (count(*) filter (where o.delivered_at is not null))::int as delivered,
      (count(*) filter (where o.id is not null and o.delivered_at is null and o.given_up_at is null))::int as waiting,
      (count(*) filter (where o.given_up_at is not null))::int as "givenUp",
      (array_agg(o.outcome order by o.at desc) filter (where o.outcome is not null))[1] as outcome
    from agency.webhooks w
    left join agency.webhook_outbox o on o.agency = w.agency and o.webhook = w.name
    where w.agency = ${agency} group by w.agency, w.name order by w.name`;
}
