/**
 * How a long-running command ends: Ctrl-C, SIGTERM, or its parent being gone. Whatever was started is stopped in reverse
 * order, once, each with its own time limit, so that one stuck part does not keep the rest alive.
 */

export interface Lifecycle {
  /** Registers how to stop what has just been started; the last registered stops first. */
  onStop: (name: string, stop: () => Promise<unknown> | unknown) => void;
  /** Resolves when everything has been stopped. */
  stopped: Promise<void>;
  stop: () => void;
  stopping: () => boolean;
}

const stopLimitMs = 10_000;
const parentCheckMs = 500;

function withLimit(work: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, stopLimitMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** Takes over SIGINT, SIGTERM and SIGHUP, and watches the parent: `npm run` dies under SIGTERM without telling its child. */
export function createLifecycle(warn: (line: string) => void): Lifecycle {
  const stops: { name: string; stop: () => Promise<unknown> | unknown }[] = [];
  let begun = false;
  let finish: () => void = () => {};
  const stopped = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const stop = () => {
    if (begun) return;
    begun = true;
    clearInterval(parentWatch);
    void (async () => {
      for (let part = stops.pop(); part !== undefined; part = stops.pop()) {
        const { name } = part;
        await withLimit(Promise.resolve().then(part.stop)).catch((error: unknown) => {
          warn(`${name} did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`);
        });
      }
      for (const signal of signals) process.off(signal, stop);
      finish();
    })();
  };

  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  const parent = process.ppid;
  const parentWatch = setInterval(() => {
    if (process.ppid !== parent) stop();
  }, parentCheckMs);
  parentWatch.unref();

  return {
    onStop: (name, stopPart) => {
      stops.push({ name, stop: stopPart });
    },
    stopped,
    stop,
    stopping: () => begun,
  };
}
