/** Asking other machines: bounded in time and size, no redirects, failures in one sentence. */

export interface HttpQuestion {
  readonly url: string;
  /** Media type of what is sent. */
  readonly type: string;
  readonly body: Uint8Array;
  /** Octets of the longest answer that is read. */
  readonly longest: number;
  readonly patienceMs: number;
}

export type HttpAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly why: string };

/** POSTs and gives the body of the answer; never rejects. */
export async function ask({ url, type, body, longest, patienceMs }: HttpQuestion): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': type },
      body: Uint8Array.from(body),
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of response.body ?? []) {
      length += piece.length;
      if (length > longest) return { ok: false, why: `the answer is longer than ${longest} bytes` };
      pieces.push(piece);
    }
    if (!response.ok) return { ok: false, why: `HTTP status ${response.status}` };
    return { ok: true, bytes: Buffer.concat(pieces) };
  } catch (error) {
    return { ok: false, why: reasonOf(error, patienceMs) };
  }
}

function reasonOf(error: unknown, patienceMs: number): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return `no answer within ${patienceMs / 1000} seconds`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Whether a text is an address that can be asked. */
export function isHttpAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]/.test(text) && URL.canParse(text);
}
