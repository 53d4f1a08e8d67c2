/** An HTTP server for one room on 127.0.0.1: starts with a clear word when the port is taken, stops without cutting answers. */
import { constants } from 'node:crypto';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { createServer } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { CommandError } from '../cli/command.js';
import { lingering } from './linger.js';

export interface Listening {
  port: number;
  close: () => Promise<void>;
}

function taken(port: number, what: string, option: string): CommandError {
  return new CommandError(
    'unavailable',
    `Port ${port} (${what}) is taken by another program. Stop it, or choose another port with --${option}.`,
  );
}

/** Asks before minutes of work are begun; throws naming the first port that is taken. */
export async function portsFree(
  list: readonly { port: number; what: string; option: string }[],
): Promise<void> {
  for (const { port, what, option } of list) {
    await new Promise<void>((resolve, reject) => {
      const probe = createServer();
      probe.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? reject(taken(port, what, option)) : resolve(),
      );
      probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve()));
    });
  }
}

const closeLimitMs = 3_000;

/**
 * Longer than proxies and clients keep an idle connection, as a rule a minute: whoever sends on one in the moment in which we close it (node's
 * five seconds) gets no answer, and cannot know whether it was taken.
 */
const idleMs = 65_000;

/** TLS of the room's own: key and certificate chain in PEM. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
  /**
   * Clients are asked for a certificate; whether it counts, the room decides. `any`: by whatever TLS; `{ cards }`: by holders of a card under
   * these authorities (PEM).
   */
  readonly clients?: 'any' | { readonly cards: readonly string[] };
}

/**
 * A card pads PKCS#1 v1.5, and TLS 1.3 wants PSS: so TLS 1.2 and RSA with SHA-256 (and ECDSA for the keys of the next card and of servers).
 * No session is resumed: each connection asks the card anew.
 */
function tlsOptions({ key, cert, clients }: Tls): ServerOptions {
  if (clients === undefined) return { key, cert };
  const asks = { key, cert, requestCert: true, rejectUnauthorized: false };
  if (clients === 'any') return asks;
  return {
    ...asks,
    ca: [...clients.cards],
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
    sigalgs: 'RSA+SHA256:ECDSA+SHA384:ECDSA+SHA256',
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
  };
}

export async function listen(
  app: Pick<Hono, 'fetch'> | { readonly listener: RequestListener },
  host: string,
  port: number,
  what: string,
  tls?: Tls,
): Promise<Listening> {
  const listener = lingering('listener' in app ? app.listener : getRequestListener(app.fetch));
  const server =
    tls === undefined ? createHttpServer(listener) : createHttpsServer(tlsOptions(tls), listener);
  // Where a card opened the connection, it ends soon after its holder is done.
  if (tls?.clients === undefined) server.keepAliveTimeout = idleMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? taken(port, what, 'port')
          : new CommandError('unavailable', `${what} cannot listen on ${host}:${port}: ${error.message}`),
      );
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeIdleConnections' in server) server.closeIdleConnections();
        const cut = setTimeout(() => {
          if ('closeAllConnections' in server) server.closeAllConnections();
        }, closeLimitMs);
        cut.unref();
      }),
  };
}
