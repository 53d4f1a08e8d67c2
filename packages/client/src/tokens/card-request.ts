import type { Certificate } from '@madoguchi/pki';
import { type AskingKey, holderRequest } from '../holder-request.js';
import type { KnownToken, TokenService } from './token-service.js';

/** The card that vouches for a token, and its password. */
export type VouchingCard = Omit<AskingKey, 'key'>;

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

/** A request for tokens, by the card's signature key. @throws ClientError */
export function cardRequest(
  card: VouchingCard,
  nonce: Uint8Array,
  wish: TokenWish,
  now: Date,
): Promise<{ readonly cms: Uint8Array; readonly certificate: Certificate }> {
  return holderRequest({ ...card, key: 'sign' }, { type: 'madoguchi-token-1', nonce, ...wish }, now);
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
