import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Ca } from '../ca.js';
import { askerOf, mayVerify } from './access.js';
import { authorityHttp, type CaAppOptions } from './app.js';
import { longestOcspRequest } from './ocsp-routes.js';

/**
 * The HTTP side for a server of Node: as `caApp`, but `POST /ocsp` is read and answered without the framework, which costs more than a
 * signature. Answers and log lines are the same.
 */
export function caListener(ca: Ca, options: CaAppOptions): RequestListener {
  const { app, answerOcsp } = authorityHttp(ca, options);
  const others = getRequestListener(app.fetch);
  return (request, response) => {
    if (request.method !== 'POST' || request.url !== '/ocsp') {
      void others(request, response);
      return;
    }
    const begun = performance.now();
    readBody(request, (body) => {
      if (body === undefined) {
        response.writeHead(413, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
        response.end('too long\n');
        return;
      }
      const isVerifier = mayVerify(options.access, askerOf(request));
      const done = (der: Uint8Array): void => {
        send(response, der);
        options.log?.({
          at: ca.context.clock().toISOString(),
          method: 'POST',
          route: '/ocsp',
          status: 200,
          ms: Math.round(performance.now() - begun),
        });
      };
      const answer = answerOcsp(body, isVerifier);
      if (answer instanceof Promise) void answer.then(done);
      else done(answer);
    });
  };
}

function send(response: ServerResponse, der: Uint8Array): void {
  response.writeHead(200, {
    'Content-Type': 'application/ocsp-response',
    'Content-Length': der.length,
    // A shared cache would hold a revocation back.
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(der);
}

/** The whole body; undefined where it is longer than a request may be. */
function readBody(request: IncomingMessage, then: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= longestOcspRequest) chunks.push(chunk);
    else if (size - chunk.length <= longestOcspRequest) then(undefined);
  });
  request.on('end', () => {
    if (size <= longestOcspRequest) then(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  });
  // A client that goes away is nobody to answer.
  request.on('error', () => undefined);
}
