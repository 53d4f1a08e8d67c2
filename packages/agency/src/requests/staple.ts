import { buildOcspRequest, verifyOcspResponse } from '@madoguchi/pki';
import { postOctets } from '@madoguchi/procedure';
import type { Log, Staple } from '../options.js';

interface Kept {
  response: Uint8Array | undefined;
  /** Not asked again before this. */
  until: number;
}

const keepMs = 10 * 60 * 1000;
const retryMs = 30 * 1000;
const maxAgeMs = 24 * 3600 * 1000;
const patienceMs = 5000;
const longest = 64 * 1024;

interface StapleOptions {
  /** DER of the authority that issued the agency's certificates. */
  issuer: Uint8Array;
  url: string;
  clock: () => Date;
  fetch?: typeof fetch;
  log?: Log;
}

/**
 * Fetches OCSP answers for the agency's own certificates, checks that they are good, and keeps each for ten minutes. When the
 * responder is down it is asked again after half a minute, and an answer that is still in force serves; without one there is no
 * staple. Many callers at once make one question.
 */
export function ocspStaple(options: StapleOptions): Staple {
  const kept = new Map<string, Kept>();
  const asking = new Map<string, Promise<Uint8Array | undefined>>();
  const refresh = async (certificate: Uint8Array, key: string) => {
    const answer = await askResponder(options, certificate);
    const fresh = answer && judge(options, certificate, answer) === 'good' ? answer : undefined;
    // A responder that now says revoked has spoken: an older good answer may not speak against it.
    const revoked = answer !== undefined && judge(options, certificate, answer) === 'revoked';
    const before = revoked ? undefined : kept.get(key)?.response;
    const response = fresh ?? (before && judge(options, certificate, before) === 'good' ? before : undefined);
    kept.set(key, { response, until: options.clock().getTime() + (fresh ? keepMs : retryMs) });
    if (!fresh) options.log?.('staple.failed');
    return response;
  };
  return async (certificate) => {
    const key = Buffer.from(certificate).toString('base64');
    const known = kept.get(key);
    if (known && options.clock().getTime() < known.until) return known.response;
    const running = asking.get(key) ?? refresh(certificate, key).finally(() => asking.delete(key));
    asking.set(key, running);
    return running;
  };
}

function judge({ issuer, clock }: StapleOptions, certificate: Uint8Array, response: Uint8Array) {
  const answer = verifyOcspResponse({ response, certificate, issuer, time: clock(), maxAgeMs });
  return answer.ok ? answer.status : 'unusable';
}

async function askResponder(
  options: StapleOptions,
  certificate: Uint8Array,
): Promise<Uint8Array | undefined> {
  const { fetch, url, issuer } = options;
  const answer = await postOctets({
    ...{ fetch, url, longest, patienceMs },
    asks: 'ocsp',
    body: buildOcspRequest({ certificate, issuer }),
  });
  // No answer is an answer here: the caller falls back on what is kept.
  return answer.ok ? answer.bytes : undefined;
}
