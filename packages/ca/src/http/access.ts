import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Context } from 'hono';

/**
 * Who gets citizens' revocation data (CRLs, their index, signature OCSP). Open in the demo; else only verifiers who have notified the
 * authority (署名検証者): each by a bearer key, or by the certificate of its TLS connection; of both only the SHA-256 (hex) is configured.
 * Agencies' and authentication data is public.
 */
export type VerifierAccess =
  | { readonly open: true }
  | { readonly keys?: readonly string[]; readonly certificates?: readonly string[] };

/** What a request shows of who sends it. */
export interface Asker {
  readonly authorization: string | undefined;
  /** SHA-256 (hex) of the client certificate, whose key TLS has proven; undefined without one. */
  readonly certificate: string | undefined;
}

/** Whether whoever asks may see citizens' revocation data. */
export function mayVerify(access: VerifierAccess, { authorization, certificate }: Asker): boolean {
  if ('open' in access) return true;
  const key = /^Bearer ([\x21-\x7e]{16,200})$/.exec(authorization ?? '')?.[1];
  const byKey = key !== undefined && isOneOf(access.keys, createHash('sha256').update(key).digest());
  const byCertificate =
    certificate !== undefined && isOneOf(access.certificates, Buffer.from(certificate, 'hex'));
  return byKey || byCertificate;
}

/** Every digest is compared, so that the time tells nothing about which one fits. */
function isOneOf(list: readonly string[] | undefined, digest: Buffer): boolean {
  return (list ?? []).map((hex) => equal(Buffer.from(hex, 'hex'), digest)).some((fits) => fits);
}

function equal(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

export function askerOf(request: IncomingMessage): Asker {
  const { socket } = request;
  const peer = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  return {
    authorization: request.headers.authorization,
    certificate: peer?.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/** The same for a request that came by Hono; without a socket (in tests) there is no certificate. */
export function isVerifier(c: Context, access: VerifierAccess): boolean {
  const incoming = (c.env as { incoming?: IncomingMessage } | undefined)?.incoming;
  const asker =
    incoming === undefined
      ? { authorization: c.req.header('authorization'), certificate: undefined }
      : askerOf(incoming);
  return mayVerify(access, asker);
}
