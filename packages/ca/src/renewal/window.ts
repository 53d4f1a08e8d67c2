import type { CaContext } from '../context.js';

/** From when on certificates are renewed: three months before they end, as at the counter (lifecycle.md 4; the next card: a year). */
export const usualRenewalDays = 90;

const dayMs = 24 * 3600_000;

/** The first moment at which a certificate may be renewed online. */
export function renewalOpens(ctx: Pick<CaContext, 'renewalDays'>, notAfter: Date): Date {
  return new Date(notAfter.getTime() - ctx.renewalDays * dayMs);
}
