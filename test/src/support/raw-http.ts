/** HTTP below `fetch`: any Host and Origin, a length announced and never sent. */
import http from 'node:http';

export interface RawAnswer {
  status: number;
  text: string;
}

export interface RawRequest {
  url: string;
  method?: string;
  headers: http.OutgoingHttpHeaders;
  /** Sent whole and ended; without it only the head goes out and the answer is waited for. */
  body?: Uint8Array;
  /** Pieces sent one after the other until the answer comes. */
  pieces?: Iterable<Uint8Array>;
}

export function rawRequest(options: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const request = http.request(options.url, {
      method: options.method ?? 'POST',
      headers: options.headers,
      agent: false,
    });
    request.on('error', (error) => {
      if (!answered) reject(error);
    });
    request.on('response', (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      const done = () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
        request.destroy();
      };
      response.on('end', done);
      response.on('error', done);
    });
    if (options.body !== undefined) request.end(options.body);
    else request.flushHeaders();
    if (options.pieces !== undefined) void pour(request, options.pieces, () => answered);
  });
}

async function pour(
  request: http.ClientRequest,
  pieces: Iterable<Uint8Array>,
  answered: () => boolean,
): Promise<void> {
  for (const piece of pieces) {
    if (answered() || request.destroyed) return;
    if (!request.write(piece))
      await new Promise<void>((resolve) => {
        const go = () => {
          request.off('drain', go);
          request.off('close', go);
          resolve();
        };
        request.on('drain', go);
        request.on('close', go);
      });
  }
  if (!request.destroyed) request.end();
}
