import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestAuthority } from './authority.js';
import type { VictimOrders } from './victim.js';

/** Starts a victim at an authority and waits for its end: the signal that ended it, or null where it ended by itself. */
export function runVictim(
  authority: TestAuthority,
  orders: Omit<VictimOrders, 'url' | 'keys'>,
): Promise<NodeJS.Signals | null> {
  const script = fileURLToPath(new URL('./victim.js', import.meta.url));
  const all: VictimOrders = { url: authority.db.url, keys: path.join(authority.dir, 'keys'), ...orders };
  const child = spawn(process.execPath, [script, JSON.stringify(all)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => child.on('exit', (_code, signal) => resolve(signal)));
}
