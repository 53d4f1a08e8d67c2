import net from 'node:net';

/**
 * Load over one plain socket that is kept, with as little work as possible, so that the server is what is measured: sends the next request when the whole answer
 * to the one before is there, until `next` gives none. `status`: of a good answer; any other rejects. `answered`: after each of them.
 */
export function driveConnection(
  port: number,
  load: { status: number; next(): Buffer | undefined; answered(): void },
): Promise<void> {
  const good = `HTTP/1.1 ${load.status}`;
  return new Promise((resolve, reject) => {
    let missing = 0;
    const socket = net.connect(port, '127.0.0.1', () => go());
    const go = () => {
      const request = load.next();
      if (request !== undefined) {
        socket.write(request);
        return;
      }
      socket.destroy();
      resolve();
    };
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      if (missing === 0) {
        const text = chunk.toString('latin1');
        const length = /content-length: (\d+)/i.exec(text)?.[1];
        const end = text.indexOf('\r\n\r\n');
        if (!text.startsWith(good) || length === undefined || end < 0) {
          reject(new Error(`not an answer with ${load.status}: ${text.slice(0, 400)}`));
          socket.destroy();
          return;
        }
        missing = end + 4 + Number(length);
      }
      missing -= chunk.length;
      if (missing > 0) return;
      missing = 0;
      load.answered();
      go();
    });
  });
}
