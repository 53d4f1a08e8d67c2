import type { Certificate } from '@madoguchi/pki';
import type { LoginTrust } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';
import type { Words } from '@madoguchi/ui';
import type { Context } from 'hono';
import type { Limits } from '../limits/limit.js';
import type { AgencyConfig, AgencyKeys, Log, Staple } from '../options.js';
import type { RevocationFinder } from '../verification/index.js';

/** Whom a place of this agency believes about logins by card, and where it asks about revocation. */
export interface LoginSite extends LoginTrust {
  revocation: RevocationFinder;
}

/** A login that holds: who it was, by the digest of the card's authentication key. */
export interface LoggedIn {
  /** base64url of SHA-256 over the SPKI of the authentication certificate. */
  authenticationKey: string;
  certificate: Certificate;
  /** What `startedBy` said when the login was started in this browser. */
  startedBy?: string | undefined;
}

/** A place that people enter with their card: the citizen's own page, the desk. */
export interface LoginOptions {
  sql: Sql;
  agency: AgencyConfig;
  keys: Pick<AgencyKeys, 'signer' | 'signerChain'>;
  staple: Staple;
  clock: () => Date;
  log?: Log | undefined;
  /** Each start costs a signature and a row: a login counts as a signing request. */
  limits?: Limits | undefined;
  site: LoginSite;
  /** Short name of the place: its nonces and cookie are its own. */
  realm: string;
  /** Path of the place, e.g. `/a/99201/my`: the login is mounted at `<home>/login`. */
  home: string;
  /** What the login is for; the agent shows it. */
  purpose: Words;
  /** Who starts the login, where it belongs to a session that is open already: the answer comes without that session's cookie. */
  startedBy?: (c: Context) => Promise<string | undefined>;
  /** Where a browser without the pop-up lands: at `home` at once, or on a page that leads there (a Strict cookie needs a step from our own page). */
  landing?: 'redirect' | 'page';
  /** A login held: opens the session (sets its cookie), or says why this holder may not enter. */
  enter: (c: Context, who: LoggedIn) => Promise<{ ok: true } | { ok: false; why: Words }>;
  /** Is this browser in? For the page that waits beside the agent's window. */
  isIn: (c: Context) => Promise<boolean>;
}
