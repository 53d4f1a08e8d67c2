import { authorityAsker, octetsOf } from '../authority-asker.js';
import { TokenError, tokenRule } from './token-error.js';

export type TokenMedium = 'android' | 'iphone';

/** A token as the authority knows it. */
export interface KnownToken {
  readonly token: string;
  readonly medium: TokenMedium;
  readonly madeAt: Date;
  readonly endsOn: Date;
}

/** What a token is given, DER. */
export interface TokenCertificates {
  readonly sign: Uint8Array;
  readonly auth: Uint8Array;
  readonly signIssuer: Uint8Array;
  readonly authIssuer: Uint8Array;
}

/** The authority's side of tokens, over HTTP. All reject with TokenError. */
export interface TokenService {
  /** 32 octets for one request. */
  nonce(): Promise<Uint8Array>;
  /** A signed `list` or `end`: the tokens there are then. */
  tokens(cms: Uint8Array): Promise<KnownToken[]>;
  /** A signed `issue`. */
  issue(cms: Uint8Array): Promise<TokenCertificates>;
  /** The token's own word that it holds its certificates. */
  confirm(cms: Uint8Array): Promise<void>;
}

/** @param base the authority's address */
export function tokenService(base: string, fetch: typeof globalThis.fetch = globalThis.fetch): TokenService {
  const asker = authorityAsker(base, fetch);
  const ask = async (path: string, body?: Uint8Array) => {
    const answer = await asker(path, body);
    if (answer.ok) return answer.said;
    throw new TokenError(answer.lost ? 'token.unreachable' : tokenRule(answer.rule), String(answer.rule));
  };
  return {
    nonce: async () => octets((await ask('/tokens/nonce')).nonce, 32),
    tokens: async (cms) => {
      const { tokens } = await ask('/tokens', cms);
      if (!Array.isArray(tokens)) throw new TokenError('token.answer', 'list');
      return tokens.map(knownToken);
    },
    issue: async (cms) => {
      const said = await ask('/tokens', cms);
      return {
        ...{ sign: octets(said.sign), auth: octets(said.auth) },
        ...{ signIssuer: octets(said.signIssuer), authIssuer: octets(said.authIssuer) },
      };
    },
    confirm: async (cms) => {
      await ask('/tokens/confirm', cms);
    },
  };
}

function octets(value: unknown, length?: number): Uint8Array {
  const bytes = octetsOf(value, length);
  if (bytes === undefined) throw new TokenError('token.answer', 'form');
  return bytes;
}

function knownToken(value: unknown): KnownToken {
  const { token, medium, madeAt, endsOn } = Object(value) as Record<string, unknown>;
  const [made, ends] = [new Date(String(madeAt)), new Date(String(endsOn))];
  const isGood = typeof token === 'string' && /^[0-9a-f-]{36}$/.test(token);
  if (
    !isGood ||
    (medium !== 'android' && medium !== 'iphone') ||
    Number.isNaN(made.getTime() + ends.getTime())
  )
    throw new TokenError('token.answer', 'token');
  return { token, medium, madeAt: made, endsOn: ends };
}
