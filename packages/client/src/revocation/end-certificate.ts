import { demoOids, signCades } from '@madoguchi/pki';
import { authorityAsker, octetsOf } from '../authority-asker.js';
import { CardSession } from '../card-session.js';
import { cardAlgorithm } from '../card-signature.js';
import type { KeyKind } from '../card-visit.js';
import type { CardChannel } from '../channel.js';
import { ClientError } from '../client-error.js';
import type { PinSource } from '../pin.js';
import { RevocationError, revocationRule } from './revocation-error.js';

export interface Ending {
  readonly channel: CardChannel;
  /** Which certificate: each is ended by its own key. */
  readonly key: KeyKind;
  readonly pin: PinSource;
  readonly lastTry?: boolean;
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
export async function endCertificate(ending: Ending): Promise<{ readonly revokedAt: Date }> {
  const ask = asker(ending);
  const nonce = octetsOf((await ask('/revocation/nonce')).nonce, 32);
  if (nonce === undefined) throw new RevocationError('revocation.answer', 'nonce');
  const { kind, revokedAt } = await ask('/revocation', await request(ending, nonce));
  const at = new Date(String(revokedAt));
  if (kind !== ending.key || Number.isNaN(at.getTime()))
    throw new RevocationError('revocation.answer', 'form');
  return { revokedAt: at };
}

function asker({ authority, fetch = globalThis.fetch }: Ending) {
  const asker = authorityAsker(authority, fetch);
  return async (path: string, body?: Uint8Array) => {
    const answer = await asker(path, body);
    if (answer.ok) return answer.said;
    throw new RevocationError(
      answer.lost ? 'revocation.unreachable' : revocationRule(answer.rule),
      String(answer.rule),
    );
  };
}

/** CMS by the certificate's own key, as a content type that no signed file has. */
function request(
  { channel, key, pin, lastTry = false, now }: Ending,
  nonce: Uint8Array,
): Promise<Uint8Array> {
  return new CardSession(channel).visit(async (visit) => {
    const kind = await visit.kind();
    // A smartphone's certificates are ended by the card they came from.
    if (kind !== 'my-number-card' && kind !== 'next-card') throw new ClientError('not-my-number-card');
    await visit.verify(key, pin, { lastTry });
    const signerCertificate = await visit.readCertificate(key);
    const algorithm = cardAlgorithm(signerCertificate);
    const said = { type: 'madoguchi-revocation-1', nonce: Buffer.from(nonce).toString('base64') };
    return signCades({
      ...{ algorithm, signerCertificate, signingTime: now, detached: false },
      content: Buffer.from(JSON.stringify(said), 'utf8'),
      contentType: demoOids.holderRequest,
      sign: (bytes) => visit.sign(key, bytes, algorithm),
    });
  });
}
