import { isSeal, seal } from './seal.js';

/**
 * The ticket that the agent shows before the intake reads a body: nonce, end of validity (seconds since 1970), the largest envelope that can answer the
 * request (octets; 0: as large as any), and our HMAC over all and the agency. It needs no look-up and says nothing to others.
 */
export function createTicket(
  secret: Uint8Array,
  agency: string,
  { jti, until, largest }: { jti: string; until: number; largest: number },
): string {
  return `${jti}.${until}.${largest}.${seal(secret, ['ticket', agency, jti, until, largest])}`;
}

/** Nonce and largest envelope of a ticket of ours that still holds; undefined for any other text. */
export function checkTicket(
  secret: Uint8Array,
  agency: string,
  ticket: string,
  now: Date,
): { jti: string; largest: number } | undefined {
  // The third part is missing in tickets of an earlier version, which may still be out.
  const parts = /^([A-Za-z0-9_-]{22})\.([0-9]{1,11})(?:\.([0-9]{1,12}))?\.([A-Za-z0-9_-]{43})$/.exec(ticket);
  const [, jti = '', until = '', largest, given = ''] = parts ?? [];
  if (!parts) return undefined;
  const size = largest === undefined ? [] : [Number(largest)];
  if (!isSeal(secret, ['ticket', agency, jti, Number(until), ...size], given)) return undefined;
  return now.getTime() / 1000 < Number(until) ? { jti, largest: Number(largest ?? 0) } : undefined;
}
