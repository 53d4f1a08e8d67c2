import type { FieldError } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { createApiKey, listApiKeys, revokeApiKey } from '../api/keys.js';
import { postedText } from '../forms/posted-text.js';
import { webhookSecret } from '../webhooks/event.js';
import { pingWebhook } from '../webhooks/outbox.js';
import { addWebhook, endWebhook, listWebhooks } from '../webhooks/webhooks.js';
import { KeysPage, keyTexts } from './keys-page.js';
import { allowed, backToQueue, type DeskPlace, type Env, lookOf } from './place.js';
import { webhookFaultWords } from './webhooks-section.js';

/** Keys of core systems, and the addresses that are told: made, seen, ended. */
export function connectRoutes(place: DeskPlace): Hono<Env> {
  const app = new Hono<Env>();
  for (const path of ['/keys', '/keys/*', '/webhooks', '/webhooks/*'])
    app.use(path, allowed(place, 'connect'));
  app.get('/keys', (c) => showKeys(c, place));
  app.post('/keys', (c) => makeKey(c, place));
  app.post('/keys/:name/revoke', (c) => revokeKey(c, place));
  app.post('/webhooks', (c) => keepAddress(c, place));
  app.post('/webhooks/:name/ping', (c) => pingAddress(c, place));
  app.post('/webhooks/:name/end', (c) => endAddress(c, place));
  return app;
}

interface Shown {
  /** What was just made: a key's token, an address's secret. */
  made?: { token?: string; secret?: string };
  /** The page is then answered with 422. */
  errors?: readonly FieldError[];
  typed?: { hook: string; url: string };
}

async function showKeys(c: Context<Env>, place: DeskPlace, shown: Shown = {}): Promise<Response> {
  const { sql, agency, desk, webhooks } = place;
  return c.html(
    <KeysPage
      look={{ ...lookOf(c, place), path: `${desk}/keys` }}
      desk={desk}
      session={c.get('session')}
      keys={await listApiKeys(sql, agency.code)}
      procedures={place.procedures}
      webhooks={webhooks && (await listWebhooks(sql, agency.code))}
      back={backToQueue(place)}
      shown={shown.made ?? {}}
      typed={shown.typed ?? { hook: '', url: '' }}
      errors={shown.errors ?? []}
      spec={`${agency.basePath}/api/v1/openapi.json`}
    />,
    shown.errors === undefined ? 200 : 422,
  );
}

/** Its token is shown here once. */
async function makeKey(c: Context<Env>, place: DeskPlace): Promise<Response> {
  const { sql, agency, clock } = place;
  const form = await c.req.parseBody();
  const procedure = place.procedures.find(({ definition }) => definition.id === form.procedure);
  const token = await createApiKey(sql, agency.code, {
    name: postedText(form, 'name'),
    procedure: procedure?.definition.id,
    officer: c.get('session').officer,
    now: clock(),
  });
  if (token !== undefined) return showKeys(c, place, { made: { token } });
  return showKeys(c, place, { errors: [{ field: 'name', message: keyTexts.nameBad }] });
}

async function revokeKey(c: Context<Env>, { sql, agency, desk, clock }: DeskPlace): Promise<Response> {
  const { officer } = c.get('session');
  await revokeApiKey(sql, agency.code, { name: c.req.param('name') ?? '', officer, now: clock() });
  return c.redirect(`${desk}/keys`, 303);
}

/** Its secret is shown here once. */
async function keepAddress(c: Context<Env>, place: DeskPlace): Promise<Response> {
  const { sql, agency, clock, webhooks } = place;
  if (webhooks === undefined) return c.notFound();
  const form = await c.req.parseBody();
  const typed = { hook: postedText(form, 'hook'), url: postedText(form, 'url') };
  const kept = await addWebhook(sql, agency.code, {
    ...{ name: typed.hook, url: typed.url, origins: webhooks.origins },
    ...{ officer: c.get('session').officer, now: clock() },
  });
  if (typeof kept === 'object') {
    const { generation } = kept;
    const secret = webhookSecret(webhooks.secret, agency.code, { name: typed.hook, generation });
    return showKeys(c, place, { made: { secret } });
  }
  const error = { field: kept === 'name' ? 'hook' : 'url', message: webhookFaultWords[kept] };
  return showKeys(c, place, { errors: [error], typed });
}

async function pingAddress(c: Context<Env>, { sql, agency, desk, clock }: DeskPlace): Promise<Response> {
  await pingWebhook(sql, agency.code, c.req.param('name') ?? '', clock());
  return c.redirect(`${desk}/keys#webhooks`, 303);
}

async function endAddress(c: Context<Env>, { sql, agency, desk, clock }: DeskPlace): Promise<Response> {
  const { officer } = c.get('session');
  await endWebhook(sql, agency.code, { name: c.req.param('name') ?? '', officer, now: clock() });
  return c.redirect(`${desk}/keys#webhooks`, 303);
}
