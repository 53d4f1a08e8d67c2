import { readAnswer } from './read-answer.js';

/** Media types of question and answer: OCSP (RFC 6960 appendix A.1), time stamps (RFC 3161 3.4). */
const mediaTypes = {
  ocsp: ['application/ocsp-request', 'application/ocsp-response'],
  timeStamp: ['application/timestamp-query', 'application/timestamp-reply'],
} as const;

/** What another machine answered to a POST; `why` in a few words of the network. */
export type PostAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly why: string };

/** Asks another machine, a responder or a time-stamping authority: bounded in time and size, no redirects. Never rejects. */
export async function postOctets(input: {
  fetch?: typeof globalThis.fetch | undefined;
  url: string;
  /** What the question is: it says the media types. */
  asks: keyof typeof mediaTypes;
  body: Uint8Array;
  /** Octets of the longest answer that is read. */
  longest: number;
  patienceMs: number;
}): Promise<PostAnswer> {
  const { fetch = globalThis.fetch, url, asks, body, longest, patienceMs } = input;
  const [question, wanted] = mediaTypes[asks];
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': question, Accept: wanted },
      body: Uint8Array.from(body),
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      return { ok: false, why: `HTTP status ${answer.status}` };
    }
    const bytes = await readAnswer(answer, longest);
    return bytes === undefined
      ? { ok: false, why: `the answer is longer than ${longest} bytes` }
      : { ok: true, bytes };
  } catch (error) {
    return { ok: false, why: reasonOf(error, patienceMs) };
  }
}

function reasonOf(error: unknown, patienceMs: number): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer within ${patienceMs / 1000} seconds`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
