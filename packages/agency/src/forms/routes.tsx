import {
  agencyCatalogue,
  checkAnswers,
  checkAttachments,
  checkStep,
  explainRule,
  placesOfPostCode,
} from '@madoguchi/procedure';
import { bodyFor, type FieldError, InWordsOf, readPreferences } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { limited } from '../limits/limit.js';
import type { LoadedProcedure, ReceptionOptions } from '../options.js';
import { formLimit } from './form-limit.js';
import { readGo } from './go.js';
import { HomePage } from './home.js';
import { island } from './island.js';
import { pageLook } from './look.js';
import { fillAddress } from './post-code.js';
import { PostCodeAnswer } from './post-code-parts.js';
import { ProcedurePage } from './procedure-page.js';
import { handOver, postedSchema, signingPageHeaders } from './signing.js';
import { faultyStep, placeOf, stepNumber } from './steps.js';
import { addRow, dropRow, readTyped, type Typed, typedOf } from './typed.js';

/** The agency's first page, its procedures, and the signing requests that come out of them. */
export function formRoutes(options: ReceptionOptions & { login?: unknown }): Hono {
  const { agency, procedures } = options;
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
  // For portals that stand apart: what anybody may read on the pages.
  app.get('/catalogue.json', (c) => {
    const { code, siteName: name, origin, basePath } = agency;
    const definitions = procedures.map(({ definition }) => definition);
    c.header('cache-control', 'public, max-age=300');
    return c.json(agencyCatalogue({ code, name, url: `${origin}${basePath}/` }, definitions));
  });
  app.get('/procedures', (c) => c.redirect(`${agency.basePath}/`, 302));
  app.get(`${island.path}/:name`, (c) => {
    const found = island.modules.get(c.req.param('name'));
    if (found === undefined) return c.notFound();
    return c.body(bodyFor(c, found), 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  // For the form's script: what it shows below the post code, in the words of the reader.
  app.get('/post-codes', (c) => {
    const { code = '', target = '', source = '' } = c.req.query();
    const found = { target, source, code, places: placesOfPostCode(code, agency.postCodes) };
    c.header('cache-control', 'no-store');
    return c.html(
      <InWordsOf prefs={readPreferences(c)}>
        <PostCodeAnswer found={found} />
      </InWordsOf>,
    );
  });

  for (const headers of signingPageHeaders(agency)) app.use('/procedures/*', headers);
  app.use('/procedures/*', formLimit(512 * 1024));

  const find = (id: string) => procedures.find((procedure) => procedure.definition.id === id);
  const page = (
    c: Context,
    procedure: LoadedProcedure,
    state: { typed?: Typed; step?: number; errors?: FieldError[]; checked?: boolean },
  ) => {
    const address = `${agency.basePath}/procedures/${procedure.definition.id}`;
    return (
      <ProcedurePage
        look={{ ...pageLook(c, agency), ...(c.req.method === 'GET' ? {} : { path: address }) }}
        agency={agency}
        procedure={procedure}
        typed={state.typed ?? typedOf({})}
        place={placeOf(procedure.definition, state.step ?? 0)}
        errors={state.errors ?? []}
        posted={c.req.method !== 'GET'}
        checked={state.checked ?? false}
        script={`${agency.basePath}${island.entry}`}
      />
    );
  };

  app.get('/procedures/:id', (c) => {
    const procedure = find(c.req.param('id'));
    return procedure ? c.html(page(c, procedure, {})) : c.notFound();
  });

  // Every press but the last one's hand-over to the agent comes here: the form is shown again, changed as was asked. The server keeps nothing.
  app.post('/procedures/:id', async (c) => {
    const procedure = find(c.req.param('id'));
    if (!procedure) return c.notFound();
    const { definition } = procedure;
    const posted = await c.req.parseBody({ all: true });
    const values = readTyped(posted);
    const typed = typedOf(values);
    const number = stepNumber(definition, typeof posted._step === 'string' ? posted._step : undefined);
    const go = readGo(typeof posted._go === 'string' ? posted._go : undefined);
    switch (go.to) {
      case 'add':
        return c.html(page(c, procedure, { typed: addRow(definition, values, go.group), step: number }));
      case 'drop':
        return c.html(
          page(c, procedure, { typed: dropRow(definition, values, go.group, go.row), step: number }),
        );
      case 'fill': {
        const filled = fillAddress(definition, values, posted, go, agency.postCodes);
        return c.html(page(c, procedure, { typed: filled, step: number }));
      }
      case 'back':
        return c.html(page(c, procedure, { typed, step: number - 1 }));
      case 'step':
        return c.html(page(c, procedure, { typed, step: stepNumber(definition, go.id) }));
      case 'on':
    }
    const { step, isLast } = placeOf(definition, number);
    if (step !== undefined && !isLast) {
      const errors = checkStep(definition, values, step);
      if (errors.length > 0) return c.html(page(c, procedure, { typed, step: number, errors }), 422);
      return c.html(page(c, procedure, { typed, step: number + 1 }));
    }
    const checked = checkAnswers(definition, values);
    if (checked.ok) return c.html(page(c, procedure, { typed, step: number, checked: true }));
    return c.html(
      page(c, procedure, { typed, step: faultyStep(definition, values) ?? number, errors: checked.errors }),
      422,
    );
  });

  const tooMany = (c: Context) => c.json({ rule: 'intake.rate', ...explainRule('intake.rate') }, 429);
  app.post('/procedures/:id/request', limited('requests', options.limits, tooMany), async (c) => {
    const procedure = find(c.req.param('id'));
    if (!procedure) return c.notFound();
    const posted = postedSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!posted.success) return c.json({ rule: 'request.shape' }, 400);
    const { answers, attachments, warnings } = posted.data;
    const checked = checkAnswers(procedure.definition, answers);
    const errors = [
      ...(checked.ok ? [] : checked.errors),
      ...checkAttachments(procedure.definition, checked.answers, attachments),
      ...warnings,
    ].map(({ field, message }) => (field === '' ? { message } : { field, message }));
    if (!checked.ok || errors.length > 0) {
      const step = faultyStep(procedure.definition, answers) ?? (procedure.definition.steps?.length ?? 1) - 1;
      return c.html(page(c, procedure, { typed: typedOf(answers), step, errors }), 422);
    }
    return handOver(c, options, procedure, { answers: checked.answers, attachments });
  });
  return app;
}
