import { installErrorPages, operations, readPreferences, securityHeaders, uiRoutes } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { followAgencies, noneAdded, withAgencies } from './added-agencies.js';
import { adminRoutes, ownDrafts } from './admin/routes.js';
import { readBrowser } from './browser.js';
import { classRoutes } from './classes/routes.js';
import { contentReader, textsOf } from './content/content.js';
import { publishedTexts } from './content/versions.js';
import { type Download, openDownload, readDownloads } from './downloads.js';
import { agencyFiguresReader } from './figures/agencies.js';
import { figuresCsv } from './figures/csv.js';
import { Figures } from './figures/page.js';
import { statsReader } from './figures/stats.js';
import { demoBanner, siteName, type View } from './frame.js';
import { helpdeskFigures } from './helpdesk/figures.js';
import { helpdeskRoutes } from './helpdesk/routes.js';
import { leaflets } from './leaflets/list.js';
import { LeafletPage } from './leaflets/page.js';
import type { PortalAgency, PortalOptions } from './options.js';
import { Accessibility } from './pages/accessibility.js';
import { ClientDownload } from './pages/client.js';
import { ETax } from './pages/etax.js';
import { FirstPage } from './pages/first.js';
import { Help, HelpAnswer } from './pages/help.js';
import { ErrorCode, ErrorCodes, isExplained } from './pages/help-errors.js';
import { Materials } from './pages/materials.js';
import { Procedures } from './pages/procedures.js';
import { Readers } from './pages/readers.js';
import { Shops } from './pages/shops.js';
import { SignatureFilm } from './pages/signature.js';
import { readResult, Start } from './pages/start.js';
import { TextKit } from './pages/text-kit.js';
import { leafletFile, printedFile, printedFiles } from './printed.js';
import { portalSheet } from './sheets.js';
import { textKitAsText } from './text-kit.js';

