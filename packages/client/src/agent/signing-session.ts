import { randomBytes } from 'node:crypto';
import type { Application, DrawnRow, ProcedureDefinition, SigningRequestClaims } from '@madoguchi/procedure';
import { defaultPreferences, type Preferences, type Words } from '@madoguchi/ui';
import type { CardChannel } from '../channel.js';
import { Bell } from './bell.js';
import type { FirstVisit } from './card-work.js';
import type { HeldPin } from './held-pin.js';
import type { SealedApplication } from './submit.js';
import type { Trouble } from './trouble.js';

/** A file as the browser handed it over, already compared with the request. */
export interface HeldAttachment {
  name: string;
  mime?: string;
  bytes: Uint8Array;
}

/** A request that passed every check before the PIN. */
export interface AcceptedRequest {
  claims: SigningRequestClaims;
  /** `name` 見本市, `title` 見本市長: both from the certificate. */
  agency: { code: string; name: string; title: string; issuer: string };
  /** DER, already validated for the same agency. */
  encryptionCertificate: Uint8Array;
  definition: ProcedureDefinition;
  definitionBytes: Uint8Array;
  definitionDigest: string;
  attachments: HeldAttachment[];
  /** Of a co-signature: what the first one signed, already compared with the request. */
  cosigned?: { application: Application; bytes: Uint8Array };
  /** The answers as rows, without the applicant. */
  rows: DrawnRow[];
}

export const workSteps = ['signing', 'sealing', 'sending'] as const;
export type WorkStep = (typeof workSteps)[number];

/** Where a signing stands. Each state holds exactly what it needs, so that nothing outlives its use. */
export type Stage =
  | { at: 'ask'; notice?: Trouble }
  | { at: 'reading' }
  | {
      at: 'confirm';
      channel: CardChannel;
      first: FirstVisit;
      pin: HeldPin;
      application: Uint8Array;
      rows: DrawnRow[];
      holder: string;
      /** The certificate ends soon. */
      ending?: Words | undefined;
      notice?: Trouble;
    }
  | { at: 'working'; step: WorkStep }
  | { at: 'held'; sealed: SealedApplication; notice: Trouble }
  | { at: 'done'; returnTo: string }
  | { at: 'over'; trouble: Trouble };

/** The step a progress page shows; undefined when there is nothing to wait for. */
export function sessionStep(stage: Stage): WorkStep | 'reading' | undefined {
  if (stage.at === 'reading') return 'reading';
  return stage.at === 'working' ? stage.step : undefined;
}

/** Life of a signing page without activity. The PIN lives shorter (`pinLifeMs`). */
export const sessionLifeMs = 30 * 60_000;

/**
 * One signing: from the accepted request to the receipt. The path is its only key (128 bits, no cookie); whoever knows it may drive it,
 * and only the browser window that was sent there does.
 */
export class SigningSession {
  readonly path: string = randomBytes(16).toString('hex');
  #request: AcceptedRequest;
  #stage: Stage = { at: 'ask' };
  readonly #bell = new Bell();
  #lastUse = performance.now();
  preferences: Preferences = defaultPreferences;
  /** Confirm pages served, the last few: token → when. */
  readonly #servings = new Map<string, number>();

  constructor(request: AcceptedRequest) {
    this.#request = request;
  }

  get request(): AcceptedRequest {
    return this.#request;
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** Moves on. A PIN that the new stage does not carry is zeroed; at the end the attachments go too. Nothing leads back from `over`. */
  moveTo(next: Stage): void {
    if (this.#stage.at === 'over') {
      // A visit to the card that was under way when the signing ended comes home to nobody.
      if (next.at === 'confirm') next.pin.forget();
      return;
    }
    const held = this.#stage.at === 'confirm' ? this.#stage.pin : undefined;
    if (held !== undefined && !(next.at === 'confirm' && next.pin === held)) held.forget();
    this.#stage = next;
    this.touch();
    if (next.at !== 'confirm') this.#servings.clear();
    if (next.at === 'over' || next.at === 'done' || next.at === 'held')
      this.#request = { ...this.#request, attachments: [], rows: [] };
    this.#bell.ring();
  }

  /** Changes the stage but keeps the PIN with the caller, who zeroes it after the signature. */
  takePin(next: Stage): HeldPin | undefined {
    const held = this.#stage.at === 'confirm' ? this.#stage.pin : undefined;
    if (held === undefined) return undefined;
    this.#stage = next;
    this.touch();
    return held;
  }

  /** Notes that a confirm page with this token goes out now. */
  serve(token: string): string {
    this.#servings.set(token, performance.now());
    for (const old of [...this.#servings.keys()].slice(0, -8)) this.#servings.delete(old);
    return token;
  }

  /** How long the page with this token has stood, in milliseconds; -1 for a token of no page. */
  stoodFor(token: string): number {
    const since = this.#servings.get(token);
    return since === undefined ? -1 : performance.now() - since;
  }

  /** Resolves when the stage changes, or after `timeoutMs`. */
  changed(timeoutMs: number): Promise<void> {
    return this.#bell.heard(timeoutMs);
  }

  touch(): void {
    this.#lastUse = performance.now();
  }

  get idleMs(): number {
    return performance.now() - this.#lastUse;
  }
}
