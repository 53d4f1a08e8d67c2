import { randomUUID } from 'node:crypto';
import { enqueue, type Sql, type Tx } from '@madoguchi/store';
import { z } from 'zod';
import type { AgencyConfig } from '../options.js';
import { events, signatureHeaders, type webhookEvent, webhookSecret } from './event.js';
import { type PostOutcome, postOutside } from './post.js';

export const webhookJob = 'agency.webhook';
export const webhookPayload = z.object({ agency: z.string(), id: z.string() });

/** Seconds to the next attempt after each failure: about three days in all, then it is given up and the desk says so. */
export const waits = [5, 60, 300, 1800, 7200, 18_000, 36_000, 57_600, 86_400] as const;

/** Tells every address of the agency of this action, in the caller's transaction: with the action it stands, or neither does. */
export async function tellWebhooks(
  tx: Tx,
  agency: string,
  receiptNumber: string,
  told: { kind: string; at: Date; only?: string },
): Promise<void> {
  const { kind, at, only } = told;
  if (!events.some((name) => name === kind)) return;
  const rows = await tx<{ id: string }[]>`
    insert into agency.webhook_outbox (agency, id, webhook, event, receipt_number, at)
    select ${agency}, 'evt_' || gen_random_uuid(), name, ${kind}, ${receiptNumber}, ${at} from agency.webhooks
    where agency = ${agency} and ended_at is null ${only === undefined ? tx`` : tx`and name = ${only}`}
    returning id`;
  for (const { id } of rows) await enqueue(tx, webhookJob, { agency, id });
}

/** Asks an address whether it is there: an event about no application. */
export async function pingWebhook(sql: Sql, agency: string, name: string, at: Date): Promise<void> {
  const receipt = `ping-${randomUUID()}`;
  await sql.begin((tx) => tellWebhooks(tx, agency, receipt, { kind: 'ping', at, only: name }));
}

interface OutboxRow {
  webhook: string;
  url: string;
  generation: number;
  event: (typeof events)[number];
  receiptNumber: string;
  at: Date;
  attempts: number;
}

/** Where events go out from. */
export interface WebhookSender {
  readonly sql: Sql;
  readonly agency: Pick<AgencyConfig, 'code'>;
  readonly secret: Uint8Array;
  readonly clock: () => Date;
  /** Origins the operator allows although they are inside, see `addressFault`. */
  readonly origins: readonly string[];
  readonly post?: typeof postOutside;
}

/**
 * One attempt to deliver an event. 2xx is delivered; 410 ends the address; anything else is tried again later and later, at last given up. Safe to run
 * again after a crash: a receiver knows an event that comes twice by its id.
 */
export async function deliver(sender: WebhookSender, id: string): Promise<void> {
  const { sql, secret, clock, origins } = sender;
  const { code } = sender.agency;
  const [row] = await sql<OutboxRow[]>`select o.webhook, w.url, w.generation, o.event,
      o.receipt_number as "receiptNumber", o.at, o.attempts
    from agency.webhook_outbox o join agency.webhooks w on w.agency = o.agency and w.name = o.webhook
    where o.agency = ${code} and o.id = ${id} and o.delivered_at is null and o.given_up_at is null
      and w.ended_at is null`;
  if (row === undefined) return;
  const event: z.infer<typeof webhookEvent> = {
    type: `application.${row.event}`,
    timestamp: row.at.toISOString(),
    data: { agency: code, receiptNumber: row.receiptNumber },
  };
  const body = JSON.stringify(event);
  const key = webhookSecret(secret, code, { name: row.webhook, generation: row.generation });
  const headers = signatureHeaders(key, { id, at: clock(), body });
  const outcome = await (sender.post ?? postOutside)(row.url, { body, headers }, origins);
  await record(sender, id, row, outcome);
}

async function record(
  { sql, agency, clock }: WebhookSender,
  id: string,
  row: OutboxRow,
  outcome: PostOutcome,
): Promise<void> {
  const { code } = agency;
  const now = clock();
  const said = 'status' in outcome ? String(outcome.status) : outcome.rule;
  const isDelivered = 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
  const isGone = 'status' in outcome && outcome.status === 410;
  const wait = waits[row.attempts];
  const isGivenUp = !isDelivered && (isGone || wait === undefined);
  await sql.begin(async (tx) => {
    await tx`update agency.webhook_outbox set attempts = attempts + 1, outcome = ${said},
        delivered_at = ${isDelivered ? now : null}, given_up_at = ${isGivenUp ? now : null}
      where agency = ${code} and id = ${id} and delivered_at is null`;
    if (isGone)
      await tx`update agency.webhooks set ended_at = ${now}
        where agency = ${code} and name = ${row.webhook} and ended_at is null`;
    if (!isDelivered && !isGivenUp)
      await enqueue(
        tx,
        webhookJob,
        { agency: code, id },
        { runAt: new Date(now.getTime() + (wait ?? 0) * 1000), key: `${webhookJob}:${id}` },
      );
  });
}
