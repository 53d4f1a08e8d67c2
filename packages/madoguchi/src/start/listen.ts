/** An HTTP server for one room on 127.0.0.1: starts with a clear word when the port is taken, stops without cutting answers. */
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { CommandError } from '../cli/command.js';

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

/** TLS of the room's own: key and certificate chain in PEM. Clients are asked for a certificate; whether it counts, the room decides. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
}

export async function listen(
  app: Pick<Hono, 'fetch'> | { readonly listener: RequestListener },
  host: string,
  port: number,
  what: string,
  tls?: Tls,
): Promise<Listening> {
  const listener = 'listener' in app ? app.listener : getRequestListener(app.fetch);
  const server =
    tls === undefined
      ? createHttpServer(listener)
      : createHttpsServer({ ...tls, requestCert: true, rejectUnauthorized: false }, listener);
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
