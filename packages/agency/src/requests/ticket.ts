import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The ticket that the agent shows before the intake reads a body: nonce, end of validity (seconds since 1970), and our HMAC over both
 * and the agency. It needs no look-up and says nothing to others.
 */
export function createTicket(secret: Uint8Array, agency: string, jti: string, until: number): string {
  return `${jti}.${until}.${seal(secret, agency, jti, until)}`;
}

/** The nonce of a ticket of ours that still holds; undefined for any other text. */
export function checkTicket(
  secret: Uint8Array,
  agency: string,
  ticket: string,
  now: Date,
): { jti: string } | undefined {
  const parts = /^([A-Za-z0-9_-]{22})\.([0-9]{1,11})\.([A-Za-z0-9_-]{43})$/.exec(ticket);
  const [, jti = '', until = '', given = ''] = parts ?? [];
  if (!parts) return undefined;
  const expected = seal(secret, agency, jti, Number(until));
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) return undefined;
  return now.getTime() / 1000 < Number(until) ? { jti } : undefined;
}

function seal(secret: Uint8Array, agency: string, jti: string, until: number): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['ticket', agency, jti, until]))
    .digest('base64url');
}
