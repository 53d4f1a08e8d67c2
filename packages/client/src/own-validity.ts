import { randomBytes } from 'node:crypto';
import { parseCertificate } from '@madoguchi/pki/certificates';
import {
  buildHolderOcspRequest,
  buildOcspRequest,
  type OcspVerdict,
  type RevocationReason,
  verifyOcspResponse,
} from '@madoguchi/pki/validation';
import { postOctets } from '@madoguchi/procedure/basics';

/** What the authority's responder says of the holder's own certificate, once its answer has been verified. */
export type OwnValidity =
  | { state: 'good'; at: Date }
  | { state: 'revoked'; at: Date; reason: RevocationReason }
  /** The responder does not know it. */
  | { state: 'unknown'; at: Date }
  /** No answer, or one that proves nothing: the rule that failed, or the network's word. */
  | { state: 'unreachable' | 'untrusted'; why: string };

const longestAnswer = 1 << 16;
const patienceMs = 8_000;
/** The oldest answer that says something of today, where it does not end by itself. */
const maxAgeMs = 7 * 24 * 3600_000;

/** The certificate's own key, for a responder that answers about it to its holder alone. May throw what a card throws. */
export type HolderKey = Parameters<typeof buildHolderOcspRequest>[1];

interface Question {
  certificate: Uint8Array;
  /** DER of the authority's certificate, from the card itself. */
  issuer: Uint8Array;
  url: string;
  now: Date;
  /** Signs when the responder refuses to answer whoever asks: it answers verifiers who have given notice (署名検証者), and the holder. */
  holder?: HolderKey | undefined;
  fetch?: typeof globalThis.fetch;
}

/**
 * Asks by OCSP whether the holder's own certificate was revoked. The answer counts only when it is signed for exactly this certificate by its
 * issuer or a responder that issuer certified, is fresh, and repeats our nonce. Throws nothing but what `holder` throws.
 */
export async function ownValidity(input: Question): Promise<OwnValidity> {
  const { certificate, issuer, holder } = input;
  if (!parseCertificate(certificate).ok || !parseCertificate(issuer).ok)
    return { state: 'untrusted', why: 'certificate' };
  const nonce = randomBytes(32);
  const asked = { certificate, issuer, nonce };
  const found = await ask(input, nonce, buildOcspRequest(asked));
  if (holder === undefined || !('why' in found) || found.why !== 'ocsp.status.unauthorized') return found;
  return ask(input, nonce, await buildHolderOcspRequest(asked, holder));
}

async function ask(input: Question, nonce: Uint8Array, body: Uint8Array): Promise<OwnValidity> {
  const { certificate, issuer, url, now } = input;
  const answer = await postOctets({
    fetch: input.fetch,
    url,
    asks: 'ocsp',
    body,
    longest: longestAnswer,
    patienceMs,
  });
  if (!answer.ok) return { state: 'unreachable', why: answer.why };
  const response = answer.bytes;
  const verdict = verifyOcspResponse({ response, certificate, issuer, time: now, nonce, maxAgeMs });
  // Responders may answer from stock, without a nonce (RFC 5019, 4): then freshness alone must do.
  if (!verdict.ok && verdict.rule === 'ocsp.nonce.absent')
    return validityOf(verifyOcspResponse({ response, certificate, issuer, time: now, maxAgeMs }));
  return validityOf(verdict);
}

function validityOf(verdict: OcspVerdict): OwnValidity {
  if (!verdict.ok) return { state: 'untrusted', why: verdict.rule };
  if (verdict.status === 'revoked')
    return {
      state: 'revoked',
      at: verdict.revokedAt ?? verdict.thisUpdate,
      reason: verdict.reason ?? 'unspecified',
    };
  return { state: verdict.status, at: verdict.thisUpdate };
}
