import { parseDefinition } from '@madoguchi/procedure';
import type { Hono } from 'hono';
import { ProcedureCheckPage } from './procedure-page.js';
import { texts } from './words.js';
import type { AdminEnv, AdminPlace } from './working.js';

const mostOctets = 1024 * 1024;

/** `/admin/procedures`: a definition is checked and previewed; nothing of it is kept. */
export function procedureRoutes(app: Hono<AdminEnv>, { view }: AdminPlace): void {
  app.get('/admin/procedures', (c) =>
    c.html(<ProcedureCheckPage view={view(c)} csrf={c.get('session').csrf} typed="" checked={undefined} />),
  );
  app.post('/admin/procedures', async (c) => {
    const { csrf } = c.get('session');
    const { definition, file } = await c.req.parseBody();
    let typed = typeof definition === 'string' ? definition : '';
    const page = (more: Partial<Parameters<typeof ProcedureCheckPage>[0]>) => (
      <ProcedureCheckPage view={view(c)} {...{ csrf, typed }} checked={undefined} {...more} />
    );
    if (file instanceof File && file.size > 0) {
      if (file.size > mostOctets)
        return c.html(page({ errors: [{ field: 'file', message: texts.long }] }), 422);
      typed = Buffer.from(await file.arrayBuffer()).toString('utf8');
    }
    if (typed.trim() === '') return c.html(page({ errors: [{ field: 'file', message: texts.noFile }] }), 422);
    const checked = parseDefinition(typed);
    return c.html(page({ checked }), checked.ok ? 200 : 422);
  });
}
