import type { FieldError } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { createApiKey, listApiKeys, revokeApiKey } from '../api/keys.js';
import { webhookSecret } from '../webhooks/event.js';
import { pingWebhook } from '../webhooks/outbox.js';
import { addWebhook, endWebhook, listWebhooks } from '../webhooks/webhooks.js';
import { KeysPage, keyTexts } from './keys-page.js';
import { allowed, backToQueue, type DeskPlace, type Env, lookOf } from './place.js';
import { webhookFaultWords } from './webhooks-section.js';

/** Keys of core systems, and the addresses that are told: made, seen, ended. */
export function connectRoutes(place: DeskPlace): Hono<Env> {
  const { sql, agency, desk, clock, webhooks } = place;
  const app = new Hono<Env>();
  const keysPage = async (
    c: Context<Env>,
    shown: { token?: string; secret?: string } = {},
    errors: readonly FieldError[] = [],
    typed = { hook: '', url: '' },
  ) => (
    <KeysPage
      look={{ ...lookOf(c, place), path: `${desk}/keys` }}
      desk={desk}
      session={c.get('session')}
      keys={await listApiKeys(sql, agency.code)}
      procedures={place.procedures}
      webhooks={webhooks && (await listWebhooks(sql, agency.code))}
      back={backToQueue(place)}
      shown={shown}
      typed={typed}
      errors={errors}
      spec={`${agency.basePath}/api/v1/openapi.json`}
    />
  );
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  app.use('/keys', allowed(place, 'connect'));
  app.use('/keys/*', allowed(place, 'connect'));
  app.use('/webhooks', allowed(place, 'connect'));
  app.use('/webhooks/*', allowed(place, 'connect'));

  app.get('/keys', async (c) => c.html(await keysPage(c)));
  app.post('/keys', async (c) => {
    const form = await c.req.parseBody();
    const { officer } = c.get('session');
    const procedure = place.procedures.find(({ definition }) => definition.id === form.procedure);
    const token = await createApiKey(sql, agency.code, {
      name: text(form.name),
      procedure: procedure?.definition.id,
      officer,
      now: clock(),
    });
    if (token !== undefined) return c.html(await keysPage(c, { token }));
    return c.html(await keysPage(c, {}, [{ field: 'name', message: keyTexts.nameBad }]), 422);
  });
  app.post('/keys/:name/revoke', async (c) => {
    const { officer } = c.get('session');
    await revokeApiKey(sql, agency.code, { name: c.req.param('name'), officer, now: clock() });
    return c.redirect(`${desk}/keys`, 303);
  });

  app.post('/webhooks', async (c) => {
    if (webhooks === undefined) return c.notFound();
    const form = await c.req.parseBody();
    const typed = { hook: text(form.hook), url: text(form.url) };
    const { officer } = c.get('session');
    const { origins, secret } = webhooks;
    const kept = await addWebhook(sql, agency.code, {
      ...{ name: typed.hook, url: typed.url, officer, now: clock(), origins },
    });
    if (typeof kept === 'object') {
      const { generation } = kept;
      const shown = webhookSecret(secret, agency.code, { name: typed.hook, generation });
      return c.html(await keysPage(c, { secret: shown }));
    }
    const error = { field: kept === 'name' ? 'hook' : 'url', message: webhookFaultWords[kept] };
    return c.html(await keysPage(c, {}, [error], typed), 422);
  });
  app.post('/webhooks/:name/ping', async (c) => {
    await pingWebhook(sql, agency.code, c.req.param('name'), clock());
    return c.redirect(`${desk}/keys#webhooks`, 303);
  });
  app.post('/webhooks/:name/end', async (c) => {
    const { officer } = c.get('session');
    await endWebhook(sql, agency.code, { name: c.req.param('name'), officer, now: clock() });
    return c.redirect(`${desk}/keys#webhooks`, 303);
  });
  return app;
}
