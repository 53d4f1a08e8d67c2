import { type AcceptedRequest, SigningSession, sessionLifeMs } from './signing-session.js';
import { trouble } from './trouble.js';

/** Most signings at once on one machine, and most octets of attachments they may hold together. */
const limits = { sessions: 16, attachmentBytes: 256 * 1024 * 1024 };

/** The signings of this start of the agent, by their path. Forgets what is idle; nothing is ever written to disk. */
export class Sessions {
  readonly #byPath = new Map<string, SigningSession>();
  readonly #sweep: NodeJS.Timeout;
  readonly #lifeMs: number;

  constructor(lifeMs: number = sessionLifeMs) {
    this.#lifeMs = lifeMs;
    this.#sweep = setInterval(() => this.#dropIdle(), Math.min(lifeMs, 30_000));
    this.#sweep.unref();
  }

  get(path: string): SigningSession | undefined {
    const session = this.#byPath.get(path);
    if (session !== undefined && session.idleMs > this.#lifeMs) {
      this.#drop(session);
      return undefined;
    }
    return session;
  }

  /**
   * Opens a signing, or finds the one this request already has when its signature is made or under way: the same request posted twice never
   * signs twice. Undefined when the machine holds too much already.
   */
  open(request: AcceptedRequest): SigningSession | undefined {
    for (const session of this.#byPath.values()) {
      if (session.request.claims.jti !== request.claims.jti) continue;
      if (['working', 'held', 'done'].includes(session.stage.at)) return session;
      this.#drop(session);
    }
    this.#dropIdle();
    if (this.#byPath.size >= limits.sessions) this.#dropOldestWaiting();
    const size = (one: AcceptedRequest) => one.attachments.reduce((sum, file) => sum + file.bytes.length, 0);
    const held = [...this.#byPath.values()].reduce((sum, session) => sum + size(session.request), 0);
    if (this.#byPath.size >= limits.sessions || held + size(request) > limits.attachmentBytes)
      return undefined;
    const session = new SigningSession(request);
    this.#byPath.set(session.path, session);
    return session;
  }

  /** What waits for a password, or for its turn at the card, now. */
  waiting(): SigningSession[] {
    this.#dropIdle();
    return [...this.#byPath.values()].filter(({ stage }) => stage.at === 'ask' || stage.at === 'reading');
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const session of this.#byPath.values()) this.#drop(session);
  }

  #drop(session: SigningSession): void {
    session.moveTo({ at: 'over', trouble: trouble('session-ended') });
    this.#byPath.delete(session.path);
  }

  #dropIdle(): void {
    for (const session of this.#byPath.values()) if (session.idleMs > this.#lifeMs) this.#drop(session);
  }

  /** An unsigned page nobody finished makes room; a sealed application that waits for its receipt never does. */
  #dropOldestWaiting(): void {
    const waiting = [...this.#byPath.values()].filter(
      ({ stage }) => stage.at !== 'working' && stage.at !== 'held',
    );
    const oldest = waiting.toSorted((a, b) => b.idleMs - a.idleMs)[0];
    if (oldest !== undefined) this.#drop(oldest);
  }
}
