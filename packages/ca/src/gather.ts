/** What became of one of the things done together: a value, or why this one alone was refused. */
export type Outcome<R> =
  | { readonly ok: true; readonly value: R }
  | { readonly ok: false; readonly error: unknown };

/**
 * Does together what is asked at the same moment: while one call runs, what comes in waits for the next, so that many certificates share
 * one commit and one alone waits for nobody. `run` answers in the order of its items. Where a call fails as a whole, each item is
 * tried alone, so that one that the database refuses spoils no other.
 */
export function gather<T, R>(
  run: (items: readonly T[]) => Promise<readonly Outcome<R>[]>,
  limits: { readonly items: number; readonly parallel: number } = { items: 128, parallel: 2 },
): (item: T) => Promise<R> {
  interface Waiting {
    item: T;
    resolve: (value: R) => void;
    reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let running = 0;

  const settle = (one: Waiting, outcome: Outcome<R> | undefined): void => {
    if (outcome === undefined) one.reject(new Error('a step gave no answer'));
    else if (outcome.ok) one.resolve(outcome.value);
    else one.reject(outcome.error);
  };

  const attempt = async (some: readonly Waiting[]): Promise<void> => {
    try {
      const outcomes = await run(some.map(({ item }) => item));
      some.forEach((one, index) => {
        settle(one, outcomes[index]);
      });
    } catch (error) {
      if (some.length === 1) return some[0]?.reject(error);
      for (const one of some) await attempt([one]);
    }
  };

  const next = (): void => {
    if (running >= limits.parallel || waiting.length === 0) return;
    const some = waiting.slice(0, limits.items);
    waiting = waiting.slice(limits.items);
    running++;
    void attempt(some).finally(() => {
      running--;
      next();
    });
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // What else is asked in this turn of the event loop comes along.
      if (waiting.length === 1) setImmediate(next);
    });
}
