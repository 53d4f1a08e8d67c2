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
  /** What an agent would do with this request, without asking anyone. */
  arrive(request: string): Promise<void>;
  close(): Promise<void>;
}

export async function startFormCity(agentOrigin: string): Promise<FormCity> {
  const child = spawn(process.execPath, [program, agentOrigin], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const home = line.toString().trim();
  return {
    home,
    port: Number(new URL(home).port),
    arrive: async (request) => {
      const answer = await fetch(new URL('/testing/arrive', home), { method: 'POST', body: request });
      if (!answer.ok) throw new Error(await answer.text());
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

export interface Delivery {
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
    for await (const chunk of request) chunks.push(chunk as Buffer);
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
