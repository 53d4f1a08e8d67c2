import type { CaContext } from '../context.js';
import { CaError } from '../error.js';
import type { CounterResident } from '../register/find.js';
import { type Living, livingRecord, residentOf } from '../renewal/eligible.js';
import { refused } from './refusals.js';

/** Whose card it is that asks, and the signature certificate on it. */
export interface Owner {
  readonly card: Living;
  readonly resident: CounterResident;
}

/**
 * The registered resident whose living signature certificate on a card signed a request; a smartphone's certificate makes no further token.
 * Throws CaError `token.card` or `token.changed`.
 */
export async function ownerOf(ctx: CaContext, certificate: Uint8Array): Promise<Owner> {
  try {
    const card = await livingRecord(ctx, certificate);
    if (card.profile !== 'signature') throw refused('token.card');
    return { card, resident: await residentOf(ctx, card) };
  } catch (error) {
    if (!(error instanceof CaError) || !error.rule.startsWith('renewal.')) throw error;
    const isChange = error.rule === 'renewal.changed' || error.rule === 'renewal.gone';
    throw refused(isChange ? 'token.changed' : 'token.card');
  }
}
