import { createHmac } from 'node:crypto';
import { z } from 'zod';

/** What core systems are told of. */
export const events = [
  'accepted',
  'rejected',
  'correctionAsked',
  'corrected',
  'withdrawn',
  'duplicate',
  'reopened',
  'paused',
  'resumed',
  'ping',
] as const;

/** The body: ids and a time, nobody's data. What it is about is fetched with a key. */
export const webhookEvent = z.strictObject({
  type: z.enum(events.map((name) => `application.${name}` as const)),
  timestamp: z.iso.datetime(),
  data: z.strictObject({ agency: z.string(), receiptNumber: z.string() }),
});

/** A secret as receivers are given it (Standard Webhooks: `whsec_` and base64). Derived, so that it is nowhere stored. */
export function webhookSecret(
  secret: Uint8Array,
  agency: string,
  webhook: { name: string; generation: number },
): string {
  const key = createHmac('sha256', secret)
    .update(JSON.stringify(['webhook', agency, webhook.name, webhook.generation]))
    .digest('base64');
  return `whsec_${key}`;
}

/** The three headers of Standard Webhooks 1.0: id, seconds since 1970, and HMAC-SHA-256 over `id.seconds.body`. */
export function signatureHeaders(
  secret: string,
  message: { id: string; at: Date; body: string },
): Record<string, string> {
  const seconds = String(Math.floor(message.at.getTime() / 1000));
  const signature = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${message.id}.${seconds}.${message.body}`)
    .digest('base64');
  return {
    'webhook-id': message.id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signature}`,
  };
}
