import { Hono } from 'hono';
import { Help, HelpAnswer } from './pages/help.js';
import { ErrorCode, ErrorCodes, isExplained } from './pages/help-errors.js';
import type { ViewOf } from './views.js';

/** `/help`: questions with their answers, and what each error code means. Mount it last below `/help`: `/help/:id` takes every name. */
export function helpRoutes(view: ViewOf): Hono {
  const app = new Hono();
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
  return app;
}
