import { ocspError } from '@madoguchi/pki';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Ca } from '../ca.js';
import type { Authority } from '../context.js';
import { createOcspResponder, type OcspAnswer } from '../ocsp/responder.js';
import { isVerifier, type VerifierAccess } from './access.js';
import type { Counters } from './metrics.js';

export const longestOcspRequest = 16 * 1024;

/**
 * Answers one request, whoever carries it; where nothing has to be waited for, at once. Never throws or rejects: a client of OCSP reads
 * OCSP, not a page, and is told to come back.
 */
export type OcspAnswerer = (request: Uint8Array, isVerifier: boolean) => Uint8Array | Promise<Uint8Array>;

export function ocspAnswerer(ca: Ca, counters: Counters, onFault: (error: unknown) => void): OcspAnswerer {
  const responder = createOcspResponder(ca.context);
  const counted = ({ der, outcome, cached }: OcspAnswer): Uint8Array => {
    counters.count('madoguchi_ca_ocsp_answers_total', outcome);
    if (cached) counters.count('madoguchi_ca_ocsp_cached_total');
    return der;
  };
  const failed = (error: unknown): Uint8Array => {
    onFault(error);
    return counted({ der: ocspError('tryLater'), outcome: 'error', cached: false });
  };
  return (request, verifier) => {
    const mayAsk = verifier ? everybody : besidesSignatures;
    try {
      const atOnce = responder.answerNow(request, mayAsk);
      if (atOnce !== undefined) return counted(atOnce);
    } catch (error) {
      return failed(error);
    }
    return responder.answer(request, mayAsk).then(counted, failed);
  };
}

const everybody = () => true;
/** Who has not given notice may not ask about signature certificates. */
const besidesSignatures = (kind: Authority['kind']) => kind !== 'sign' && kind !== 'phone-sign';

/** `/ocsp` by POST and, base64 in the path, by GET (RFC 6960 appendix A). The path holds serial numbers and is never logged. */
export function ocspRoutes(access: VerifierAccess, answer: OcspAnswerer): Hono {
  const app = new Hono();

  app.post(
    '/ocsp',
    bodyLimit({ maxSize: longestOcspRequest, onError: (c) => c.text('too long\n', 413) }),
    async (c) => {
      return respond(await answer(new Uint8Array(await c.req.arrayBuffer()), isVerifier(c, access)));
    },
  );

  app.get('/ocsp/*', async (c) => {
    const path = c.req.url.slice(c.req.url.indexOf('/ocsp/') + '/ocsp/'.length);
    return respond(await answer(fromPath(path), isVerifier(c, access)));
  });

  return app;
}

/** Base64 with or without percent encoding; what is none of it becomes an empty request, which is malformed. */
function fromPath(path: string): Uint8Array {
  if (path.length > longestOcspRequest) return new Uint8Array();
  try {
    const text = decodeURIComponent(path.replace(/\?.*$/s, ''));
    return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : new Uint8Array();
  } catch {
    return new Uint8Array();
  }
}

function respond(der: Uint8Array): Response {
  return new Response(Uint8Array.from(der), {
    // A shared cache would hold a revocation back.
    headers: { 'Content-Type': 'application/ocsp-response', 'Cache-Control': 'no-store' },
  });
}
