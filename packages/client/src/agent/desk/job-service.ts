import type { KeyName, OwnerPin } from '@madoguchi/card';
import { readAnswer } from '@madoguchi/procedure/basics';
import { octetsOf } from '../../authority-asker.js';

/** Why the counter's authority does not go on: its rule; `job.unreachable` where nobody answers, `job.answer` where what came is not what was asked for. */
export class JobError extends Error {
  readonly rule: string;

  constructor(rule: string, detail = '') {
    super(detail === '' ? rule : `${rule}: ${detail}`);
    this.name = 'JobError';
    this.rule = rule;
  }
}

/** The card acts of one job, asked of the authority that signed it. All reject with JobError. */
export interface JobService {
  /** `cards`: the authentication certificate of each card, DER; undefined where none is written. `order`: which may be the applicant's. */
  take(cards: readonly (Uint8Array | undefined)[]): Promise<{ nonce: Uint8Array; order: readonly number[] }>;
  word(pin: OwnerPin, challenge: Uint8Array, candidate: number): Promise<Uint8Array>;
  certificate(
    key: KeyName,
    made: { readonly request: Uint8Array; readonly proof: Uint8Array },
  ): Promise<{ certificate: Uint8Array; issuer: Uint8Array }>;
  confirm(cms: Uint8Array): Promise<Uint8Array>;
  changed(cms: Uint8Array): Promise<void>;
  end(result: { ok: true } | { ok: false; rule: string }): Promise<void>;
}

const patienceMs = 15_000;
const longestAnswer = 1 << 16;
/** The same bytes get the same answer: a lost one is asked for again. */
const attempts = 3;

/** @param exchange the address in the signed job; `run`: this start's own secret for the job, base64url of 32 octets */
export function jobService(
  exchange: string,
  secrets: { readonly ticket: string; readonly run: string },
  fetch: typeof globalThis.fetch,
): JobService {
  const { ticket, run } = secrets;
  const ask = (step: string, body: object) => askOften(fetch, `${exchange}/${step}`, { run, ...body });
  return {
    async take(cards) {
      const said = await ask('take', {
        ticket,
        cards: cards.map((one) => (one === undefined ? null : base64(one))),
      });
      return { nonce: octets(said.nonce, 32), order: readOrder(said.order, cards.length) };
    },
    word: async (pin, challenge, candidate) =>
      octets((await ask('word', { pin, challenge: base64(challenge), candidate })).word, 32),
    async certificate(key, { request, proof }) {
      const said = await ask('certificate', { key, request: base64(request), proof: base64(proof) });
      return { certificate: octets(said.certificate), issuer: octets(said.issuer) };
    },
    confirm: async (cms) => octets((await ask('confirm', { cms: base64(cms) })).activation, 32),
    async changed(cms) {
      await ask('changed', { cms: base64(cms) });
    },
    async end(result) {
      await ask('end', result);
    },
  };
}

async function askOften(fetch: typeof globalThis.fetch, url: string, body: object) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await askOnce(fetch, url, body);
    } catch (error) {
      if (error instanceof JobError) throw error;
      if (attempt >= attempts) throw new JobError('job.unreachable', String(error));
    }
  }
}

async function askOnce(
  fetch: typeof globalThis.fetch,
  url: string,
  body: object,
): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  const bytes = await readAnswer(answer, longestAnswer);
  const said: unknown =
    answer.status < 500 && bytes !== undefined ? JSON.parse(Buffer.from(bytes).toString('utf8')) : undefined;
  if (typeof said !== 'object' || said === null) throw new Error(`HTTP ${answer.status}`);
  if (answer.ok) return { ...said };
  const rule = 'rule' in said && typeof said.rule === 'string' ? said.rule : '';
  throw new JobError(/^[A-Za-z.]{1,60}$/.test(rule) ? rule : 'job.refused');
}

/** Places in the list of cards that was sent, each once: an authority that names one card for ever does not hold its reader. */
function readOrder(said: unknown, cards: number): number[] {
  const named: unknown[] = Array.isArray(said) ? said : [];
  const isPlace = (one: unknown): one is number =>
    Number.isInteger(one) && Number(one) >= 0 && Number(one) < cards;
  return [...new Set(named.filter(isPlace))];
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

function octets(value: unknown, length?: number): Uint8Array {
  const bytes = octetsOf(value, length);
  if (bytes === undefined) throw new JobError('job.answer', 'form');
  return bytes;
}
