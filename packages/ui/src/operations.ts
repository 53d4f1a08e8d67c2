import { Hono, type MiddlewareHandler } from 'hono';

interface OperationsOptions {
  /** Name of the room, in the metrics' names: `portal` gives `madoguchi_portal_requests_total`. */
  room: string;
  /** Whether requests can be served now (database there, keys open). Throwing counts as no. Default: yes. */
  ready?: () => boolean | Promise<boolean>;
  /** False where the address is public: `/metrics` is then not found. Default true. */
  metrics?: boolean;
  /** Further lines in the Prometheus text format. */
  more?: () => string | Promise<string>;
}

interface Operations {
  /** Counts answers and their time; put it first. */
  count: MiddlewareHandler;
  /** `/healthz` (the process answers), `/readyz` (200 or 503), `/metrics`; mount at `/`. */
  routes: Hono;
}

/**
 * What every service tells its operator. Counted by method and class of status only: an address may hold a number that belongs to a person.
 * Format: Prometheus text exposition 0.0.4.
 */
export function operations({ room, ready, metrics = true, more }: OperationsOptions): Operations {
  const requests = new Map<string, number>();
  let seconds = 0;
  const known = new Set(['GET', 'HEAD', 'POST']);
  const count: MiddlewareHandler = async (c, next) => {
    const begun = process.hrtime.bigint();
    await next();
    seconds += Number(process.hrtime.bigint() - begun) / 1e9;
    const method = known.has(c.req.method) ? c.req.method : 'other';
    const key = `method="${method}",status="${Math.floor(c.res.status / 100)}xx"`;
    requests.set(key, (requests.get(key) ?? 0) + 1);
  };

  const routes = new Hono();
  routes.get('/healthz', (c) => c.text('ok\n'));
  routes.get('/readyz', async (c) => {
    const good = await Promise.resolve()
      .then(() => ready?.() ?? true)
      .catch(() => false);
    return good ? c.text('ready\n') : c.text('not ready\n', 503);
  });
  if (metrics) {
    routes.get('/metrics', async (c) => {
      const name = `madoguchi_${room}`;
      const lines = [
        `# HELP ${name}_requests_total Answers given.`,
        `# TYPE ${name}_requests_total counter`,
        ...[...requests].map(([labels, value]) => `${name}_requests_total{${labels}} ${value}`),
        `# HELP ${name}_request_seconds_total Time spent on them.`,
        `# TYPE ${name}_request_seconds_total counter`,
        `${name}_request_seconds_total ${seconds.toFixed(6)}`,
      ];
      const extra = (await more?.()) ?? '';
      return c.text(`${lines.join('\n')}\n${extra}`, 200, { 'Content-Type': 'text/plain; version=0.0.4' });
    });
  }
  return { count, routes };
}
