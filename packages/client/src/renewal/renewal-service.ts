import { authorityAsker, octetsOf } from '../authority-asker.js';
import { RenewalError, renewalRule } from './renewal-error.js';

/** The authority's side of a renewal, over HTTP. All reject with RenewalError. */
export interface RenewalService {
  /** A nonce (32 octets) for one request, and how many days before its end a certificate may be renewed. */
  nonce(): Promise<{ readonly nonce: Uint8Array; readonly opensDaysBefore: number }>;
  /** The request (CMS) for the new certificate and its issuer's, both DER. */
  request(cms: Uint8Array): Promise<{ readonly certificate: Uint8Array; readonly issuer: Uint8Array }>;
  /** The confirmation (CMS) for what activates it in the card (32 octets). */
  confirm(cms: Uint8Array): Promise<Uint8Array>;
  /** The card's word (CMS) that it changed over: the old certificate is superseded at this instant. */
  done(cms: Uint8Array): Promise<void>;
}

/** @param base the authority's address, e.g. `http://127.0.0.1:8081` */
export function renewalService(
  base: string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): RenewalService {
  const asker = authorityAsker(base, fetch);
  const ask = async (path: string, body?: Uint8Array) => {
    const answer = await asker(path, body);
    if (answer.ok) return answer.said;
    throw new RenewalError(
      answer.lost ? 'renewal.unreachable' : renewalRule(answer.rule),
      String(answer.rule),
    );
  };
  return {
    async nonce() {
      const said = await ask('/renewal/nonce');
      const days = said.opensDaysBefore;
      if (typeof days !== 'number' || !(days >= 0)) throw new RenewalError('renewal.answer', 'days');
      return { nonce: octets(said.nonce, 32), opensDaysBefore: days };
    },
    async request(cms) {
      const said = await ask('/renewal', cms);
      return { certificate: octets(said.certificate), issuer: octets(said.issuer) };
    },
    async confirm(cms) {
      return octets((await ask('/renewal/confirm', cms)).activation, 32);
    },
    async done(cms) {
      await ask('/renewal/done', cms);
    },
  };
}

function octets(value: unknown, length?: number): Uint8Array {
  const bytes = octetsOf(value, length);
  if (bytes === undefined) throw new RenewalError('renewal.answer', 'form');
  return bytes;
}
