import { buildOcspRequest, type Signer } from '@madoguchi/pki';
import {
  createLoginRequest,
  type LoginTokenRule,
  loginLifetime,
  verifyLoginToken,
} from '@madoguchi/procedure';
import type { Words } from '@madoguchi/ui';
import type { Ca } from '../ca.js';

/** What a counter needs so that clerks come in by card. */
export interface CounterLogin {
  /** Where browsers reach the counter, without a slash at the end: the token is bound to it, and its host is in the certificate. */
  readonly origin: string;
  /** Where clerks' signing agents listen. */
  readonly agentOrigin: string;
  /** Code of the office that asks for the login, as in its certificate. */
  readonly code: string;
  readonly signer: Signer;
  /** DER; an agency's certificate first. */
  readonly chain: readonly [Uint8Array, ...Uint8Array[]];
  readonly demo: boolean;
  /** A demo's clerk has a card on this machine: the page says by which PIN. */
  readonly hasDemoClerk?: boolean;
  /** Where the agent is to be had. */
  readonly setUpUrl?: string;
}

/** This authority's own answer about a certificate. */
export type AskOcsp = (request: Uint8Array) => Promise<Uint8Array>;

/** Signs a login request for a nonce that a browser of ours holds; undefined where the authority cannot vouch for the signer now. */
export async function loginRequest(
  ca: Ca,
  ask: AskOcsp,
  login: CounterLogin,
  asked: { nonce: string; until: Date; returnPath: string; purpose: Words },
): Promise<string | undefined> {
  const keys = await officeKeys(ca, ask, login);
  if (keys === undefined) return undefined;
  const exp = Math.floor(asked.until.getTime() / 1000);
  return createLoginRequest(
    {
      iss: login.code,
      origin: login.origin,
      nonce: asked.nonce,
      iat: exp - loginLifetime,
      exp,
      return: `${login.origin}${asked.returnPath}`,
      purpose: asked.purpose,
    },
    keys,
  );
}

/** The office's key with its certificates and this authority's word on them now; undefined where it cannot vouch for them. */
export async function officeKeys(ca: Ca, ask: AskOcsp, login: CounterLogin) {
  const [leaf] = login.chain;
  const issuer = (await ca.anchors()).agency.at(-1);
  if (issuer === undefined) return undefined;
  const ocsp = await ask(buildOcspRequest({ certificate: leaf, issuer }));
  return { signer: login.signer, chain: [...login.chain], ocsp };
}

export type Judged =
  | { readonly ok: true; readonly authenticationKey: string }
  | { readonly ok: false; readonly rule: LoginTokenRule };

/** Judges a token against the nonce taken out of this browser's session; revocation is asked of this authority's own responder, last. */
export async function judgeLogin(
  ca: Ca,
  ask: AskOcsp,
  login: CounterLogin,
  token: string,
  nonce: string,
): Promise<Judged> {
  const expected = {
    anchors: [...(await ca.anchors()).authentication],
    demo: login.demo,
    origin: login.origin,
    nonce,
    now: ca.context.clock(),
  };
  const first = verifyLoginToken(token, expected);
  if (first.ok || first.rule !== 'token.revocationUnknown') return outcome(first);
  const [leaf, issuer] = first.path;
  if (leaf === undefined || issuer === undefined) return outcome(first);
  const response = await ask(buildOcspRequest({ certificate: leaf, issuer }));
  return outcome(verifyLoginToken(token, { ...expected, ocspResponses: [response] }));
}

function outcome(verified: ReturnType<typeof verifyLoginToken>): Judged {
  return verified.ok
    ? { ok: true, authenticationKey: verified.authenticationKey }
    : { ok: false, rule: verified.rule };
}
