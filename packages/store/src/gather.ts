/** What became of one of the things done together: a value, or why this one alone was refused. */
export type Outcome<R> =
  | { readonly ok: true; readonly value: R }
  | { readonly ok: false; readonly error: unknown };

interface Limits {
  /** How many things one call may get. */
  readonly items: number;
  /** How long, in milliseconds, a call under load waits for company: what comes alone never waits. */
  readonly linger: number;
}

/**
 * Does together what is asked at the same moment, so that many certificates share one commit. What comes alone begins at once; while a
 * call runs, what comes in waits for it, and under load a moment longer, for company. `run` answers in the order of its items. Where a
 * call fails as a whole, each item is tried alone, so that one that the database refuses spoils no other.
 */
export function gather<T, R>(
  run: (items: readonly T[]) => Promise<readonly Outcome<R>[]>,
  { items: most, linger }: Limits = { items: 128, linger: 15 },
): (item: T) => Promise<R> {
  interface Waiting {
    item: T;
    resolve: (value: R) => void;
    reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let isRunning = false;
  let timer: NodeJS.Timeout | undefined;
  /** How many came together last time: more than a few is load. */
  let lastCount = 0;

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

  const begin = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (isRunning || waiting.length === 0) return;
    const some = waiting.slice(0, most);
    waiting = waiting.slice(most);
    isRunning = true;
    lastCount = some.length;
    void attempt(some).finally(() => {
      isRunning = false;
      schedule();
    });
  };

  const schedule = (): void => {
    if (isRunning || timer !== undefined || waiting.length === 0) return;
    if (waiting.length >= most) begin();
    // A timer of zero: what else is asked in this turn of the event loop comes along.
    else timer = setTimeout(begin, lastCount > 4 || waiting.length > 4 ? linger : 0);
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length >= most && !isRunning) begin();
      else schedule();
    });
}
