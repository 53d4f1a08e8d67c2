import { ocspError } from '@madoguchi/pki';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Ca } from '../ca.js';
import { createOcspResponder, type OcspAnswer } from '../ocsp/responder.js';
import { isVerifier, type VerifierAccess } from './access.js';
import type { Counters } from './metrics.js';

const longestRequest = 16 * 1024;

/** `/ocsp` by POST and, base64 in the path, by GET (RFC 6960 appendix A). The path holds serial numbers and is never logged. */
export function ocspRoutes(
  ca: Ca,
  access: VerifierAccess,
  counters: Counters,
  onFault: (error: unknown) => void,
): Hono {
  const app = new Hono();
  const responder = createOcspResponder(ca.context);

  const answer = async (request: Uint8Array, verifier: boolean) => {
    const result = await responder
      .answer(request, (kind) => kind !== 'sign' || verifier)
      .catch((error: unknown): OcspAnswer => {
        // A client of OCSP reads OCSP, not a page: it is told to come back.
        onFault(error);
        return { der: ocspError('tryLater'), outcome: 'error', cached: false };
      });
    counters.count('madoguchi_ca_ocsp_answers_total', result.outcome);
    if (result.cached) counters.count('madoguchi_ca_ocsp_cached_total');
    return respond(result);
  };

  app.post(
    '/ocsp',
    bodyLimit({ maxSize: longestRequest, onError: (c) => c.text('too long\n', 413) }),
    async (c) => {
      return answer(new Uint8Array(await c.req.arrayBuffer()), isVerifier(c, access));
    },
  );

  app.get('/ocsp/*', async (c) => {
    const path = c.req.url.slice(c.req.url.indexOf('/ocsp/') + '/ocsp/'.length);
    return answer(fromPath(path), isVerifier(c, access));
  });

  return app;
}

/** Base64 with or without percent encoding; what is none of it becomes an empty request, which is malformed. */
function fromPath(path: string): Uint8Array {
  if (path.length > longestRequest) return new Uint8Array();
  try {
    const text = decodeURIComponent(path.replace(/\?.*$/s, ''));
    return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : new Uint8Array();
  } catch {
    return new Uint8Array();
  }
}

function respond({ der }: OcspAnswer): Response {
  return new Response(Uint8Array.from(der), {
    // A shared cache would hold a revocation back.
    headers: { 'Content-Type': 'application/ocsp-response', 'Cache-Control': 'no-store' },
  });
}
