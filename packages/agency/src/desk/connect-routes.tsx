import type { FieldError } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { createApiKey, listApiKeys, revokeApiKey } from '../api/keys.js';
import { KeysPage, keyTexts } from './keys-page.js';
import { allowed, backToQueue, type DeskPlace, type Env, lookOf } from './place.js';

/** Keys of core systems: made, seen, ended. */
export function connectRoutes(place: DeskPlace): Hono<Env> {
  const { sql, agency, desk, clock } = place;
  const app = new Hono<Env>();
  const keysPage = async (c: Context<Env>, token?: string, errors: readonly FieldError[] = []) => (
    <KeysPage
      look={{ ...lookOf(c, place), path: `${desk}/keys` }}
      desk={desk}
      session={c.get('session')}
      keys={await listApiKeys(sql, agency.code)}
      back={backToQueue(place)}
      token={token}
      errors={errors}
      spec={`${agency.basePath}/api/v1/openapi.json`}
    />
  );
  app.use('/keys', allowed(place, 'connect'));
  app.use('/keys/*', allowed(place, 'connect'));
  app.get('/keys', async (c) => c.html(await keysPage(c)));
  app.post('/keys', async (c) => {
    const { name } = await c.req.parseBody();
    const { officer } = c.get('session');
    const token = await createApiKey(sql, agency.code, { name: String(name), officer, now: clock() });
    if (token !== undefined) return c.html(await keysPage(c, token));
    return c.html(await keysPage(c, undefined, [{ field: 'name', message: keyTexts.nameBad }]), 422);
  });
  app.post('/keys/:name/revoke', async (c) => {
    const { officer } = c.get('session');
    await revokeApiKey(sql, agency.code, { name: c.req.param('name'), officer, now: clock() });
    return c.redirect(`${desk}/keys`, 303);
  });
  return app;
}
