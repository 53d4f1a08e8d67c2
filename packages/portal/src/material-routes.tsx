import { type Context, Hono } from 'hono';
import { leaflets } from './leaflets/list.js';
import { LeafletPage } from './leaflets/page.js';
import { ETax } from './pages/etax.js';
import { Materials } from './pages/materials.js';
import { SignatureFilm } from './pages/signature.js';
import { TextKit } from './pages/text-kit.js';
import { leafletFile, printedFile, printedFiles } from './printed.js';
import { portalSheet } from './sheets.js';
import { textKitAsText } from './text-kit.js';
import type { ViewOf } from './views.js';

/** `/materials`: what to read, to show and to print; and the printed files, each under its own name. */
export function materialRoutes(view: ViewOf): Hono {
  const app = new Hono();
  const film = sheetOf(app, 'film.css');
  const leafletSheet = sheetOf(app, 'leaflet.css');
  app.get('/materials', (c) => c.html(<Materials view={view(c)} printed={printedFiles} />));
  app.get('/materials/signature', (c) => c.html(<SignatureFilm view={view(c)} sheet={film} />));
  for (const leaflet of leaflets)
    app.get(`/materials/leaflets/${leaflet.id}`, (c) => {
      const seen = view(c);
      const file = leafletFile(leaflet.id, seen.prefs.register);
      const pdf = printedFiles.find(({ name }) => name === file);
      return c.html(<LeafletPage view={seen} leaflet={leaflet} sheet={leafletSheet} pdf={pdf} />);
    });
  app.get('/materials/etax', (c) => c.html(<ETax view={view(c)} />));
  app.get('/materials/texts', (c) => c.html(<TextKit view={view(c)} />));
  app.get('/materials/texts.txt', (c) =>
    c.body(textKitAsText(), 200, { 'Content-Type': 'text/plain; charset=utf-8' }),
  );
  for (const { name } of printedFiles) app.get(`/${name}`, (c) => sendPrinted(c, name));
  return app;
}

/** Serves a style sheet of one page alone; gives its address, which changes with what it holds. */
function sheetOf(app: Hono, name: string): string {
  const { address, text } = portalSheet(name);
  app.get(address, (c) =>
    c.body(text, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    }),
  );
  return address;
}

function sendPrinted(c: Context, name: string) {
  const bytes = printedFile(name);
  if (bytes === undefined) return c.notFound();
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `inline; filename="${name}"`,
    'Cache-Control': 'public, max-age=3600',
  });
}
