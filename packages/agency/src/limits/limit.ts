import { paced, type Rate } from '@madoguchi/ui';
import type { Context, MiddlewareHandler } from 'hono';

/** What one client address, and one signer, may do; each has a default. */
export interface Limits {
  /** Envelopes posted to the intake (default 120 a minute). */
  readonly intake?: Rate;
  /** Signing requests, and logins by card (default 60 a minute). */
  readonly requests?: Rate;
  /** Look-ups by receipt and inquiry number (default 20 a minute). */
  readonly lookUps?: Rate;
  /** Applications signed with one certificate (default 6 a minute, 60 at once after a rest). */
  readonly signer?: Rate;
  /** Reverse proxies of our own before this service (default 0): how many entries of X-Forwarded-For are to be believed. */
  readonly proxies?: number;
}

const usual: Record<'intake' | 'requests' | 'lookUps', Rate> = {
  intake: { perMinute: 120 },
  requests: { perMinute: 60 },
  lookUps: { perMinute: 20 },
};

/** Lets a client do so much of one kind; beyond that `tooMany` answers. */
export function limited(
  kind: keyof typeof usual,
  limits: Limits | undefined,
  tooMany: (c: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  return paced(limits?.[kind] ?? usual[kind], limits?.proxies ?? 0, tooMany);
}
