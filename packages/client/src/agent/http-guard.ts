import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { peerUid } from './proc-net.js';

/**
 * Is this request addressed to us by our exact name? A page that points its own host name at 127.0.0.1 (DNS rebinding) sends that name.
 * Two Host lines are refused too.
 */
export function hostIsExact(incoming: IncomingMessage, port: number): boolean {
  const hosts = incoming.rawHeaders.filter(
    (_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'host',
  );
  return hosts.length === 1 && hosts[0] === `127.0.0.1:${port}`;
}

/** Frames, embeds and scripted requests have no business on pages where a PIN is typed: browsers say what they load for. */
export function isTopLevel(incoming: IncomingMessage): boolean {
  const destination = incoming.headers['sec-fetch-dest'];
  return destination === undefined || destination === 'document';
}

/** A request by a script of the very page it asks for: the progress list. */
export function isOwnScript(incoming: IncomingMessage): boolean {
  const { headers } = incoming;
  return headers['sec-fetch-dest'] === 'empty' && headers['sec-fetch-site'] === 'same-origin';
}

/** A form sent from a page of ours on this port: browsers say so, and other programs are no browsers. */
export function isFromOwnPage(incoming: IncomingMessage, port: number): boolean {
  const { origin } = incoming.headers;
  const own = `http://127.0.0.1:${port}`;
  return incoming.headers['sec-fetch-site'] === 'same-origin' && (origin === undefined || origin === own);
}

const peers = new WeakMap<Socket, Promise<boolean>>();

/** Does the connection come from a process of the user who runs the agent? True where the system cannot tell. */
export function isOwnUser(incoming: IncomingMessage): Promise<boolean> {
  const { socket } = incoming;
  const known = peers.get(socket);
  if (known !== undefined) return known;
  const asked = askSystem(socket);
  peers.set(socket, asked);
  return asked;
}

async function askSystem({ localPort, remotePort }: Socket): Promise<boolean> {
  const own = process.getuid?.();
  if (own === undefined || localPort === undefined || remotePort === undefined) return true;
  const uid = await peerUid({ localPort, remotePort });
  return uid === undefined || uid === own;
}

/** Reads a body of at most `limit` octets. A longer one is drained (within reason), so that the browser hears our answer: undefined. */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else for (const one of chunks.splice(0)) one.fill(0);
    if (length > limit + drainLimit) break;
  }
  if (length > limit) return undefined;
  const body = Buffer.concat(chunks);
  // The chunks may hold a PIN: only the caller's copy remains, and the caller wipes it.
  for (const one of chunks) one.fill(0);
  return body;
}

const drainLimit = 1024 * 1024 * 1024;
