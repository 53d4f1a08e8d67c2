// Load for the OCSP bench, in a thread of its own: plain sockets and as little work as possible, so that the server is what is measured.
import { parentPort, workerData } from 'node:worker_threads';
import { driveConnection } from './kept-connection.js';

const connections = 32;
const body = Buffer.from(workerData as Uint8Array);
const head = `POST /ocsp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/ocsp-request\r\nContent-Length: ${body.length}\r\n\r\n`;
const request = Buffer.concat([Buffer.from(head), body]);

/** Sends one request after the other until the time is over, and one in any case; gives the number of whole answers. */
async function client(port: number, until: number): Promise<number> {
  let answers = 0;
  await driveConnection(port, {
    status: 200,
    next: () => (answers === 0 || performance.now() < until ? request : undefined),
    answered: () => {
      answers++;
    },
  });
  return answers;
}

parentPort?.on('message', ({ port, ms }: { port: number; ms: number }) => {
  const begun = performance.now();
  Promise.all(Array.from({ length: connections }, () => client(port, begun + ms))).then(
    (counts) => {
      const all = counts.reduce((sum, count) => sum + count, 0);
      parentPort?.postMessage((1000 * all) / (performance.now() - begun));
    },
    (error: unknown) => {
      throw error;
    },
  );
});
