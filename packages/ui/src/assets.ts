import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { assetFile, designTokens } from './asset-files.js';
import { bodyFor, type Compressed, compressed } from './compressed.js';

interface Asset {
  type: string;
  hash: string;
  file: Compressed;
}

/** Keeps of the Digital Agency's variables those that our style sheet uses, directly or through another one. */
export function usedTokens(tokens: string, css: string): string {
  const lines = new Map(
    [...tokens.matchAll(/^\s*(--[\w-]+):\s*(.+);$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  const used = new Set<string>();
  const take = (text: string) => {
    for (const [, name = ''] of text.matchAll(/var\((--[\w-]+)/g)) {
      const value = lines.get(name);
      if (value === undefined || used.has(name)) continue;
      used.add(name);
      take(value);
    }
  };
  take(css);
  const kept = [...lines].filter(([name]) => used.has(name)).map(([name, value]) => `${name}:${value};`);
  return `:root{${kept.join('')}}\n`;
}

function asset(type: string, text: string): Asset {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { type, hash, file: compressed(text) };
}

/** In the order of the cascade. */
const sheets = ['base', 'frame', 'forms', 'content', 'lists', 'progress', 'modes'];

/** Our style sheet with the design tokens it uses in front. */
export function styleSheet(): string {
  const css = sheets.map((name) => assetFile(`css/${name}.css`)).join('\n');
  return usedTokens(designTokens(), css) + css.replace(/\/\*.*?\*\//gs, '').replace(/\n\s*\n/g, '\n');
}

const assets: Record<AssetName, Asset> = {
  'app.css': asset('text/css; charset=utf-8', styleSheet()),
  'ui.js': asset('text/javascript; charset=utf-8', assetFile('ui.js')),
  'hand-over.js': asset('text/javascript; charset=utf-8', assetFile('hand-over.js')),
  'login.js': asset('text/javascript; charset=utf-8', assetFile('login.js')),
  'icon.svg': asset('image/svg+xml', assetFile('icon.svg')),
  'card.svg': asset('image/svg+xml', assetFile('card.svg')),
};

export type AssetName = 'app.css' | 'ui.js' | 'hand-over.js' | 'login.js' | 'icon.svg' | 'card.svg';

/** The address of an asset: its name carries its hash, so it may stay in caches for ever. `base` is where `uiRoutes` is mounted. */
export function assetPath(name: AssetName, base = '/assets'): string {
  const dot = name.lastIndexOf('.');
  return `${base}/${name.slice(0, dot)}.${assets[name].hash}${name.slice(dot)}`;
}

/** Serves the assets; mount it at `/assets` or below a base of your own, and tell `Page` that base. */
export function uiRoutes(): Hono {
  const app = new Hono();
  app.get('/:file', (c) => {
    const file = c.req.param('file');
    const name = file.replace(/\.[0-9a-f]{12}(?=\.)/, '');
    if (!Object.hasOwn(assets, name)) return c.notFound();
    const found = assets[name as AssetName];
    const exact = file !== name;
    if (exact && !file.includes(found.hash)) return c.notFound();
    const etag = `"${found.hash}"`;
    c.header('Cache-Control', exact ? 'public, max-age=31536000, immutable' : 'no-cache');
    c.header('ETag', etag);
    c.header('Vary', 'Accept-Encoding');
    if (c.req.header('if-none-match') === etag) return c.body(null, 304);
    c.header('Content-Type', found.type);
    return c.body(bodyFor(c, found.file));
  });
  return app;
}
