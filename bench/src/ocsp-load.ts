// Load for the OCSP bench, in a thread of its own: plain sockets and as little work as possible, so that the server is what is measured.
import net from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

const connections = 32;
const body = Buffer.from(workerData as Uint8Array);
const head = `POST /ocsp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/ocsp-request\r\nContent-Length: ${body.length}\r\n\r\n`;
const request = Buffer.concat([Buffer.from(head), body]);

/** Sends one request after the other until the time is over; resolves with the number of whole answers. */
function client(port: number, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let answers = 0;
    let missing = 0;
    const socket = net.connect(port, '127.0.0.1', () => socket.write(request));
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      if (missing === 0) {
        const text = chunk.toString('latin1');
        const length = /content-length: (\d+)/i.exec(text)?.[1];
        const end = text.indexOf('\r\n\r\n');
        if (!text.startsWith('HTTP/1.1 200') || length === undefined || end < 0) {
          reject(new Error(`not an answer: ${text.slice(0, 200)}`));
          socket.destroy();
          return;
        }
        missing = end + 4 + Number(length);
      }
      missing -= chunk.length;
      if (missing > 0) return;
      answers++;
      missing = 0;
      if (performance.now() < until) socket.write(request);
      else {
        socket.destroy();
        resolve(answers);
      }
    });
  });
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
