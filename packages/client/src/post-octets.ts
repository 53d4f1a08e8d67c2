/** What another machine answered to a POST; `why` in a few words of the network. */
export type PostAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly why: string };

/** Asks another machine: bounded in time and size, no redirects. Never rejects. `media`: of the question and of the answer. */
export async function postOctets(input: {
  fetch: typeof globalThis.fetch;
  url: string;
  media: readonly [string, string];
  body: Uint8Array;
  longest: number;
  patienceMs: number;
}): Promise<PostAnswer> {
  const { fetch, url, media, body, longest, patienceMs } = input;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': media[0], Accept: media[1] },
      body: Uint8Array.from(body),
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!answer.ok) return { ok: false, why: `HTTP ${answer.status}` };
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of answer.body ?? []) {
      length += part.length;
      if (length > longest) return { ok: false, why: 'too long' };
      parts.push(part);
    }
    return { ok: true, bytes: Buffer.concat(parts) };
  } catch (error) {
    if (!(error instanceof Error)) return { ok: false, why: 'no answer' };
    return { ok: false, why: error.cause instanceof Error ? error.cause.message : error.name };
  }
}
