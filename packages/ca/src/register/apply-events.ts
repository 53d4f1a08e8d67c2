import type { CaContext } from '../context.js';
import { CaError } from '../error.js';
import { applyEvent } from './events.js';
import { readEvents } from './read-events.js';
import type { RegisterFault } from './record.js';

/** What became of a file of events. */
interface EventsApplied {
  readonly applied: number;
  readonly known: number;
  readonly revoked: number;
  readonly faults: readonly RegisterFault[];
}

/**
 * Applies a file of events in its order. A file whose form is wrong anywhere applies nothing. An event that does not fit the register is a
 * fault with its number, and the others go on: a revocation must not wait for somebody else's mistake. The file may be sent again.
 */
export async function applyEvents(ctx: CaContext, bytes: Uint8Array, actor: string): Promise<EventsApplied> {
  const read = readEvents(bytes);
  if (!read.ok) return { applied: 0, known: 0, revoked: 0, faults: read.faults };
  const sum = { applied: 0, known: 0, revoked: 0 };
  const faults: RegisterFault[] = [];
  for (const { line, event } of read.events) {
    try {
      const outcome = await applyEvent(ctx, event, actor);
      sum[outcome.state] += 1;
      if (outcome.state === 'applied') sum.revoked += outcome.revoked;
    } catch (error) {
      if (!(error instanceof CaError) || error.exitCode === 70) throw error;
      faults.push({ line, rule: error.rule, words: error.words });
    }
  }
  return { ...sum, faults };
}
