import net from 'node:net';

/** What the driver has made of an address: its option `socket` is asked with it. */
export interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
  /** Of a Unix socket, instead of host and port. */
  readonly path?: string | false | undefined;
}

/** A socket that is connected to the first of the servers that takes it. Rejects with the last one's error, or with that of `signal`. */
export async function connectSocket({ host, port, path }: Address, signal: AbortSignal): Promise<net.Socket> {
  const places = path
    ? [{ path }]
    : host.map((name, index) => ({ host: name, port: port[index] ?? port[0] ?? 5432 }));
  let last: unknown;
  for (const place of places) {
    try {
      return await connectTo(place, signal);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

function connectTo(place: net.NetConnectOpts & { host?: string }, signal: AbortSignal): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const socket = net.connect({ ...place, noDelay: true });
    const give = () => socket.destroy(signal.reason instanceof Error ? signal.reason : undefined);
    signal.addEventListener('abort', give, { once: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      signal.removeEventListener('abort', give);
      socket.removeListener('error', reject);
      // The driver takes the name that the certificate must have from here.
      resolve(Object.assign(socket, { host: place.host }));
    });
  });
}
