import net from 'node:net';

/** An external scanner's word about a file. `unknown`: it does not answer, so ask again later. */
type ScanVerdict = 'clean' | 'malware' | 'unknown';
export type Scanner = (bytes: Uint8Array) => Promise<ScanVerdict>;

const timeoutMs = 30_000;
const pieceSize = 64 * 1024;

/**
 * A scanner that speaks clamd's INSTREAM over TCP, at `tcp://host:port`: the file goes in pieces, each behind its length, and an empty one ends it; the answer is `stream: OK`
 * or `stream: NAME FOUND`. Never rejects.
 */
export function clamdScanner(address: string): Scanner {
  const { hostname, port } = new URL(address);
  return (bytes) =>
    new Promise((resolve) => {
      let answer = '';
      const socket = net.connect({ host: hostname, port: Number(port || '3310') });
      const end = (verdict: ScanVerdict) => {
        socket.destroy();
        resolve(verdict);
      };
      socket.setTimeout(timeoutMs, () => end('unknown'));
      socket.on('error', () => end('unknown'));
      socket.on('close', () => end(verdictOf(answer)));
      socket.on('data', (chunk: Buffer) => {
        answer = (answer + chunk.toString('latin1')).slice(0, 4096);
        if (answer.includes('\0')) end(verdictOf(answer));
      });
      socket.on('connect', () => {
        socket.write('zINSTREAM\0');
        for (let at = 0; at < bytes.length; at += pieceSize) {
          const piece = Buffer.from(bytes.subarray(at, at + pieceSize));
          const length = Buffer.alloc(4);
          length.writeUInt32BE(piece.length);
          socket.write(Buffer.concat([length, piece]));
        }
        socket.write(Buffer.alloc(4));
      });
    });
}

function verdictOf(answer: string): ScanVerdict {
  if (/ FOUND\0?$/m.test(answer.trimEnd())) return 'malware';
  return /^stream: OK/.test(answer) ? 'clean' : 'unknown';
}
