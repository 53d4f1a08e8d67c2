/** An HTTP server for one room on 127.0.0.1: starts with a clear word when the port is taken, stops without cutting answers. */
import { createServer } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
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

export async function listen(
  app: Pick<Hono, 'fetch'>,
  host: string,
  port: number,
  what: string,
): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch });
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
