import { type IncomingHttpHeaders, request } from 'node:http';
import type { UploadedFile } from './city.js';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

interface Asked {
  method?: string;
  headers?: Record<string, string | undefined>;
  body?: Uint8Array | string;
}

/** One HTTP exchange, with full control over Host, Origin and the like. */
export async function exchange(url: string, asked: Asked = {}): Promise<Answer> {
  const { bytes, ...answer } = await exchangeBytes(url, asked);
  return { ...answer, text: bytes.toString('utf8') };
}

/** The same for what is no text. */
export function exchangeBytes(
  url: string,
  asked: Asked = {},
): Promise<Omit<Answer, 'text'> & { bytes: Buffer }> {
  const headers = Object.fromEntries(
    Object.entries(asked.headers ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: asked.method ?? 'GET', headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          bytes: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(asked.body);
  });
}

/** The body a browser makes of the city's form. */
export function multipart(fields: Record<string, string>, files: UploadedFile[] = [], name = 'attachment') {
  const boundary = '----WebKitFormBoundaryMadoguchi';
  const parts: (string | Uint8Array)[] = [];
  for (const [name, value] of Object.entries(fields))
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`, value, '\r\n');
  for (const { name: filename, bytes, type = 'application/octet-stream' } of files)
    parts.push(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n`,
      bytes,
      '\r\n',
    );
  parts.push(`--${boundary}--\r\n`);
  return {
    body: Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

/** A window that was sent to the agent: keeps the address and asks as a browser does. */
export class AgentWindow {
  readonly #ui: string;
  readonly path: string;

  /** @param address what the first page leads to */
  constructor(address: string) {
    const url = new URL(address);
    this.#ui = url.origin;
    this.path = url.pathname;
  }

  /** GET, following redirects within the agent. */
  async page(query = 'lang=ja'): Promise<Answer> {
    let at = `${this.#ui}${this.path}?${query}`;
    for (let hop = 0; hop < 6; hop += 1) {
      const answer = await exchange(at, { headers: { 'sec-fetch-dest': 'document' } });
      const { location } = answer.headers;
      if (location === undefined || !location.startsWith('/')) return answer;
      at = `${this.#ui}${location}`;
    }
    throw new Error('too many redirects');
  }

  post(action: string, fields: Record<string, string> = {}, headers: Asked['headers'] = {}): Promise<Answer> {
    return exchange(`${this.#ui}${this.path}${action}?lang=ja`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: this.#ui,
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    });
  }

  get(path: string): Promise<Answer> {
    return exchange(`${this.#ui}${this.path}${path}`);
  }

  /** Waits through the progress page, as its script does, and opens the page after it. */
  async settled(): Promise<Answer> {
    await this.#next();
    return this.page();
  }

  /** The same, where the script is sent back to the site: its address there. */
  async arrived(): Promise<URL> {
    const next = String(await this.#next());
    if (next.startsWith('/')) throw new Error(`not sent: ${(await this.page()).text}`);
    return new URL(next);
  }

  async #next(): Promise<Answer['headers'][string]> {
    for (;;) {
      const { headers } = await this.get('/progress?lang=ja');
      if (headers['mado-next'] !== undefined) return headers['mado-next'];
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** The hidden proof on the confirm page. */
export function servingOf(html: string): string {
  return /name="serving" value="([0-9a-f]+)"/.exec(html)?.[1] ?? '';
}
