import { buildOcspRequest, verifyOcspResponse } from '@madoguchi/pki';
import type { Log, Staple } from '../options.js';

interface Kept {
  response: Uint8Array;
  /** Asked again after this. */
  until: number;
}

const keepMs = 10 * 60 * 1000;
const timeoutMs = 5000;
const largest = 64 * 1024;

/**
 * Fetches OCSP answers for the agency's own certificates, checks that they are good, and keeps each for ten minutes. When the responder is
 * down, an answer that is still in force is used; without one there is no staple.
 */
export function ocspStaple(options: {
  /** DER of the authority that issued the agency's certificates. */
  issuer: Uint8Array;
  url: string;
  clock: () => Date;
  fetch?: typeof fetch;
  log?: Log;
}): Staple {
  const kept = new Map<string, Kept>();
  const ask = options.fetch ?? fetch;
  return async (certificate) => {
    const key = Buffer.from(certificate).toString('base64');
    const known = kept.get(key);
    const now = options.clock();
    if (known && now.getTime() < known.until) return known.response;
    const good = (response: Uint8Array) => {
      const answer = verifyOcspResponse({
        response,
        certificate,
        issuer: options.issuer,
        time: now,
        maxAgeMs: 24 * 3600_000,
      });
      return answer.ok && answer.status === 'good';
    };
    try {
      const answer = await ask(options.url, {
        method: 'POST',
        headers: { 'content-type': 'application/ocsp-request' },
        body: Uint8Array.from(buildOcspRequest({ certificate, issuer: options.issuer })),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const response = new Uint8Array(await answer.arrayBuffer());
      if (answer.ok && response.length <= largest && good(response)) {
        kept.set(key, { response, until: now.getTime() + keepMs });
        return response;
      }
    } catch {
      // Told below: the responder did not answer.
    }
    options.log?.('staple.failed');
    return known && good(known.response) ? known.response : undefined;
  };
}
