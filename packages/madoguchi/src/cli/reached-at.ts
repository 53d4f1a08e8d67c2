import { CommandError, optional, type Values } from './command.js';
import { runningAddresses } from './running-addresses.js';

/** Where people reach a room, for links: as `--origin` says, else where `start` runs on this data folder; undefined where neither tells. */
export function reachedAt(values: Values, room: 'agency' | 'portal' | 'ca'): string | undefined {
  const running = runningAddresses(values)[room];
  const found = optional(values, 'origin') ?? (typeof running === 'string' ? running : undefined);
  const origin = found !== undefined && URL.canParse(found) ? new URL(found).origin : 'null';
  return origin === 'null' ? undefined : origin;
}

/** The same for a link that leads nowhere without it. `what`: the room in the operator's words. @throws CommandError usage */
export function mustBeReachedAt(values: Values, room: 'agency' | 'portal', what: string): string {
  const origin = reachedAt(values, room);
  if (origin !== undefined) return origin;
  throw new CommandError(
    'usage',
    `Where is the ${what} reached? --origin https://${room === 'agency' ? 'city' : 'portal'}.example (no start runs on this data folder that would tell).`,
  );
}
