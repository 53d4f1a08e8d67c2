interface CardJob {
  readonly id: string;
  readonly stage: { readonly at: string };
  /** Wipes the PINs it holds. */
  forget(): void;
}

/** The one job of its kind in this agent, under its own start page: a second one takes the place of what stands still. */
export class OneJob<Job extends CardJob> {
  #job: Job | undefined;

  /** Undefined while a job works at the card: then none is made, and what it would have held is the caller's to wipe. */
  open(make: () => Job): Job | undefined {
    if (this.#job?.stage.at === 'working') return undefined;
    this.#job?.forget();
    this.#job = make();
    return this.#job;
  }

  get(id: string): Job | undefined {
    return this.#job?.id === id ? this.#job : undefined;
  }

  drop(job: Job): void {
    job.forget();
    if (this.#job === job) this.#job = undefined;
  }

  close(): void {
    this.#job?.forget();
    this.#job = undefined;
  }
}
