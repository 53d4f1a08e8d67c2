import type { Signer } from '@madoguchi/pki';
import { z } from 'zod';
import { type AgencyRequestFault, openAgencyRequest, timeFault } from '../agency-request.js';
import type { Agency, AgencyTrust, SignerRule } from '../agency-signer.js';
import { type JwsRule, signJws } from '../jws.js';
import type { Words } from '../words.js';
import { isLoginNonce } from './nonce.js';

/** What an agency asks of a holder who wants to log in. */
export interface LoginRequestClaims {
  /** Agency code, as in the signer's certificate. */
  iss: string;
  /** Web origin of the page that opens the agent; the token is bound to it. */
  origin: string;
  /** base64 of at least 32 random octets: the Web eID challenge nonce, bound to the browser's session. */
  nonce: string;
  /** Seconds since 1970. */
  iat: number;
  exp: number;
  /** Where the browser posts the token: on the same origin. */
  return: string;
  /** What the login is for, in the reader's words: 申請の状況を見る. */
  purpose: Words;
}

/** Why a login request is not shown; in words: explainRule. */
export type LoginRequestRule =
  | JwsRule
  | SignerRule
  | `login.${AgencyRequestFault}`
  | 'login.return'
  | 'login.nonce';

export type VerifiedLoginRequest =
  | {
      ok: true;
      claims: LoginRequestClaims;
      agency: Agency;
    }
  | { ok: false; rule: LoginRequestRule; genuineOrigin?: string };

/** Web eID's recommended life of a nonce, in seconds. */
export const loginLifetime = 300;

const text = z.string().min(1).max(200);
const claimsSchema = z.object({
  iss: z.string().min(1).max(64),
  origin: z.string().max(255),
  nonce: z.string().max(128),
  iat: z.int().min(0).max(1e11),
  exp: z.int().min(0).max(1e11),
  return: z.string().max(2000),
  purpose: z.strictObject({ ja: text, jaEasy: text, en: text }),
}) satisfies z.ZodType<LoginRequestClaims>;

/** Signs a login request as a compact JWS of its own `typ`: a signing request can never be taken for one, nor it for that. */
export function createLoginRequest(
  claims: LoginRequestClaims,
  keys: { signer: Signer; chain: Uint8Array[]; ocsp?: Uint8Array | undefined },
): Promise<string> {
  return signJws('madoguchi-login+jwt', claims, keys);
}

/**
 * Everything the agent must know before it shows a login request: that an agency signed it, that it came from the page it names, that it is
 * in force, and that the token goes back to that very origin. `origin` is the browser's own Origin header. Fail closed on revocation.
 */
export function verifyLoginRequest(
  jws: string,
  trust: AgencyTrust & { origin: string },
): VerifiedLoginRequest {
  const opened = openAgencyRequest(jws, trust, {
    name: 'login',
    schema: claimsSchema,
    addresses: (claims) => [claims.return],
  });
  if (!opened.ok) return opened;
  const { claims, agency } = opened;
  const fail = (rule: LoginRequestRule): VerifiedLoginRequest => ({
    ok: false,
    rule,
    genuineOrigin: claims.origin,
  });
  // The token opens a session at the origin it names: it is handed to nobody else, not even to a neighbour of the same agency.
  if (new URL(claims.return).origin !== claims.origin) return fail('login.return');
  if (!isLoginNonce(claims.nonce)) return fail('login.nonce');
  const late = timeFault(claims, trust.now, loginLifetime);
  return late === undefined ? { ok: true, claims, agency } : fail(`login.${late}`);
}
