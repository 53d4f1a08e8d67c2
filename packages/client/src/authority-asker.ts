import { readAnswer } from '@madoguchi/procedure/basics';

/** What an authority said: its document, its rule of refusal, or that nobody answered. */
export type AuthoritySaid =
  | { readonly ok: true; readonly said: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly rule: unknown; readonly lost: boolean };

const patienceMs = 15_000;
const longestAnswer = 1 << 16;
/** The same bytes get the same answer: a lost one is asked for again at once. */
const attempts = 3;

/** May this address be told what stands in a certificate? Over TLS, or on this machine. */
export function isAuthorityAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
}

/**
 * Asks an authority by JSON and CMS: GET without a body, else POST of application/pkcs7-mime. Bounded in time and size, no redirects; never
 * rejects.
 *
 * @param base the authority's address, e.g. `http://127.0.0.1:8081`
 */
export function authorityAsker(
  base: string,
  fetch: typeof globalThis.fetch,
): (path: string, body?: Uint8Array) => Promise<AuthoritySaid> {
  const root = base.replace(/\/+$/, '');
  const once = async (path: string, body?: Uint8Array): Promise<AuthoritySaid> => {
    const lost = (rule: string) => ({ ok: false, rule, lost: true }) as const;
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
      // Too many from this address is no refusal of what was asked: it is as if nobody had answered for now.
      if (answer.status >= 500 || answer.status === 429) return lost(`HTTP ${answer.status}`);
      const bytes = await readAnswer(answer, longestAnswer);
      if (bytes === undefined) return lost('too long');
      const said = parsed(bytes);
      return answer.ok ? { ok: true, said } : { ok: false, rule: said.rule, lost: false };
    } catch (error) {
      return lost(error instanceof Error ? error.name : '');
    }
  };
  return async (path, body) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await once(path, body);
      if (answer.ok || !answer.lost || attempt >= attempts) return answer;
    }
  };
}

/** Base64 octets of an answer; undefined where they are none, or not as many. */
export function octetsOf(value: unknown, length?: number): Uint8Array | undefined {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  return bytes.length === 0 || (length !== undefined && bytes.length !== length) ? undefined : bytes;
}

function parsed(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
