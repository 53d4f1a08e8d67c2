import { randomBytes } from 'node:crypto';
import type { LoginRequestClaims, LoginToken } from '@madoguchi/procedure';
import { defaultPreferences, type Preferences } from '@madoguchi/ui';
import { Staged } from '../staged.js';
import type { Trouble } from '../trouble.js';
import { loginTrouble } from './login-troubles.js';

/** A login request that passed every check before the PIN. */
export interface AcceptedLogin {
  claims: LoginRequestClaims;
  /** `title` 見本市長 and who issued its certificate: both from the certificate. */
  agency: { title: string; issuer: string };
}

export type LoginStage =
  | { at: 'ask'; notice?: Trouble }
  /** `onPad`: the holder types on the reader's own keys. */
  | { at: 'reading'; onPad: boolean }
  | { at: 'ready'; token: LoginToken }
  | { at: 'over'; trouble: Trouble };

/** One login, from the accepted request to the token. As with a signing, the path is its only key. */
export class LoginSession extends Staged<LoginStage> {
  readonly path: string = `login/${randomBytes(16).toString('hex')}`;
  readonly request: AcceptedLogin;
  preferences: Preferences = defaultPreferences;

  constructor(request: AcceptedLogin) {
    super({ at: 'ask' });
    this.request = request;
  }
}

/** Most logins at once on one machine. */
const mostLogins = 16;
/** A login page is forgotten this long after its request has run out: until then it says so. */
const graceMs = 5 * 60_000;

/** The logins of this start of the agent. A login lives as long as its request, by the wall clock: five minutes. */
export class Logins {
  /** Readers on whose own keys somebody types at this moment: also when the page that asked was left. */
  readonly atPad = new Set<string>();
  readonly #byPath = new Map<string, LoginSession>();
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  get(path: string): LoginSession | undefined {
    this.#sweep();
    return this.#byPath.get(path);
  }

  /** What waits for a password now. */
  waiting(): LoginSession[] {
    this.#sweep();
    return [...this.#byPath.values()].filter(({ stage }) => stage.at === 'ask' || stage.at === 'reading');
  }

  /** A request handed over again takes the place of its earlier page: one nonce, one token. Undefined: too many. */
  open(request: AcceptedLogin): LoginSession | undefined {
    this.#sweep();
    for (const session of this.#byPath.values())
      if (session.request.claims.nonce === request.claims.nonce) {
        if (session.stage.at !== 'ask') return session;
        this.#drop(session);
      }
    if (this.#byPath.size >= mostLogins) {
      const waiting = [...this.#byPath.values()].find(({ stage }) => stage.at !== 'reading');
      if (waiting === undefined) return undefined;
      this.#drop(waiting);
    }
    const session = new LoginSession(request);
    this.#byPath.set(session.path, session);
    return session;
  }

  close(): void {
    for (const session of this.#byPath.values()) this.#drop(session);
  }

  #drop(session: LoginSession): void {
    session.moveTo({ at: 'over', trouble: loginTrouble('login-ended') });
    this.#byPath.delete(session.path);
  }

  #sweep(): void {
    const now = this.#clock().getTime();
    for (const session of this.#byPath.values())
      if (now > session.request.claims.exp * 1000 + graceMs) this.#drop(session);
  }
}
