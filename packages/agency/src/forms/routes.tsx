import { type ClaimedAttachment, checkAnswers, checkAttachments } from '@madoguchi/procedure';
import { ErrorPage, type FieldError, readPreferences, sameOriginPosts, securityHeaders } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { LoadedProcedure, ReceptionOptions } from '../options.js';
import { markBrowser } from '../requests/browser.js';
import { issueRequest, NoStapleError } from '../requests/issue.js';
import { formLimit } from './form-limit.js';
import { HomePage } from './home.js';
import { island } from './island.js';
import { pageLook } from './look.js';
import { ProcedurePage } from './procedure-page.js';

const defaultAgent = 'http://127.0.0.1:24787';

const postedSchema = z.object({
  answers: z.record(z.string().max(100), z.string().max(20_000)),
  attachments: z
    .array(
      z.object({
        name: z.string().max(1000),
        size: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        rule: z.string().max(64),
      }),
    )
    .max(100),
});

/** The agency's first page, its procedures, and the signing requests that come out of them. */
export function formRoutes(options: ReceptionOptions & { login?: unknown }): Hono {
  const { agency, procedures } = options;
  const agentOrigin = agency.agentOrigin ?? defaultAgent;
  const app = new Hono();

  // The agent takes requests from the very origin they name: a page opened as localhost would be refused there.
  app.use(async (c, next) => {
    const url = new URL(c.req.url);
    const own = new URL(agency.origin);
    const loopback = ['localhost', '[::1]'].includes(url.hostname) && own.hostname === '127.0.0.1';
    if (c.req.method !== 'GET' || !loopback) return next();
    return c.redirect(`${agency.origin}${url.pathname}${url.search}`, 302);
  });

  // Mounted at a base path, the first page has two addresses, with and without the last slash.
  app.get('*', (c, next) => {
    const { pathname } = new URL(c.req.url);
    if (pathname !== agency.basePath && pathname !== `${agency.basePath}/`) return next();
    return c.html(
      <HomePage
        look={pageLook(c, agency)}
        agency={agency}
        procedures={procedures}
        login={options.login !== undefined}
      />,
    );
  });
  app.get('/procedures', (c) => c.redirect(`${agency.basePath}/`, 302));
  app.get(island.path, (c) =>
    c.body(island.body, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    }),
  );

  // With `origin` the POST into the agent's window carries its true Origin; any other policy makes it `null`, which the agent refuses.
  // An opener policy would cut the window off, and the agent could not say that it is there.
  app.use(
    '/procedures/*',
    async (c, next) => {
      await next();
      c.res.headers.set('Cross-Origin-Opener-Policy', 'unsafe-none');
    },
    securityHeaders({ formAction: [agentOrigin], referrerPolicy: 'origin', openerPolicy: null }),
    sameOriginPosts({ origins: [agency.origin] }),
    formLimit(512 * 1024),
  );

  const find = (id: string) => procedures.find((procedure) => procedure.definition.id === id);
  const page = (
    c: Context,
    procedure: LoadedProcedure,
    state: { values?: Record<string, string>; errors?: FieldError[]; checked?: boolean },
  ) => {
    const address = `${agency.basePath}/procedures/${procedure.definition.id}`;
    return (
      <ProcedurePage
        look={{ ...pageLook(c, agency), ...(c.req.method === 'GET' ? {} : { path: address }) }}
        agency={agency}
        procedure={procedure}
        values={state.values ?? {}}
        errors={state.errors ?? []}
        checked={state.checked ?? false}
        script={`${agency.basePath}${island.path}`}
      />
    );
  };

  app.get('/procedures/:id', (c) => {
    const procedure = find(c.req.param('id'));
    return procedure ? c.html(page(c, procedure, {})) : c.notFound();
  });

  // Without a script: the answers are checked and shown again; the files wait for the signature.
  app.post('/procedures/:id', async (c) => {
    const procedure = find(c.req.param('id'));
    if (!procedure) return c.notFound();
    const typed: Record<string, string> = {};
    // Boxes of one name come as a list; a file is no answer.
    for (const [name, value] of Object.entries(await c.req.parseBody({ all: true }))) {
      const texts = [value].flat().filter((one) => typeof one === 'string');
      if (texts.length > 0) typed[name] = texts.join(',');
    }
    const checked = checkAnswers(procedure.definition, typed);
    if (checked.ok) return c.html(page(c, procedure, { values: typed, checked: true }));
    return c.html(page(c, procedure, { values: typed, errors: checked.errors }), 422);
  });

  app.post('/procedures/:id/request', async (c) => {
    const procedure = find(c.req.param('id'));
    if (!procedure) return c.notFound();
    const posted = postedSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!posted.success) return c.json({ rule: 'request.shape' }, 400);
    const { answers, attachments } = posted.data;
    const checked = checkAnswers(procedure.definition, answers);
    const errors = [
      ...(checked.ok ? [] : checked.errors),
      ...checkAttachments(procedure.definition, checked.answers, attachments as ClaimedAttachment[]),
    ].map(({ field, message }) => (field === '' ? { message } : { field, message }));
    if (!checked.ok || errors.length > 0) {
      return c.html(page(c, procedure, { values: answers, errors }), 422);
    }
    const browserHash = markBrowser(c, agency);
    try {
      const issued = await issueRequest(options, procedure, {
        answers: checked.answers,
        attachments,
        browserHash,
      });
      const status = `${agency.basePath}/requests/${issued.jti}/status`;
      return c.json(
        {
          request: issued.request,
          definition: Buffer.from(procedure.bytes).toString('utf8'),
          lang: readPreferences(c).register,
          agent: `${agentOrigin}/sign`,
          jti: issued.jti,
          status,
          expires: issued.expiresAt.toISOString(),
        },
        201,
      );
    } catch (error) {
      if (!(error instanceof NoStapleError)) throw error;
      options.log?.('request.noStaple');
      return c.html(<ErrorPage status={503} {...pageLook(c, agency)} switches="none" />, 503);
    }
  });
  return app;
}
