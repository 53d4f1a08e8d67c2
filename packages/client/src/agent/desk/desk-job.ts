import { randomBytes } from 'node:crypto';
import type { CounterJobClaims } from '@madoguchi/procedure';
import { defaultPreferences, type Preferences } from '@madoguchi/ui';
import { Bell } from '../bell.js';
import type { Trouble } from '../trouble.js';
import { jobTrouble } from './job-troubles.js';

/** A counter's job that passed every check before the first password. */
export interface AcceptedJob {
  readonly claims: CounterJobClaims;
  /** 見本市長 and who issued its certificate: both from the certificate. */
  readonly office: { readonly title: string; readonly issuer: string };
}

/** What is being done at the card, in the order of the steps. */
export type DeskStep = 'looking' | 'pins' | 'authentication' | 'signature' | 'ending';

/** `pin`: of which password; `what`: `form` its signs, `differ` its second entry. */
export interface PinFault {
  readonly pin: 'signature' | 'authentication';
  readonly what: 'form' | 'differ';
}

export type DeskStage =
  | { at: 'ask'; notice?: Trouble; faults?: readonly PinFault[] }
  | { at: 'working'; step: DeskStep }
  | { at: 'done' }
  | { at: 'over'; trouble: Trouble };

/** One job, from the hand-over to the card's last word. The path is its only key; `run` is this start's secret towards the authority. */
export class DeskJob {
  readonly path: string = `desk/${randomBytes(16).toString('hex')}`;
  readonly run: string = randomBytes(32).toString('base64url');
  readonly accepted: AcceptedJob;
  preferences: Preferences = defaultPreferences;
  #stage: DeskStage = { at: 'ask' };
  readonly #bell = new Bell();

  constructor(accepted: AcceptedJob) {
    this.accepted = accepted;
  }

  get stage(): DeskStage {
    return this.#stage;
  }

  /** Nothing leads back from the end. */
  moveTo(next: DeskStage): void {
    if (this.#stage.at === 'over' || this.#stage.at === 'done') return;
    this.#stage = next;
    this.#bell.ring();
  }

  changed(timeoutMs: number): Promise<void> {
    return this.#bell.heard(timeoutMs);
  }
}

/** Most jobs at once on one desk. */
const mostJobs = 8;
/** A page is forgotten this long after its job has run out: until then it says so. */
const graceMs = 15 * 60_000;

/** The jobs of this start of the agent. */
export class DeskJobs {
  readonly #byPath = new Map<string, DeskJob>();
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  get(path: string): DeskJob | undefined {
    this.#sweep();
    return this.#byPath.get(path);
  }

  /** The same job handed over again is the same page: a ticket works once. Undefined: too many. */
  open(accepted: AcceptedJob): DeskJob | undefined {
    this.#sweep();
    for (const job of this.#byPath.values()) if (job.accepted.claims.jti === accepted.claims.jti) return job;
    if (this.#byPath.size >= mostJobs) {
      const idle = [...this.#byPath.values()].find(({ stage }) => stage.at !== 'working');
      if (idle === undefined) return undefined;
      this.#drop(idle);
    }
    const job = new DeskJob(accepted);
    this.#byPath.set(job.path, job);
    return job;
  }

  close(): void {
    for (const job of this.#byPath.values()) this.#drop(job);
  }

  #drop(job: DeskJob): void {
    job.moveTo({ at: 'over', trouble: jobTrouble('job-ended') });
    this.#byPath.delete(job.path);
  }

  #sweep(): void {
    const now = this.#clock().getTime();
    for (const job of this.#byPath.values())
      if (job.stage.at !== 'working' && now > job.accepted.claims.exp * 1000 + graceMs) this.#drop(job);
  }
}
