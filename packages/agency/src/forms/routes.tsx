import { agencyCatalogue, placesOfPostCode } from '@madoguchi/procedure';
import { bodyFor, InWordsOf, readPreferences } from '@madoguchi/ui';
import { type Context, Hono, type Next } from 'hono';
import type { AgencyConfig, LoadedProcedure, ReceptionOptions } from '../options.js';
import { pressForm, requestSignature, showForm } from './form-handlers.js';
import { formLimit } from './form-limit.js';
import { HomePage } from './home.js';
import { island } from './island.js';
import { pageLook } from './look.js';
import { OutsidePage, outsideReceiver } from './outside-page.js';
import { PostCodeAnswer } from './post-code-parts.js';
import { limitedRequests, signingPageHeaders } from './signing.js';

type FormOptions = ReceptionOptions & { login?: unknown };
type ProcedureHandler = (
  c: Context,
  options: FormOptions,
  procedure: LoadedProcedure,
) => Response | Promise<Response>;

/** The agency's first page, its procedures, and the signing requests that come out of them. */
export function formRoutes(options: FormOptions): Hono {
  const { agency, procedures } = options;
  const app = new Hono();
  const about = (handle: ProcedureHandler) => (c: Context) => {
    const procedure = procedures.find(({ definition }) => definition.id === c.req.param('id'));
    if (procedure === undefined) return c.notFound();
    const receiver = outsideReceiver(agency, procedure.definition);
    if (receiver === undefined) return handle(c, options, procedure);
    const { definition } = procedure;
    const path = `${agency.basePath}/procedures/${definition.id}`;
    return c.req.method === 'POST'
      ? c.notFound()
      : c.html(<OutsidePage look={{ ...pageLook(c, agency), path }} {...{ definition, receiver }} />);
  };
  app.use((c, next) => toOwnOrigin(c, agency, next));
  app.get('*', (c, next) => firstPage(c, options, next));
  app.get('/catalogue.json', (c) => catalogue(c, options));
  app.get('/procedures', (c) => c.redirect(`${agency.basePath}/`, 302));
  app.get(`${island.path}/:name`, sendScript);
  app.get('/post-codes', (c) => postCodes(c, agency));
  for (const headers of signingPageHeaders(agency)) app.use('/procedures/*', headers);
  app.use('/procedures/*', formLimit(512 * 1024));
  app.get('/procedures/:id', about(showForm));
  app.post('/procedures/:id', about(pressForm));
  app.post('/procedures/:id/request', limitedRequests(options), about(requestSignature));
  return app;
}

/** The agent takes requests from the very origin they name: a page opened as localhost would be refused there. */
async function toOwnOrigin(c: Context, agency: AgencyConfig, next: Next) {
  const url = new URL(c.req.url);
  const own = new URL(agency.origin);
  const loopback = ['localhost', '[::1]'].includes(url.hostname) && own.hostname === '127.0.0.1';
  if (c.req.method !== 'GET' || !loopback) return next();
  return c.redirect(`${agency.origin}${url.pathname}${url.search}`, 302);
}

/** Mounted at a base path, the first page has two addresses, with and without the last slash. */
async function firstPage(c: Context, { agency, procedures, login }: FormOptions, next: Next) {
  const { pathname } = new URL(c.req.url);
  if (pathname !== agency.basePath && pathname !== `${agency.basePath}/`) return next();
  return c.html(
    <HomePage look={pageLook(c, agency)} {...{ agency, procedures }} login={login !== undefined} />,
  );
}

/** For portals that stand apart: what anybody may read on the pages. */
function catalogue(c: Context, { agency, procedures }: FormOptions) {
  const { code, siteName: name, origin, basePath } = agency;
  const definitions = procedures.map(({ definition }) => definition);
  c.header('cache-control', 'public, max-age=300');
  return c.json(agencyCatalogue({ code, name, url: `${origin}${basePath}/` }, definitions));
}

/** The scripts of the form; their names change with what they hold. */
function sendScript(c: Context) {
  const found = island.modules.get(c.req.param('name') ?? '');
  if (found === undefined) return c.notFound();
  return c.body(bodyFor(c, found), 200, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  });
}

/** For the form's script: what it shows below the post code, in the words of the reader. */
function postCodes(c: Context, agency: AgencyConfig) {
  const { code = '', target = '', source = '' } = c.req.query();
  const found = { target, source, code, places: placesOfPostCode(code, agency.postCodes) };
  c.header('cache-control', 'no-store');
  return c.html(
    <InWordsOf prefs={readPreferences(c)}>
      <PostCodeAnswer found={found} />
    </InWordsOf>,
  );
}
