/** The demo city's form pages in a process of their own, and an agent that only listens. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../packages/agency/dist/testing/serve.js', import.meta.url));

export interface FormCity {
  /** First page of the city, with its last slash. */
  home: string;
  port: number;
  /** The envelope that an agent would make for this request. */
  envelope(request: string): Promise<Uint8Array>;
  /** What an agent would do with this request, without asking anyone: the receipt. */
  arrive(request: string): Promise<string>;
  pid: number;
  /** When the process is gone, whoever ended it. */
  ended: Promise<unknown>;
  close(): Promise<void>;
}

/** Posts an envelope to the intake that the request names. */
export function post(request: string, envelope: Uint8Array): Promise<Response> {
  const claims = claimsOf(request);
  return fetch(claims.intake, {
    method: 'POST',
    headers: {
      'content-type': 'application/pkcs7-mime; smime-type=authEnveloped-data',
      authorization: `Ticket ${claims.ticket}`,
    },
    body: Uint8Array.from(envelope),
  });
}

/** The claims of a signing request or receipt, unchecked. */
export function claimsOf(jws: string) {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
}

export async function startFormCity(agentOrigin: string, folder?: string): Promise<FormCity> {
  const args = [program, agentOrigin, ...(folder === undefined ? [] : [folder])];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const home = line.toString().trim();
  const ended = once(child, 'exit');
  const envelope = async (request: string) => {
    const answer = await fetch(new URL('/testing/envelope', home), { method: 'POST', body: request });
    return new Uint8Array(await answer.arrayBuffer());
  };
  return {
    home,
    port: Number(new URL(home).port),
    envelope,
    arrive: async (request) => {
      const answer = await post(request, await envelope(request));
      if (!answer.ok) throw new Error(await answer.text());
      return answer.text();
    },
    pid: child.pid ?? 0,
    ended,
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

interface Delivery {
  path: string;
  origin: string | undefined;
  form: FormData;
}

export interface ListeningAgent {
  origin: string;
  /** The next form that arrives. */
  next(): Promise<Delivery>;
  close(): Promise<void>;
}

/** Takes the form as the agent's first page does: says "here" to the request's origin, and no more. */
export async function startListeningAgent(state: 'here' | 'refused' = 'here'): Promise<ListeningAgent> {
  const waiting: ((delivery: Delivery) => void)[] = [];
  const arrived: Delivery[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // The browser was closed in the middle.
      return;
    }
    if (request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    const type = request.headers['content-type'] ?? '';
    const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': type } }).formData();
    const delivery = { path: request.url ?? '', origin: request.headers.origin, form };
    const taker = waiting.shift();
    if (taker) taker(delivery);
    else arrived.push(delivery);
    const message = JSON.stringify({ type: 'madoguchi-agent', state, version: '0' });
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><title>agent</title><script>opener.postMessage(${message}, ${JSON.stringify(delivery.origin)})</script>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: () => {
      const delivery = arrived.shift();
      return delivery ? Promise.resolve(delivery) : new Promise((resolve) => waiting.push(resolve));
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
