import { type Certificate, demoOids, parseCertificate, signCades } from '@madoguchi/pki';
import { CardSession } from '../card-session.js';
import { cardAlgorithm } from '../card-signature.js';
import type { CardChannel } from '../channel.js';
import { ClientError } from '../client-error.js';
import type { KnownToken, TokenService } from './token-service.js';

/** The card that vouches for a token, and its password. */
export interface VouchingCard {
  readonly channel: CardChannel;
  /** 署名用パスワード, read anew for each VERIFY. */
  readonly pin: () => Uint8Array | string;
  readonly lastTry?: boolean;
}

/** What a signed request asks for beside its nonce. */
export type TokenWish =
  | { readonly action: 'list' }
  | { readonly action: 'end'; readonly token: string; readonly why: 'lost' | 'disposed' }
  | {
      readonly action: 'issue';
      readonly medium: string;
      readonly replace: boolean;
      /** PKCS#10, base64 DER. */
      readonly sign: string;
      readonly auth: string;
    };

/** A request as the authority reads it: CMS by the card's signature key, in one visit. @throws ClientError */
export async function cardRequest(
  card: VouchingCard,
  nonce: Uint8Array,
  wish: TokenWish,
  now: Date,
): Promise<{ readonly cms: Uint8Array; readonly certificate: Certificate }> {
  return new CardSession(card.channel).visit(async (visit) => {
    const kind = await visit.kind();
    // A smartphone makes no further token.
    if (kind !== 'my-number-card' && kind !== 'next-card') throw new ClientError('not-my-number-card');
    await visit.verify('sign', card.pin(), { lastTry: card.lastTry ?? false });
    const signerCertificate = await visit.readCertificate('sign');
    const parsed = parseCertificate(signerCertificate);
    if (!parsed.ok) throw new ClientError('card-unexpected', { subject: parsed.rule });
    const algorithm = cardAlgorithm(signerCertificate);
    const said = { type: 'madoguchi-token-1', nonce: Buffer.from(nonce).toString('base64'), ...wish };
    const cms = await signCades({
      ...{ algorithm, signerCertificate, signingTime: now, detached: false },
      content: Buffer.from(JSON.stringify(said), 'utf8'),
      contentType: demoOids.holderRequest,
      sign: (bytes) => visit.sign('sign', bytes, algorithm),
    });
    return { cms, certificate: parsed.value };
  });
}

/** The tokens of a card's holder; with `end`, after that one has been ended. @throws ClientError, TokenError */
export async function askForTokens(
  card: VouchingCard,
  service: TokenService,
  wish: Extract<TokenWish, { action: 'list' | 'end' }>,
  now: Date,
): Promise<{ readonly tokens: readonly KnownToken[]; readonly certificate: Certificate }> {
  const { cms, certificate } = await cardRequest(card, await service.nonce(), wish, now);
  return { tokens: await service.tokens(cms), certificate };
}
