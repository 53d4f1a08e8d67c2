import { randomBytes } from 'node:crypto';
import type { Stamp } from '../cades/upgrade.js';
import { buildTimeStampRequest } from './request.js';
import { type TimeStampExpectation, verifyTimeStampResponse } from './verify.js';

/** No time stamp came, or not the one that was asked for; `rule` as in verifyTimeStampResponse. */
export class TimeStampError extends Error {
  readonly rule: string;

  constructor(rule: string) {
    super(`The time-stamping authority gave no usable time stamp (${rule}).`);
    this.name = 'TimeStampError';
    this.rule = rule;
  }
}

/**
 * Asks an authority: builds the request with a fresh nonce, has it sent, and checks the answer, its nonce and the authority's path before
 * the token is used. `send` carries the request (application/timestamp-query) and gives the body of the answer. The stamp
 * rejects with TimeStampError, and with whatever `send` rejects.
 */
export function stampThrough(
  send: (request: Uint8Array) => Promise<Uint8Array>,
  trust: Omit<TimeStampExpectation, 'over' | 'nonce'> & { readonly policy?: string },
): Stamp {
  return async (imprint) => {
    const { policy, ...expected } = trust;
    const nonce = randomBytes(16);
    const request = buildTimeStampRequest({ imprint, nonce, ...(policy === undefined ? {} : { policy }) });
    const verdict = verifyTimeStampResponse(await send(request), { ...expected, over: imprint, nonce });
    if (!verdict.ok) throw new TimeStampError(verdict.rule);
    return verdict.der;
  };
}
