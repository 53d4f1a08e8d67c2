import type { CardChannel } from '../channel.js';

/**
 * One visit to a card at a time within this agent: a second page waits for its turn instead of meeting the first one's exclusive
 * connection. Visits are short, so a turn comes soon; what other programs do with the card shows itself as before.
 */
export class CardQueue {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** The same channel, in turn with every other visit to a card of this label. */
  inTurn(channel: CardChannel): CardChannel {
    return { ...channel, label: channel.label, withCard: (fn) => this.#next(channel, fn) };
  }

  #next<T>(channel: CardChannel, fn: Parameters<CardChannel['withCard']>[0]): Promise<T> {
    const { label } = channel;
    const before = this.#tails.get(label) ?? Promise.resolve();
    const mine = before.then(() => channel.withCard(fn));
    const quiet = mine.catch(() => undefined);
    this.#tails.set(label, quiet);
    void quiet.then(() => {
      if (this.#tails.get(label) === quiet) this.#tails.delete(label);
    });
    return mine as Promise<T>;
  }
}
