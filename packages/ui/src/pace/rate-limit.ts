/** So many a minute, and so many at once after a rest (default: as many as a minute gives). */
export interface Rate {
  readonly perMinute: number;
  readonly burst?: number;
}

export interface RateLimiter {
  /** Takes one for this client at a moment (milliseconds of a clock that only goes on): undefined when it may, else the whole seconds it should wait. */
  take(client: string, now: number): number | undefined;
  /** Clients remembered now. */
  readonly size: number;
}

/** More clients than this are not remembered; who was seen longest ago is forgotten first, and begins anew. */
const mostClients = 50_000;

/**
 * A bucket for each client that fills evenly. It lives in this process: several processes give several buckets, and a restart fills all of them. Memory is
 * bounded whatever addresses come.
 */
export function rateLimiter({ perMinute, burst = perMinute }: Rate): RateLimiter {
  const buckets = new Map<string, { left: number; at: number }>();
  const perMs = perMinute / 60_000;
  return {
    take(client, now) {
      const known = buckets.get(client);
      const left = known === undefined ? burst : Math.min(burst, known.left + (now - known.at) * perMs);
      // Last seen, last in the map.
      buckets.delete(client);
      buckets.set(client, { left: left >= 1 ? left - 1 : left, at: now });
      for (const oldest of buckets.keys()) {
        if (buckets.size <= mostClients) break;
        buckets.delete(oldest);
      }
      return left >= 1 ? undefined : Math.ceil((1 - left) / perMs / 1000);
    },
    get size() {
      return buckets.size;
    },
  };
}
