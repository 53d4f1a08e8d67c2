import { authorityAsker, octetsOf } from '../authority-asker.js';
import { type AskingKey, holderRequest } from '../holder-request.js';
import { RevocationError, revocationRule } from './revocation-error.js';

/** Where a certificate is ended: each by its own key. */
export interface Ending {
  /** The authority's address. */
  readonly authority: string;
  readonly now: Date;
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * オンライン失効申請: the holder ends a certificate on the card by its own key, for ever. One visit to the card, one signature.
 *
 * @throws ClientError, RevocationError
 */
export async function endCertificate(
  own: AskingKey,
  { authority, now, fetch = globalThis.fetch }: Ending,
): Promise<{ readonly revokedAt: Date }> {
  const ask = authorityAsker(authority, fetch);
  const given = await ask('/revocation/nonce');
  const nonce = given.ok ? octetsOf(given.said.nonce, 32) : undefined;
  if (nonce === undefined)
    throw new RevocationError('revocation.unreachable', given.ok ? 'nonce' : String(given.rule));
  const { cms } = await holderRequest(own, { type: 'madoguchi-revocation-1', nonce }, now);
  const answer = await ask('/revocation', cms);
  if (!answer.ok)
    throw new RevocationError(
      answer.lost ? 'revocation.unanswered' : revocationRule(answer.rule),
      String(answer.rule),
    );
  const { kind, revokedAt } = answer.said;
  const at = new Date(String(revokedAt));
  if (kind !== own.key || Number.isNaN(at.getTime()))
    throw new RevocationError('revocation.unanswered', 'form');
  return { revokedAt: at };
}
