import type { MiddlewareHandler } from 'hono';

interface SecurityOptions {
  /** Where forms may go besides 'self', e.g. the signing agent `http://127.0.0.1:24787`. */
  formAction?: readonly string[];
  /** Default `same-origin`; the page that opens the agent needs `origin`, so that its POST carries its true Origin. */
  referrerPolicy?: 'same-origin' | 'origin' | 'no-referrer' | 'strict-origin-when-cross-origin';
  /** For the agent: nothing is allowed but our own style sheet, pictures, script, and forms to ourselves. */
  strict?: boolean;
  /** Cross-Origin-Opener-Policy; `null` leaves it out (the page that opens the agent keeps its handle on it). Default `same-origin`. */
  openerPolicy?: 'same-origin' | 'same-origin-allow-popups' | null;
  /** Pages with personal data: nothing stays in a cache. Default true. */
  noStore?: boolean;
  /** Over TLS: tells the browser to come back by https only. */
  hsts?: boolean;
}

/**
 * Sets the security headers of every answer. A route may set one of them itself: what is already there stays.
 * No inline style or script is ever allowed, so markup that slips through escaping still cannot run.
 */
export function securityHeaders(options: SecurityOptions = {}): MiddlewareHandler {
  const forms = ["'self'", ...(options.formAction ?? [])].join(' ');
  const sources = options.strict
    ? "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'"
    : "default-src 'self'; object-src 'none'";
  const headers: Record<string, string> = {
    'Content-Security-Policy': `${sources}; base-uri 'none'; form-action ${forms}; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': options.referrerPolicy ?? 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  };
  const opener = options.openerPolicy === undefined ? 'same-origin' : options.openerPolicy;
  if (opener !== null) headers['Cross-Origin-Opener-Policy'] = opener;
  if (options.noStore ?? true) headers['Cache-Control'] = 'no-store';
  if (options.hsts) headers['Strict-Transport-Security'] = 'max-age=31536000; includeSubDomains';
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
  };
}
