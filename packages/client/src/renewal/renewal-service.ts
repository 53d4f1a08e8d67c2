import { RenewalError, renewalRule } from './renewal-error.js';

/** The authority's side of a renewal, over HTTP. All reject with RenewalError. */
export interface RenewalService {
  /** A nonce (32 octets) for one request, and how many days before its end a certificate may be renewed. */
  nonce(): Promise<{ readonly nonce: Uint8Array; readonly opensDaysBefore: number }>;
  /** The request (CMS) for the new certificate and its issuer's, both DER. */
  request(cms: Uint8Array): Promise<{ readonly certificate: Uint8Array; readonly issuer: Uint8Array }>;
  /** The confirmation (CMS) for what activates it in the card (32 octets). */
  confirm(cms: Uint8Array): Promise<Uint8Array>;
}

const patienceMs = 15_000;
const longestAnswer = 1 << 16;
/** The same bytes get the same answer: a lost one is asked for again at once. */
const attempts = 3;

/** May this address be told what stands in a certificate? Over TLS, or on this machine. */
export function isRenewalAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
}

/** @param base the authority's address, e.g. `http://127.0.0.1:8081` */
export function renewalService(
  base: string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): RenewalService {
  const root = base.replace(/\/+$/, '');

  async function once(path: string, body?: Uint8Array): Promise<Record<string, unknown>> {
    let status: number;
    let text: string;
    try {
      const answer = await fetch(`${root}${path}`, {
        ...(body === undefined
          ? {}
          : {
              method: 'POST',
              headers: { 'Content-Type': 'application/pkcs7-mime' },
              body: Uint8Array.from(body),
            }),
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
      });
      status = answer.status;
      text = await bounded(answer);
    } catch (error) {
      throw new RenewalError('renewal.unreachable', error instanceof Error ? error.name : '');
    }
    if (status >= 500) throw new RenewalError('renewal.unreachable', `HTTP ${status}`);
    const said = parsed(text);
    if (status >= 400) throw new RenewalError(renewalRule(said.rule), `HTTP ${status}`);
    return said;
  }

  async function ask(path: string, body?: Uint8Array): Promise<Record<string, unknown>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(path, body);
      } catch (error) {
        const lost = error instanceof RenewalError && error.rule === 'renewal.unreachable';
        if (!lost || attempt >= attempts) throw error;
      }
    }
  }

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
  };
}

async function bounded(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.length;
    if (length > longestAnswer) throw new Error('too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function octets(value: unknown, length?: number): Uint8Array {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  if (bytes.length === 0 || (length !== undefined && bytes.length !== length))
    throw new RenewalError('renewal.answer', 'form');
  return bytes;
}
