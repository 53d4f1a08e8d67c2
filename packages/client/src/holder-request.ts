import { type Certificate, demoOids, parseCertificate, signCades } from '@madoguchi/pki';
import { CardSession } from './card-session.js';
import { cardAlgorithm } from './card-signature.js';
import type { KeyKind } from './card-visit.js';
import type { CardChannel } from './channel.js';
import { ClientError } from './client-error.js';
import type { PinSource } from './pin.js';

/** The key of a card that asks its authority for something. */
export interface AskingKey {
  readonly channel: CardChannel;
  readonly key: KeyKind;
  /** Read anew for each VERIFY. */
  readonly pin: () => PinSource;
  readonly lastTry?: boolean;
}

/** What is asked: JSON with the name of its kind and the authority's nonce. */
interface Asked {
  readonly type: string;
  readonly nonce: Uint8Array;
  readonly [member: string]: unknown;
}

/**
 * A request as the authority reads it: CMS by a key of a card, in one visit, as a content type that no signed file has. Not for smartphones:
 * their certificates come from a card and end with it.
 *
 * @throws ClientError
 */
export async function holderRequest(
  { channel, key, pin, lastTry = false }: AskingKey,
  asked: Asked,
  now: Date,
): Promise<{ readonly cms: Uint8Array; readonly certificate: Certificate }> {
  return new CardSession(channel).visit(async (visit) => {
    const kind = await visit.kind();
    if (kind !== 'my-number-card' && kind !== 'next-card') throw new ClientError('not-my-number-card');
    await visit.verify(key, pin(), { lastTry });
    const signerCertificate = await visit.readCertificate(key);
    const parsed = parseCertificate(signerCertificate);
    if (!parsed.ok) throw new ClientError('card-unexpected', { subject: parsed.rule });
    const algorithm = cardAlgorithm(signerCertificate);
    const said = { ...asked, nonce: Buffer.from(asked.nonce).toString('base64') };
    const cms = await signCades({
      ...{ algorithm, signerCertificate, signingTime: now, detached: false },
      content: Buffer.from(JSON.stringify(said), 'utf8'),
      contentType: demoOids.holderRequest,
      sign: (bytes) => visit.sign(key, bytes, algorithm),
    });
    return { cms, certificate: parsed.value };
  });
}
