// Load for the reception bench, in a thread of its own: plain sockets that are kept, each sending the next envelope when its answer is there.
import net from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

export interface Post {
  /** The ticket that the signing request gave. */
  ticket: string;
  envelope: Uint8Array;
}

/** Sends all of them to some ports, whose connections are equally many; answered with {@link Sent}. */
export interface Order {
  ports: readonly number[];
  path: string;
  posts: Post[];
}

export interface Sent {
  milliseconds: number;
  /** How long one answer took, the middle and the slowest hundredth, in milliseconds. */
  median: number;
  slowest: number;
}

const { connections } = workerData as { connections: number };

function bytesOf({ ticket, envelope }: Post, path: string): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: application/pkcs7-mime; smime-type=authEnveloped-data',
    `Authorization: Ticket ${ticket}`,
    `Content-Length: ${envelope.length}`,
    '\r\n',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), envelope]);
}

function client(port: number, next: () => Buffer | undefined, took: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let missing = 0;
    let begun = 0;
    const socket = net.connect(port, '127.0.0.1', () => go());
    const go = () => {
      const request = next();
      if (request === undefined) {
        socket.destroy();
        resolve();
        return;
      }
      begun = performance.now();
      socket.write(request);
    };
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      if (missing === 0) {
        const text = chunk.toString('latin1');
        const length = /content-length: (\d+)/i.exec(text)?.[1];
        const end = text.indexOf('\r\n\r\n');
        if (!text.startsWith('HTTP/1.1 201') || length === undefined || end < 0) {
          reject(new Error(`not taken in: ${text.slice(0, 400)}`));
          socket.destroy();
          return;
        }
        missing = end + 4 + Number(length);
      }
      missing -= chunk.length;
      if (missing > 0) return;
      missing = 0;
      took.push(performance.now() - begun);
      go();
    });
  });
}

parentPort?.on('message', ({ ports, path, posts }: Order) => {
  const queue = posts.map((post) => bytesOf(post, path));
  const took: number[] = [];
  let at = 0;
  const begun = performance.now();
  const portOf = (connection: number) => ports[connection % ports.length] ?? 0;
  Promise.all(
    Array.from({ length: connections }, (_, index) => client(portOf(index), () => queue[at++], took)),
  ).then(
    () => {
      const milliseconds = performance.now() - begun;
      took.sort((a, b) => a - b);
      const sent: Sent = {
        milliseconds,
        median: took[took.length >> 1] ?? 0,
        slowest: took[Math.floor(took.length * 0.99)] ?? 0,
      };
      parentPort?.postMessage(sent);
    },
    (error: unknown) => {
      throw error;
    },
  );
});
