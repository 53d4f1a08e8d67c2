import { createHash } from 'node:crypto';
import { readAnswer, verifyReceipt } from '@madoguchi/procedure';
import type { Words } from '@madoguchi/ui';
import { type Trouble, trouble } from './trouble.js';

/** A sealed application with where it goes. The bytes stay the same however often they are sent. */
export interface SealedApplication {
  envelope: Uint8Array;
  intake: string;
  ticket: string;
  jti: string;
  agency: { code: string; name: string };
}

interface SubmitOptions {
  agencyAnchors: readonly Uint8Array[];
  demo: boolean;
  now: () => Date;
  fetch: typeof globalThis.fetch;
  timeoutMs?: number;
}

type Submitted = { ok: true; receiptNumber: string } | { ok: false; trouble: Trouble };

const maxReceiptBytes = 64 * 1024;

/**
 * Posts the envelope to the intake and checks the signed receipt: request id, digest of exactly these bytes, signer, agency. Redirects are not
 * followed: the request names the intake, nobody else does. An answer that is no receipt never counts as one.
 */
export async function submit(sealed: SealedApplication, options: SubmitOptions): Promise<Submitted> {
  const agency = sealed.agency.name;
  let answer: Response;
  try {
    answer = await options.fetch(sealed.intake, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/pkcs7-mime; smime-type=authEnveloped-data',
        authorization: `Ticket ${sealed.ticket}`,
        accept: 'application/jose',
      },
      body: sealed.envelope as Uint8Array<ArrayBuffer>,
      signal: AbortSignal.timeout(options.timeoutMs ?? 60_000),
    });
  } catch (error) {
    return fail(connectionTrouble(error), agency);
  }
  const bytes = await readAnswer(answer, maxReceiptBytes).catch(() => undefined);
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408)
    return fail('agency-later', agency);
  if (answer.status !== 200 && answer.status !== 201) return fail('agency-refused', agency);
  if (bytes === undefined) return fail('agency-silent', agency);
  const verified = verifyReceipt(Buffer.from(bytes).toString('utf8').trim(), {
    anchors: [...options.agencyAnchors],
    demo: options.demo,
    now: options.now(),
    jti: sealed.jti,
    envelopeSha256: createHash('sha256').update(sealed.envelope).digest('hex'),
    agencyCode: sealed.agency.code,
  });
  return verified.ok
    ? { ok: true, receiptNumber: verified.receipt.receiptNumber }
    : fail('receipt-faulty', agency);
}

function fail(id: Parameters<typeof trouble>[0], agency: string): { ok: false; trouble: Trouble } {
  const words: Words = { ja: agency, jaEasy: agency, en: agency };
  return { ok: false, trouble: trouble(id, { agency: words }) };
}

/** Errors after which not one byte of the body can have left: the connection never stood. */
const before = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Names of OpenSSL and Node for a TLS handshake that did not convince: the body had not left either. */
const handshake =
  /^(?:ERR_TLS_|ERR_SSL_|EPROTO$|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|HOSTNAME_MISMATCH$)/;

function connectionTrouble(error: unknown): 'agency-down' | 'agency-tls' | 'agency-silent' {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (handshake.test(code)) return 'agency-tls';
    if (before.has(code)) return 'agency-down';
    // Several addresses were tried, and none answered.
    if (cause instanceof AggregateError && cause.errors.length > 0) {
      const found = cause.errors.map(connectionTrouble);
      if (found.every((one) => one !== 'agency-silent')) return found[0] ?? 'agency-silent';
    }
  }
  return 'agency-silent';
}
