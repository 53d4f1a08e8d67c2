/** The authority behind its HTTP address, with the job that keeps its lists fresh. */
import {
  type Ca,
  type CaLimits,
  type CounterEquipment,
  caListener,
  closeBrokenActs,
  type VerifierAccess,
} from '@madoguchi/ca';
import type { Lifecycle } from './lifecycle.js';
import { listen, type Tls } from './listen.js';
import type { Log } from './log.js';

const tidyEveryMs = 60_000;

export async function serveAuthority(input: {
  ca: Ca;
  host: string;
  port: number;
  log: Log;
  lifecycle: Lifecycle;
  metrics?: boolean;
  /** Who gets citizens' revocation data; default: everybody, as a demo does. */
  access?: VerifierAccess;
  tls?: Tls;
  limits?: CaLimits;
  counter?: CounterEquipment;
  /** No other process works on these data: what is found at work was broken off. */
  alone?: boolean;
}): Promise<number> {
  const { ca, host, port, log, lifecycle } = input;
  await ca.recover();
  if (input.alone === true) await closeBrokenActs(ca.context, 0);
  await ca.preparePhones();
  await ca.publishDue();
  const listener = caListener(ca, {
    access: input.access ?? { open: true },
    metrics: input.metrics ?? true,
    ...(input.counter === undefined ? {} : { counter: input.counter }),
    ...(input.limits === undefined ? {} : { limits: input.limits }),
    log: (line) => log.write('ca', 'request', { ...line }),
    onFault: (number, error) => log.fault('ca', number, error),
  });
  const server = await listen({ listener }, host, port, 'the authority', input.tls);
  lifecycle.onStop('authority', server.close);
  // What another process left when it died is not old enough at this one's start.
  const tidy = setInterval(() => void tidyUp(ca, log), tidyEveryMs);
  lifecycle.onStop('publisher', () => clearInterval(tidy));
  return server.port;
}

/** What is done every minute. Lists go out also where something left behind cannot be closed: a revocation waits for nothing. */
export async function tidyUp(ca: Pick<Ca, 'recover' | 'publishDue'>, log: Pick<Log, 'fault'>): Promise<void> {
  const tell = (task: string) => (error: unknown) => log.fault('ca', task, error);
  await ca.recover().catch(tell('recover'));
  await ca.publishDue().catch(tell('publish'));
}
