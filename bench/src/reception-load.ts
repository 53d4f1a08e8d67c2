// Load for the reception bench, in a thread of its own: plain sockets that are kept, each sending the next envelope when its answer is there.
import { parentPort, workerData } from 'node:worker_threads';
import { driveConnection } from './kept-connection.js';

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
  let begun = 0;
  return driveConnection(port, {
    status: 201,
    next: () => {
      const request = next();
      begun = performance.now();
      return request;
    },
    answered: () => took.push(performance.now() - begun),
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
