/** Ports of loopback that nobody listens on just now, for programs that want theirs named. */
import { once } from 'node:events';
import { createServer } from 'node:net';

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const free = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen({ host: '127.0.0.1', port, exclusive: true }, () => resolve(true));
  });
  if (!free) return false;
  probe.close();
  await once(probe, 'close');
  return true;
}

/** The first of `count` free ports in a row, below those that the system gives to outgoing connections. */
export async function freePorts(count: number): Promise<number> {
  for (let tried = 0; tried < 200; tried += 1) {
    const first = 10_000 + Math.floor(Math.random() * 20_000);
    const row = Array.from({ length: count }, (_, index) => first + index);
    const free = await Promise.all(row.map(isFree));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`no ${count} free ports in a row`);
}