/** The portal as a Hono app, to be mounted at `/`. Without a database (`sql`) it holds no state, and has no helpdesk. */
export function portalApp(options: PortalOptions): Hono {
  const app = new Hono();
  const clock = options.clock ?? (() => new Date());
  const { count, routes } = operations({ room: 'portal', metrics: options.metrics ?? true });
  let packages: Promise<Download[]> | undefined;
  const downloads = () => {
    packages ??= options.downloads === undefined ? Promise.resolve([]) : readDownloads(options.downloads);
    return packages;
  };
  const { sql } = options;
  const place = { fetch: options.fetch ?? fetch, clock, sql };
  const stats = statsReader(options.statsUrl, place);
  const agencyFigures = agencyFiguresReader({ ...place, origin: options.origin });
  const figureSources = async (all: readonly PortalAgency[]) => {
    const [known, agencies, helpdesk] = await Promise.all([
      stats(),
      agencyFigures(all),
      sql === undefined ? undefined : helpdeskFigures(sql, clock()).catch(() => undefined),
    ]);
    return { stats: known, agencies, helpdesk };
  };
  const base = textsOf(options.content);
  const shown = publishedTexts(sql, base, clock, (error) => options.log?.('content', error));
  const [read, readDraft] = [contentReader(), contentReader()];
  const [follow, followDraft] = [followAgencies(place.fetch, clock), followAgencies(place.fetch, clock)];
  const contents = new WeakMap<Request, Pick<View, 'content' | 'preview' | 'addedAgencies' | 'options'>>();
  const view = (c: Context): View => {
    const { pathname, search } = new URL(c.req.url);
    const seen = contents.get(c.req.raw) ?? {
      ...{ content: read(base, clock()), preview: false, addedAgencies: noneAdded, options },
    };
    return { prefs: readPreferences(c), path: pathname + search, ...seen };
  };

  app.use(count);
  app.use(securityHeaders({ hsts: options.origin?.startsWith('https:') ?? false }));
  app.route('/', routes);
  app.route('/assets', uiRoutes());
  // What everybody sees; an operator sees their own drafts in it.
  app.use(async (c, next) => {
    const texts = await shown.read();
    const drafts =
      sql === undefined ? {} : await ownDrafts({ sql, clock, origin: options.origin }, c).catch(() => ({}));
    const preview = Object.keys(drafts).length > 0;
    const content = preview ? readDraft({ ...texts, ...drafts }, clock()) : read(texts, clock());
    const addedAgencies = await (preview ? followDraft : follow)(
      content.agencies.map(({ catalogue }) => catalogue),
    );
    contents.set(c.req.raw, {
      content,
      preview,
      addedAgencies,
      options: withAgencies(options, addedAgencies),
    });
    return next();
  });

  app.get('/', (c) => c.html(<FirstPage view={view(c)} />));
  // The agent believes the browser's Origin header: any other referrer policy would make it `null`.
  const agent = options.agentUrl ?? 'http://127.0.0.1:24787';
  app.use('/start', securityHeaders({ formAction: [agent], referrerPolicy: 'origin' }));
  app.get('/start', (c) => {
    const browser = readBrowser(c.req.header('user-agent'));
    const result = readResult(c.req.query('environment'));
    const back = `${options.origin ?? new URL(c.req.url).origin}/start`;
    return c.html(<Start view={view(c)} {...{ browser, back, result }} />);
  });
  app.get('/procedures', (c) => {
    const { q: query = '', level, agency, place, post } = c.req.query();
    return c.html(<Procedures view={view(c)} wanted={{ query, level, agency, place, post }} />);
  });
  app.get('/readers', (c) => {
    const { q: query = '', maker } = c.req.query();
    return c.html(<Readers view={view(c)} search={{ query, maker }} />);
  });
  app.get('/readers/shops', (c) =>
    c.html(<Shops view={view(c)} shops={view(c).content.shops} prefecture={c.req.query('pref') ?? ''} />),
  );
  app.get('/client', async (c) => {
    const browser = readBrowser(c.req.header('user-agent'));
    return c.html(<ClientDownload view={view(c)} browser={browser} downloads={await downloads()} />);
  });
  app.get('/client/files/:name', async (c) => {
    const file = (await downloads()).find(({ name }) => name === c.req.param('name'));
    if (file === undefined || options.downloads === undefined) return c.notFound();
    return c.body(openDownload(options.downloads, file), 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(file.bytes),
      'Content-Disposition': `attachment; filename="${file.name}"`,
    });
  });
  // Before `/help/:id`, which takes every other name.
  if (sql !== undefined) {
    app.route('/', helpdeskRoutes({ sql, clock, view, origin: options.origin }));
    app.route('/', adminRoutes({ sql, clock, view, origin: options.origin, base, shown }));
  }
  const origin = (c: Context) => options.origin ?? new URL(c.req.url).origin;
  app.route('/', classRoutes({ sql, clock, view, origin }));
  app.get('/help', (c) => c.html(<Help view={view(c)} query={c.req.query('q') ?? ''} />));
  app.get('/help/errors', (c) => c.html(<ErrorCodes view={view(c)} />));
  app.get('/help/errors/:rule', (c) => {
    const rule = c.req.param('rule');
    return isExplained(rule) ? c.html(<ErrorCode view={view(c)} rule={rule} />) : c.notFound();
  });
  app.get('/help/:id', (c) => {
    const found = view(c).content.questions.find(c.req.param('id'));
    return found === undefined ? c.notFound() : c.html(<HelpAnswer view={view(c)} {...found} />);
  });
  app.get('/figures', async (c) =>
    c.html(
      <Figures
        view={view(c)}
        {...(await figureSources(view(c).options.agencies))}
        chosen={c.req.query('agency') ?? ''}
      />,
    ),
  );
  app.get('/figures/:file', async (c) => {
    const sources = await figureSources(view(c).options.agencies);
    const text = figuresCsv(c.req.param('file'), { ...sources, stats: sources.stats?.value });
    return text === undefined
      ? c.notFound()
      : c.body(text, 200, { 'Content-Type': 'text/csv; charset=utf-8' });
  });

  app.get('/accessibility', (c) => c.html(<Accessibility view={view(c)} />));
  app.get('/materials', (c) => c.html(<Materials view={view(c)} printed={printedFiles} />));
  const film = portalSheet('film.css');
  app.get('/materials/signature', (c) => c.html(<SignatureFilm view={view(c)} sheet={film.address} />));
  const sheetHeaders = {
    'Content-Type': 'text/css; charset=utf-8',
    'Cache-Control': 'public, max-age=31536000, immutable',
  };
  app.get(film.address, (c) => c.body(film.text, 200, sheetHeaders));
  const leafletSheet = portalSheet('leaflet.css');
  app.get(leafletSheet.address, (c) => c.body(leafletSheet.text, 200, sheetHeaders));
  for (const leaflet of leaflets)
    app.get(`/materials/leaflets/${leaflet.id}`, (c) => {
      const seen = view(c);
      const file = leafletFile(leaflet.id, seen.prefs.register);
      const pdf = printedFiles.find(({ name }) => name === file);
      return c.html(<LeafletPage view={seen} leaflet={leaflet} sheet={leafletSheet.address} pdf={pdf} />);
    });
  app.get('/materials/etax', (c) => c.html(<ETax view={view(c)} />));
  app.get('/materials/texts', (c) => c.html(<TextKit view={view(c)} />));
  app.get('/materials/texts.txt', (c) =>
    c.body(textKitAsText(), 200, { 'Content-Type': 'text/plain; charset=utf-8' }),
  );
  for (const { name } of printedFiles) {
    app.get(`/${name}`, (c) => {
      const bytes = printedFile(name);
      if (bytes === undefined) return c.notFound();
      return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
        'Content-Type': 'application/pdf',
        'Content-Disposition': `inline; filename="${name}"`,
        'Cache-Control': 'public, max-age=3600',
      });
    });
  }

  installErrorPages(app, {
    siteName,
    ...(options.demo ? { banner: demoBanner } : {}),
    ...(options.contact === undefined ? {} : { contact: options.contact }),
    ...(options.log === undefined ? {} : { log: options.log }),
  });
  return app;
}
