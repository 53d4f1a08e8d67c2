import type { IncomingMessage, RequestListener } from 'node:http';
import { Socket } from 'node:net';

/** Who goes on sending after the answer is read for so long, and then cut off. */
const lingerMs = 2_000;
const closing = new WeakSet<Socket>();

/**
 * Gives who is refused in the middle of sending the time to read why (RFC 9112 9.6): our side of the connection is closed, theirs read and thrown away
 * until they are done. Node closes both at once where the request said `Connection: close`; the octets that nobody read then make the system
 * reset the connection, and the answer is lost on its way.
 */
export function lingering(listener: RequestListener): RequestListener {
  return (request, response) => {
    const { socket } = request;
    // What comes behind the last request of a connection is no request.
    if (closing.has(socket)) return;
    if (hasBody(request)) {
      const closeBoth = () => Socket.prototype.destroySoon.call(socket);
      socket.destroySoon = () => {
        if (request.complete || closing.has(socket)) return closeBoth();
        closing.add(socket);
        socket.end();
        const cut = setTimeout(() => socket.destroy(), lingerMs);
        cut.unref();
        socket.once('close', () => clearTimeout(cut));
        request.once('end', closeBoth).resume();
      };
    }
    listener(request, response);
  };
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
