/**
 * How a long-running command ends: Ctrl-C, SIGTERM, or (for `start`) its parent being gone. Whatever was started is stopped
 * in reverse order, once, each with its own time limit, so that one stuck part does not keep the rest alive.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parentWatch } from './parents.js';

export interface Lifecycle {
  /** Registers how to stop what has just been started; the last registered stops first. */
  onStop: (name: string, stop: () => Promise<unknown> | unknown) => void;
  /** Ends when stopping begins: for what waits while starting. */
  signal: AbortSignal;
  /**
   * Starts the parts. Gives undefined when the stop came in between; whatever had been started is stopped then, and also
   * when the work throws.
   */
  starting: <T>(work: () => Promise<T>) => Promise<T | undefined>;
  /** Resolves when everything has been stopped. */
  stopped: Promise<void>;
  stop: () => void;
}

const stopLimitMs = 10_000;
const parentCheckMs = 500;
const exitLimitMs = 5_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Part {
  readonly name: string;
  readonly stop: () => Promise<unknown> | unknown;
}

/** Takes over SIGINT, SIGTERM and SIGHUP until everything is stopped. `withParent`: stops too when the parent is gone. */
export function createLifecycle(
  warn: (line: string) => void,
  { withParent = true }: { withParent?: boolean } = {},
): Lifecycle {
  const parts: Part[] = [];
  const controller = new AbortController();
  const { signal } = controller;
  let startingWork: Promise<unknown> = Promise.resolve();
  let finish: () => void = () => {};
  const stopped = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const stopAll = async () => {
    // A part that is just being started registers when it is there; the signal tells it to hurry.
    await startingWork.catch(() => {});
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) await stopPart(part, warn);
    for (const name of signals) process.off(name, stop);
    finish();
    // Whatever still holds the process (a stuck part, a driver's thread) does not keep it.
    setTimeout(() => process.exit(), exitLimitMs).unref();
  };
  const stop = () => {
    if (signal.aborted) return;
    clearInterval(watch);
    controller.abort();
    void stopAll();
  };
  for (const name of signals) process.on(name, stop);
  const parentGone = parentWatch();
  const watch = setInterval(() => {
    if (withParent && parentGone()) stop();
  }, parentCheckMs);
  watch.unref();

  const starting = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    const running = work();
    startingWork = running;
    try {
      const value = await running;
      if (!signal.aborted) return value;
    } catch (error) {
      if (!signal.aborted) {
        stop();
        await stopped;
        throw error;
      }
    }
    await stopped;
    return undefined;
  };
  const onStop: Lifecycle['onStop'] = (name, stopIt) => {
    parts.push({ name, stop: stopIt });
  };
  return { onStop, signal, starting, stopped, stop };
}

/** Stops one part, waiting for it no longer than its limit. Never throws: what went wrong is said. */
async function stopPart({ name, stop }: Part, warn: (line: string) => void): Promise<void> {
  const late = pause(stopLimitMs, 'late' as const, { ref: false });
  try {
    const end = await Promise.race([Promise.resolve().then(stop), late]);
    if (end === 'late') warn(`${name} did not stop within ${stopLimitMs / 1000} seconds.`);
  } catch (error) {
    warn(`${name} did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`);
  }
}
