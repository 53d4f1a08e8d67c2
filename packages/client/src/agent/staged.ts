import { Bell } from './bell.js';

/** Something on its way whose pages show where it stands and wait for the next step: a login, a renewal, files to be signed. */
export class Staged<Stage extends { readonly at: string }> {
  #stage: Stage;
  readonly #bell = new Bell();

  constructor(first: Stage) {
    this.#stage = first;
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** Nothing leads back from `over`: a visit to the card that was under way comes home to nobody. */
  moveTo(next: Stage): void {
    if (this.#stage.at === 'over') return;
    this.#stage = next;
    this.#bell.ring();
  }

  /** Resolves when the stage changes, or after `timeoutMs`. */
  changed(timeoutMs: number): Promise<void> {
    return this.#bell.heard(timeoutMs);
  }
}
