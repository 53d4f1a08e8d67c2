import type { Hono } from 'hono';

/** What a browser loads for a page: octets on the line, by file. */
interface PageWeight {
  readonly octets: number;
  readonly files: readonly { readonly name: string; readonly octets: number }[];
}

/** Opens a page as a browser that takes Brotli, and all styles, scripts (with what they import) and images that it names; no web fonts. */
export async function pageWeight(app: Pick<Hono, 'request'>, url: string): Promise<PageWeight> {
  const files: { name: string; octets: number }[] = [];
  const seen = new Set<string>([url]);
  const waiting = [url];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const response = await app.request(next, { headers: { 'accept-encoding': 'gzip, br' } });
    if (response.status !== 200) throw new Error(`${next}: ${response.status}`);
    const octets = (await response.arrayBuffer()).byteLength;
    files.push({ name: new URL(next).pathname, octets });
    const plain = await (await app.request(next)).text();
    for (const named of namesIn(plain)) {
      const found = new URL(named, next).href;
      if (new URL(found).origin !== new URL(url).origin || seen.has(found)) continue;
      seen.add(found);
      waiting.push(found);
    }
  }
  return { octets: files.reduce((sum, file) => sum + file.octets, 0), files };
}

function namesIn(text: string): string[] {
  const loaded =
    /(?:<link[^>]*\bhref|<(?:script|img)[^>]*\bsrc)="([^"]+)"|\bfrom\s*["']([^"']+)["']|\bimport\s*\(?["']([^"']+)["']/g;
  return [...text.matchAll(loaded)]
    .map(([, link, from, imported]) => link ?? from ?? imported ?? '')
    .filter((name) => /\.(css|js|mjs|svg|png|jpg|ico)$/.test(name));
}
